from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

REPORT = "debt_recovery.report_statement"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DebtRecoveryCaseStatement(models.AbstractModel):
    """The statement of account of a case: every open item of the customer, credits and
    what is not due included, so that it adds up to the balance of the ledger."""

    _name = "debt.recovery.case.statement.mixin"
    _description = "Statement of a Recovery Case"

    def _statement_options(self):
        """What the statement shows: ``date_to``, and ``date_from`` for movements
        (``recovery_statement`` in the context), else what is open today."""
        options = self.env.context.get("recovery_statement") or {}
        today = self.company_id._recovery_today()
        return {"date_to": today, "date_from": None} | options

    def _statement_page(self):
        """Everything the page of one customer prints."""
        self.ensure_one()
        return self.env["debt.recovery.statement.ledger"]._statement_page(
            self.partner_id, self.company_id, **self._statement_options()
        )

    def _statement_groups(self):
        """Open items per document currency with their balance, oldest first."""
        return self._statement_page()["groups"]

    def _statement_payment(self):
        """Where to pay what is overdue."""
        return self.claim_payment

    def _statement_date(self):
        return format_date(self.env, self._statement_options()["date_to"])

    def _statement_filename(self, lang=None):
        """In the debtor's language, like the page itself."""
        self.ensure_one()
        reader = self.with_context(lang=lang or self.partner_id.lang or self.env.lang)
        return f"{reader.env._('Statement')} {self.name}.pdf".replace("/", "_")

    def _statement_document(self, lang=None):
        """The statement as a file, in the debtor's language."""
        self.ensure_one()
        try:
            self._statement_page()
        except UserError:
            return self._statement_sheet(lang)
        report = self.env["ir.actions.report"].sudo()
        report = report.with_context(lang=lang or self.partner_id.lang or self.env.lang)
        content, _kind = report._render_qweb_pdf(REPORT, self.ids)
        return {"filename": self._statement_filename(lang), "content": content}

    def _statement_sheet(self, lang=None):
        """The statement as XLSX, where a PDF would be endless."""
        content = self.env["debt.recovery.statement.ledger"]._statement_xlsx(
            self.partner_id, self.company_id, **self._statement_options()
        )
        name = self._statement_filename(lang).removesuffix(".pdf")
        return {"filename": f"{name}.xlsx", "content": content, "mimetype": XLSX}

    def action_confirmation(self):
        """Ask the customer to confirm the balance."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Balance Confirmation"),
            "res_model": "debt.recovery.confirmation",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_case_id": self.id},
        }

    def action_statement(self):
        """Choose what the statement shows and how it leaves."""
        return self._screen_wizard(
            "debt.recovery.statement",
            self.env._("Statement of Account"),
            partner_ids=[(6, 0, self.partner_id.ids)],
            company_id=self.company_id[:1].id,
        )

    def action_write_email(self):
        """A free-hand e-mail, or the answer to a reply (``default_reply_id``)."""
        self.ensure_one()
        return self._mail_wizard(self.env._("Write an E-mail"))

    def action_send_statement(self):
        """The statement of account, ready to leave as an e-mail."""
        self.ensure_one()
        return self._mail_wizard(
            self.env._("Send the Statement"), is_statement=True, attach_statement=True
        )

    def _mail_wizard(self, name, **defaults):
        reply_id = self.env.context.get("default_reply_id")
        if reply_id:
            defaults["reply_id"] = reply_id
        action = self._screen_wizard(
            "debt.recovery.mail.write", name, case_id=self.id, **defaults
        )
        action["context"]["dialog_size"] = "large"
        return action

    def action_copy_table(self):
        """The collectable items for the clipboard: as a table, and as plain columns for
        a spreadsheet."""
        self.ensure_one()
        groups = self._claim_groups(None, self._claim_default_rows(self))
        rows = [self._copy_row(line) for group in groups for line in group["lines"]]
        if not rows:
            raise UserError(self.env._("Nothing is collectable: there is no table."))
        head = [
            self.env._("Invoice"),
            self.env._("Their reference"),
            self.env._("Due"),
            self.env._("Open"),
            self.env._("Currency"),
        ]
        return {
            "type": "ir.actions.client",
            "tag": "recovery_copy_table",
            "params": {"head": head, "rows": rows},
        }

    def _copy_row(self, line):
        return [
            line["name"] or "",
            line["ref"] or "",
            format_date(self.env, line["date_due"]),
            f"{line['amount']:.{line['currency'].decimal_places}f}",
            line["currency"].name,
        ]
