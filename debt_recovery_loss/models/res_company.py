from odoo import api, fields, models

PEOPLE = ("debt_recovery.group_manager", "debt_recovery.group_auditor")


class ResCompany(models.Model):
    """Accounts of losses, on the root company. Nothing is booked before they are
    chosen."""

    _inherit = "res.company"

    recovery_loss_account_id = fields.Many2one(
        "account.account",
        "Account for Bad Debts",
        help="Takes what is written off, without the tax that may be claimed back.",
    )
    recovery_loss_journal_id = fields.Many2one(
        "account.journal",
        "Journal for Write-offs",
        domain="[('type', '=', 'general'), ('company_id', '=', id)]",
    )
    recovery_relief_rule_id = fields.Many2one(
        "debt.recovery.vat.relief.rule",
        "Tax Relief",
        help="When tax on bad debts may be claimed back. Empty: it is lost with the "
        "rest.",
    )
    recovery_relief_account_id = fields.Many2one(
        "account.account",
        "Account for Tax to Claim",
        help="Holds the tax between the write-off and the claim. Empty: tax goes "
        "straight to the tax accounts of the invoice, where the rule lets it.",
    )
    recovery_recovered_account_id = fields.Many2one(
        "account.account",
        "Account for Recovered Debts",
        help="Income from what was written off before.",
    )
    recovery_provision = fields.Boolean(
        "Provision",
        help="Count the allowance for expected losses, with rates proposed from the "
        "company's own history.",
    )
    recovery_impairment_account_id = fields.Many2one(
        "account.account",
        "Account for Expected Losses",
        help="Expense of the allowance.",
    )
    recovery_allowance_account_id = fields.Many2one(
        "account.account",
        "Account for the Allowance",
        help="What is set aside, beside the receivables in the balance sheet.",
    )

    @api.model
    def _recovery_switches(self):
        group = "debt_recovery_loss.group_provision"
        return super()._recovery_switches() | {"recovery_provision": (group, PEOPLE)}

    def _recovery_after_write_off(self, date_from, date_to):
        receipts = self.env["debt.recovery.write.off.recovery"].search(
            [
                ("company_id", "=", self.id),
                ("state", "=", "booked"),
                ("date", ">=", date_from),
                ("date", "<=", date_to),
            ],
            order="date, id",
        )
        return super()._recovery_after_write_off(date_from, date_to) + [
            receipt._prepare_report_row() for receipt in receipts
        ]

    def _recovery_write_offs(self, date_from, date_to):
        records = self.env["debt.recovery.write.off"].search(
            [
                ("company_id", "=", self.id),
                ("state", "in", ("booked", "reversed")),
                ("date", ">=", date_from),
                ("date", "<=", date_to),
            ],
            order="date, id",
        )
        found = super()._recovery_write_offs(date_from, date_to)
        return found + records._prepare_report_rows()

    def _recovery_tax_reliefs(self):
        lines = self.env["debt.recovery.write.off.line"].search(
            [
                ("company_id", "=", self.id),
                ("state", "=", "booked"),
                ("vat_relief_state", "=", "waiting"),
            ],
            order="vat_relief_eligible_date, id",
        )
        rows = [line._prepare_relief_row() for line in lines]
        return super()._recovery_tax_reliefs() + rows

    def _recovery_bad_debts(self):
        """What somebody asked for stands before what the rules propose."""
        lines = self.env["debt.recovery.write.off.line"].search(
            [("company_id", "=", self.id), ("state", "in", ("draft", "waiting"))]
        )
        rows = [line._prepare_candidate_row() for line in lines]
        rules = self.env["debt.recovery.write.off.rule"]._for_company(self)
        rows += [
            rule._prepare_candidate_row(item, why)
            for item, rule, why in rules._find_items(self)
        ]
        return super()._recovery_bad_debts() + rows

    def _recovery_allowance(self, day):
        provisions = self.env["debt.recovery.provision"]
        if not self.sudo().recovery_provision or not provisions.has_access("read"):
            return super()._recovery_allowance(day)
        newest = provisions.search(
            [("company_id", "=", self.id), ("date", "<=", day)], limit=1
        )
        found = newest and newest._prepare_report_values()
        return found or super()._recovery_allowance(day)
