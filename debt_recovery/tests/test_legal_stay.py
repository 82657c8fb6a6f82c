from datetime import timedelta

from .legal_common import LegalCommon


class TestLegalStay(LegalCommon):
    """An insolvency stays what a single creditor does before a court; when it ends,
    everything goes on later by its length."""

    def _insolvent(self, days=0, code="insolvency"):
        return self._later(self.record, days)._place_hold(code, "Administrator named")

    def _release(self, hold, days):
        hold = self._later(hold.with_user(self.manager), days)
        hold._release("Proceedings ended")

    def test_deadlines_stand_still_and_go_on_later(self):
        legal = self._filed()
        before = self._planned(legal)
        self.assertIn("service", before)
        hold = self._insolvent()
        self.assertIn("Insolvency", legal.stay_text)
        self.assertEqual(set(self._planned(legal)), {"proof"})
        paused = legal.event_ids.filtered(lambda e: e.state == "paused")
        self.assertEqual(set(paused.mapped("kind")), set(before))
        self.assertFalse(paused.sudo().activity_id.filtered("active"))
        self._release(hold, 20)
        after = self._planned(legal)
        self.assertEqual(after["service"], before["service"] + timedelta(days=20))
        self.assertNotIn("proof", after)
        self.assertFalse(legal.date_stayed)
        self.assertTrue(paused.sudo().activity_id)

    def test_missed_deadlines_of_a_stayed_case_are_not_escalated(self):
        legal = self._filed()
        self._insolvent()
        day = self.today + timedelta(days=200)
        run = self.env["debt.recovery.run"].sudo()
        run = run.create({"company_id": self.company.id, "date": day})
        self.assertFalse(
            run._find_missed().filtered(lambda e: e.kind != "proof") & legal.event_ids
        )

    def test_the_daily_run_follows_holds_that_end_by_their_dates(self):
        legal = self._filed()
        hold = self._insolvent()
        hold.sudo().date_to = self.today + timedelta(days=5)
        day = self.today + timedelta(days=6)
        run = self.env["debt.recovery.run"].sudo().with_context(recovery_today=day)
        run.create({"company_id": self.company.id, "date": day})._follow_stays()
        self.assertFalse(legal.date_stayed)

    def test_title_is_renewed_all_the_same(self):
        legal = self._judged(title_valid_until=self.today + timedelta(days=400))
        self._insolvent()
        self.assertIn("renewal", self._planned(legal))

    def test_nothing_is_filed_but_a_proof(self):
        legal = self._legal()
        self._insolvent()
        with self._refused("lodge the claim as an insolvency proof"):
            self._record_event(legal, "filing", court_id=self.court.id)
        legal.action_insolvency_proof()
        self.assertEqual((legal.type, legal.date_stayed), ("insolvency", False))
        names = legal.event_ids.filtered(lambda e: e.state == "planned").mapped("name")
        self.assertEqual(names, ["Lodge the proof of debt"])
        self._record_event(legal, "filing", court_id=self.court.id)
        self.assertEqual(legal.date_filed, self.today)

    def test_proof_of_a_filed_claim_is_a_measure(self):
        legal = self._filed()
        self._insolvent()
        action = legal.action_insolvency_proof()
        self.assertEqual(action["res_model"], "debt.recovery.enforcement")
        self.assertEqual(action["context"]["default_kind"], "insolvency")
        self.assertEqual(action["context"]["default_amount"], 10000)
        measure = legal.enforcement_ids.create(
            {"legal_case_id": legal.id, "kind": "insolvency", "amount": 10000}
        )
        measure.action_order()
        self.assertEqual(measure.state, "ordered")

    def test_only_a_manager_enforces_in_spite_of_it(self):
        legal = self._judged()
        measure = legal.enforcement_ids.create(
            {"legal_case_id": legal.id, "kind": "bank", "amount": 10000}
        )
        self._insolvent()
        with self._refused("Single creditors may not enforce"):
            measure.action_order()
        self.assertEqual(measure.state, "planned")
        self._as(self.manager, measure).action_order()
        self.assertEqual(measure.state, "ordered")
        self.assertIn(
            "in spite of",
            measure.message_ids[0].body + str(measure.message_ids.mapped("body")),
        )

    def test_moratorium_stays_but_is_no_insolvency(self):
        legal = self._legal()
        self._insolvent(code="moratorium")
        self.assertEqual(legal.stay_code, "moratorium")
        with self._refused("wait until the hold ends"):
            self._record_event(legal, "filing", court_id=self.court.id)

    def test_other_holds_stay_nothing(self):
        legal = self._filed()
        self._place = self.record._place_hold("hardship", "Ill")
        self.assertFalse(legal.date_stayed)

    def test_closed_while_stayed(self):
        legal = self._filed()
        self._insolvent()
        legal._close("insolvency", "Nothing to distribute")
        self.assertFalse(legal.date_stayed)
        self.assertFalse(legal.event_ids.filtered(lambda e: e.state == "paused"))
        legal.action_reopen()
        self.assertTrue(legal.date_stayed, "the insolvency runs still")
