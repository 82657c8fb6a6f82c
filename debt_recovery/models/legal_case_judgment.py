from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..tools.legal_dates import MONTHS, period_end

#: Before the title ends somebody looks after it.
RENEWAL_MONTHS = 6


class DebtRecoveryLegalCaseJudgment(models.AbstractModel):
    """What the court decided, in the currency of the claim."""

    _name = "debt.recovery.legal.case.judgment.mixin"
    _description = "Judgment of a Legal Case"

    currency_id = fields.Many2one("res.currency")
    judgment_date = fields.Date("Decided On", readonly=True, copy=False)
    judgment_amount = fields.Monetary("Awarded", readonly=True, copy=False)
    judgment_costs = fields.Monetary("Costs Awarded", readonly=True, copy=False)
    judgment_percent = fields.Float(
        "Interest (%)", digits=(16, 4), readonly=True, copy=False
    )
    judgment_from = fields.Date("Interest From", readonly=True, copy=False)
    title_number = fields.Char("Title", readonly=True, copy=False)
    title_valid_until = fields.Date(
        copy=False,
        tracking=True,
        help="Last day on which it may be enforced; empty: without end.",
    )

    @api.constrains("judgment_amount", "judgment_costs")
    def _check_judgment(self):
        for legal in self:
            if min(legal.judgment_amount, legal.judgment_costs) < 0:
                raise ValidationError(
                    self.env._("A judgment is zero (dismissed) or more.")
                )
            claimed = legal.amount_claimed
            above = legal.currency_id.compare_amounts(legal.judgment_amount, claimed)
            if legal.judgment_date and above > 0:
                raise ValidationError(
                    self.env._(
                        "The judgment of %(judgment)s is above the claim of "
                        "%(claim)s: enter interest and costs that were awarded beside "
                        "it in their own fields, or add the missing costs to the "
                        "claim.",
                        judgment=legal.currency_id.format(legal.judgment_amount),
                        claim=legal.currency_id.format(claimed),
                    )
                )

    # ENFORCING

    def action_enforce(self):
        """A new measure to get the money."""
        self.ensure_one()
        self._check_is_open()
        insolvent = self.type == "insolvency" or self.date_stayed
        kind = "insolvency" if insolvent else "garnishment"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enforcement"),
            "res_model": "debt.recovery.enforcement",
            "view_mode": "form",
            "context": {
                "default_legal_case_id": self.id,
                "default_amount": self._enforceable(),
                "default_kind": kind,
            },
        }

    def _enforceable(self):
        """Awarded less what was paid, company currency."""
        awarded = self.judgment_amount + self.judgment_costs or self.amount_claimed
        rest = max(0.0, awarded - self.amount_paid - self.amount_credited)
        return self.company_id._recovery_convert(rest, self.currency_id, self._today())

    def _check_title(self, measure):
        """Nothing is enforced without a judgment, or after its title ended."""
        if measure.kind == "insolvency":
            return
        if not self.judgment_date:
            raise UserError(
                self.env._(
                    "%(legal)s has no judgment yet: record it first.", legal=self.name
                )
            )
        if self.title_valid_until and self.title_valid_until < self._today():
            raise UserError(
                self.env._(
                    "The title of %(legal)s ended on %(day)s: have it renewed and "
                    "enter its new last day.",
                    legal=self.name,
                    day=format_date(self.env, self.title_valid_until),
                )
            )

    def _set_judgment(self, vals):
        """Note the decision and watch over the life of the title."""
        self.ensure_one()
        self.write(vals)
        if self.title_valid_until:
            self._plan_renewal()

    def _plan_renewal(self):
        day = max(
            period_end(self.title_valid_until, -RENEWAL_MONTHS, MONTHS), self._today()
        )
        planned = self.event_ids.filtered(
            lambda event: event.kind == "renewal" and event.state == "planned"
        )
        if planned:
            planned.date = day
        else:
            self.env["debt.recovery.legal.event"].create(
                self._prepare_event_vals("renewal", day)
            )

    def _clear_judgment(self):
        self.write(
            dict.fromkeys(
                (
                    "judgment_date",
                    "judgment_amount",
                    "judgment_costs",
                    "judgment_percent",
                    "judgment_from",
                    "title_number",
                    "title_valid_until",
                ),
                False,
            )
        )
        self.event_ids.filtered(
            lambda event: event.kind == "renewal" and event.state == "planned"
        ).unlink()
