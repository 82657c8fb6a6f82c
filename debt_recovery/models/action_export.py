import json
import tempfile
import zipfile

from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain

from .action_guard import SEALED_STATES

EXPORT_BATCH = 500
HEAD = Markup(
    "<!DOCTYPE html><html><head><meta charset='utf-8'/><title>{title}</title><style>"
    "body{{font-family:sans-serif;margin:2em}}article{{border-top:1px solid #999;"
    "padding:1em 0}}td,th{{padding:0 1em 0 0;text-align:left}}</style></head><body>"
    "<h1>{title}</h1>"
)


class DebtRecoveryActionExport(models.AbstractModel):
    """The contact log as a file that outlives the application: one line of JSON per
    entry for machines, one page for people, and the documents as they were sent."""

    _name = "debt.recovery.action.export.mixin"
    _description = "Export of the contact log"

    @api.model
    def _export_log(self):
        """Write one archive per company and keep it as an attachment that belongs to
        nobody but the administrators; it does not go with the application.

        :return: the attachments
        """
        attachments = self.env["ir.attachment"]
        groups = self.sudo()._read_group(self._export_domain(), ["company_id"])
        for (company,) in groups:
            attachments |= self._export_company(company)
        return attachments

    @api.model
    def _export_domain(self):
        """What left, failed, was refused or skipped; plans are no record."""
        return Domain("state", "in", SEALED_STATES)

    @api.model
    def _export_company(self, company):
        with tempfile.TemporaryFile() as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                self._export_write(company, archive)
            file.seek(0)
            content = file.read()
        name = f"contact-log-{company.id}-{company._recovery_today()}.zip"
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name,
                    "raw": content,
                    "mimetype": "application/zip",
                    "description": self.env._(
                        "Contact log of debt recovery, %(company)s",
                        company=company.name,
                    ),
                }
            )
        )

    @api.model
    def _export_write(self, company, archive):
        """Both files grow together, batch by batch."""
        domain = self._export_domain() & Domain("company_id", "=", company.id)
        ids = self.sudo().search(domain, order="case_id, chain_no, id").ids
        title = self.env._("Contact log of %(company)s", company=company.name)
        with (
            tempfile.TemporaryFile("w+", encoding="utf-8") as lines,
            tempfile.TemporaryFile("w+", encoding="utf-8") as page,
        ):
            page.write(HEAD.format(title=title))
            for start in range(0, len(ids), EXPORT_BATCH):
                actions = self.sudo().browse(ids[start : start + EXPORT_BATCH])
                for action in actions:
                    entry = action._export_entry()
                    lines.write(json.dumps(entry, ensure_ascii=False, default=str))
                    lines.write("\n")
                    page.write(action._export_article(entry))
                    action._export_documents(archive)
                actions.invalidate_recordset()
            page.write("</body></html>")
            for name, source in (("log.jsonl", lines), ("log.html", page)):
                self._export_member(archive, name, source)

    @api.model
    def _export_member(self, archive, name, source):
        source.seek(0)
        with archive.open(name, "w") as target:
            while chunk := source.read(1 << 20):
                target.write(chunk.encode())

    def _export_fields(self):
        """Plain fields of an entry, as they are stored."""
        return [
            "id",
            "chain_no",
            "state",
            "direction",
            "origin",
            "mode",
            "cycle",
            "date_planned",
            "date_queued",
            "date_done",
            "address",
            "lang",
            "tone",
            "subject",
            "body",
            "amount_claimed",
            "person",
            "note",
            "reason",
            "failure",
            "verdict",
            "verdict_facts",
            "cost",
            "document_facts",
            "checksum",
            "previous_checksum",
        ]

    def _export_entry(self):
        """One entry as plain values; what it points to by name, with its id."""
        self.ensure_one()
        entry = {name: self[name] or None for name in self._export_fields()}
        for name in (
            "case_id",
            "partner_id",
            "company_id",
            "strategy_id",
            "step_id",
            "channel_id",
            "user_id",
            "approved_by_id",
            "outcome_id",
            "correction_of_id",
        ):
            record = self[name]
            entry[name.removesuffix("_id")] = record and {
                "id": record.id,
                "name": record.display_name,
            }
        return entry | {
            "currency": self.company_currency_id.name,
            "recipients": self.recipient_ids.mapped("display_name"),
            "copies": self.cc_ids.mapped("display_name"),
            "lines": [line._checksum_values() for line in self.line_ids.sorted("id")],
            "deliveries": [
                [str(event.date), event.kind, event.detail or ""]
                for event in self.delivery_ids.sorted("id")
            ],
        }

    def _export_article(self, entry):
        """The entry for people: facts, claim, words."""
        facts = [
            (self._fields[name]._description_string(self.env), entry[name])
            for name in (
                "state",
                "date_done",
                "address",
                "amount_claimed",
                "person",
                "note",
                "reason",
                "failure",
                "checksum",
            )
            if entry[name]
        ]
        claimed = self.env._("Claimed")
        facts += [(claimed, " · ".join(row)) for row in self._export_claim_rows()]
        rows = Markup("").join(
            Markup("<tr><th>{}</th><td>{}</td></tr>").format(label, value)
            for label, value in facts
        )
        return Markup(
            "<article><h2>{}</h2><p>{}</p><table>{}</table><h3>{}</h3>{}</article>\n"
        ).format(
            self.display_name,
            self.case_id.display_name,
            rows,
            self.subject or "",
            self.body or "",  # sanitized when it was written
        )

    def _export_claim_rows(self):
        """Claimed lines in words: number, reference, due date, amount."""
        return [
            [
                line.name or "",
                line.ref or "",
                str(line.date_due or ""),
                f"{line.amount_currency:.2f} {line.currency_id.name}",
            ]
            for line in self.line_ids
        ]

    def _export_documents(self, archive):
        """The files that went along, under the number of their entry."""
        for attachment in self.attachment_ids.filtered("raw"):
            name = attachment.name.replace("/", "_")
            archive.writestr(
                f"documents/{self.id}/{attachment.id}-{name}", attachment.raw
            )
