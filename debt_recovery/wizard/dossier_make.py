import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

CODES = (
    "chronology",
    "statement",
    "invoices",
    "letters",
    "agreements",
    "disputes",
    "correspondence",
    "court",
)


class DebtRecoveryDossierMake(models.TransientModel):
    """What goes into a dossier, and in which form it is taken."""

    _name = "debt.recovery.dossier.make"
    _description = "Make a Dossier"

    case_id = fields.Many2one("debt.recovery.case", required=True, readonly=True)
    with_chronology = fields.Boolean("Chronology from the log", default=True)
    with_statement = fields.Boolean("Statement of account", default=True)
    with_invoices = fields.Boolean("Invoices", default=True)
    with_letters = fields.Boolean("Letters as sent", default=True)
    with_agreements = fields.Boolean("Agreements and verdicts", default=True)
    with_disputes = fields.Boolean("Disputes and answers", default=True)
    with_correspondence = fields.Boolean("Correspondence", default=True)
    with_court = fields.Boolean("Court documents", default=True)
    has_court = fields.Boolean(compute="_compute_has_court")
    file = fields.Binary(readonly=True)
    filename = fields.Char(readonly=True)

    @api.depends("case_id")
    def _compute_has_court(self):
        for wizard in self:
            wizard.has_court = bool(wizard.case_id.sudo().legal_case_ids)

    def action_pdf(self):
        """One document with a table of contents and page numbers."""
        return self._make("pdf")

    def action_zip(self):
        """The same with its sources and the list of their checksums."""
        return self._make("zip")

    def _make(self, kind):
        self.ensure_one()
        wanted = self._wanted()
        if not wanted:
            raise UserError(
                self.env._("The dossier would be empty: tick a part of it.")
            )
        made = self.case_id._dossier(kind, wanted)
        self.write(
            {
                "file": base64.b64encode(made["content"]),
                "filename": made["filename"],
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file"
            "?filename_field=filename&download=true",
            "target": "download",
        }

    def _wanted(self):
        """Codes of the ticked sections; addons bring boxes and codes of theirs."""
        return [code for code in self._codes() if self[f"with_{code}"]]

    def _codes(self):
        return CODES
