from odoo import models


class DebtRecoveryLegalCaseMailbox(models.AbstractModel):
    """Every legal case has an address of its own: counsel and court write to it, and
    what they write lands on the case. Answers to our messages find it by their
    thread."""

    _name = "debt.recovery.legal.case.mailbox.mixin"
    _description = "Mailbox of a Legal Case"
    _inherit = "mail.alias.mixin.optional"

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id(
            "debt.recovery.legal.case"
        )
        if self.id:
            values["alias_force_thread_id"] = self.id
            values["alias_contact"] = "everyone"
        return values

    def _add_alias(self):
        """Give the case its address where the company has a mail domain."""
        for legal in self.filtered(lambda legal: not legal.alias_id):
            if legal.company_id.sudo().alias_domain_id:
                legal.alias_name = legal.name.lower().replace("/", "-")
