from datetime import date

from odoo.exceptions import AccessError

from .test_hold import HoldCommon


class TestHoldRules(HoldCommon):
    """Bad input and missing rights: one clear sentence each, and nothing is lost."""

    # BAD INPUT

    def test_end_in_the_past(self):
        with self._refused("is in the past: choose today or a later day"):
            self._place(self.officer, date_from=self._day(-9), days=-1)

    def test_end_before_start(self):
        with self._refused("before it starts"):
            self._place(self.officer, date_from=self._day(4), days=2)

    def test_type_that_must_end(self):
        with self._refused("must end: enter its last day"):
            self._place(self.officer, date_to=False)

    def test_longest_needs_a_manager(self):
        with self._refused("or ask a manager for a longer one"):
            self._place(self.officer, days=8)
        self.assertTrue(self._place(self.officer, days=7))
        self.assertTrue(self._place(self.manager, days=60))

    def test_officer_limit_below_the_longest(self):
        """Hardship: an officer thirty days, beyond it a manager."""
        with self._refused("ask a manager"):
            self._place(self.officer, "hardship", days=31)
        self.assertTrue(self._place(self.officer, "hardship", days=30))

    def test_truce_twice_a_quarter(self):
        """The third one of a customer is a manager's; another customer starts anew."""
        self._place(self.officer, "truce", days=2).action_release()
        self._place(self.officer, "truce", days=1)
        with self._refused("had “Sales truce” 2 times this quarter: ask a manager"):
            self._place(self.officer, "truce", days=1)
        self.assertTrue(self._place(self.manager, "truce", days=1))
        other = self._debtor("Another Debtor Ltd")
        self._overdue_invoice(other, 300, 10)
        case = self._case(other, user_id=self.officer.id)
        self.assertTrue(self._place(self.officer, "truce", days=1, case_id=case.id))

    def test_extending_asks_again(self):
        hold = self._place(self.officer, days=7)
        with self._refused("ask a manager"):
            hold.date_to = self._day(8)

    def test_longest_in_working_days(self):
        monday = date(2024, 1, 1)
        hold_type = self._type("payment_trace")
        latest = hold_type._get_latest_end(monday, self.company)
        self.assertEqual(latest, date(2024, 1, 8))
        latest = hold_type._get_latest_end(monday, self.company, officer=False)
        self.assertEqual(latest, date(2024, 1, 15))

    def test_public_holiday_is_no_working_day(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": "2024-01-02 00:00:00",
                "date_to": "2024-01-02 23:59:59",
            }
        )
        monday = date(2024, 1, 1)
        end = self._type("copy_sent")._get_default_end(monday, self.company)
        self.assertEqual(end, date(2024, 1, 5))

    def test_target_is_missing(self):
        with self._refused("must name it: fill in “Invoice”"):
            self._place(self.officer, "internal", scope="invoice")
        vals = self._vals()
        vals.pop("case_id")
        with self._refused("has no customer"):
            self.Hold.create(vals)

    def test_what_it_is_about_cannot_change(self):
        hold = self._place(self.officer)
        with self._refused("of a hold cannot be changed"):
            hold.type_id = self._type("internal")
        with self._refused("of a hold cannot be changed"):
            hold.date_from = self._day(-3)
        hold.date_from = self.today
        hold.reason = "Better words"

    def test_cannot_be_deleted(self):
        hold = self._place(self.officer)
        with self.assertRaises(AccessError):
            hold.unlink()
        with self._refused("cannot be deleted: end it instead"):
            hold.sudo().unlink()

    def test_bad_days_of_a_type(self):
        with self._refused("negative number of days"):
            self._type("goodwill").default_days = -1
        with self._refused("make the usual days shorter"):
            self._type("goodwill").default_days = 15

    # WHO

    def test_placed_by(self):
        for code, user, allowed in (
            ("management", self.officer, False),
            ("management", self.manager, True),
            ("moratorium", self.officer, False),
            ("moratorium", self.legal, True),
            ("moratorium", self.manager, True),
            ("reply_open", self.manager, False),
            ("truce", self.officer, True),
        ):
            with self.subTest(code=code, user=user.login):
                if allowed:
                    self.assertTrue(self._place(user, code, days=1))
                else:
                    with self._refused("is placed by: "):
                        self._place(user, code, days=1)

    def test_hard_hold_ends_by_manager_or_legal(self):
        hold = self._place(self.officer, "insolvency", date_to=False)
        with self._refused("only a manager or legal can end it"):
            hold._release("No")
        hold.with_user(self.legal)._release("Claim withdrawn")
        self.assertFalse(hold.active_today)

    def test_others_cannot_place(self):
        for user in (self.auditor, self.field_officer):
            with self.assertRaises(AccessError):
                self._place(user)
