from odoo import api, models


class DebtRecoveryDemoRooms(models.AbstractModel):
    """Rooms the story does not pass through: balances to confirm, a contact that the
    rules refused, and who works which new cases."""

    _inherit = "debt.recovery.demo"

    @api.model
    def _tell(self, company, debtors):
        cases = super()._tell(company, debtors)
        open_cases = cases.filtered(
            lambda case: case.state == "open" and case.amount_collectable > 0
        )
        self._ask_balances(open_cases[:2])
        self._refuse_sms(open_cases[-1:])
        self._share_work(company.sudo(), self._find_people(company.sudo()))
        return cases

    @api.model
    def _ask_balances(self, cases):
        """One is asked and waits in Outgoing, one is being prepared."""
        confirmations = cases.env["debt.recovery.confirmation"].create(
            [
                {"case_id": case.id, "date": case.company_id._recovery_today()}
                for case in cases
            ]
        )
        confirmations[:1].action_ask()

    @api.model
    def _refuse_sms(self, case):
        """Somebody tried to send an SMS to a customer who wants none."""
        if not case:
            return
        self.env["debt.recovery.contact.preference"].sudo()._record_optout(
            case.partner_id, "sms", False, self.env._("Said so on the phone")
        )
        body = self.env._("Please call us about your open invoices.")
        sms = case.env["debt.recovery.action"]._plan_from_decisions(
            [
                {
                    "case_id": case.id,
                    "channel_id": self.env.ref("debt_recovery.channel_sms").id,
                    "origin": "manual",
                    "mode": "review",
                    "claims_nothing": True,
                    "custom_text": True,
                    "recipient_ids": case.partner_id.ids,
                    "body": body,
                    "reason": self.env._("Short reminder by SMS"),
                }
            ]
        )
        sms._release_check_gate()

    @api.model
    def _share_work(self, company, users):
        self.env["debt.recovery.assignment.rule"].sudo().create(
            [
                {
                    "name": self.env._("Large accounts"),
                    "company_id": company.id,
                    "sequence": 10,
                    "amount_from_units": 500,
                    "method": "fixed",
                    "user_ids": [(6, 0, users["manager"].ids)],
                },
                {
                    "name": self.env._("Everybody else"),
                    "company_id": company.id,
                    "sequence": 20,
                    "method": "balanced",
                    "user_ids": [(6, 0, (users["officer"] | users["manager"]).ids)],
                },
            ]
        )
