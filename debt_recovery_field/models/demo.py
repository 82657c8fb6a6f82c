from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.debt_recovery.models.demo import MARK, SECOND_MARK

#: The round of each company of the story: where, whose cheque, which new number.
ROUNDS = {
    MARK: ("Portland", "Willamette Bank", "+1 503 555 0148"),
    SECOND_MARK: (None, "Banco del Duero", "+34 983 555 018"),
}


class DebtRecoveryDemo(models.AbstractModel):
    """The companies of the story work in the field: a round today, money in hand and
    with the cashier, a cheque whose day has come, data found wrong on the spot."""

    _inherit = "debt.recovery.demo"

    @api.model
    def _install_field(self):
        for mark, (city, bank, phone) in ROUNDS.items():
            company = self._company_of(mark)
            domain = [("company_id", "=", company.id), ("state", "=", "open")]
            domain.append(("amount_collectable", ">", 0))
            if city:
                domain.append(("partner_id.city", "=", city))
            cases = self.env["debt.recovery.case"].search(domain)
            if company and cases:
                self._work_in_field(company, cases, bank, phone)

    @api.model
    def _work_in_field(self, company, cases, bank, phone):
        """Visits to these cases today; the first paid something yesterday, the last the
        day before."""
        officer = self._find_people(company)["field"]
        company.write({"recovery_field": True, "recovery_field_user_id": officer.id})
        env = self.env(context={**self.env.context, "allowed_company_ids": company.ids})
        cases = cases.with_env(env)
        self._plan_round(cases, officer)
        brought = self._take_cash(cases[-1:], officer, units=3, days=2)
        brought.action_hand_over()
        self._take_cash(cases[:1], officer, units=8, days=1)
        self._take_cheque(cases[:1], officer, bank)
        self._propose_phone(cases[:1], officer, phone)

    @api.model
    def _plan_round(self, cases, officer):
        """The round shows on any day, free days too."""
        visits = cases.env["debt.recovery.visit"].with_context(recovery_gate_asked=True)
        for number, case in enumerate(cases):
            company = case.company_id
            today = company._recovery_today()
            visits.create(
                {
                    "case_id": case.id,
                    "user_id": officer.id,
                    "start": visits._local_start(company, today, 10 + 2 * number),
                    "purpose": self.env._("Talk to the owner"),
                }
            )

    @api.model
    def _take_cash(self, case, officer, units, days):
        """A receipt of some days ago."""
        return case.env["debt.recovery.receipt"].create(
            {
                "case_id": case.id,
                "user_id": officer.id,
                "date": fields.Datetime.now() - timedelta(days=days),
                "amount": units * case.company_id.recovery_money_unit,
                "payer": case.partner_id.child_ids[:1].name,
            }
        )

    @api.model
    def _take_cheque(self, case, officer, bank):
        case.env["debt.recovery.instrument"].create(
            {
                "case_id": case.id,
                "user_id": officer.id,
                "kind": "post_dated",
                "name": "004417",
                "bank": bank,
                "date": case.company_id._recovery_today(),
                "amount": 20 * case.company_id.recovery_money_unit,
            }
        )

    @api.model
    def _propose_phone(self, case, officer, phone):
        """Found on the spot; a clerk accepts it."""
        case.env["debt.recovery.data.proposal"].create(
            {
                "case_id": case.id,
                "partner_id": case.partner_id.id,
                "user_id": officer.id,
                "kind": "phone",
                "values": {"phone": phone},
                "note": self.env._("The old number is no longer answered."),
            }
        )
