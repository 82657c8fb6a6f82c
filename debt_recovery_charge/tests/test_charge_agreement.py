"""Agreements under which late interest rests, and what breaking them brings."""

from datetime import timedelta

from odoo import Command
from odoo.tests import Form

from odoo.addons.debt_recovery.tests.run_common import MONDAY

from .charge_common import ChargeCommon


class TestAgreement(ChargeCommon):
    """1,000 are 30 days late at 0.1 % a day; the promise is made today, so that 29 of
    them bear interest whatever was agreed."""

    def _promise(self, pause, amount=1000, days=10):
        line = self._receivable_line(self.invoice)
        return self.env["debt.recovery.agreement"].create(
            {
                "case_id": self.case.id,
                "kind": "promise",
                "date_agreed": MONDAY + timedelta(days=days),
                "interest_pause": pause,
                "line_ids": [
                    Command.create({"move_line_id": line.id, "amount_covered": amount})
                ],
            }
        )

    def _judge(self, agreement, days):
        self.env.cr.flush()
        agreement = self._at(agreement, days)
        agreement._judge()
        return agreement

    def test_goes_on_unless_somebody_says_otherwise(self):
        self.assertEqual(self._promise("none").interest_pause, "none")
        self.assertEqual(self._count(5).amount, 35)

    def test_the_company_says_what_new_agreements_start_with(self):
        self.company.recovery_charge_pause = "restore"
        agreement = self.env["debt.recovery.agreement"].new({"case_id": self.case.id})
        self.assertEqual(agreement.interest_pause, "restore")

    def test_rests_on_the_agreed_part_alone(self):
        self._promise("pause", amount=400)
        self.assertEqual(self._count(5).amount, 29 + 6 * 0.6)

    def test_shrinks_with_the_money(self):
        """After 400 of 400 agreed came in, the rest of 600 bears interest."""
        self._promise("pause", amount=400)
        self._pay(self.invoice, 400, date=MONDAY + timedelta(days=2))
        self.assertAlmostEqual(self._count(12).amount, 29 + 13 * 0.6)

    def test_broken_runs_again_from_that_day(self):
        agreement = self._judge(self._promise("pause"), 20)
        self.assertEqual(agreement.state, "broken")
        end = (agreement.date_rest_end - MONDAY).days
        self.assertEqual(self._count(20).amount, 29 + 20 - end + 1)

    def test_broken_restores_everything(self):
        agreement = self._promise("restore")
        self.assertEqual(self._count(10).amount, 29)
        self._judge(agreement, 20)
        self.assertEqual(self._count(20).amount, 50)

    def test_kept_is_forgiven_and_undone_with_the_payment(self):
        agreement = self._promise("restore")
        self._count()
        self._pay(self.invoice, date=MONDAY + timedelta(days=9))
        self._judge(agreement, 20)
        self.assertEqual(agreement.state, "kept")
        self.assertEqual(self._count(20).amount, 29)
        self._receivable_line(self.invoice).remove_move_reconcile()
        self._judge(agreement, 21)
        self.assertEqual(agreement.state, "broken")
        self.assertEqual(self._count(21).amount, 51)

    def test_ended_by_us_keeps_what_rested(self):
        agreement = self._promise("restore")
        day = MONDAY + timedelta(days=4)
        agreement.with_context(recovery_today=day).action_cancel()
        self.assertEqual(self._count(10).amount, 29 + 7)

    def test_the_officer_reads_it(self):
        agreement = self._promise("pause").with_user(self.officer)
        with Form(agreement) as form:
            self.assertEqual(form.interest_pause, "pause")
