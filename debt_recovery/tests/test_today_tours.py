from odoo.tests import HttpCase, tagged

from .common import DebtRecoveryCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestTodayTours(DebtRecoveryCommon, HttpCase):
    """An officer works Today with the keyboard."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_money_unit = 50
        cls.debtor.phone = "+32 475 12 34 56"
        cls._overdue_invoice(cls.debtor, 1000, 20)
        big = cls._debtor("Big Ltd", phone="+32 2 555 77 88")
        cls._overdue_invoice(big, 50000, 120)
        cls.case = cls._case(user_id=cls.officer.id)
        cls.big = cls._case(big, user_id=cls.officer.id)
        for case in cls.case | cls.big:
            case.activity_schedule(
                "mail.mail_activity_data_call",
                summary="Call them",
                date_deadline=cls.today,
                user_id=cls.officer.id,
            )
        (cls.case | cls.big)._refresh_priority()

    def _tour(self, name):
        self.start_tour(
            "/odoo/debt-today", f"debt_recovery_today_{name}", login="dr_officer"
        )
        self.env.invalidate_all()

    def test_arrows_and_letters(self):
        self._tour("keyboard")

    def test_later_undo_done(self):
        self._tour("later")
        self.assertFalse(self.big.activity_ids)
        self.assertEqual(self.big.today_undo["kind"], "done")

    def test_search_by_phone(self):
        self._tour("search")

    def test_start_and_close_the_day(self):
        self._tour("start")
        self.assertFalse(self.case.put_off_until)
