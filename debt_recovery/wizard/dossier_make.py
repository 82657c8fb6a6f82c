import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.dossier import AT_ONCE

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
    placement_id = fields.Many2one("debt.recovery.placement", readonly=True)
    parts = fields.Char(compute="_compute_parts")
    agency_name = fields.Char(compute="_compute_parts")
    ready_ids = fields.Many2many(
        "debt.recovery.dossier", string="Prepared Before", compute="_compute_ready_ids"
    )
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

    @api.depends("placement_id")
    def _compute_parts(self):
        """What the contract lets an agency have, in words."""
        for wizard in self:
            contract = wizard.placement_id.contract_id.sudo()
            wizard.agency_name = contract.display_name
            wizard.parts = contract and ", ".join(contract._shared_labels())

    @api.depends("case_id", "placement_id")
    def _compute_ready_ids(self):
        """What was asked for earlier and can be taken still."""
        dossiers = self.env["debt.recovery.dossier"]
        for wizard in self:
            wizard.ready_ids = not wizard.placement_id and dossiers.search(
                [("case_id", "=", wizard.case_id.id), ("placement_id", "=", False)]
            )

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
        placement = self.placement_id
        chapters = self.case_id._dossier_chapters(wanted, placement)
        if sum(len(documents) for _title, documents in chapters) > AT_ONCE:
            self.env["debt.recovery.dossier"]._ask(
                self.case_id, kind, wanted, placement
            )
            return self._asked()
        made = self.case_id._dossier(kind, wanted, placement)
        if placement:
            placement._take_dossier(made)
            return {"type": "ir.actions.act_window_close"}
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

    def _asked(self):
        """It takes longer than somebody should wait."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "The dossier is large: it is put together in the background. You "
                    "get a reminder with the file when it is ready."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _wanted(self):
        """Codes of the ticked sections; addons bring boxes and codes of theirs."""
        return [code for code in self._codes() if self[f"with_{code}"]]

    def _codes(self):
        return CODES
