from datetime import timedelta

from odoo import api, fields, models


class DebtRecoveryDemo(models.AbstractModel):
    """The second company of the story works in the field: a round today, money in hand,
    a cheque whose day has come, data found wrong on the spot."""

    _inherit = "debt.recovery.demo"

    @api.model
    def _install_field(self):
        company = self._second_company()
        if company:
            cases = self.env["debt.recovery.case"].search(
                [("company_id", "=", company.id), ("state", "=", "open")]
            )
            self._work_in_field(company, cases)

    @api.model
    def _work_in_field(self, company, cases):
        """Visits to these cases today; the first paid something yesterday."""
        officer = self._find_people(company)["field"]
        company.write({"recovery_field": True, "recovery_field_user_id": officer.id})
        env = self.env(context={**self.env.context, "allowed_company_ids": company.ids})
        cases = cases.with_env(env)
        self._plan_round(cases, officer)
        self._take_money(cases[:1], officer)
        self._propose_phone(cases[:1], officer)

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
    def _take_money(self, case, officer):
        unit = case.company_id.recovery_money_unit
        given = {"case_id": case.id, "user_id": officer.id}
        case.env["debt.recovery.receipt"].create(
            {
                **given,
                "date": fields.Datetime.now() - timedelta(days=1),
                "amount": 8 * unit,
                "payer": case.partner_id.child_ids[:1].name,
            }
        )
        case.env["debt.recovery.instrument"].create(
            {
                **given,
                "kind": "post_dated",
                "name": "004417",
                "bank": "Banco del Duero",
                "date": case.company_id._recovery_today(),
                "amount": 20 * unit,
            }
        )

    @api.model
    def _propose_phone(self, case, officer):
        """Found on the spot; a clerk accepts it."""
        case.env["debt.recovery.data.proposal"].create(
            {
                "case_id": case.id,
                "partner_id": case.partner_id.id,
                "user_id": officer.id,
                "kind": "phone",
                "values": {"phone": "+34 983 555 018"},
                "note": self.env._("The old number is no longer answered."),
            }
        )
