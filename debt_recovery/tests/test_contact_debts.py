"""Rules that count per invoice, and those that silence what is contested."""

from .contact_gate_common import ContactGateCommon


class TestContactDebts(ContactGateCommon):
    """One debtor, two invoices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        moves = cls.env["account.move"].search([("partner_id", "=", cls.debtor.id)])
        cls.first = cls._receivable_line(moves)
        cls.second = cls._receivable_line(cls._overdue_invoice(cls.debtor, 300, 20))

    def _dispute(self, line, amount):
        return self.env["debt.recovery.dispute"].create(
            {
                "case_id": self.case.id,
                "category_id": self.env["debt.recovery.dispute.category"]
                .search([], limit=1)
                .id,
                "line_ids": [
                    (0, 0, {"move_line_id": line.id, "amount_currency": amount})
                ],
            }
        )

    def test_a_cap_per_invoice_counts_each_invoice(self):
        self.house.rule_ids.active = False
        self._rule(
            "attempt_cap",
            code="per_debt",
            limit=3,
            days=7,
            scope="debt",
            counter="attempts",
        )
        facts = self.case._gate_facts(self.today)[self.case]
        self.assertEqual(facts["debts"], set((self.first | self.second).ids))
        for line, times in ((self.first, 3), (self.second, 1)):
            for _call in range(times):
                self._call_about(line)
        self.assertEqual(self._verdict(claimed=self.second.ids).status, "allowed")
        full = self._verdict(claimed=self.first.ids)
        self.assertEqual(full.status, "delayed")
        self.assertEqual(full.reasons[0].values["rule"], "per_debt")
        self.assertEqual(self._verdict().status, "delayed", "all that is chased")

    def _call_about(self, line):
        action = self.env["debt.recovery.action"].create(
            {
                "case_id": self.case.id,
                "partner_id": self.debtor.id,
                "company_id": self.company.id,
                "channel_id": self.channels["phone"].id,
                "mode": "task",
                "date_planned": self.today,
            }
        )
        action._claim_lines({action.id: line.ids})
        action._set_done(outcome_id=self.env.ref("debt_recovery.outcome_no_answer").id)

    def test_what_is_contested_is_not_spoken_about(self):
        self.house.rule_ids.active = False
        self._rule("disputed", code="contested")
        self._dispute(self.first, 400)
        self.assertEqual(self._verdict().status, "allowed", "a part is undisputed")
        self._dispute(self.second, 300)
        self.assertEqual(self._verdict().status, "allowed", "the first is chased")
        refused = self._verdict(claimed=self.second.ids)
        self.assertEqual(refused.status, "refused")
        self.assertEqual(refused.reasons[0].values["rule"], "contested")

    def test_nothing_but_contested_items(self):
        self.house.rule_ids.active = False
        self._rule("disputed", code="contested")
        self._dispute(self.first, 1000)
        self._dispute(self.second, 300)
        self.assertEqual(self._verdict().status, "refused")
