from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

REPORT = "debt_recovery.report_statement"


class DebtRecoveryCaseStatement(models.AbstractModel):
    """Statement of account: every open item of the customer, credits and what is not
    due included, so that it adds up to the balance. The amounts are the receivable
    rows', nothing is computed here."""

    _name = "debt.recovery.case.statement.mixin"
    _description = "Statement of a Recovery Case"

    def _statement_groups(self):
        """Open items per document currency with their balance, oldest first."""
        self.ensure_one()
        receivables = self.env["debt.recovery.receivable"].sudo()
        receivables.invalidate_model()
        rows = receivables.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("root_company_id", "=", self.company_id.id),
                ("amount_excluded_currency", "=", 0),
            ],
            order="date_due, id",
        )
        return [
            {
                "currency": currency,
                "lines": [self._prepare_statement_line(row) for row in items],
                "total": sum(items.mapped("amount_residual_currency")),
            }
            for currency, items in rows.grouped("currency_id").items()
        ]

    def _prepare_statement_line(self, row):
        return {
            "name": row.move_name,
            "ref": row.ref,
            "date": row.date,
            "date_due": row.date_due,
            "days_overdue": max(row.days_overdue, 0),
            "original": row.move_line_id.amount_currency,
            "amount": row.amount_residual_currency,
            "currency": row.currency_id,
        }

    def _statement_table(self):
        return self._render_claim("claim_table", groups=self._statement_groups())

    def _statement_payment(self):
        """Where to pay what is overdue."""
        return self.claim_payment

    def _statement_date(self):
        return format_date(self.env, self.company_id._recovery_today())

    def _statement_filename(self):
        self.ensure_one()
        return f"{self.env._('Statement')} {self.name}.pdf".replace("/", "_")

    def _statement_document(self, lang=None):
        """The statement as a file, in the debtor's language."""
        self.ensure_one()
        report = self.env["ir.actions.report"].sudo()
        report = report.with_context(lang=lang or self.partner_id.lang or self.env.lang)
        content, _kind = report._render_qweb_pdf(REPORT, self.ids)
        return {"filename": self._statement_filename(), "content": content}

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
