from odoo import api, fields, models

from ..tools.garnishment import Terms
from ..tools.money import to_decimal


class DebtRecoveryEnforcementLimit(models.Model):
    """How much of a wage the law of a place lets a creditor take. Data that is kept up
    to date by the company; unconfirmed rows warn."""

    _name = "debt.recovery.enforcement.limit"
    _description = "Limit of Wage Garnishment"
    _order = "country_id, state_id, date_from desc, id"

    name = fields.Char(required=True)
    country_id = fields.Many2one("res.country", required=True, index=True)
    state_id = fields.Many2one(
        "res.country.state",
        domain="[('country_id', '=', country_id)]",
        help="Empty: wherever no row of the state exists.",
    )
    percent = fields.Float("Percent of Earnings", default=25.0, digits=(16, 4))
    multiple = fields.Float("Times the Wage per Week", default=30.0, digits=(16, 4))
    wage = fields.Float("Minimum Wage per Hour", digits=(16, 4))
    barred = fields.Boolean("Barred for Ordinary Debts")
    date_from = fields.Date("In Force From")
    citation = fields.Char()
    is_confirmed = fields.Boolean(
        "Confirmed", help="Somebody checked it at the source."
    )
    active = fields.Boolean(default=True)

    @api.model
    def _for_place(self, country, state):
        """The row of the state in force today, else of the country."""
        today = self.env.company._recovery_today()
        rows = self.search(
            [
                ("country_id", "=", country.id),
                ("state_id", "in", [state.id, False]),
                "|",
                ("date_from", "=", False),
                ("date_from", "<=", today),
            ]
        )
        in_order = rows.sorted(
            lambda row: (bool(row.state_id), str(row.date_from or "")), reverse=True
        )
        return in_order[:1]

    def _to_terms(self):
        self.ensure_one()
        return Terms(
            percent=to_decimal(self.percent, 4),
            multiple=to_decimal(self.multiple, 4),
            wage=to_decimal(self.wage, 4),
            barred=self.barred,
        )

    def _unconfirmed_sentence(self):
        return self.env._(
            "Nobody confirmed “%(law)s” yet: check %(source)s before relying on it.",
            law=self.name,
            source=self.citation or self.env._("the law"),
        )
