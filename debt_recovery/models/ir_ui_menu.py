from odoo import models

ROOT = "debt_recovery.menu_debt_recovery_root"
DEADLINES = "debt_recovery.menu_debt_recovery_legal_deadlines"


class IrUiMenu(models.Model):
    """Whoever does nothing but legal work begins with the deadlines, everybody else
    with Today."""

    _inherit = "ir.ui.menu"

    def load_web_menus(self, debug):
        menus = super().load_web_menus(debug)
        user = self.env.user
        legal = user.has_group("debt_recovery.group_legal")
        if not legal or user.has_group("debt_recovery.group_officer"):
            return menus
        found = (self.env.ref(x, raise_if_not_found=False) for x in (ROOT, DEADLINES))
        root, deadlines = (menu and menus.get(menu.id) for menu in found)
        if root and deadlines:
            for key in ("actionID", "actionModel", "actionPath"):
                root[key] = deadlines[key]
        return menus
