from odoo import fields, models


class ResCompany(models.Model):
    """Field work is a switch of the root company; what a visit may ask is optional and
    never in the way of saving."""

    _inherit = "res.company"

    recovery_field = fields.Boolean("Field Work")
    recovery_field_user_id = fields.Many2one("res.users", "Default Field Officer")
    recovery_field_location = fields.Boolean("Location on Arrival")
    recovery_field_photo = fields.Boolean("Photo of the Visit")
    recovery_field_signature = fields.Boolean("Signature for Documents")
    recovery_field_employer = fields.Boolean("Employer of Private Persons")

    def write(self, vals):
        result = super().write(vals)
        if "recovery_field" in vals:
            self._on_recovery_field_switched()
        return result

    def _on_recovery_field_switched(self):
        """The menus follow, and the strategy of visits becomes available."""
        self.env.registry.clear_cache()
        strategy = self.env.ref(
            "debt_recovery.strategy_field", raise_if_not_found=False
        )
        if strategy and any(self.mapped("recovery_field")):
            strategy.sudo().active = True
