import io

import xlsxwriter

from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = ("pdf", "zip")
REPORT = "debt_recovery.report_placement"


class DebtRecoveryPlacementFile(models.AbstractModel):
    """The hand-over file: what an agency needs to collect, and nothing else. Notes,
    calls, scores, hardship and bank details never leave; the list of what does is shown
    before. GDPR art. 5(1)(c)."""

    _name = "debt.recovery.placement.file.mixin"
    _description = "Hand-over File"

    file_fields = fields.Char(
        "Personal Data in the File", compute="_compute_file_fields", compute_sudo=True
    )

    file_ids = fields.Many2many(
        "ir.attachment",
        "debt_recovery_placement_file_rel",
        "placement_id",
        "attachment_id",
        "Files for the Agency",
        readonly=True,
        copy=False,
    )
    dossier_ids = fields.One2many("debt.recovery.dossier", "placement_id", "Dossiers")
    dossier_state = fields.Char("Dossier", compute="_compute_dossier_state")

    @api.depends("dossier_ids.state")
    def _compute_dossier_state(self):
        """What became of the one asked for last, while it is no file yet."""
        for placement in self:
            last = placement.sudo().dossier_ids.sorted("id")[-1:]
            placement.dossier_state = {
                "waiting": self.env._(
                    "The dossier is being put together in the background."
                ),
                "failed": self.env._(
                    "The dossier could not be made: %(problem)s", problem=last.problem
                ),
            }.get(last.state, False)

    def _compute_file_fields(self):
        for placement in self:
            labels = [label for label, _value in placement._file_debtor()]
            placement.file_fields = ", ".join(labels)

    def _file_debtor(self):
        """Seam: ``(label, value)`` of the debtor, the only personal data that leave."""
        self.ensure_one()
        partner, contract = self.partner_id, self.contract_id
        address = partner._display_address(without_company=True)
        rows = [
            (self.env._("Name"), partner.name),
            (self.env._("Address"), ", ".join(filter(None, address.split("\n")))),
        ]
        if contract.share_vat and partner.is_company and partner.vat:
            rows.append((self.env._("Tax ID"), partner.vat))
        if contract.share_phone and partner.phone:
            rows.append((self.env._("Phone"), partner.phone))
        if contract.share_email and partner.email:
            rows.append((self.env._("E-mail"), partner.email))
        if contract.share_contact:
            people = self.case_id.sudo()._get_recipients("ap", "email") - partner
            if people:
                rows.append((self.env._("Contact"), ", ".join(people.mapped("name"))))
        return rows

    def _file_claim(self):
        """``(label, value)`` of the claim."""
        self.ensure_one()
        return [
            (self.env._("Our reference"), self.name),
            (self.env._("Creditor"), self.company_id.name),
            (self.env._("Claim"), self.company_currency_id.format(self.amount)),
            (self.env._("Commission (%)"), f"{self.percent:g}"),
        ]

    def _file_columns(self):
        return [
            self.env._("Invoice"),
            self.env._("Dated"),
            self.env._("Due"),
            self.env._("Currency"),
            self.env._("Invoiced"),
            self.env._("Claimed"),
        ]

    def _file_rows(self):
        """One row per placed item."""
        self.ensure_one()
        return [
            (
                item.name,
                item.date,
                item.date_due,
                item.currency_id.name,
                item.move_line_id.amount_currency,
                item.amount_currency,
            )
            for item in self.item_ids.sudo()
        ]

    def _file_xlsx(self):
        """Two sheets: the claim, its items."""
        self.ensure_one()
        output = io.BytesIO()
        with xlsxwriter.Workbook(output) as book:
            bold = book.add_format({"bold": True})
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            money = book.add_format({"num_format": "#,##0.00"})
            claim = book.add_worksheet(self.env._("Claim"))
            claim.set_column(0, 1, 30)
            pairs = self._file_claim() + self._file_debtor()
            for number, (label, value) in enumerate(pairs):
                claim.write_string(number, 0, label, bold)
                claim.write_string(number, 1, value or "")
            items = book.add_worksheet(self.env._("Items"))
            items.set_column(0, 5, 16)
            items.write_row(0, 0, self._file_columns(), bold)
            for number, row in enumerate(self._file_rows(), 1):
                for column, value in enumerate(row):
                    if isinstance(value, float):
                        items.write_number(number, column, value, money)
                    elif hasattr(value, "year"):
                        items.write_datetime(number, column, value, day)
                    else:
                        items.write_string(number, column, value or "")
        return output.getvalue()

    def _file_pdf(self):
        self.ensure_one()
        reports = self.env["ir.actions.report"].sudo()
        return reports._render_qweb_pdf(REPORT, self.ids)[0]

    def _post_file(self):
        """Keep the file as it was handed over."""
        self.ensure_one()
        name = f"{self.name} {self.partner_id.name}".replace("/", "_")
        message = self.message_post(
            body=self.env._(
                "File for %(agency)s. Personal data in it: %(fields)s.",
                agency=self.contract_id.display_name,
                fields=self.file_fields,
            ),
            attachments=[
                (f"{name}.pdf", self._file_pdf()),
                (f"{name}.xlsx", self._file_xlsx()),
            ],
        )
        self.sudo().file_ids = message.sudo().attachment_ids
        kind = self.contract_id.dossier
        if kind != "request" and self.contract_id._shared_sections():
            self.env["debt.recovery.dossier"]._ask(self.case_id, kind, placement=self)

    # DOSSIER

    def action_dossier(self):
        """Put the dossier together that the contract lets them have."""
        self.ensure_one()
        self._check_state("placed")
        contract = self.contract_id.sudo()
        if not contract._shared_sections():
            raise UserError(
                self.env._(
                    "The contract with %(agency)s names no part of the dossier: tick "
                    "what they may have under “Dossier for Them”.",
                    agency=contract.display_name,
                )
            )
        return self.case_id._screen_wizard(
            "debt.recovery.dossier.make",
            self.env._("Dossier for %(agency)s", agency=contract.display_name),
            case_id=self.case_id.id,
            placement_id=self.id,
        )

    def _take_dossier(self, made):
        """Keep what ``case._dossier`` made with the file; an earlier one is replaced,
        and stays in the history."""
        self.ensure_one()
        contract = self.contract_id.sudo()
        message = self.message_post(
            body=self.env._(
                "Dossier for %(agency)s: %(parts)s.",
                agency=contract.display_name,
                parts=", ".join(contract._shared_labels()),
            ),
            attachments=[(made["filename"], made["content"])],
        )
        stem = made["filename"].rpartition(".")[0]
        names = {f"{stem}.{kind}" for kind in KINDS}
        record = self.sudo()
        earlier = record.file_ids.filtered(lambda file: file.name in names)
        record.file_ids = record.file_ids - earlier | message.sudo().attachment_ids

    def action_send_file(self):
        """Write to the agency, with the file."""
        self.ensure_one()
        self._check_state("placed")
        partner = self.contract_id.contact_id or self.contract_id.partner_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send to the Agency"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_partner_ids": partner.ids,
                "default_subject": self.env._(
                    "%(company)s: claim %(name)s",
                    company=self.company_id.name,
                    name=self.name,
                ),
                "default_attachment_ids": self.file_ids.ids,
            },
        }

    def action_preview_file(self):
        """See what would leave, before it is placed."""
        self.ensure_one()
        return self.env.ref("debt_recovery.action_report_placement").report_action(self)
