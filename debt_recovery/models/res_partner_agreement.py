from odoo import api, fields, models

from .res_partner_screen import OFFICE


class DebtRecoveryPartnerAgreement(models.AbstractModel):
    """What the customer agreed and what is next, read when the form is opened."""

    _name = "debt.recovery.partner.agreement.mixin"
    _description = "Agreements of a Customer"

    recovery_agreement_count = fields.Integer(
        "Running Agreements",
        compute="_compute_recovery_agreement",
        compute_sudo=True,
        groups=OFFICE,
    )
    recovery_agreement_text = fields.Char(
        "Agreed",
        compute="_compute_recovery_agreement",
        compute_sudo=True,
        groups=OFFICE,
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "lang")
    def _compute_recovery_agreement(self):
        """One query for the page."""
        agreements = self.env["debt.recovery.agreement"].search(
            [
                ("partner_id", "in", self.commercial_partner_id.ids),
                ("company_id", "=", self.env.company._recovery_root().id),
                ("state", "in", ("active", "to_sign")),
            ],
            order="date_until, id",
        )
        mine = agreements.grouped("partner_id")
        for partner in self:
            rows = mine.get(partner.commercial_partner_id, agreements.browse())
            partner.recovery_agreement_count = len(rows)
            partner.recovery_agreement_text = rows._standing_sentence()

    def action_recovery_agreements(self):
        """Promises, plans and settlements of this customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery.debt_recovery_agreement_action"
        )
        return action | {
            "domain": [("partner_id", "=", self.commercial_partner_id.id)],
            "context": {"search_default_active": 1},
        }
