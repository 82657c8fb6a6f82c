from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class DebtRecoveryChargeRate(models.Model):
    """A reference rate during one period, in percent a year."""

    _name = "debt.recovery.charge.rate"
    _description = "Reference Rate of a Period"
    _order = "reference_id, date_from desc"

    reference_id = fields.Many2one(
        "debt.recovery.charge.reference", required=True, ondelete="cascade", index=True
    )
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("To", required=True)
    percent = fields.Float("Percent a Year", digits=(16, 4), required=True)
    source = fields.Char(help="Publication the rate was taken from.")
    is_confirmed = fields.Boolean(
        "Confirmed", help="Somebody compared it with the publication."
    )

    @api.depends("reference_id", "date_from", "percent")
    def _compute_display_name(self):
        for rate in self:
            rate.display_name = self.env._(
                "%(reference)s from %(day)s: %(percent)s %%",
                reference=rate.reference_id.name or "",
                day=format_date(self.env, rate.date_from) if rate.date_from else "",
                percent=rate.percent,
            )

    @api.constrains("date_from", "date_to", "reference_id")
    def _check_periods(self):
        for rate in self:
            if rate.date_to < rate.date_from:
                raise ValidationError(
                    self.env._(
                        "The rate of %(reference)s would end on %(end)s, before it "
                        "starts on %(start)s: choose a later end.",
                        reference=rate.reference_id.name,
                        start=format_date(self.env, rate.date_from),
                        end=format_date(self.env, rate.date_to),
                    )
                )
            other = rate.reference_id.rate_ids.filtered(
                lambda row, rate=rate: (
                    row != rate
                    and row.date_from <= rate.date_to
                    and row.date_to >= rate.date_from
                )
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(reference)s has a rate from %(start)s to %(end)s already: "
                        "periods must not overlap.",
                        reference=rate.reference_id.name,
                        start=format_date(self.env, other[0].date_from),
                        end=format_date(self.env, other[0].date_to),
                    )
                )

    def _percent_exact(self):
        return Decimal(str(self.percent))
