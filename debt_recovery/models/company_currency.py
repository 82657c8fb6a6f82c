from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date


class DebtRecoveryCompanyCurrency(models.AbstractModel):
    """Amounts of other currencies in the company's, never at a made-up rate."""

    _name = "debt.recovery.company.currency.mixin"
    _description = "Conversion to Company Currency"

    def _recovery_convert(self, amount, currency, day):
        """The amount in company currency at the rate of that day.

        A currency without any rate would silently count one to one: refused.
        """
        self.ensure_one()
        own = self.currency_id
        if not amount or not currency or currency == own:
            return amount
        if not currency.sudo().rate_ids.filtered(
            lambda rate: rate.company_id in (self.root_id, rate.company_id.browse())
        ):
            raise UserError(
                self.env._(
                    "No exchange rate of %(currency)s is known on %(day)s: enter one "
                    "under Currencies, or enter the amount in %(own)s.",
                    currency=currency.name,
                    day=format_date(self.env, day),
                    own=own.name,
                )
            )
        return currency._convert(amount, own, self, day)

    def _recovery_unbanked(self, day):
        """Seam: money taken from debtors that is not in the bank on that day; told by
        the addon that takes it.

        :return: rows with ``kind`` (receipt or instrument), ``name``, ``partner``,
            ``partner_id``, ``holder``, ``user_id``, ``means``, ``state``, ``date``,
            ``amount`` (company currency), ``foreign`` (as written) and ``days``
        """
        return []
