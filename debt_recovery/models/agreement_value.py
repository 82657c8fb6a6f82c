from odoo import api, fields, models


class DebtRecoveryAgreementValue(models.AbstractModel):
    """What agreements are worth in company currency, at the rate of the day they were
    made: to count and compare, not to claim."""

    _name = "debt.recovery.agreement.value.mixin"
    _description = "Value of Agreements"

    company_id = fields.Many2one("res.company")
    company_currency_id = fields.Many2one(
        string="Company Currency", related="company_id.currency_id"
    )
    value_agreed = fields.Monetary(
        currency_field="company_currency_id",
        compute="_compute_values",
        store=True,
    )
    value_paid = fields.Monetary(
        currency_field="company_currency_id",
        compute="_compute_values",
        store=True,
    )

    @api.depends("instalment_ids.amount", "instalment_ids.amount_paid", "date_signed")
    def _compute_values(self):
        for agreement in self:
            company = agreement.company_id
            day = agreement.date_signed or company._recovery_today()
            agreed = paid = 0.0
            for row in agreement.instalment_ids:
                rate = row.currency_id._get_conversion_rate(
                    row.currency_id, company.currency_id, company, day
                )
                agreed += row.amount * rate
                paid += row.amount_paid * rate
            agreement.value_agreed = company.currency_id.round(agreed)
            agreement.value_paid = company.currency_id.round(paid)
