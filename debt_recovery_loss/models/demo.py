from odoo import api, models

from odoo.addons.debt_recovery.models.demo import MARK

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
    agrees, and counted its allowance."""

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
