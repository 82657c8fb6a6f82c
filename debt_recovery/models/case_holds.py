from odoo import fields, models
from odoo.exceptions import UserError


class DebtRecoveryCaseHolds(models.AbstractModel):
    """Holds of a case: placed by people through the wizard, by the program through
    ``_place_hold``."""

    _name = "debt.recovery.case.holds.mixin"
    _description = "Holds of a case"

    hold_ids = fields.One2many("debt.recovery.hold", "case_id", "Holds")

    def _place_hold(self, type_code, reason, **vals):
        """Place a hold of that type on each case, as a consequence of something that
        happened. ``vals`` may narrow it (``move_id``, ``move_line_id``, ``scope``) or
        date it; the last day is the type's usual one unless it is given.

        :return: the new holds
        """
        hold_type = self._find_hold_type(type_code)
        holds = self.env["debt.recovery.hold"]
        for case in self:
            holds |= holds.sudo().create(
                case._prepare_hold_vals(hold_type, reason, vals)
            )
        return holds.sudo(self.env.su)

    def _prepare_hold_vals(self, hold_type, reason, vals):
        self.ensure_one()
        start = vals.get("date_from") or self.company_id._recovery_today()
        narrow = (vals.get("move_line_id") and "line") or (
            vals.get("move_id") and "invoice"
        )
        return {
            "type_id": hold_type.id,
            "case_id": self.id,
            "scope": narrow or "case",
            "date_from": start,
            "date_to": hold_type._get_default_end(start, self.company_id),
            "reason": reason,
            "user_id": self.env.uid,
            **vals,
        }

    def _find_hold_type(self, code):
        hold_type = self.env["debt.recovery.hold.type"].sudo()
        found = hold_type.with_context(active_test=False).search(
            [("code", "=", code)], limit=1
        )
        if not found:
            raise UserError(
                self.env._(
                    "The hold type “%(code)s” is missing: create it under "
                    "Configuration.",
                    code=code,
                )
            )
        return found

    def action_place_hold(self):
        """Open the wizard for these cases."""
        return {
            "name": self.env._("Place Hold"),
            "type": "ir.actions.act_window",
            "res_model": "debt.recovery.hold.place",
            "view_mode": "form",
            "target": "new",
            "context": {"active_model": self._name, "active_ids": self.ids},
        }
