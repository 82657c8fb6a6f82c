from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.court_fee import Bracket, fee, find
from ..tools.money import to_decimal
from .legal_case import TYPES


class DebtRecoveryLegalFee(models.Model):
    """A row of a court's table of fees. Data, not advice: rows that nobody confirmed
    are shown as such."""

    _name = "debt.recovery.legal.fee"
    _description = "Court Fee"
    _order = "country_id, type, amount_from, id"

    name = fields.Char("Table", required=True)
    country_id = fields.Many2one("res.country", required=True, index=True)
    type = fields.Selection(TYPES, help="Empty: every type of legal case.")
    currency_id = fields.Many2one("res.currency", required=True)
    amount_from = fields.Monetary("Claims Above")
    amount_to = fields.Monetary("Up To", help="Zero: without end.")
    fixed = fields.Monetary("Fixed Fee")
    percent = fields.Float("Percent of the Claim", digits=(16, 4))
    date_from = fields.Date("In Force From")
    date_to = fields.Date("Until")
    citation = fields.Char()
    is_confirmed = fields.Boolean(
        "Confirmed", help="Somebody checked it at the source."
    )
    active = fields.Boolean(default=True)

    @api.model
    def _fee_of(self, company, case_type, amount, currency):
        """The row and the fee for a claim filed today; refused where the table is
        silent."""
        rows = self.search(
            [
                ("country_id", "=", company.country_id.id),
                ("type", "in", [case_type, False]),
            ]
        ).sorted(lambda row: (not row.type, row.amount_from))
        day = company._recovery_today()
        for row_currency, own in rows.grouped("currency_id").items():
            claim = currency._convert(amount, row_currency, company, day)
            digits = row_currency.decimal_places
            exact = to_decimal(claim, digits)
            bracket = find((row._to_bracket() for row in own), exact, day)
            if bracket:
                return self.browse(bracket.key), float(fee(bracket, exact, digits))
        raise UserError(
            self.env._(
                "No court fee is known for %(amount)s in %(country)s: add a row to the "
                "table or enter the cost by hand.",
                amount=currency.format(amount),
                country=company.country_id.name or self.env._("this country"),
            )
        )

    def _to_bracket(self):
        digits = self.currency_id.decimal_places
        return Bracket(
            above=to_decimal(self.amount_from, digits),
            up_to=to_decimal(self.amount_to, digits) if self.amount_to else None,
            fixed=to_decimal(self.fixed, digits),
            percent=to_decimal(self.percent, 4),
            start=self.date_from or None,
            end=self.date_to or None,
            key=self.id,
        )
