from datetime import date, timedelta
from email import message_from_string

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.debt_recovery.tools.bounces import HARD, SOFT, bounce_kind, is_dead

REPORT = """From: MAILER-DAEMON@mx.example.com
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

{text}
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; ap@debtor.example.com
Action: {action}
{status}
--b
Content-Type: message/rfc822

Subject: Reminder 5.1.1

Please pay
--b--
"""
DAY = date(2026, 5, 4)


@tagged("debt_recovery")
class TestBounces(BaseCase):
    def _kind(self, status="", action="failed", text="It did not arrive."):
        report = REPORT.format(status=status, action=action, text=text)
        return bounce_kind(message_from_string(report))

    def test_status_decides(self):
        self.assertEqual(self._kind("Status: 5.1.1"), HARD)
        self.assertEqual(self._kind("Status: 4.2.2"), SOFT)
        self.assertEqual(self._kind("Status: 4.4.7 (timed out)", text="5.0.0"), SOFT)

    def test_without_status_the_words_and_then_the_worst(self):
        self.assertEqual(self._kind(action="delayed"), SOFT)
        self.assertEqual(self._kind(text="said: 452 4.2.2 Mailbox full"), SOFT)
        self.assertEqual(self._kind(text="said: 550 5.1.1 No such user"), HARD)
        self.assertEqual(self._kind(), HARD)

    def test_bare_mail_of_an_old_server(self):
        mail = message_from_string("Subject: Returned mail\n\n421 4.3.0 try later")
        self.assertEqual(bounce_kind(mail), SOFT)

    @given(st.integers(0, 400))
    def test_two_soft_ones_within_a_fortnight(self, days):
        earlier = DAY - timedelta(days=days)
        self.assertEqual(is_dead(SOFT, DAY, earlier), days <= 14)
        self.assertTrue(is_dead(HARD, DAY, earlier))
        self.assertFalse(is_dead(SOFT, DAY, None))
