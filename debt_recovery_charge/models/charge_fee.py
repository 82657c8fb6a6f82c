from datetime import timedelta

from odoo import api, models

#: A paid invoice still bears the fee of a message that left so many days ago.
LATE_DAYS = 7


class DebtRecoveryChargeFee(models.AbstractModel):
    """Fees arise with a step of the strategy: once per invoice and rule, on the driver
    line of the message, by the size of everything it claimed."""

    _name = "debt.recovery.charge.fee.mixin"
    _description = "Fees of Steps"

    @api.model
    def _fee_domain(self, rules):
        """What was really done; a message that came back costs nothing."""
        return [
            ("step_id", "in", rules.step_id.ids),
            ("state", "=", "done"),
            ("driver_line_id", "!=", False),
            ("delivery_ids", "not any", [("kind", "in", ("bounced", "failed"))]),
        ]

    @api.model
    def _fee_line_ids(self, company, rules):
        """Items of messages of the last days, paid meanwhile or not."""
        rules = rules.filtered("step_id")
        if not rules:
            return []
        since = company._recovery_today() - timedelta(days=LATE_DAYS)
        actions = self.env["debt.recovery.action"].search(
            [
                *self._fee_domain(rules),
                ("company_id", "=", company.id),
                ("date_done", ">=", since),
            ]
        )
        return actions.driver_line_id.ids

    @api.model
    def _fee_actions(self, lines, rules):
        """``{(invoice, rule): action}``, the first of each."""
        rules = rules.filtered(lambda rule: rule.kind == "fee")
        if not rules:
            return {}
        found = {}
        actions = self.env["debt.recovery.action"].search(
            [*self._fee_domain(rules), ("driver_line_id", "in", lines.ids)],
            order="date_done, id",
        )
        by_step = rules.grouped("step_id")
        for action in actions:
            for rule in by_step[action.step_id]:
                found.setdefault((action.driver_line_id.move_id, rule), action)
        return found

    @api.model
    def _count_fee(self, rule, terms, line, action):
        """The fee of an action; none without one: it was taken back."""
        amount = 0.0
        if action:
            amount = self._count_fixed(
                rule,
                terms,
                line,
                action.amount_claimed,
                action.company_currency_id,
                action.date_done.date(),
            )
        return {
            "amount": amount,
            "detail": False,
            "problem": False,
            "action_id": action.id,
        }

    @api.model
    def _known_costs(self, lines, rules):
        """``{(item, rule): charge}`` of the fixed sums and fees of these items; None
        where no rule lets payments go to them."""
        if "costs" not in rules.mapped("payment_order"):
            return None
        found = self.search(
            [("move_line_id", "in", lines.ids), ("kind", "!=", "interest")]
        )
        return {(charge.move_line_id, charge.rule_id): charge for charge in found}
