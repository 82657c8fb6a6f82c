from odoo import api, models

from ..tools.rates import MissingRateError


class DebtRecoveryChargeClaim(models.AbstractModel):
    """What may be claimed beside items up to any day, counted at that moment: for
    letters, statements and the legal claim."""

    _name = "debt.recovery.charge.claim.mixin"
    _description = "Charges of a Claim"

    @api.model
    def _claim_rows(self, case, lines, day):
        """One row per item and rule, less what was waived or billed; see
        ``case._recovery_claim_interest``."""
        company = case.company_id.with_context(recovery_today=day)
        rules = company.recovery_charge_rule_ids
        facts = lines._recovery_charge_facts(company, rules)
        found = self.search([("move_line_id", "in", lines.ids)])
        known = {(charge.move_line_id, charge.rule_id): charge for charge in found}
        rows = []
        for line in lines:
            for rule in rules:
                charge = known.get((line, rule), self.browse())
                if not charge and not line._recovery_charge_case(rule, facts):
                    continue
                gone = charge.amount_waived + charge.amount_billed
                row = self._claim_row(rule, line, facts, day, gone)
                row["amount"] = max(line.currency_id.round(row["amount"] - gone), 0.0)
                if row["amount"] or row["problem"]:
                    rows.append(row)
        return rows

    @api.model
    def _claim_row(self, rule, line, facts, day, gone):
        row = {
            "line": line,
            "kind": rule.kind,
            "name": rule.name,
            "legal_basis": rule.legal_basis,
            "currency": line.currency_id,
            "amount": 0.0,
            "per_day": 0.0,
            "detail": False,
            "problem": False,
        }
        if rule.kind != "interest":
            return row | line._recovery_count(rule, facts)
        costs = line._recovery_costs(facts)
        try:
            found = self._interest_on(rule, line, day, facts, costs, gone)
        except MissingRateError as error:
            return row | {"problem": rule.reference_id._missing_sentence(error)}
        last = found.segments[-1:]
        runs = last and last[0].date_to == day and not found.cut
        return row | {
            "amount": float(found.total),
            "per_day": float(last[0].interest / last[0].days) if runs else 0.0,
            "detail": [self._plain_segment(segment) for segment in found.segments],
        }
