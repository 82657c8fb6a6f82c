from datetime import timedelta
from decimal import ROUND_CEILING, Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.money import to_decimal
from ..tools.negotiation import LONGEST, options
from ..tools.negotiation_facts import Ask, Authority, Experience


class DebtRecoveryNegotiation(models.TransientModel):
    """What can be paid, once or each month, and the answers to it: plans and a
    settlement with their end, their interest and what they are worth today. A decision
    aid: one click takes an answer into its own dialog, where it can be changed."""

    _name = "debt.recovery.negotiation"
    _description = "What Can Be Paid"
    _inherit = [
        "debt.recovery.hardship.choice.mixin",
        "debt.recovery.negotiation.words.mixin",
    ]

    line_ids = fields.One2many("debt.recovery.negotiation.line", "wizard_id", "Items")
    once = fields.Monetary("Can Pay Now")
    joined = fields.Selection(
        [("and", "Both"), ("or", "One or the other")],
        "Together",
        required=True,
        default="and",
        help="Both: a down payment before the instalments. One or the other: so much "
        "for all of it, or instalments without a down payment.",
    )
    per_month = fields.Monetary("Can Pay Each Month")
    date_first = fields.Date(
        "First Month's Payment",
        required=True,
        default=lambda self: self.env["debt.recovery.plan.build"]._default_date_first(),
    )

    @api.model
    def _choice_amount(self, row):
        return self.env["debt.recovery.plan.build"]._choice_amount(row)

    @api.model
    def _is_ticked(self, row):
        return self.env["debt.recovery.plan.build"]._is_ticked(row)

    # ANSWERS

    def _options(self):
        """What the rules answer, the most valuable first."""
        ask = self._ask()
        return options(ask, self._experience(), self._authority(), self._days(ask))

    def _ask(self):
        company = self.case_id.company_id
        currency = self.currency_id
        today = company._recovery_today()
        rate = currency._get_conversion_rate(
            currency, company.currency_id, company, today
        )
        return Ask(
            total=to_decimal(self.total, currency.decimal_places),
            digits=currency.decimal_places,
            today=today,
            first=self.date_first,
            once=to_decimal(self.once, currency.decimal_places),
            per_month=to_decimal(self.per_month, currency.decimal_places),
            either=self.joined == "or" and bool(self.per_month),
            rate=Decimal(str(rate)),
        )

    def _experience(self):
        root = self.case_id.company_id._recovery_root().sudo()
        kept, judged = self.case_id._origin._payment_history()
        return Experience(
            hazard=to_decimal(min(root.recovery_plan_hazard, 100.0), 4),
            yearly=to_decimal(root.recovery_discount_rate, 4),
            kept=kept,
            judged=judged,
        )

    def _authority(self):
        """The role of the user and the company's limits; the program has none."""
        if self.env.su:
            return Authority()
        company = self.case_id.company_id
        limits = self.env["debt.recovery.approval.limit"]
        return Authority(
            self.env["debt.recovery.approval"]._role_of(self.env.user, company),
            {
                subject: limits._for_subject(subject, company)._to_limits(company)
                for subject in ("plan", "settlement")
            },
        )

    def _days(self, ask):
        """Working days as far as the longest answer reaches."""
        months = LONGEST
        if ask.per_month:
            exact = (ask.total / ask.per_month).to_integral_value(ROUND_CEILING)
            months = min(LONGEST, int(exact))
        end = ask.first + timedelta(days=31 * months + 60)
        return self.case_id.company_id._recovery_calendar(ask.first, end)

    # BUTTONS

    def action_use(self):
        """Take the answer named in the context into its own dialog."""
        self.ensure_one()
        self._check_asked()
        kind = self.env.context.get("recovery_proposal")
        option = next((o for o in self._options() if o.kind == kind), None)
        if not option:
            raise UserError(
                self.env._("This answer does not fit any more: choose another one.")
            )
        opener, vals = self._target(option)
        action = opener()
        ticked = self._chosen_lines().move_line_id.ids
        action["context"] = action["context"] | {
            "active_model": "debt.recovery.receivable",
            "active_ids": ticked,
            **{f"default_{name}": value for name, value in vals.items()},
        }
        return action

    def _target(self, option):
        """The dialog an answer belongs to, and what is filled in there."""
        case = self.case_id
        note = self._note()
        if option.kind == "full":
            return case.action_promise, {"note": note}
        if option.kind == "settlement":
            paid = float(option.rows[0].amount)
            percent = float(100 - option.percent)
            vals = {"amount": paid, "percent": percent, "note": note}
            return case.action_settlement, vals
        down = float(sum(row.amount for row in option.rows if not row.number))
        return case.action_plan, {
            "number": option.number,
            "date_first": fields.Date.to_string(self.date_first),
            "down_payment": down,
            "last_amount": float(option.last),
            "more": bool(down or option.last),
            "note": note,
        }

    def _note(self):
        """What was offered, for whoever decides."""
        offered = []
        if self.once:
            offered.append(
                self.env._("%(amount)s now", amount=self.currency_id.format(self.once))
            )
        if self.per_month:
            amount = self.currency_id.format(self.per_month)
            offered.append(self.env._("%(amount)s a month", amount=amount))
        joint = self.env._(" or ") if self.joined == "or" else self.env._(" and ")
        return self.env._("The customer can pay %(what)s.", what=joint.join(offered))


class DebtRecoveryNegotiationLine(models.TransientModel):
    """One item talked about; amounts in the currency of the item."""

    _name = "debt.recovery.negotiation.line"
    _description = "Item Talked About"
    _inherit = "debt.recovery.item.choice.line.mixin"

    wizard_id = fields.Many2one(
        "debt.recovery.negotiation", required=True, ondelete="cascade"
    )
