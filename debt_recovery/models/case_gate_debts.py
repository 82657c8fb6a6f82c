from dataclasses import replace

from odoo import models
from odoo.tools import SQL


class DebtRecoveryCaseGateDebts(models.AbstractModel):
    """Which open items a contact is about, for the rules that count per invoice and
    for those that silence what is contested."""

    _name = "debt.recovery.case.gate.debts.mixin"
    _description = "Items of the Contact Gate"

    def _gate_add_debts(self, facts, rules, day):
        """Tell the facts of these cases of one company which items they are about."""
        debts = self._gate_debts(rules, day)
        for case in self.filtered(lambda case: case.partner_id.id in debts):
            spoken, contested = debts[case.partner_id.id]
            facts[case]["debts"] = spoken
            facts[case]["debtor"] = replace(facts[case]["debtor"], disputed=contested)

    def _gate_debts(self, rules, day):
        """Items of these debtors of one company; nothing is read unless a rule asks
        for items.

        :return: ``{partner id: (spoken about, contested)}``, both frozensets of journal
            item ids. Spoken about is what is chased, or all that is overdue where
            nothing is; contested is what has no undisputed part left.
        """
        asks = any(r.rule_type == "disputed" or r.scope == "debt" for r in rules)
        if not asks:
            return {}
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT r.partner_id,
                          ARRAY_AGG(r.id) FILTER (WHERE r.amount_collectable > 0)
                              AS chased,
                          ARRAY_AGG(r.id) FILTER (WHERE r.days_overdue > 0) AS late,
                          ARRAY_AGG(r.id) FILTER (WHERE r.amount_disputed > 0
                              AND r.amount_collectable + r.amount_agreed
                                  + r.amount_held <= 0) AS contested
                     FROM (%s) r WHERE NOT r.is_credit GROUP BY r.partner_id""",
                self.env["debt.recovery.receivable"]._receivable_sql(
                    day,
                    self.company_id._recovery_branches(),
                    partner_ids=self.partner_id.ids,
                ),
            )
        )
        return {
            row["partner_id"]: (
                frozenset(row["chased"] or row["late"] or ()),
                frozenset(row["contested"] or ()),
            )
            for row in rows
        }
