import io
import re
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import xlsxwriter

from odoo import api, fields, models
from odoo.tools import html2plaintext, split_every

EXTRACT_BATCH = 500
#: A cell of a sheet holds no more.
CELL_LENGTH = 32000


class DebtRecoveryActionExtract(models.AbstractModel):
    """The contact log for a reader outside: a chronology with moments in UTC and in the
    debtor's own time, words and amounts as they left, and the proof of each entry.
    Protected notes stay inside."""

    _name = "debt.recovery.action.extract.mixin"
    _description = "Extract of the contact log"

    local_time = fields.Char(
        "Debtor's Time",
        compute="_compute_local_time",
        help="The same moment where the debtor is; in every zone that may be theirs.",
    )

    @api.depends("date_done")
    def _compute_local_time(self):
        for action in self:
            action.local_time = action._extract_local_text()

    def _extract_moment(self):
        """When it happened; what never left counts from the day it was planned for."""
        self.ensure_one()
        return self.date_done or datetime.combine(self.date_planned, time())

    def _in_time_order(self):
        return self.sorted(lambda action: (action._extract_moment(), action.id))

    def _extract_local(self):
        """The same moment where the debtor is, ``(time, zone)`` for each plausible
        zone; nothing for what never happened."""
        self.ensure_one()
        if not self.date_done:
            return []
        names = self.partner_id.sudo()._recovery_zone_names(
            self.company_id.sudo()._recovery_dialling_codes()
        )
        names = names or [self.company_id.sudo()._recovery_zone().zone]
        moment = self.date_done.replace(tzinfo=UTC)
        found = {}
        for name in names:
            local = moment.astimezone(ZoneInfo(name)).replace(tzinfo=None)
            found.setdefault(local, name)
        return list(found.items())

    def _extract_local_text(self):
        moments = self._extract_local()
        return "; ".join(f"{moment:%Y-%m-%d %H:%M} {zone}" for moment, zone in moments)

    def _extract_entry(self):
        """One entry in words, for page and sheet alike."""
        self.ensure_one()
        facts = self.verdict_facts or {}
        return {
            "action": self,
            "utc": self._extract_moment(),
            "local": self._extract_local(),
            "direction": self._extract_label("direction"),
            "state": self._extract_label("state"),
            "channel": self.channel_id.name,
            "who": self.user_id.name or self.env._("The program"),
            "step": self.step_id.name,
            "outcome": self.outcome_id.name,
            "person": self.person,
            "address": self.address,
            "text": self._extract_words(),
            "verdict": self.verdict_text or self.verdict,
            "rules": ", ".join(facts.get("rules") or []),
            "deliveries": self._extract_deliveries(),
            "documents": [
                f"{fact['name']} (sha256 {fact['sha256']})"
                for fact in self.document_facts or []
            ],
            "lines": self.line_ids,
            "claimed": self.claimed_text,
        }

    def _extract_words(self):
        """Text as it left; the row of a table is one line, as on the screen."""
        body = self.body or ""
        if self.channel != "sms":
            body = re.sub(r"\s+", " ", body)
        return re.sub(r"\s*\n\s*\n\s*", "\n\n", html2plaintext(body)).strip()

    def _extract_label(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name])

    def _extract_deliveries(self):
        """“2026-05-04 08:00 Bounced: mailbox full”, oldest first."""
        kinds = dict(
            self.env["debt.recovery.delivery"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        rows = []
        for event in self.delivery_ids.sorted(lambda event: (event.date, event.id)):
            text = f"{event.date:%Y-%m-%d %H:%M} {kinds[event.kind]}"
            rows.append(f"{text}: {event.detail}" if event.detail else text)
        return rows

    # SHEET

    def _extract_xlsx(self):
        """Two sheets, entries and claimed items; written as they are read, so that ten
        thousand entries need no more memory than one."""
        output = io.BytesIO()
        with xlsxwriter.Workbook(output, {"constant_memory": True}) as book:
            formats = {
                "head": book.add_format({"bold": True, "bg_color": "#E7E9ED"}),
                "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
                "day": book.add_format({"num_format": "yyyy-mm-dd"}),
                "money": book.add_format({"num_format": "#,##0.00"}),
                "top": book.add_format({"valign": "top"}),
            }
            entries = book.add_worksheet(self.env._("Contact log"))
            claims = book.add_worksheet(self.env._("Claimed items"))
            self._extract_head(entries, self._extract_columns(), formats)
            self._extract_head(claims, self._extract_claim_columns(), formats)
            row = claim_row = 0
            for ids in split_every(EXTRACT_BATCH, self.ids):
                actions = self.browse(ids)
                for action in actions:
                    row += 1
                    cells = action._extract_cells()
                    self._extract_row(entries, row, cells, formats)
                    for cells in action._extract_claim_cells():
                        claim_row += 1
                        self._extract_row(claims, claim_row, cells, formats)
                self.env.invalidate_all()
            entries.autofilter(0, 0, row, len(self._extract_columns()) - 1)
            claims.autofilter(0, 0, claim_row, len(self._extract_claim_columns()) - 1)
        return output.getvalue()

    @api.model
    def _extract_head(self, sheet, columns, formats):
        sheet.freeze_panes(1, 0)
        for number, (label, width) in enumerate(columns):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, label, formats["head"])

    @api.model
    def _extract_row(self, sheet, row, cells, formats):
        for column, value in enumerate(cells):
            if isinstance(value, datetime):
                sheet.write_datetime(row, column, value, formats["moment"])
            elif hasattr(value, "year"):
                sheet.write_datetime(row, column, value, formats["day"])
            elif isinstance(value, float):
                sheet.write_number(row, column, value, formats["money"])
            elif isinstance(value, int) and not isinstance(value, bool):
                sheet.write_number(row, column, value, formats["top"])
            elif value:
                sheet.write_string(
                    row, column, str(value)[:CELL_LENGTH], formats["top"]
                )

    @api.model
    def _extract_columns(self):
        """Headings and widths of the entries."""
        env = self.env
        return [
            (env._("Entry"), 9),
            (env._("When (UTC)"), 16),
            (env._("When (debtor's time)"), 30),
            (env._("Customer"), 28),
            (env._("Case"), 14),
            (env._("State"), 10),
            (env._("Direction"), 11),
            (env._("Channel"), 12),
            (env._("Who"), 20),
            (env._("Contact point"), 28),
            (env._("Person reached"), 20),
            (env._("Step"), 22),
            (env._("Outcome"), 20),
            (env._("Subject"), 30),
            (env._("Text as sent"), 60),
            (env._("Note"), 40),
            (env._("Claimed"), 18),
            (env._("Contact rules said"), 24),
            (env._("Rule codes"), 20),
            (env._("Cost"), 10),
            (env._("Delivery"), 36),
            (env._("Documents"), 36),
            (env._("Corrects entry"), 12),
            (env._("Log number"), 11),
            (env._("Checksum"), 66),
        ]

    def _extract_cells(self):
        entry = self._extract_entry()
        return [
            self.id,
            entry["utc"],
            self._extract_local_text(),
            self.partner_id.display_name,
            self.case_id.name,
            entry["state"],
            entry["direction"],
            entry["channel"],
            entry["who"],
            entry["address"],
            entry["person"],
            entry["step"],
            entry["outcome"],
            self.subject,
            entry["text"],
            self.note,
            entry["claimed"],
            entry["verdict"],
            entry["rules"],
            self.cost or None,
            "\n".join(entry["deliveries"]),
            "\n".join(entry["documents"]),
            self.correction_of_id.id or None,
            self.chain_no or None,
            self.checksum,
        ]

    @api.model
    def _extract_claim_columns(self):
        env = self.env
        return [
            (env._("Entry"), 9),
            (env._("When (UTC)"), 16),
            (env._("Customer"), 28),
            (env._("Number"), 20),
            (env._("Customer reference"), 20),
            (env._("Invoice date"), 12),
            (env._("Due date"), 12),
            (env._("Days overdue"), 12),
            (env._("Currency"), 9),
            (env._("Invoiced"), 14),
            (env._("Claimed"), 14),
        ]

    def _extract_claim_cells(self):
        for line in self.line_ids:
            yield [
                self.id,
                self._extract_moment(),
                self.partner_id.display_name,
                line.name,
                line.ref,
                line.date or None,
                line.date_due or None,
                line.days_overdue,
                line.currency_id.name,
                line.amount_original,
                line.amount_currency,
            ]

    # PAGE

    def _extract_facts(self, entry):
        """What the page tells of an entry beside its words, each with its label."""
        env = self.env
        facts = [
            (env._("Who"), entry["who"]),
            (env._("Step"), entry["step"]),
            (env._("Contact point"), entry["address"]),
            (env._("Person reached"), entry["person"]),
            (env._("Note"), self.note),
            (env._("Reason"), self.reason),
            (env._("Did not leave"), self.failure),
            (env._("Contact rules said"), entry["verdict"]),
            (env._("Cost"), self.cost and self.company_currency_id.format(self.cost)),
            (env._("Delivery"), " · ".join(entry["deliveries"])),
            (env._("Documents"), ", ".join(entry["documents"])),
            (env._("Corrects entry"), self.correction_of_id.id),
        ]
        return [fact for fact in facts if fact[1]]

    @api.model
    def _extract_page(self):
        """Head of the printed extract: what it covers, who took it and when."""
        page = dict(self.env.context.get("recovery_extract") or {})
        page.setdefault("scope", "")
        page.setdefault("user", self.env.user.name)
        page["now"] = fields.Datetime.now()
        return page
