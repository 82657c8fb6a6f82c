import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.action_guard import GUARD, GUARD_KEY, SEALED_STATES

REPORT = "debt_recovery.report_log_extract"
#: A page printer needs a second for some ten entries.
MOST = {"pdf": 500, "xlsx": 20000}


class DebtRecoveryLogExtractMake(models.TransientModel):
    """An extract of the contact log of cases, customers, invoices or single entries, as
    PDF or XLSX. It holds what its reader may see, and is itself noted."""

    _name = "debt.recovery.log.extract.make"
    _description = "Take an Extract of the Contact Log"

    source_domain = fields.Json(readonly=True)
    scope = fields.Char("Covers", readonly=True)
    date_from = fields.Date("From")
    date_to = fields.Date("Until")
    with_refused = fields.Boolean(
        "Also what did not leave",
        help="What was refused, skipped, cancelled or failed, with its reason.",
    )
    entry_count = fields.Integer("Entries", compute="_compute_entry_count")
    file = fields.Binary(readonly=True, attachment=False)
    filename = fields.Char(readonly=True)

    @api.model
    def default_get(self, fields):
        """What was open or ticked when the dialog was asked for."""
        values = super().default_get(fields)
        model = self.env.context.get("active_model") or "debt.recovery.action"
        ids = self.env.context.get("active_ids") or []
        domain = Domain(self._source_domain(model, ids))
        if not ids and model == "debt.recovery.action":
            domain = Domain(self.env.context.get("active_domain") or [])
        values["source_domain"] = list(domain)
        values["scope"] = self._source_scope(model, ids)
        return values

    @api.model
    def _source_domain(self, model, ids):
        """Entries about these records."""
        if model == "res.partner":
            partners = self.env[model].browse(ids).commercial_partner_id
            return [("partner_id", "in", partners.ids)]
        field = {
            "debt.recovery.case": "case_id",
            "account.move": "line_ids.move_id",
            "debt.recovery.action": "id",
        }[model]
        return [(field, "in", ids)]

    @api.model
    def _source_scope(self, model, ids):
        """The same in words."""
        if not ids:
            return self.env._("Contact log")
        records = self.env[model].browse(ids)
        if model == "debt.recovery.action":
            return self.env._("%(count)s chosen entries", count=len(ids))
        names = ", ".join(records[:3].mapped("display_name"))
        if len(ids) > 3:
            return self.env._(
                "%(names)s and %(more)s more", names=names, more=len(ids) - 3
            )
        return names

    @api.depends("date_from", "date_to", "with_refused", "source_domain")
    def _compute_entry_count(self):
        actions = self.env["debt.recovery.action"]
        for wizard in self:
            wizard.entry_count = actions.search_count(wizard._entry_domain())

    def _entry_domain(self):
        self.ensure_one()
        states = SEALED_STATES if self.with_refused else ("done",)
        domain = Domain(self.source_domain or []) & Domain("state", "in", states)
        if self.date_from:
            domain &= Domain("date_planned", ">=", self.date_from) | Domain(
                "date_done", ">=", self.date_from
            )
        if self.date_to:
            end = fields.Date.add(self.date_to, days=1)
            domain &= Domain("date_done", "<", end) | (
                Domain("date_done", "=", False)
                & Domain("date_planned", "<=", self.date_to)
            )
        return domain

    # FILES

    def action_pdf(self):
        """A chronology to read and to hand over."""
        actions = self._find_entries("pdf")
        report = self.env["ir.actions.report"].sudo()
        report = report.with_context(recovery_extract=self._prepare_page())
        return self._download(
            report._render_qweb_pdf(REPORT, actions.ids)[0], "pdf", actions
        )

    def action_xlsx(self):
        """Every entry and every claimed item as a row, to filter and to count."""
        actions = self._find_entries("xlsx")
        return self._download(actions._extract_xlsx(), "xlsx", actions)

    def _find_entries(self, kind):
        """The entries in the order in which they happened, with the reader's rights.

        :raise UserError: nothing to show, too much of it, or days the wrong way round
        """
        self.ensure_one()
        if self.date_from and self.date_to and self.date_from > self.date_to:
            raise UserError(
                self.env._(
                    "The period ends on %(end)s, before it starts on %(start)s: choose "
                    "a later end.",
                    end=self.date_to,
                    start=self.date_from,
                )
            )
        count = self.entry_count
        if not count:
            raise UserError(
                self.env._("The log has no entry of this kind: choose other days.")
            )
        if count > MOST[kind]:
            raise UserError(self._too_many(kind, count))
        actions = self.env["debt.recovery.action"].search(self._entry_domain())
        return actions._in_time_order()

    def _too_many(self, kind, count):
        if kind == "pdf":
            return self.env._(
                "%(count)s entries are too many for a PDF (at most %(most)s): choose "
                "fewer days or customers, or take the XLSX file.",
                count=count,
                most=MOST[kind],
            )
        return self.env._(
            "%(count)s entries are too many for one file (at most %(most)s): take it "
            "in parts, for example year by year.",
            count=count,
            most=MOST[kind],
        )

    def _prepare_page(self):
        return {
            "scope": self.scope,
            "user": self.env.user.name,
            "date_from": self.date_from,
            "date_to": self.date_to,
        }

    def _download(self, content, kind, actions):
        self._note(content, kind, actions)
        name = self.env._("Contact log %(scope)s", scope=self.scope)
        self.write(
            {
                "file": base64.b64encode(content),
                "filename": f"{name[:80]}.{kind}".replace("/", "_"),
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file"
            "?filename_field=filename&download=true",
            "target": "download",
        }

    def _note(self, content, kind, actions):
        """Who took what: in the list of extracts, and on the case where it is one."""
        notes = self.env["debt.recovery.log.extract"].sudo()
        notes = notes.with_context(**{GUARD_KEY: GUARD})
        note = notes.create(self._prepare_note_vals(content, kind, actions))
        if len(note.case_ids) == 1:
            note.case_ids.with_context(**{GUARD_KEY: None})._message_log(
                body=self.env._(
                    "%(user)s took an extract of the contact log: %(count)s entries, "
                    "%(kind)s.",
                    user=self.env.user.name,
                    count=note.entry_count,
                    kind=kind.upper(),
                )
            )

    def _prepare_note_vals(self, content, kind, actions):
        return {
            "user_id": self.env.uid,
            "company_id": actions.company_id[:1].id,
            "scope": self.scope,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "kind": kind,
            "entry_count": len(actions),
            "checksum": hashlib.sha256(content).hexdigest(),
            "case_ids": [(6, 0, actions.case_id.ids)],
        }
