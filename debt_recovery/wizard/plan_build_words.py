from odoo import models
from odoo.fields import Command
from odoo.tools import format_date


class DebtRecoveryPlanBuildWords(models.AbstractModel):
    """Several payments in a dialog: the table, and why there are none, in words."""

    _name = "debt.recovery.plan.build.words.mixin"
    _description = "Payments in a Dialog"

    def _render_preview(self, rows):
        return self.env["ir.qweb"]._render(
            "debt_recovery.plan_build_preview", self._preview_values(rows)
        )

    def _preview_values(self, rows):
        interest = float(sum(row.interest for row in rows))
        return {
            "rows": rows,
            "total": self.currency_id.format(float(sum(r.amount for r in rows))),
            "covered": self.currency_id.format(self.total),
            "interest": interest and self.currency_id.format(interest),
            "discount": False,
            "format": lambda amount: self.currency_id.format(float(amount)),
            "day": self._format_day,
            "end": self._format_day(rows[-1].due),
        }

    def _format_day(self, day):
        return format_date(self.env, day)

    def _prepare_instalment(self, row):
        return Command.create(
            {
                "number": row.number,
                "date_due": row.due,
                "amount": float(row.amount),
                "interest": float(row.interest),
                "currency_id": self.currency_id.id,
            }
        )

    def _schedule_sentence(self, why):
        """A refused schedule in words, and what to do."""
        sentences = {
            "no_instalment": self.env._("Enter at least one payment."),
            "no_amount": self.env._("Enter an amount above zero."),
            "negative": self.env._(
                "Down payment, last payment, discount, rate and fees are zero or more."
            ),
            "discount_too_large": self.env._(
                "The discount is as large as the debt: enter a smaller one."
            ),
            "dates_missing": self.env._("Enter a day for every payment."),
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
