from datetime import timedelta

from .legal_common import MONDAY, LegalCommon


class TestLegalMoney(LegalCommon):
    """Judgment, costs, closing: what the case is worth."""

    # JUDGMENT

    def test_judgment_with_interest_costs_and_title(self):
        legal = self._judged(
            amount=9500,
            costs=405,
            percent=5,
            interest_from=MONDAY,
            title_valid_until=MONDAY + timedelta(days=3650),
        )
        self.assertEqual((legal.judgment_amount, legal.judgment_costs), (9500, 405))
        self.assertEqual(legal.stage_id.event_kind, "judgment")
        planned = self._planned(legal)
        self.assertEqual(set(planned), {"appeal_end", "renewal"})
        self.assertLess(planned["renewal"], legal.title_valid_until)
        self.assertEqual(planned["appeal_end"], MONDAY + timedelta(days=30))

    def test_judgment_above_the_claim(self):
        with self._refused("above the claim of"):
            self._judged(amount=10001)

    def test_undone_judgment_leaves_nothing(self):
        legal = self._judged(title_valid_until=MONDAY + timedelta(days=900))
        legal.event_ids.filtered(lambda e: e.kind == "judgment").action_undo()
        self.assertFalse(legal.judgment_date)
        self.assertEqual(set(self._planned(legal)), {"judgment"})

    # CLOSING

    def test_paid_in_full_closes_and_the_case_too(self):
        legal = self._judged()
        with self._refused("still open"):
            legal._close("paid")
        self._pay(self.old | self.young, 10000, group_payment=True)
        self.env.cr.flush()
        self.assertEqual(self.record.state, "open", "it waits for the legal case")
        legal.invalidate_recordset()
        legal._close("paid")
        self.assertEqual(legal.stage_id.phase, "won")
        self.assertEqual((legal.amount_recovered, legal.result), (10000, 10000))
        self.record._settle()
        self.assertEqual(self.record.state, "closed")

    def test_payment_after_closing_is_seen(self):
        legal = self._judged()
        legal._close("unenforceable", "No assets")
        self._pay(self.old, 700, date=MONDAY + timedelta(days=3))
        legal.invalidate_recordset()
        self.assertEqual(legal.amount_late, 700)
        self.assertIn("came in after the case was closed", legal.claim_alert)
        legal.action_reopen()
        self.assertEqual(legal.stage_id.event_kind, "judgment")
        self.assertEqual(legal.amount_recovered, 700)
        self.assertFalse(legal.claim_alert)

    def test_nothing_is_added_after_closing(self):
        legal = self._judged()
        legal._close("lost", "Dismissed")
        with self._refused("closed: reopen it"):
            legal.env["debt.recovery.legal.cost"].create(
                {"legal_case_id": legal.id, "name": "Late bill", "amount": 10}
            )
        with self._refused("closed: reopen it"):
            self._record_event(legal, "other", result="x")

    def test_settlement_in_court(self):
        """The items are held by the legal case, and may be settled all the same."""
        legal = self._filed()
        action = legal.action_settle()
        offer = (
            legal.env[action["res_model"]]
            .with_context(**action["context"])
            .create({"percent": 80})
        )
        self.assertEqual(offer.total, 10000)
        offer.note = "Offer in the hearing"
        offer.action_confirm()
        self.assertTrue(self.record.agreement_ids)
        approval = self.record.agreement_ids._waiting_approvals()
        self._as(self.manager, approval).action_approve()
        self.assertEqual(legal.agreement_ids, self.record.agreement_ids)

    # COSTS

    def test_costs_in_another_currency_and_from_a_bill(self):
        euro = self._setup_currency("EUR", 2.0)
        legal = self._filed()
        costs = legal.env["debt.recovery.legal.cost"]
        typed = costs.create(
            {
                "legal_case_id": legal.id,
                "name": "Translator",
                "currency_id": euro.id,
                "estimate": 100,
                "amount": 80,
            }
        )
        self.assertEqual((typed.estimate_company, typed.amount_company), (50, 40))
        bill = self._bill(self.counsel, 300, euro)
        billed = costs.sudo().create(
            {"legal_case_id": legal.id, "name": "Lawyer", "bill_id": bill.id}
        )
        self.assertEqual((billed.amount, billed.amount_company), (300, 150))
        self.assertEqual((legal.cost_actual, legal.budget_left), (190, 610))
        bill.button_draft()
        self.env.cr.precommit.run()
        self.assertEqual((billed.amount_company, legal.cost_actual), (0, 40))

    def test_currency_without_rate_is_refused(self):
        legal = self._filed()
        strange = self.env["res.currency"].create({"name": "QQQ", "symbol": "q"})
        with self._refused("No exchange rate of QQQ"):
            legal.env["debt.recovery.legal.cost"].create(
                {
                    "legal_case_id": legal.id,
                    "name": "Fee",
                    "currency_id": strange.id,
                    "amount": 5,
                }
            )

    def test_court_fee_of_the_table(self):
        legal = self._filed()
        legal.action_court_fee()
        self.assertEqual((legal.cost_ids.estimate, legal.cost_estimated), (405, 405))
        self.company.country_id = self.env.ref("base.fr")
        with self._refused("No court fee is known"):
            legal.action_court_fee()
