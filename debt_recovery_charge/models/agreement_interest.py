from odoo import fields, models
from odoo.fields import Command

#: An interest bill that outlives these states was made out for too long.
CUT_SHORT = ("broken", "cancelled", "replaced")


class DebtRecoveryAgreementInterest(models.AbstractModel):
    """Interest and fees agreed in a plan come into the books as a debit note: a draft
    when the plan begins to count, due with the last payment. Posted by the
    bookkeepers it is one more covered item, so that the ledger judges it, too."""

    _name = "debt.recovery.agreement.interest.mixin"
    _description = "Interest Agreed in a Plan"

    interest_move_id = fields.Many2one(
        "account.move",
        "Interest Billed",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "active":
            self.sudo()._bill_interest()
        elif vals.get("state") in CUT_SHORT:
            self.sudo()._cut_interest()
        return result

    def _principal_lines(self):
        lines = super()._principal_lines()
        return lines.filtered(lambda row: row.move_id != self.interest_move_id)

    def _bill_interest(self):
        """A draft debit note of what the payments contain beside the debt, once."""
        for agreement in self.filtered(lambda a: not a.interest_move_id):
            amount = sum(agreement.instalment_ids.mapped("interest"))
            if not amount:
                continue
            company = agreement.company_id._recovery_root()
            moves = self.env["account.move"].with_company(company)
            move = moves.create(agreement._prepare_interest_vals(company, amount))
            agreement.interest_move_id = move
            agreement.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Have the debit note for the interest posted"),
                user_id=agreement.user_id.id,
            )

    def _prepare_interest_vals(self, company, amount):
        journal = company.recovery_charge_journal_id
        return {
            **({"journal_id": journal.id} if journal else {}),
            "move_type": "out_invoice",
            "partner_id": self.partner_id.id,
            "company_id": company.id,
            "currency_id": self.currency_id.id,
            "invoice_date": company._recovery_today(),
            "invoice_payment_term_id": False,
            "invoice_date_due": self.date_agreed,
            "ref": self.case_id.name,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": self.env._(
                            "Interest and fees agreed: %(plan)s", plan=self.name
                        ),
                        "quantity": 1,
                        "price_unit": amount,
                        "account_id": company.recovery_charge_account_id.id,
                        "tax_ids": [],
                    }
                )
            ],
        }

    def _cover_interest(self):
        """The posted debit note is covered by its plan."""
        for agreement in self.filtered(lambda a: a.state in ("active", "to_sign")):
            move = agreement.interest_move_id
            items = move.line_ids.filtered(
                lambda row: row.account_id.account_type == "asset_receivable"
            )
            items -= agreement.line_ids.move_line_id
            lines = self.env["debt.recovery.agreement.line"].create(
                [{"agreement_id": agreement.id, "move_line_id": i.id} for i in items]
            )
            lines._mark_partials()
            agreement._judge()

    def _cut_interest(self):
        """It ended before its time: a draft goes; of what is posted, somebody credits
        what did not accrue."""
        for agreement in self.filtered("interest_move_id"):
            move = agreement.interest_move_id
            if move.state == "draft":
                move.button_cancel()
            elif move.state == "posted" and move.amount_residual:
                agreement.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._(
                        "Credit what did not accrue of the interest in %(bill)s",
                        bill=move.name,
                    ),
                    user_id=agreement.user_id.id,
                )
