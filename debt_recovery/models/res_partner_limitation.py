from odoo import api, fields, models
from odoo.exceptions import ValidationError

_LAW_FIELDS = frozenset(
    {
        "country_id",
        "state_id",
        "is_company",
        "vat",
        "recovery_debtor_type",
        "recovery_law_country_id",
        "recovery_law_state_id",
    }
)


class ResPartnerLimitation(models.AbstractModel):
    """The law that was agreed with a customer."""

    _name = "debt.recovery.partner.limitation.mixin"
    _description = "Law Agreed with a Customer"

    recovery_law_country_id = fields.Many2one(
        "res.country",
        "Law of the Contracts",
        help="Limitation follows it. Empty: as the settings of the company say.",
    )
    recovery_law_state_id = fields.Many2one(
        "res.country.state",
        "Law of the State",
        domain="[('country_id', '=', recovery_law_country_id)]",
    )

    @api.constrains("recovery_law_country_id", "recovery_law_state_id")
    def _check_recovery_law(self):
        for partner in self:
            state = partner.recovery_law_state_id
            if state and state.country_id != partner.recovery_law_country_id:
                raise ValidationError(
                    self.env._(
                        "%(state)s is not in %(country)s: choose a state of the "
                        "country whose law was agreed.",
                        state=state.name,
                        country=partner.recovery_law_country_id.name
                        or self.env._("no country"),
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if not _LAW_FIELDS.isdisjoint(vals):
            self.env["debt.recovery.limitation"]._forget(
                [("move_line_id.partner_id.commercial_partner_id", "in", self.ids)]
            )
            companies = self.env["res.company"].sudo()
            companies.search([("partner_id", "in", self.ids)])._forget_limitation()
        return result
