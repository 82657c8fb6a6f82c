from decimal import Decimal

from odoo import fields, models


class AccountMoveLine(models.Model):
    """Items that bear charges, and lines that bill them."""

    _inherit = "account.move.line"

    recovery_charge_id = fields.Many2one(
        "debt.recovery.charge",
        "Charge Billed",
        ondelete="restrict",
        index="btree_not_null",
    )

    def _recovery_refresh_charges(self, company, rules):
        """Count these items anew under the rules of a company (root), to its day."""
        charges = self.env["debt.recovery.charge"]
        facts = self._recovery_charge_facts(company, rules)
        known = charges.search([("move_line_id.move_id", "in", self.move_id.ids)])
        for charge in known.filtered(
            lambda c: c.rule_id in rules and c.move_line_id in self
        ):
            gone = charge.amount_waived + charge.amount_billed
            vals = charge.move_line_id._recovery_count(charge.rule_id, facts, gone)
            charge._follow(vals, facts["today"])
        taken = {(charge.move_line_id, charge.rule_id) for charge in known}
        taken |= {(c.move_id, c.rule_id) for c in known if c.kind == "fee"}
        new = []
        for line in self:
            for rule in rules:
                place = line.move_id if rule.kind == "fee" else line
                case = line._recovery_charge_case(rule, facts)
                if not case or (place, rule) in taken:
                    continue
                vals = line._recovery_count(rule, facts)
                if vals.get("amount") or vals.get("problem"):
                    taken.add((place, rule))
                    new.append({**vals, **line._prepare_charge_vals(rule, case, facts)})
        return charges.create(new)

    def _recovery_charge_facts(self, company, rules):
        """What all items of a batch are counted with, read once."""
        charges = self.env["debt.recovery.charge"]
        return {
            "today": company._recovery_today(),
            "terms": rules._terms(),
            "payments": charges._payments_of(self),
            "stops": charges._stops_of(self, company),
            "cases": self._recovery_cases(company),
            "actions": charges._fee_actions(self, rules),
            "known": charges._known_costs(self, rules),
        }

    def _recovery_count(self, rule, facts, gone=0.0):
        """What a rule gives for this item; ``gone`` of it was waived or billed."""
        self.ensure_one()
        charges = self.env["debt.recovery.charge"]
        terms = facts["terms"][rule]
        if rule.kind == "fee":
            none = self.env["debt.recovery.action"]
            action = facts["actions"].get((self.move_id, rule), none)
            return charges._count_fee(rule, terms, self, action)
        costs = self._recovery_costs(facts) if rule.kind == "interest" else ()
        return charges._count(rule, self, facts["today"], facts, costs, gone)

    def _recovery_costs(self, facts):
        """``[(day, amount)]`` of the fixed sums and fees claimed beside the item, where
        a rule lets payments go to them first."""
        self.ensure_one()
        if facts["known"] is None:
            return ()
        costs = []
        for rule in facts["terms"]:
            charge = facts["known"].get((self, rule))
            if rule.kind == "interest" or not (
                charge or self._recovery_charge_case(rule, facts)
            ):
                continue
            amount = self._recovery_count(rule, facts)["amount"]
            if charge:
                amount -= charge.amount_waived + charge.amount_billed
            day = self._recovery_cost_day(rule, facts)
            costs.append((day, Decimal(str(max(amount, 0.0)))))
        return sorted(costs)

    def _recovery_cost_day(self, rule, facts):
        """A fee arises with its message, a fixed sum with the first day of delay."""
        action = facts["actions"].get((self.move_id, rule))
        if action:
            return action.date_done.date()
        return fields.Date.add(self.date_maturity or self.date, days=1)

    def _recovery_charge_case(self, rule, facts):
        """The case a new charge of the rule belongs to; empty where none arises."""
        self.ensure_one()
        partner = self.partner_id.commercial_partner_id
        case = facts["cases"].get(partner, self.env["debt.recovery.case"])
        day = facts["today"]
        if rule.kind == "fee":
            action = facts["actions"].get((self.move_id, rule))
            if not action or action.driver_line_id != self:
                return case.browse()
            case, day = action.case_id, action.date_done.date()
        elif not self.amount_residual:
            return case.browse()
        if not self._recovery_bears_charges(rule, facts["today"]) or (
            rule.kind != "interest"
            and self.env["debt.recovery.charge"]._is_stopped(
                self, day, facts["stops"][self.id]
            )
        ):
            return case.browse()
        return case

    def _recovery_bears_charges(self, rule, today):
        """Only what is late on an invoice, never on what bills charges itself."""
        due = self.date_maturity or self.date
        return (
            self.amount_currency > 0
            and due < today
            and self.move_id.move_type == "out_invoice"
            and not self.move_id.recovery_bills_charges
            and rule._applies_to(self.partner_id.commercial_partner_id, due)
        )

    def _recovery_cases(self, company):
        """``{customer: case}`` of the cases in work."""
        cases = self.env["debt.recovery.case"].search(
            [
                ("partner_id", "in", self.partner_id.commercial_partner_id.ids),
                ("company_id", "=", company.id),
                ("state", "!=", "closed"),
            ]
        )
        return {case.partner_id: case for case in cases}

    def _prepare_charge_vals(self, rule, case, facts):
        self.ensure_one()
        return {
            "case_id": case.id,
            "partner_id": case.partner_id.id,
            "company_id": case.company_id.id,
            "move_line_id": self.id,
            "rule_id": rule.id,
            "date_until": facts["today"],
        }
