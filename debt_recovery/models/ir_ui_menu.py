from odoo import api, models

ROOT = "debt_recovery.menu_debt_recovery_root"
DEADLINES = "debt_recovery.menu_debt_recovery_legal_deadlines"


class IrUiMenu(models.Model):
    """Whoever does nothing but legal work begins with the deadlines, everybody else
    with Today."""

    _inherit = "ir.ui.menu"

    @api.model
    def load_web_menus(self, debug):
        menus = super().load_web_menus(debug)
        user = self.env.user
        legal = user.has_group("debt_recovery.group_legal")
        if not legal or user.has_group("debt_recovery.group_officer"):
            return menus
        root, deadlines = (menus.get(self.env.ref(x).id) for x in (ROOT, DEADLINES))
        if root and deadlines:
            for key in ("actionID", "actionModel", "actionPath"):
                root[key] = deadlines[key]
        return menus
