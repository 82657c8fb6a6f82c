from ast import literal_eval
from datetime import timedelta

from lxml import etree

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged

from .run_common import MONDAY, RecoveryRunCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestTodayRoom(RecoveryRunCommon):
    """Done, Later, the next case, closing the day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_money_unit = 50
        cls.invoice = cls._overdue_invoice(cls.debtor, 5000, 45)
        cls.record = cls._case(user_id=cls.officer.id)
        cls.task = cls._task(cls.record)
        cls.record._refresh_priority()
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.case = self._as(self.officer)

    def _as(self, user, day=MONDAY):
        return self.record.with_user(user).with_context(recovery_today=day)

    @classmethod
    def _task(cls, case, user=None, day=MONDAY):
        return case.activity_schedule(
            "mail.mail_activity_data_call",
            summary="Call them",
            date_deadline=day,
            user_id=(user or cls.officer).id,
        )

    def _due(self, case):
        self.env.flush_all()
        self.env.invalidate_all()
        found = case.search([("id", "=", case.id), ("needs_work", "=", True)])
        self.assertEqual(bool(found), case.needs_work)
        return case.needs_work

    def _facts(self, user=None, day=MONDAY):
        self.env.flush_all()
        return self._as(user or self.officer, day).action_today_facts([])

    def _failed(self, case):
        action = self.env["debt.recovery.action"].create(
            {
                "case_id": case.id,
                "partner_id": case.partner_id.id,
                "company_id": self.company.id,
                "channel_id": self.env.ref("debt_recovery.channel_email").id,
                "date_planned": MONDAY,
            }
        )
        action._set_failed("No such mailbox")

    # LATER

    def test_later_hides_until_its_day_and_is_noted(self):
        self.case.action_put_off(3, "They ask their bank")
        self.assertFalse(self._due(self.case))
        thursday = MONDAY + timedelta(days=3)
        self.assertTrue(self._due(self._as(self.officer, thursday)))
        self.assertIn("They ask their bank", self.case.message_ids[0].body)
        self.assertEqual(self.task.date_deadline, MONDAY)

    def test_later_never_ends_on_a_weekend(self):
        friday = self._as(self.officer, MONDAY + timedelta(days=4))
        friday.action_put_off(1, "Closed")
        self.assertEqual(friday.put_off_until, MONDAY + timedelta(days=7))

    def test_later_is_taken_back_with_its_note(self):
        notes = self.case.message_ids
        self.case.action_put_off(7, "Wait")
        self.case.action_today_undo()
        self.assertTrue(self._due(self.case))
        self.assertEqual(self.case.message_ids, notes)

    def test_later_asks_for_a_reason_and_sensible_days(self):
        with self._refused("Say in a word"):
            self.case.action_put_off(1, "  ")
        for days in (0, 32, -1, "1"):
            with self._refused("between 1 and 31"):
                self.case.action_put_off(days, "Why not")

    def test_a_failure_brings_a_put_off_case_back(self):
        self.task.unlink()
        self.case.action_put_off(7, "Wait")
        self.record.put_off_at -= timedelta(minutes=1)
        self._failed(self.record)
        self.assertTrue(self._due(self.case))
        self.assertEqual(self.case.todo_kind, "failed")

    def test_nobody_takes_back_for_another(self):
        self.case.action_put_off(1, "Wait")
        with self._refused("nothing of yours"):
            self._as(self.manager).action_today_undo()

    # DONE

    def test_done_closes_the_own_tasks(self):
        other = self._task(self.record, self.manager)
        self.case.action_today_done()
        self.assertFalse(self.task.active)
        self.assertTrue(other.active)
        self.assertFalse(self._due(self.case))
        self.assertEqual(self._facts()["handled"], 1)

    def test_done_is_taken_back(self):
        self.case.action_today_done()
        self.case.action_today_undo()
        self.assertTrue(self.task.active)
        self.assertFalse(self.task.date_done)
        self.assertTrue(self._due(self.case))
        self.assertEqual(self._facts()["handled"], 0)

    def test_done_deals_with_a_failure_for_good(self):
        self.task.unlink()
        self._failed(self.record)
        self.assertTrue(self._due(self.case))
        self.case.action_today_done()
        self.assertFalse(self._due(self._as(self.officer, MONDAY + timedelta(days=9))))

    # THE STRIP

    def test_counts_are_what_the_filters_find(self):
        for number in range(3):
            debtor = self._debtor(f"Other {number}")
            self._overdue_invoice(debtor, 900, 20)
            self._task(self._case(debtor, user_id=self.officer.id))
        self._customer_payment(self.debtor, 100)
        counts = self._facts()["counts"]
        search = self.env.ref("debt_recovery.debt_recovery_case_view_search")
        for name, count in counts.items():
            [node] = etree.fromstring(search.arch).xpath(f"//filter[@name='{name}']")
            domain = Domain(literal_eval(node.get("domain")))
            found = self.case.search_count(domain & Domain("state", "=", "open"))
            self.assertEqual(count, found, name)
        self.assertEqual((counts["todo_task"], counts["money_in"]), (4, 1))

    def test_officer_counts_only_what_he_may_see(self):
        self.assertEqual(self._facts(self.other_officer)["counts"]["needs_work"], 0)

    def test_manager_sees_his_task_on_an_officers_case(self):
        self._task(self.record, self.manager)
        case = self._as(self.manager)
        self.assertIn(case, case.search(case._my_work_domain()))
        self.case.action_put_off(3, "They ask their bank")
        self.assertFalse(self._due(self.case))
        self.assertTrue(self._due(case))
        stranger = self._as(self.legal)
        self.assertNotIn(stranger, stranger.search(stranger._my_work_domain()))

    def test_empty_list_tells_what_runs(self):
        self.assertIn("Everything else runs by itself", self._facts()["empty"])
        self.record._take_promise(MONDAY + timedelta(days=4))
        self.env.cr.precommit.run()
        self.assertIn("Promises that run: 1", self._facts()["empty"])
        self.assertEqual(self._facts()["counts"]["waiting"], 1)

    def test_strip_costs_the_same_for_more_cases(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._facts()
            return self.env.cr.sql_log_count - before

        self._facts()
        few = cost()
        for number in range(8):
            debtor = self._debtor(f"More {number}")
            self._overdue_invoice(debtor, 900, 20)
            self._task(self._case(debtor, user_id=self.officer.id))
        self.assertLessEqual(cost(), few)

    def test_rows_cost_the_same_for_more_cases(self):
        view = self.env.ref("debt_recovery.debt_recovery_case_view_list_today")
        fields = etree.fromstring(view.arch).xpath("//field/@name")

        def fill(count):
            for number in range(count):
                debtor = self._debtor(f"Row {count} {number}")
                self._overdue_invoice(debtor, 900, 20)
                case = self._case(debtor, user_id=self.officer.id)
                self._task(case)
                self._failed(case)

        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            spec = dict.fromkeys(fields, {})
            rows = self.case.web_search_read([("needs_work", "=", True)], spec)
            return self.env.cr.sql_log_count - before, len(rows["records"])

        fill(3)
        few = (cost(), cost())[1][0]
        fill(9)
        many, rows = cost()
        self.assertEqual(rows, 13)
        self.assertLessEqual(many, few + 3)

    # START, CLOSE

    def test_start_opens_the_first_whom_we_may_call(self):
        urgent = self._debtor("Urgent Ltd")
        self._overdue_invoice(urgent, 50000, 120)
        case = self._case(urgent, user_id=self.officer.id)
        self._task(case)
        case._refresh_priority()
        self.assertEqual(self.case.action_today_start()["res_id"], case.id)
        self._hold("lawyer", case)
        self.assertEqual(self.case.action_today_start()["res_id"], self.case.id)
        self._hold("lawyer", self.record)
        message = self.case.action_today_start()["params"]["message"]
        self.assertIn("nobody may be contacted now", message)

    def test_start_with_nothing_due(self):
        self.case.action_today_done()
        action = self.case.action_today_start()
        self.assertIn("Nothing due", action["params"]["message"])

    def test_closing_the_day_moves_the_rest_and_is_taken_back(self):
        wizard = self.case.env["debt.recovery.day.close"].create({})
        self.assertEqual(wizard.stay_ids, self.case)
        self.assertEqual(wizard.next_day, MONDAY + timedelta(days=1))
        wizard.action_confirm()
        self.assertFalse(self._due(self.case))
        self.assertTrue(self._facts()["day_closed"])
        self.assertTrue(self._due(self._as(self.officer, MONDAY + timedelta(days=1))))
        self.case.action_undo_close_day()
        self.assertTrue(self._due(self.case))
        self.assertFalse(self._facts()["day_closed"])

    # ORDER

    def test_failures_come_before_the_score(self):
        big = self._debtor("Big Ltd")
        self._overdue_invoice(big, 50000, 120)
        case = self._case(big, user_id=self.officer.id)
        self._task(case)
        cases = self.case | case.with_env(self.case.env)
        cases._refresh_priority()
        order = "appointment_at, today_rank, priority_score desc"
        domain = Domain("id", "in", cases.ids)
        self.assertEqual(self.case.search(domain, order=order)[0].id, case.id)
        self._failed(self.record)
        self.env.flush_all()
        self.assertEqual(self.case.search(domain, order=order)[0], self.case)

    def test_auditor_cannot_put_off(self):
        with self.assertRaises(UserError):
            self._as(self.auditor).action_put_off(1, "Why")
