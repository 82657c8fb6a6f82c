from datetime import timedelta

from odoo import api, models
from odoo.fields import Command

from odoo.addons.debt_recovery.demo.books import Books
from odoo.addons.debt_recovery.models.demo import MARK, SECOND_MARK

#: Name, code and type of the accounts the story needs.
ACCOUNTS = {
    "recovery_loss_account_id": ("Bad debts", "659100", "expense"),
    "recovery_recovered_account_id": ("Recovered debts", "499100", "income_other"),
    "recovery_impairment_account_id": ("Impairment", "659200", "expense"),
    "recovery_allowance_account_id": (
        "Allowance for doubtful debts",
        "121900",
        "asset_current",
    ),
}


class DebtRecoveryDemo(models.AbstractModel):
    """The first company of the story gives up what became time-barred, once a manager
    agrees, and counted its allowance; the second lost a customer to insolvency, waits
    for the tax, and got a part of the money after all."""

    _inherit = "debt.recovery.demo"

    @api.model
    def _install_losses(self):
        company = self._company_of(MARK)
        if not company:
            return
        seen = self._last_mail()
        company.write({"recovery_provision": True, **self._loss_accounts(company)})
        self._ask_write_off(company)
        provisions = self.env["debt.recovery.provision"].with_company(company)
        provisions.create({"company_id": company.id}).action_count()
        if second := self._company_of(SECOND_MARK):
            self._lose(second)
        self._silence_mails(seen)

    @api.model
    def _loss_accounts(self, company):
        """Accounts of its own where the company chose none."""
        accounts = self.env["account.account"].with_company(company)
        return {
            field: accounts.create(
                {
                    "name": name,
                    "code": code,
                    "account_type": kind,
                    "company_ids": company.ids,
                }
            ).id
            for field, (name, code, kind) in ACCOUNTS.items()
            if not company[field]
        }

    @api.model
    def _ask_write_off(self, company):
        """The officer asks for the oldest item that may no longer be sued for."""
        barred = self.env["debt.recovery.limitation"].search(
            [
                ("date_end", "<", company._recovery_today()),
                ("move_line_id.company_id", "=", company.id),
            ],
            limit=1,
        )
        officer = self._find_people(company)["officer"]
        writer = self.env["debt.recovery.write.off"].with_user(officer)
        reason = self.env.ref("debt_recovery_loss.write_off_reason_limitation")
        if barred:
            values = writer._prepare_write_off(barred.move_line_id, reason)
            note = "Six years have passed without a payment or an acknowledgement."
            writer.create({**values, "note": note}).action_submit()

    # THE SECOND COMPANY

    @api.model
    def _lose(self, company):
        """A customer whose estate paid one tenth after the write-off."""
        rule = self.env.ref("debt_recovery_loss.vat_relief_rule_de")
        company.write(
            {"recovery_relief_rule_id": rule.id, **self._loss_accounts(company)}
        )
        teller = self.with_company(company)
        record = teller._write_off_lost(teller._lost_invoice(company))
        record.line_ids.evidence_ids = teller._evidence(record)
        record._book()
        teller._receive(record)

    @api.model
    def _write_off_lost(self, invoice):
        writer = self.env["debt.recovery.write.off"]
        return writer.create(
            writer._prepare_write_off(
                invoice.line_ids.filtered(lambda line: line.amount_residual > 0),
                self.env.ref("debt_recovery_loss.write_off_reason_insolvent"),
                note="The court refused to open proceedings for lack of assets.",
            )
        )

    @api.model
    def _lost_invoice(self, company):
        day = company._recovery_today() - timedelta(days=300)
        partner = self.env["res.partner"].create(
            {
                "name": "Werft Nordhaven GmbH",
                "ref": "C-NORDHAVEN",
                "is_company": True,
                "country_id": self.env.ref("base.de").id,
                "city": "Stralsund",
            }
        )
        tax = self.env["account.tax"].create(
            {"name": "19 % MwSt.", "amount": 19, "type_tax_use": "sale"}
        )
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": day,
                "invoice_date_due": day + timedelta(days=30),
                "is_move_sent": True,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Deck hatches",
                            "price_unit": 40 * company.recovery_money_unit,
                            "tax_ids": [Command.set(tax.ids)],
                        }
                    )
                ],
            }
        )
        invoice.action_post()
        return invoice

    @api.model
    def _evidence(self, record):
        """The order of the court, as a page of its own."""
        books = Books(self.env, record.company_id, record.company_id._recovery_today())
        return self.env["ir.attachment"].create(
            {
                "name": "Order of the court.pdf",
                "raw": books.draw("Order of the court", [record.note]),
                "res_model": record._name,
                "res_id": record.id,
            }
        )

    @api.model
    def _receive(self, record):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": record.partner_id.id,
                "amount": record.currency_id.round(record.amount / 10),
                "memo": "Dividend of the estate",
            }
        )
        payment.action_post()
        self.env.flush_all()
        manager = self._find_people(record.company_id)["manager"]
        wizard = self.env["debt.recovery.write.off.receive"].with_user(manager)
        wizard.create({"write_off_id": record.id}).action_confirm()
