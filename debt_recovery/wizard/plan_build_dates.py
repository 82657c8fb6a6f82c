from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.schedule import due_dates


class DebtRecoveryPlanBuildDates(models.AbstractModel):
    """Payments on days of their own, where no rhythm fits."""

    _name = "debt.recovery.plan.build.dates.mixin"
    _description = "Days of a Planned Agreement"

    date_ids = fields.One2many(
        "debt.recovery.plan.build.date", "wizard_id", "Days of the Payments"
    )

    @api.onchange("rhythm")
    def _onchange_rhythm(self):
        """Begin with the monthly days: to change some is quicker than to type all."""
        if self.rhythm != "custom" or self.date_ids:
            return
        self.more = True
        days = due_dates(self.date_first or self._today(), max(1, self.number))
        self.date_ids = [Command.create({"date": day}) for day in days]

    @api.onchange("date_ids")
    def _onchange_date_ids(self):
        days = self._custom_dates()
        if self.rhythm == "custom" and days:
            self.number = len(days)
            self.date_first = days[0]

    def _custom_dates(self):
        """The days in order; rows without a day count for nothing."""
        return tuple(sorted(row.date for row in self.date_ids if row.date))

    def _check_custom_dates(self):
        """What the person must mend first, in one sentence."""
        if self.rhythm != "custom":
            return
        if self.interest_kind == "annuity":
            raise UserError(
                self.env._(
                    "Even payments with a yearly rate need a rhythm: choose one, or "
                    "interest by days."
                )
            )
        days = self._custom_dates()
        if not days or len(days) != len(self.date_ids):
            raise UserError(self.env._("Enter a day for every payment."))
        if days[0] < self._today():
            raise UserError(
                self.env._("The first payment is before today: choose a later day.")
            )


class DebtRecoveryPlanBuildDate(models.TransientModel):
    """The day of one payment."""

    _name = "debt.recovery.plan.build.date"
    _description = "Day of a Planned Payment"
    _order = "date, id"

    wizard_id = fields.Many2one(
        "debt.recovery.plan.build", required=True, ondelete="cascade"
    )
    date = fields.Date("Payment On")
