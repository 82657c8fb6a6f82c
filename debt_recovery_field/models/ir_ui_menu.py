from odoo import models


class IrUiMenu(models.Model):
    """The menus of field work appear with the switch of any company of the user."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        hidden = super()._load_menus_blacklist()
        companies = self.env.user.sudo().company_ids
        if any(company._recovery_root().recovery_field for company in companies):
            return hidden
        return [*hidden, *self._recovery_field_menus().ids]

    def _recovery_field_menus(self):
        """Entries that make no sense without field work."""
        names = ("menu_debt_recovery_field", "menu_debt_recovery_unbanked")
        menus = self.browse()
        for name in names:
            menus |= (
                self.env.ref(f"debt_recovery_field.{name}", raise_if_not_found=False)
                or menus.browse()
            )
        return menus
