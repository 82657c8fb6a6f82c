from odoo import api, models
from odoo.exceptions import UserError

from .action_guard import SEALED_STATES, is_guarded

# Fields that make a document what it is and whose it is.
CONTENT_FIELDS = frozenset(
    {
        "datas",
        "db_datas",
        "mimetype",
        "name",
        "raw",
        "res_field",
        "res_id",
        "res_model",
        "type",
        "url",
    }
)


class IrAttachment(models.Model):
    """Documents of the contact log are as permanent as the log."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        action_ids = [
            vals["res_id"]
            for vals in vals_list
            if vals.get("res_model") == "debt.recovery.action" and vals.get("res_id")
        ]
        self._recovery_check_sealed(action_ids)
        return super().create(vals_list)

    def write(self, vals):
        if CONTENT_FIELDS & vals.keys():
            self._recovery_check_sealed(self._recovery_action_ids())
            if vals.get("res_model") == "debt.recovery.action" and vals.get("res_id"):
                self._recovery_check_sealed([vals["res_id"]])
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_contact_log(self):
        self._recovery_check_sealed(self._recovery_action_ids())

    def _recovery_action_ids(self):
        """Actions these attachments belong to."""
        return [
            attachment.res_id
            for attachment in self.sudo()
            if attachment.res_model == "debt.recovery.action" and attachment.res_id
        ]

    def _recovery_check_sealed(self, action_ids):
        """Refuse to touch documents of what has left."""
        if not action_ids or is_guarded(self.env):
            return
        actions = self.env["debt.recovery.action"].sudo().browse(action_ids).exists()
        if actions.filtered(lambda action: action.state in SEALED_STATES):
            raise UserError(
                self.env._(
                    "This document was sent with a message of the contact log and "
                    "cannot be changed, added or deleted."
                )
            )
