from odoo import fields, models

from ..tools.money import to_decimal
from ..tools.placement import Candidate, choose_rule

#: A case somebody decided not to place is not proposed again so soon.
PAUSE_DAYS = 90


class DebtRecoveryPlacementProposal(models.AbstractModel):
    """The proposal list, by rules that are data."""

    _name = "debt.recovery.placement.proposal.mixin"
    _description = "Proposals to Agencies"

    def _propose(self, company):
        """Propose every case the rules of the company name.

        :return: the new placements
        """
        proposed = self.browse()
        rules = self.env["debt.recovery.placement.rule"]._for_company(company)
        plain = rules._to_rules(company)
        for case in self._find_candidates(company, rules) if plain else ():
            rule = choose_rule(plain, self._candidate(case))
            if rule:
                found = rules.browse(rule.key)
                vals = self._prepare_proposal(case, found)
                proposed |= self.sudo().create(vals)
        return proposed

    def _find_candidates(self, company, rules):
        """Open cases with something old enough, neither placed nor before a court nor
        left out on purpose lately."""
        today = company._recovery_today()
        oldest = fields.Date.subtract(today, days=min(rules.mapped("min_days")))
        recent = fields.Date.subtract(today, days=PAUSE_DAYS)
        cases = self.env["debt.recovery.case"].sudo()
        found = cases.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "open"),
                ("date_oldest_due", "<=", oldest),
                ("amount_overdue", ">", 0),
                ("legal_case_ids", "not any", [("is_open", "=", True)]),
            ]
        )
        return found.filtered(
            lambda case: (
                not case.placement_ids.filtered(
                    lambda p: (
                        p.state in ("proposed", "waiting", "placed")
                        or (p.date_closed and p.date_closed > recent)
                    )
                )
            )
        )

    def _candidate(self, case):
        rows = case._legal_rows()
        digits = case.company_currency_id.decimal_places
        return Candidate(
            days=max(rows.mapped("days_overdue"), default=0),
            amount=to_decimal(sum(map(case._legal_amount, rows)), digits),
            demanded=case._legal_demanded(),
        )

    def _prepare_proposal(self, case, rule):
        contract = rule._choose_contract(case.company_id)
        return {
            "case_id": case.id,
            "rule_id": rule.id,
            "contract_id": contract.id,
            "reason": rule.name,
            "asked_by_id": False,
        }

    def action_propose(self):
        """Look for cases the rules name, now."""
        companies = self.env.companies.filtered("recovery_agency")
        found = self.browse()
        for company in companies.root_id:
            found |= self._propose(company)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._("%(count)s cases proposed.", count=len(found)),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
