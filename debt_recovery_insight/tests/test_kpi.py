from collections import Counter
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .insight_common import InsightCommon
from .kpi_reference import Reference

LEDGER = (
    "dso_balance",
    "dso_countback",
    "dso_invoice",
    "dso_best",
    "delinquent_days",
    "weighted_days",
    "days_late_paid",
    "days_overdue_open",
    "current_share",
    "ageing",
    "at_risk",
    "roll_forward",
    "cei",
    "cei_monthly",
    "recovered",
    "recovery_rate",
    "recovery_cohort",
    "overdue_reduction",
    "collection_efficiency",
    "bad_debt",
)


@tagged("post_install", "-at_install", "debt_recovery")
class TestKpi(InsightCommon):
    """Key figures equal a slow, plain count; what cannot be counted says why."""

    def _kpi(self, code, first=-29, last=0, filters=None, user=None):
        company = self.company.with_user(user) if user else self.company
        return company._recovery_kpi(code, self._day(first), self._day(last), filters)

    def _compare(self, reference, first, last):
        answers = self.company._recovery_kpis(LEDGER, first, last)
        for answer in answers:
            wanted = getattr(reference, answer["code"])(first, last)
            with self.subTest(code=answer["code"], first=first):
                if wanted is None:
                    self.assertIsNone(answer["value"])
                    self.assertTrue(answer["reasons"])
                else:
                    self.assertAlmostEqual(answer["value"], wanted, 4)

    def test_each_equals_the_plain_count(self):
        for seed in (21, 22):
            self._book(seed=seed, invoices=20)
        reference = Reference(self.env, self.company)
        periods = [(-29, 0), (-119, -30), (-364, 0), (-59, -59)]
        for first, last in periods:
            self._compare(reference, self._day(first), self._day(last))

    def test_bridge_of_a_live_ledger_has_no_rest(self):
        self._book(seed=31)
        parts = self._kpi("overdue_reduction", -89)["parts"]
        self.assertAlmostEqual(parts["other"], 0, 2)
        self.assertGreater(parts["newly"], 0)

    def test_buckets_sum_to_the_open_items(self):
        self._book(seed=32)
        parts = self._kpi("ageing")["parts"]
        total = sum(parts[f"bucket_{code}"] for code in "01234")
        self.assertEqual(total, parts["total"])

    def test_past_month_ends_do_not_move(self):
        """Frozen: what is booked into January later changes nothing there."""
        end = date(2025, 1, 31)
        invoice = self._overdue_invoice(
            self.debtor, 600, 90, invoice_date=date(2024, 11, 1)
        )
        self.checks._take(self.company, end, "month", live=False)
        before = self.company._recovery_kpi("ageing", date(2025, 1, 1), end)
        self._pay(invoice, date=date(2025, 1, 15))
        after = self.company._recovery_kpi("ageing", date(2025, 1, 1), end)
        self.assertEqual(before["parts"], after["parts"])
        self.assertEqual(after["action"]["res_model"], "debt.recovery.snapshot")

    def test_what_nobody_recorded_is_not_zero(self):
        self._overdue_invoice(self.debtor, 600, 90)
        answer = self._kpi("dispute_rate", -60, -30)
        self.assertIsNone(answer["value"])
        self.assertIn("was disputed then is not known", answer["reasons"][0])
        self.assertEqual(self._kpi("dispute_rate")["value"], 0)

    def test_company_without_history_has_reasons_not_zeros(self):
        codes = self.env["debt.recovery.kpi"].search([]).mapped("code")
        answers = self.company._recovery_kpis(codes, self._day(-29), self.today)
        zeros = {"recovered", "recovered_after", "compliance"}
        for answer in answers:
            with self.subTest(code=answer["code"]):
                if answer["code"] in zeros:
                    self.assertEqual(answer["value"], 0)
                else:
                    self.assertIsNone(answer["value"])
                    self.assertTrue(answer["reasons"])
                    self.assertEqual(answer["text"], "–")

    def test_inverted_period_and_unknown_code(self):
        with self._refused("exchange the two days", UserError):
            self._kpi("ageing", 0, -5)
        with self._refused("begins after today", UserError):
            self._kpi("ageing", 5, 9)
        with self._refused("no active key figure “nonsense”", UserError):
            self._kpi("nonsense")

    def test_filters_by_customer_and_officer(self):
        other = self._debtor("Other")
        self._overdue_invoice(self.debtor, 600, 100)
        self._overdue_invoice(other, 400, 10)
        self._case(self.debtor, user_id=self.officer.id)
        self.assertEqual(self._kpi("ageing")["value"], 60)
        by_customer = {"partner_ids": other.ids}
        self.assertEqual(self._kpi("ageing", filters=by_customer)["value"], 0)
        by_officer = {"user_ids": self.officer.ids}
        self.assertEqual(self._kpi("ageing", filters=by_officer)["value"], 100)
        nobody = {"user_ids": self.other_officer.ids}
        self.assertIsNone(self._kpi("ageing", filters=nobody)["value"])

    def test_rows_behind_a_figure_are_its_rows(self):
        invoice = self._overdue_invoice(self.debtor, 600, 100)
        self._overdue_invoice(self.debtor, 50, -5)
        self._pay(invoice, amount=200)
        for code in ("recovered", "ageing"):
            action = self._kpi(code, user=self.manager)["action"]
            rows = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(rows.move_id, invoice, code)
        self.assertEqual(self._kpi("recovered")["value"], 200)

    def test_credit_notes_and_write_offs_recover_nothing(self):
        invoice = self._overdue_invoice(self.debtor, 600, 100)
        note = self._credit_note(self.debtor, 100)
        lines = self._receivable_line(invoice) | self._receivable_line(note)
        lines.reconcile()
        self._pay(
            invoice,
            amount=450,
            payment_difference_handling="reconcile",
            writeoff_account_id=self.company_data["default_account_expense"].id,
        )
        parts = self._kpi("overdue_reduction")["parts"]
        self.assertEqual(
            (parts["cash"], parts["credit"], parts["write_off"]), (450, 100, 50)
        )
        self.assertEqual(self._kpi("recovered")["value"], 450)

    def test_unpaying_takes_the_money_back(self):
        invoice = self._overdue_invoice(self.debtor, 600, 100)
        self._pay(invoice)
        self.assertEqual(self._kpi("recovered")["value"], 600)
        invoice.line_ids.remove_move_reconcile()
        self.assertEqual(self._kpi("recovered")["value"], 0)

    def test_own_companies_and_excluded_items_stand_apart(self):
        self._overdue_invoice(self.company.partner_id, 900, 100)
        excluded = self._overdue_invoice(self.debtor, 300, 100)
        self._receivable_line(excluded).no_followup = True
        note = self._credit_note(self.debtor, 40)
        self._receivable_line(note).no_followup = True
        self._overdue_invoice(self.debtor, 100, 10)
        self.assertEqual(self._kpi("cei")["parts"]["end"], 100)
        answer = self._kpi("ageing")
        self.assertEqual((answer["value"], answer["parts"]["total"]), (0, 100))

    def test_every_row_of_the_list_has_a_formula_and_a_unit(self):
        kpis = self.env["debt.recovery.kpi"].search([])
        reader = self.env["debt.recovery.kpi.reader"]
        for kpi in kpis:
            self.assertTrue(hasattr(reader, f"_kpi_{kpi.code}"), kpi.code)
            self.assertTrue(kpi.definition)
        self.assertFalse([c for c, n in Counter(kpis.mapped("code")).items() if n > 1])
        self._overdue_invoice(self.debtor, 100, 10)
        ageing = kpis.filtered(lambda k: k.code == "current_share")
        ageing = ageing.with_user(self.manager)
        self.assertEqual(ageing.value_text, "0.0 %")
        self.assertTrue(ageing.action_open_rows()["domain"])


