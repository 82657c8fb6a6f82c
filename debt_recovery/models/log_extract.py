from odoo import api, fields, models
from odoo.exceptions import UserError

from .action_guard import is_guarded


class DebtRecoveryLogExtract(models.Model):
    """Who took which part of the contact log out of the house, and when. Written by the
    program with every extract and never changed; the checksum tells whether a file
    somebody shows later is the one that was taken."""

    _name = "debt.recovery.log.extract"
    _description = "Extract of the Contact Log"
    _order = "date desc, id desc"
    _rec_name = "scope"

    date = fields.Datetime(
        "Taken At", required=True, readonly=True, default=fields.Datetime.now
    )
    user_id = fields.Many2one(
        "res.users", "Taken By", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict", index=True
    )
    scope = fields.Char("Covers", required=True, readonly=True)
    date_from = fields.Date("From", readonly=True)
    date_to = fields.Date("Until", readonly=True)
    kind = fields.Selection(
        [("pdf", "PDF"), ("xlsx", "XLSX"), ("zip", "ZIP")],
        "File",
        required=True,
        readonly=True,
    )
    entry_count = fields.Integer("Entries", readonly=True)
    checksum = fields.Char(readonly=True, help="sha256 of the file.")
    case_ids = fields.Many2many("debt.recovery.case", string="Cases", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_guarded()
        return super().create(vals_list)

    def write(self, vals):
        self._check_guarded()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_guarded(self):
        self._check_guarded()

    def _check_guarded(self):
        if not is_guarded(self.env):
            raise UserError(
                self.env._(
                    "Extracts of the contact log are noted by the system and never "
                    "changed."
                )
            )
