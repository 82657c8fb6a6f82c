from datetime import datetime, timedelta
from io import BytesIO
from unittest.mock import patch
from zipfile import ZipFile

from odoo.exceptions import AccessError

from odoo.addons.debt_recovery.tools.limitation import Limitation

from .legal_common import MONDAY, LegalCommon
from .test_dossier import pdf


class TestLegalCase(LegalCommon):
    """From the filing to the money, as the legal liaison."""

    # CLAIM

    def test_items_are_frozen_and_payments_come_from_the_ledger(self):
        legal = self._legal()
        self._pay(self.old, 500)
        legal.action_refresh_items()
        self.assertEqual(legal.amount_claimed, 9500)
        self.assertEqual(legal.amount_recovered, 500)
        self._record_event(legal, "filing")
        self.assertEqual(legal.stage_id.event_kind, "filing")
        payment = self._pay(self.old, 2000)
        self._overdue_invoice(self.debtor, 300, 5)
        legal.invalidate_recordset()
        self.assertEqual(legal.amount_claimed, 9500)
        self.assertEqual((legal.amount_paid, legal.amount_open), (2000, 7500))
        self.assertEqual(legal.amount_recovered, 2500)
        with self._refused("frozen"):
            legal.action_refresh_items()
        with self._refused("frozen"):
            legal.item_ids[:1].unlink()
        with self._refused("frozen"):
            legal.item_ids[:1].amount_currency = 1
        payment.move_id.line_ids.remove_move_reconcile()
        legal.invalidate_recordset()
        self.assertEqual((legal.amount_paid, legal.amount_open), (0, 9500))

    def test_credit_notes_lower_the_claim_and_recover_nothing(self):
        legal = self._filed()
        credit = self._credit_note(self.debtor, 1000)
        lines = self._receivable_line(credit) | self._receivable_line(self.old)
        lines.reconcile()
        legal.invalidate_recordset()
        self.assertEqual((legal.amount_paid, legal.amount_credited), (0, 1000))
        self.assertEqual((legal.amount_open, legal.amount_recovered), (9000, 0))

    def test_claim_in_another_currency(self):
        euro = self._setup_currency("EUR", 2.0)
        debtor = self._debtor(
            "Euro GmbH", zip="1", country_id=self.debtor.country_id.id
        )
        invoice = self._overdue_invoice(debtor, 3000, 60, currency=euro)
        self._document(invoice)
        case = self._case(debtor, user_id=self.officer.id)
        self._demand(case, 30)
        handover = self._handover(self.manager, case, cost_estimate=100)
        self.assertEqual(handover.amount, 1500)
        handover.action_hand_over()
        legal = self._as(self.legal, case.legal_case_ids)
        self.assertEqual((legal.currency_id, legal.amount_claimed), (euro, 3000))
        self._record_event(legal, "filing")
        self._pay(invoice, 1000, currency_id=euro.id)
        legal.invalidate_recordset()
        self.assertEqual((legal.amount_paid, legal.amount_recovered), (1000, 500))

    def test_costs_may_join_the_claim(self):
        legal = self._filed()
        cost = legal.env["debt.recovery.legal.cost"].create(
            {
                "legal_case_id": legal.id,
                "name": "Court fee",
                "amount": 405,
                "recoverable": True,
            }
        )
        cost.action_claim()
        self.assertEqual(legal.amount_claimed, 10405)
        with self._refused("claimed already"):
            cost.action_claim()

    # AGENDA

    def test_deadlines_follow_from_what_happened(self):
        legal = self._legal()
        self.assertEqual(self._planned(legal), {"filing": MONDAY + timedelta(days=14)})
        event = legal.event_ids.filtered(lambda e: e.kind == "filing")
        event.action_done()
        self.assertEqual(legal.date_filed, MONDAY)
        self.assertEqual(self._planned(legal), {"service": MONDAY + timedelta(days=30)})
        self._record_event(legal, "service")
        # 21 days, the rule of the country of the court
        self.assertEqual(
            self._planned(legal), {"defence_end": MONDAY + timedelta(days=21)}
        )
        self._record_event(legal, "defence", result="Denies delivery")
        self.assertEqual(legal.stage_id.event_kind, "defence")
        self.assertEqual(self._planned(legal), {"reply": MONDAY + timedelta(days=14)})
        states = legal.event_ids.filtered(lambda e: e.kind == "defence_end")
        self.assertEqual(states.state, "dropped")

    def test_period_that_ends_on_a_day_off_ends_on_the_next_working_day(self):
        rule = self.env.ref("debt_recovery.legal_deadline_file")
        rule.number = 12  # a Saturday
        self.assertEqual(
            self._planned(self._legal()), {"filing": MONDAY + timedelta(days=14)}
        )

    def test_each_deadline_is_an_activity_and_is_escalated_once(self):
        legal = self._legal()
        activity = legal.activity_ids
        self.assertEqual(activity.user_id, self.legal)
        # three days before the deadline of two weeks
        self.assertEqual(activity.date_deadline, MONDAY + timedelta(days=11))
        late = self._later(self.env["debt.recovery.run"], 20)
        run = late._start(self.company)
        run._phase_follow_up()
        run._phase_follow_up()
        told = legal.sudo().activity_ids.filtered(lambda a: a.user_id == self.manager)
        self.assertEqual(len(told), 1)
        self.assertIn("Missed since", told.summary)
        self.assertTrue(self._later(legal, 20).is_late)

    def test_activity_done_is_the_deadline_done(self):
        legal = self._legal()
        legal.activity_ids.action_feedback(feedback="Filed online")
        self.assertEqual(legal.date_filed, MONDAY)
        self.assertEqual(self._planned(legal), {"service": MONDAY + timedelta(days=30)})

    def test_undone_events_take_their_followers_along(self):
        legal = self._filed()
        service = legal.event_ids.filtered(lambda e: e.kind == "filing")
        service.action_undo()
        self.assertFalse(legal.date_filed)
        self.assertEqual(legal.phase, "prepare")
        self.assertEqual(set(self._planned(legal)), {"filing"})
        legal.action_refresh_items()

    def test_hearing_is_in_the_calendar_with_reminders(self):
        legal = self._filed()
        start = datetime.fromisoformat("2025-07-01 13:30:00")
        hearing = legal.env["debt.recovery.legal.event"].create(
            legal._prepare_event_vals("hearing", start.date(), start=start)
        )
        entry = hearing.sudo().calendar_event_id
        self.assertEqual(entry.start, start)
        self.assertEqual(len(entry.alarm_ids), 3)
        self.assertEqual(entry.user_id, self.legal)
        entry.start = start + timedelta(days=2)
        self.assertEqual(hearing.date, start.date() + timedelta(days=2))
        hearing.action_drop()
        self.assertFalse(hearing.sudo().calendar_event_id.exists())

    def test_hearing_in_the_past_without_result(self):
        legal = self._filed()
        events = legal.env["debt.recovery.legal.event"]
        yesterday = MONDAY - timedelta(days=1)
        with self._refused("lies in the past: record its result"):
            events.create(legal._prepare_event_vals("hearing", yesterday))
        hearing = events.create(
            legal._prepare_event_vals("hearing", MONDAY + timedelta(days=3))
        )
        later = self._later(legal, 5)
        with self._refused("Write down the result"):
            self._record_event(later, "hearing")
        with self._refused("record its result"):
            later._close("other", "Lost interest")
        self._record_event(later, "hearing", result="Adjourned")
        self.assertEqual((hearing.state, hearing.result), ("done", "Adjourned"))

    def test_what_happened_lies_not_ahead(self):
        legal = self._legal()
        with self._refused("lies ahead"):
            self._record_event(legal, "filing", date=MONDAY + timedelta(days=1))
        self.assertFalse(legal.date_filed)

    def test_judgment_before_the_filing_and_stages_by_hand(self):
        legal = self._legal()
        with self._refused("not filed yet"):
            self._record_event(legal, "judgment", result="?")
        served = self.env.ref("debt_recovery.legal_stage_served")
        with self._refused("not filed yet"):
            legal.stage_id = served
        with self._refused("Use “Close”"):
            legal.stage_id = self.env.ref("debt_recovery.legal_stage_satisfied")

    # PEOPLE

    def test_officer_reads_own_auditor_all_nobody_else_writes(self):
        legal = self._filed()
        mine = self._as(self.officer, legal)
        self.assertEqual(mine.amount_claimed, 10000)
        mine.item_ids.read(["name", "paid"])
        self._as(self.auditor, legal).read(["name", "amount_open"])
        with self.assertRaises(AccessError):
            self._as(self.other_officer, legal).read(["name"])
        for user in (self.officer, self.auditor):
            with self.assertRaises(AccessError):
                self._as(user, legal).court_number = "X"

    def test_another_company_sees_nothing(self):
        legal = self._legal()
        self._setup_company_2()
        stranger = self._recovery_user(
            "legal",
            login="dr_legal_2",
            company_id=self.company_2.id,
            company_ids=self.company_2.ids,
        )
        found = self.env["debt.recovery.legal.case"].with_user(stranger).search([])
        self.assertFalse(found)
        self.assertTrue(legal.name.startswith("LC"))

    def test_legal_case_stays(self):
        legal = self._legal()
        with self._refused("cannot be deleted"):
            legal.sudo().unlink()
        with self._refused("cannot be duplicated"):
            legal.copy()

    def test_merged_customers_keep_the_legal_case(self):
        legal = self._legal()
        other = self._debtor("Debtor Old Name")
        self._overdue_invoice(other, 50, 30)
        kept = self._case(other)
        self.record.sudo()._merge_into(kept)
        self.assertEqual(legal.case_id, kept)
        self.assertEqual(kept.stage_id.code, "legal")

    # DOCUMENTS

    def test_documents_have_versions_and_stay(self):
        legal = self._filed()
        documents = legal.env["debt.recovery.legal.document"]
        vals = {"legal_case_id": legal.id, "name": "Claim", "file": "QUJD"}
        first = documents.create(vals)
        second = documents.create(vals)
        self.assertEqual((first.version, second.version), (1, 2))
        self.assertEqual((first.is_current, second.is_current), (False, True))
        with self._refused("becomes the next version"):
            first.file = "REVG"
        with self._refused("was filed and stays"):
            first.unlink()

    def test_dossier_from_the_legal_case_carries_its_papers(self):
        legal = self._filed()
        values = {"legal_case_id": legal.id, "name": "Claim", "filename": "claim.txt"}
        legal.env["debt.recovery.legal.document"].create({**values, "file": "QUJD"})
        action = legal.action_dossier()
        wizard = legal.env[action["res_model"]].with_context(**action["context"])
        self.assertTrue(wizard.create({}).has_court)
        cases = type(legal.case_id)
        with patch.object(cases, "_dossier_render", lambda *args, **context: pdf(1)):
            made = legal.case_id._dossier("zip", ["court"])
        with ZipFile(BytesIO(made["content"])) as archive:
            name = next(n for n in archive.namelist() if n.endswith("claim.txt"))
            self.assertEqual(archive.read(name), b"ABC")

    # LIMITATION

    def test_filing_after_limitation_is_refused(self):
        """Four years for the written contract of this state, then it is over."""
        legal = self._legal()
        barred = Limitation(date=MONDAY - timedelta(days=1), effect="block")
        line = self._receivable_line(self.old)
        with patch.object(
            type(line), "_recovery_limitation", lambda lines: {line: barred}
        ):
            with self._refused("Time-barred on 06/01/2025: .*payment"):
                self._record_event(legal, "filing")
            self.assertFalse(legal.date_filed)
            handover = legal.sudo().handover_id
            self.assertEqual(
                [item.rule.code for item in handover._judge().open()], ["limitation"]
            )
