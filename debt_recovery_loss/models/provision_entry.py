from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from odoo.addons.debt_recovery.tools.approvals import Facts
from odoo.addons.debt_recovery.tools.money import to_decimal


class DebtRecoveryProvisionEntry(models.AbstractModel):
    """The decision on a provision, and the draft entry after it."""

    _name = "debt.recovery.provision.entry.mixin"
    _description = "Entry of a Provision"
    _inherit = "debt.recovery.approvable.mixin"

    def _approval_kind(self):
        return "provision"

    def _approval_company(self):
        return self.company_id

    def _approval_case(self):
        return self.env["debt.recovery.case"]

    def _approval_amount(self):
        return abs(self.amount_change)

    def _approval_facts(self):
        return Facts(
            amount=to_decimal(self._approval_amount(), self.currency_id.decimal_places)
        )

    def _approval_effect(self, approval=None):
        return self.env._(
            "A draft entry of %(change)s brings the allowance on %(day)s to "
            "%(amount)s.",
            change=self.currency_id.format(self.amount_change),
            day=format_date(self.env, self.date),
            amount=self.currency_id.format(self.amount),
        )

    def _approval_problem(self, approval):
        return self.state != "waiting" and self.env._("It was given up meanwhile.")

    def _on_approved(self, approval):
        self._prepare_entry()

    def _on_refused(self, approval):
        if self.state == "waiting":
            self.sudo().state = "draft"

    # THE ENTRY

    def action_propose(self):
        """Prepare the draft entry, or ask whoever decides on it."""
        self.ensure_one()
        self._check_draft()
        company = self.company_id.sudo()
        if not (
            company.recovery_impairment_account_id
            and company.recovery_allowance_account_id
        ):
            raise UserError(
                self.env._(
                    "Choose the accounts of the provision in the settings first."
                )
            )
        if not self.line_ids or self.currency_id.is_zero(self.amount_change):
            raise UserError(
                self.env._("Nothing to book: the books show this allowance already.")
            )
        asked = self._request_approval(self.display_name)
        if asked:
            self.sudo().state = "waiting"
            return self._approval_asked_notice(asked)
        self._prepare_entry()
        return True

    def _check_draft(self):
        for record in self.filtered(lambda row: row.state != "draft"):
            raise UserError(
                self.env._("%(name)s is decided already.", name=record.display_name)
            )

    def _prepare_entry(self):
        record = self.sudo()
        move = record.env["account.move"].with_company(record.company_id)
        record.move_id = move.create(record._prepare_entry_vals())
        record.state = "done"

    def _prepare_entry_vals(self):
        root, change = self.company_id, self.amount_change
        rows = (
            (root.recovery_impairment_account_id, change),
            (root.recovery_allowance_account_id, -change),
        )
        journals = self.env["account.journal"]
        return {
            "move_type": "entry",
            "company_id": root.id,
            "journal_id": root.recovery_loss_journal_id.id
            or journals.search(
                [("type", "=", "general"), ("company_id", "=", root.id)], limit=1
            ).id,
            "date": self.date,
            "ref": self.display_name,
            "line_ids": [
                Command.create(
                    {
                        "name": self.display_name,
                        "account_id": account.id,
                        "balance": balance,
                        "tax_ids": [],
                    }
                )
                for account, balance in rows
            ],
        }

    def action_open_entry(self):
        """The draft entry."""
        self.ensure_one()
        return self.move_id.get_formview_action()

    # REPORTS

    def _prepare_report_values(self):
        """Plain values of ``res.company._recovery_allowance``."""
        selections = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("state", "method")
        }
        return {
            "name": self.display_name,
            "date": self.date,
            "state": selections["state"][self.state],
            "method": selections["method"][self.method],
            "amount": self.amount,
            "change": self.amount_change,
            "rows": [line._prepare_report_row() for line in self.line_ids],
        }
