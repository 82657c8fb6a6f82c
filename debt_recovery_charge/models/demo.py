from odoo import api, models
from odoo.fields import Command

from odoo.addons.debt_recovery.models.demo import SECOND_MARK


class DebtRecoveryDemo(models.AbstractModel):
    """Both companies of the story claim interest; the first one a fee for formal
    demands, and says so in them, the second one compensation. The officer gave up a
    small charge and asks to give up a large one."""

    _inherit = "debt.recovery.demo"

    @api.model
    def _install_charges(self):
        strategy = self.env.ref("debt_recovery.strategy_b2b_standard")
        strategy.state_interest = "demand"
        fee = self._demand_fee(strategy)
        company = self.env.ref("base.main_company")
        self._choose_charges(company, ["contract_12"], fee)
        seen = self._last_mail()
        self._waive_charges(company)
        self._silence_mails(seen)
        company = self._company_of(SECOND_MARK)
        if company:
            self._choose_charges(company, ["contract_12", "eu_40"])

    @api.model
    def _demand_fee(self, strategy):
        """25 and one per cent of the claim, at most 60."""
        rules = self.env["debt.recovery.charge.rule"]
        firm = strategy.step_ids.filtered(lambda step: step._firmness())[:1]
        if not firm:
            return rules
        return rules.create(
            {
                "name": "Fee of the formal demand",
                "code": "demo_demand",
                "kind": "fee",
                "step_id": firm.id,
                "legal_basis": "Terms of business, clause 9",
                "maximum": 60,
                "bracket_ids": [Command.create({"fixed": 25, "percent": 1})],
            }
        )

    @api.model
    def _choose_charges(self, company, codes, more=None):
        """Rules that need no reference rate: none may be missing on the day on which
        the demo data is installed."""
        rules = self.env["debt.recovery.charge.rule"].search([("code", "in", codes)])
        company.recovery_charge_rule_ids = rules | (more or rules)
        company.recovery_charge_account_id = self.env["account.account"].search(
            [("company_ids", "in", company.ids), ("account_type", "=", "income_other")],
            limit=1,
        )
        self.env["debt.recovery.charge"].sudo()._refresh_company(company)

    @api.model
    def _waive_charges(self, company):
        """Of customers one would like to keep: old debts are for the court."""
        charges = self.env["debt.recovery.charge"].search(
            [("company_id", "=", company.id), ("amount_open", ">", 0)],
            order="amount_open",
        )
        charges = charges.filtered(lambda c: (c.date_until - c.date_due).days < 100)
        if len(charges.case_id) < 2:
            return
        officer = self._find_people(company)["officer"]
        waives = self.env["debt.recovery.charge.waive"].with_user(officer)
        for charge, reason in (
            (charges[0], "The customer paid within the week of the reminder."),
            (charges[-1], "Asked for by sales: a new yearly contract is signed."),
        ):
            charge.case_id.user_id = officer
            vals = {"charge_ids": [Command.set(charge.ids)], "reason": reason}
            waives.with_company(company).create(vals).action_confirm()
