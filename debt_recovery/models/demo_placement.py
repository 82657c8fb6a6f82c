from datetime import timedelta

from odoo import api, models
from odoo.fields import Command

from ..demo.books import Books
from ..demo.debtors_agency import DEBTORS

PLACED_AGO = 45


class DebtRecoveryDemoPlacement(models.AbstractModel):
    """An agency with a contract, a placement it collected something on, a proposal, a
    statement with a difference and a report to the creditor."""

    _name = "debt.recovery.demo.placement.mixin"
    _description = "Agency Part of the Demo Story"

    @api.model
    def _tell_placement(self, company):
        """What the agency did in the last weeks."""
        seen = self._last_mail()
        company.recovery_agency = True
        users = self._find_people(company)
        books = Books(self.env, company, company._recovery_today())
        books.open(DEBTORS)
        contract = self._agency_contract(company)
        placed, proposed = (
            self._agency_case(company, users, books.partners[debtor.key])
            for debtor in DEBTORS
        )
        self._tell_placed(company, users, placed, contract)
        proposed.env["debt.recovery.placement"].create(
            {
                "case_id": proposed.id,
                "contract_id": contract.id,
                "reason": "90 days overdue, after the formal demand",
            }
        )
        owner = self._legal_partner(
            "Holding of the group", "Boston", email="finance@holding.example.com"
        )
        self.env["debt.recovery.creditor.report"].create(
            {
                "company_id": company.id,
                "recipient_ids": owner.ids,
                "date_covered": company._recovery_today(),
            }
        )
        self._silence_mails(seen)

    @api.model
    def _agency_contract(self, company):
        agency = self._legal_partner(
            "Stonebridge Recoveries Inc.",
            "Tulsa",
            phone="+1 918 555 0100",
            email="claims@stonebridge.example.com",
        )
        return self.env["debt.recovery.placement.contract"].create(
            {
                "partner_id": agency.id,
                "company_id": company.id,
                "remit": "net",
                "date_processing": company._recovery_today() - timedelta(days=400),
                "rate_ids": [
                    Command.create({"percent": 18}),
                    Command.create({"percent": 28, "min_days": 180}),
                ],
            }
        )

    @api.model
    def _agency_case(self, company, users, partner):
        case = (
            self.env["debt.recovery.case"]
            .sudo()
            .create(
                {
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "user_id": users["officer"].id,
                }
            )
        )
        self._demand(case, PLACED_AGO + 30)
        return case

    @api.model
    def _tell_placed(self, company, users, case, contract):
        """Placed weeks ago; the debtor paid them a part."""
        env = self._legal_env(company, users["manager"], PLACED_AGO)
        placement = (
            env["debt.recovery.placement"]
            .create(
                {
                    "case_id": case.id,
                    "contract_id": contract.id,
                    "agency_reference": "SB-20931",
                    "reason": "No answer to demand and calls",
                }
            )
            .sudo()
        )
        placement._carry_out()
        today = company._recovery_today()
        paid = placement.amount / 5
        placement.receipt_ids.create(
            {
                "placement_id": placement.id,
                "date": today - timedelta(days=12),
                "reference": "SB-20931/1",
                "amount": paid,
            }
        )
        self.env["debt.recovery.placement.statement"].create(
            {
                "name": "Statement 4",
                "contract_id": contract.id,
                "date_from": today - timedelta(days=30),
                "date_to": today,
                "line_ids": [
                    Command.create(
                        {
                            "placement_id": placement.id,
                            "amount": paid,
                            "commission": paid / 4,
                        }
                    )
                ],
            }
        )
