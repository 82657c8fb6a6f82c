from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .snapshot import BANDS


class DebtRecoveryHoldBand(models.Model):
    """How long an officer may hold without asking, by the risk band of the customer.
    It only shortens what the hold type allows, and only for types that say so: a hold
    the law or decency asks for never waits for a score."""

    _name = "debt.recovery.hold.band"
    _description = "Hold Rule of a Risk Band"
    _order = "band, company_id, id"
    _rec_name = "band"

    band = fields.Selection(BANDS, "Risk Band", required=True)
    rule = fields.Selection(
        [
            ("type", "As long as the type allows"),
            ("days", "At most so many days"),
            ("ask", "Always asks a manager"),
        ],
        "An Officer May Hold",
        required=True,
        default="type",
    )
    days = fields.Integer("Longest (Days)", help="Calendar days.")
    company_id = fields.Many2one(
        "res.company",
        index=True,
        domain="[('parent_id', '=', False)]",
        help="Empty: every company without its own row.",
    )

    _band_unique = models.UniqueIndex(
        "(band, COALESCE(company_id, 0))",
        "This band already has a rule: change that one.",
    )

    @api.constrains("rule", "days")
    def _check_days(self):
        for row in self.filtered(lambda row: row.rule == "days" and row.days < 1):
            raise ValidationError(
                self.env._(
                    "Band %(band)s: enter at least one day, or choose “Always asks a "
                    "manager”.",
                    band=row.band,
                )
            )

    @api.model
    def _for_band(self, band, company):
        """The rule of a band in a company: its own, else the general one."""
        rows = self.sudo().search(
            [
                ("band", "=", band),
                ("company_id", "in", [company._recovery_root().id, False]),
            ]
        )
        return rows.sorted(lambda row: not row.company_id)[:1]


class DebtRecoveryHoldType(models.Model):
    """Some types are a favour: risk shortens them."""

    _inherit = "debt.recovery.hold.type"

    by_band = fields.Boolean(
        "Risk Band Counts",
        help="For risky customers an officer's hold is shorter, or asks a manager.",
    )
