from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DebtRecoveryAgreementSign(models.TransientModel):
    """A signed copy came back: who signed, when, and the copy itself."""

    _name = "debt.recovery.agreement.sign"
    _description = "Signed Copy of an Agreement"

    agreement_id = fields.Many2one("debt.recovery.agreement", required=True)
    signer = fields.Char(
        "Signed By",
        compute="_compute_signer",
        store=True,
        readonly=False,
        required=True,
    )
    date = fields.Date(
        "Signed On",
        required=True,
        default=lambda self: self.env.company._recovery_today(),
    )
    signed_copy = fields.Binary(help="Scan or photo of the signed document.")
    signed_copy_name = fields.Char()

    @api.depends("agreement_id")
    def _compute_signer(self):
        for wizard in self:
            wizard.signer = wizard.agreement_id.partner_id.name

    @api.constrains("date")
    def _check_date(self):
        for wizard in self:
            if wizard.date > wizard.agreement_id.company_id._recovery_today():
                raise ValidationError(
                    self.env._("Nobody signed in the future: choose today or earlier.")
                )

    def action_confirm(self):
        """The agreement goes on."""
        self.ensure_one()
        name = self.signed_copy_name or self.env._("Signed copy")
        copy = (name, self.signed_copy) if self.signed_copy else None
        self.agreement_id._accept(self.signer, copy=copy, day=self.date)
        return {"type": "ir.actions.act_window_close"}
