from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class DebtRecoveryPlanBuildScreen(models.AbstractModel):
    """The live right-hand side of the builder, and its refusals in words."""

    _name = "debt.recovery.plan.build.screen.mixin"
    _description = "Screen of the Plan Builder"

    preview = fields.Html(compute="_compute_preview", sanitize=False)
    problem = fields.Char(compute="_compute_preview")
    offers_interest = fields.Boolean(compute="_compute_offers_interest")

    @api.depends("case_id")
    def _compute_offers_interest(self):
        for wizard in self:
            wizard.offers_interest = wizard._books_interest()

    def _books_interest(self):
        """Seam: whether interest and fees of a plan come into the books when it
        starts. Without a document nobody owes them, nobody can pay them, and the
        ledger could not judge them."""
        return False

    @api.depends(
        "line_ids.selected",
        "line_ids.amount",
        "number",
        "date_first",
        "rhythm",
        "month_end",
        "working_day",
        "down_payment",
        "last_amount",
        "interest_kind",
        "interest_rate",
        "charge",
    )
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = wizard.problem = False
            try:
                rows = wizard._rows()
            except UserError as error:
                wizard.problem = str(error)
                continue
            wizard.preview = wizard._render_preview(rows)

    def _render_preview(self, rows):
        return self.env["ir.qweb"]._render(
            "debt_recovery.plan_build_preview",
            {
                "rows": rows,
                "total": self.currency_id.format(float(sum(r.amount for r in rows))),
                "covered": self.currency_id.format(self.total),
                "interest": self._interest_text(rows),
                "format": lambda amount: self.currency_id.format(float(amount)),
                "day": self._format_day,
                "end": self._format_day(rows[-1].due),
            },
        )

    def _interest_text(self, rows):
        interest = float(sum(row.interest for row in rows))
        return interest and self.currency_id.format(interest)

    def _format_day(self, day):
        return format_date(self.env, day)

    def _quiet_rows(self, **changes):
        """The payments, or nothing while they cannot be reckoned."""
        try:
            return self._rows(**changes)
        except UserError:
            return ()

    def _check_choice(self):
        """What the person must mend first, in one sentence."""
        if not self._chosen_lines():
            raise UserError(
                self.env._("Nothing is covered: tick at least one open item.")
            )
        if not self.currency_id:
            raise UserError(
                self.env._(
                    "The ticked items are in several currencies: make one plan for "
                    "each."
                )
            )
        if self.interest_kind != "none" and not self.offers_interest:
            raise UserError(
                self.env._(
                    "Interest and fees are not in the books: bill them first, then "
                    "cover the bill with the plan."
                )
            )
        if not self.date_first or self.date_first < self._today():
            raise UserError(
                self.env._("The first payment is before today: choose a later day.")
            )
        for line in self._chosen_lines():
            if not 0 < line.amount <= line.amount_open:
                raise UserError(
                    self.env._(
                        "%(item)s: the covered part is above zero and at most "
                        "%(open)s.",
                        item=line.name,
                        open=line.currency_id.format(line.amount_open),
                    )
                )

    def _schedule_sentence(self, why):
        """A refused schedule in words, and what to do."""
        sentences = {
            "no_instalment": self.env._("Enter at least one payment."),
            "no_amount": self.env._("Enter an amount above zero."),
            "negative": self.env._(
                "Down payment, last payment, rate and fees are zero or more."
            ),
            "down_payment_too_large": self.env._(
                "The down payment covers everything: nothing is left for a plan."
            ),
            "last_needs_two": self.env._(
                "A last payment of its own needs at least two payments."
            ),
            "last_too_large": self.env._(
                "The last payment is as large as the debt: enter a smaller one."
            ),
            "zero_instalment": self.env._(
                "The amount is too small for so many payments: choose fewer."
            ),
            "below_interest": self.env._(
                "The payment does not even cover the interest: choose fewer payments, "
                "a larger amount or a lower rate."
            ),
            "dates_not_rising": self.env._(
                "Two payments fall on the same day: choose another rhythm or keep the "
                "dates on free days."
            ),
            "down_payment_after_first": self.env._(
                "The first payment is before the down payment: choose a later day."
            ),
            "no_working_day": self.env._("The working calendar has no working day."),
        }
        return sentences.get(why.code, why.code)