@tagged("post_install", "-at_install", "debt_recovery")
class TestKpiWork(InsightCommon):
    """Key figures of the work."""

    def _kpi(self, code, first=-29, last=0):
        return self.company._recovery_kpi(code, self._day(first), self._day(last))

    def _agreement(self, state, amount=100, paid=0, kind="promise"):
        invoice = self._overdue_invoice(self.debtor, amount, 40)
        case = self._case(user_id=self.officer.id)
        items = self._receivable_line(invoice)
        promise = case._take_promise(self._day(3), items=items)
        promise = promise.sudo()
        promise.instalment_ids.amount_paid = paid
        promise.write({"state": state, "date_verdict": self.today})
        return promise

    def test_promises_by_count_and_value(self):
        self._agreement("kept", 100, 100)
        self._agreement("broken", 300, 60)
        self._agreement("cancelled", 900)
        count, value = self._kpi("promise_kept_count"), self._kpi("promise_kept_value")
        self.assertEqual((count["value"], value["value"]), (50, 40))
        # left out of the judged of this period, though promised for a later one
        self.assertEqual(count["parts"]["left_out"], 1)
        self.assertEqual(
            self._kpi("promise_kept_count", -29, -1)["parts"]["left_out"], 0
        )
        self.assertEqual(count["action"]["res_model"], "debt.recovery.agreement")

    def test_contacts_by_who_was_reached(self):
        self._overdue_invoice(self.debtor, 100, 40)
        case = self._case(user_id=self.officer.id)
        outcomes = self.env["debt.recovery.outcome"].search([])
        by_code = {outcome.code: outcome for outcome in outcomes}
        for code in ("no_answer", "no_answer", "callback", "promise"):
            self._log_call(case, by_code[code])
        self.assertEqual(self._kpi("rpc_rate")["value"], 25)
        self.assertEqual(self._kpi("rpc_answered")["value"], 50)
        self.assertEqual(self._kpi("contact_promise")["value"], 100)

    def _log_call(self, case, outcome):
        vals = {"channel": "phone", "outcome": outcome.code}
        vals |= {"date": self._day(2), "hour": f"{self._day(2)} 10:00:00"}
        with freeze_time(f"{self.today} 10:00:00"):
            case.with_user(self.officer)._record_contact(vals)

    def test_record_accuracy_names_the_rule(self):
        self._overdue_invoice(self.debtor, 100, 40)
        self._case(user_id=False)
        answer = self._kpi("record_accuracy")
        self.assertEqual(answer["value"], 0)
        self.assertEqual(answer["parts"]["no_owner"], 1)

    def test_turnaround_from_opening_to_money(self):
        invoice = self._overdue_invoice(self.debtor, 100, 40)
        case = self._case(user_id=self.officer.id).sudo()
        case.date_opened = self._day(-20)
        self.assertIsNone(self._kpi("turnaround")["value"])
        self._pay(invoice, date=self._day(-8))
        answer = self._kpi("turnaround")
        self.assertEqual(answer["value"], 12)

    def test_costs_and_subjects_nobody_uses(self):
        for code in ("cost_to_collect", "agency_yield"):
            answer = self._kpi(code)
            self.assertIsNone(answer["value"])
            self.assertTrue(answer["reasons"][0].endswith("."))
