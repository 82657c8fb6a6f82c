from odoo import api, fields, models

from odoo.addons.debt_recovery.models.account_move_screen import OFFICE


class AccountMove(models.Model):
    """Debit notes that bill charges."""

    _inherit = "account.move"

    recovery_bills_charges = fields.Boolean(
        compute="_compute_recovery_bills_charges",
        search="_search_recovery_bills_charges",
        compute_sudo=True,
    )

    recovery_interest_agreement_ids = fields.One2many(
        "debt.recovery.agreement",
        "interest_move_id",
        "Plans Whose Interest It Bills",
        groups=OFFICE,
    )

    @api.depends(
        "invoice_line_ids.recovery_charge_id", "recovery_interest_agreement_ids"
    )
    def _compute_recovery_bills_charges(self):
        for move in self:
            move.recovery_bills_charges = bool(
                move.invoice_line_ids.recovery_charge_id
                or move.recovery_interest_agreement_ids
            )

    def _search_recovery_bills_charges(self, operator, value):
        if operator != "in":
            return NotImplemented
        agreements = self.env["debt.recovery.agreement"].sudo()
        billed = agreements._search([("interest_move_id", "!=", False)])
        bills = [
            "|",
            ("line_ids", "any", [("recovery_charge_id", "!=", False)]),
            ("id", "in", billed.subselect("interest_move_id")),
        ]
        found = bills if True in value else []
        if False in value:
            found = [] if found else ["!", *bills]
        return found

    def _post(self, soft=True):
        """The posted interest of a plan is covered by it."""
        posted = super()._post(soft)
        bills = posted.filtered(lambda move: move._recovery_may_bill_interest())
        if bills:
            agreements = self.env["debt.recovery.agreement"].sudo()
            found = agreements.search([("interest_move_id", "in", bills.ids)])
            found._cover_interest()
        return posted

    def _recovery_may_bill_interest(self):
        """Told by what is in memory: other invoices cost no query."""
        root = self.company_id.sudo()._recovery_root()
        account = root.recovery_charge_account_id
        return (
            self.move_type == "out_invoice"
            and bool(account)
            and account in self.line_ids.account_id
        )
