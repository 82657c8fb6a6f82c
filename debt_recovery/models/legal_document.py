from odoo import api, fields, models
from odoo.exceptions import UserError


class DebtRecoveryLegalDocument(models.Model):
    """A paper of a legal case. A new file under the same name is the next version; the
    ones before stay, because somebody may have read them."""

    _name = "debt.recovery.legal.document"
    _description = "Legal Document"
    _order = "name, version desc, id desc"

    legal_case_id = fields.Many2one(
        "debt.recovery.legal.case", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="legal_case_id.company_id", store=True)
    name = fields.Char("Document", required=True, help="Such as “Statement of claim”.")
    version = fields.Integer(readonly=True, default=1)
    file = fields.Binary(attachment=True, required=True)
    filename = fields.Char()
    date = fields.Date(
        required=True, default=lambda self: self.env.company._recovery_today()
    )
    user_id = fields.Many2one(
        "res.users", "By", readonly=True, default=lambda self: self.env.user
    )
    note = fields.Char()
    is_current = fields.Boolean("Current", compute="_compute_is_current")

    @api.depends("version", "name", "legal_case_id.document_ids.version")
    def _compute_is_current(self):
        for document in self:
            same = document.legal_case_id.document_ids.filtered(
                lambda other, name=document.name: other.name == name
            )
            document.is_current = document.version == max(
                same.mapped("version"), default=document.version
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            legal = self.env["debt.recovery.legal.case"].browse(vals["legal_case_id"])
            vals["name"] = (vals.get("name") or vals.get("filename") or "").strip()
            before = self.search(
                [("legal_case_id", "=", legal.id), ("name", "=", vals["name"])],
                limit=1,
            )
            vals["version"] = before.version + 1
        return super().create(vals_list)

    def write(self, vals):
        if "file" in vals:
            raise UserError(
                self.env._(
                    "A version is not replaced: add the new file under the same name, "
                    "it becomes the next version."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_filed(self):
        for document in self.filtered("legal_case_id.date_filed"):
            raise UserError(
                self.env._(
                    "“%(document)s” belongs to a claim that was filed and stays.",
                    document=document.name,
                )
            )
