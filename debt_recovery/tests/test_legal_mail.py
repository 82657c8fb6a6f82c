from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .legal_common import LegalCommon

MAIL = """Return-Path: <counsel@law.example.com>
To: {to}
From: Counsel <counsel@law.example.com>
Subject: Service done
Message-ID: <{number}@law.example.com>
{extra}Date: Mon, 02 Jun 2025 12:00:00 +0000
Content-Type: text/plain; charset="utf-8"

The claim was served today.
"""


@tagged("post_install", "-at_install", "debt_recovery")
class TestLegalMail(LegalCommon, MailCase):
    """What counsel writes lands on the legal case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].search([], limit=1)
        cls.company.alias_domain_id = domain or domain.create({"name": "example.com"})

    def _receive(self, **values):
        text = MAIL.format(**{"extra": "", **values})
        with self.mock_mail_gateway():
            return self.env["mail.thread"].message_process(
                "debt.recovery.legal.case", text
            )

    def test_mail_to_the_address_of_the_case(self):
        legal = self._legal()
        self.assertTrue(legal.alias_email)
        self.assertEqual(legal.alias_email.split("@")[0], legal.name.lower())
        self.assertEqual(self._receive(to=legal.alias_email, number=1), legal.id)
        message = legal.message_ids[0]
        self.assertIn("served today", message.body)
        self.assertEqual(message.author_id, self.counsel)

    def test_answer_to_our_message(self):
        legal = self._legal()
        sent = legal.message_post(
            body="Please serve it",
            partner_ids=self.counsel.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        catchall = self.company.catchall_email
        extra = f"In-Reply-To: {sent.message_id}\n"
        self.assertEqual(self._receive(to=catchall, number=2, extra=extra), legal.id)
        self.assertIn("served today", legal.message_ids[0].body)

    def test_mail_on_a_closed_case_is_not_lost(self):
        legal = self._legal()
        legal._close("withdrawn", "Paid on the phone")
        self._receive(to=legal.alias_email, number=3)
        self.assertIn("served today", legal.message_ids[0].body)
