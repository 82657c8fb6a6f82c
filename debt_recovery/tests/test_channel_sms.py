from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.debt_recovery.tools.sms_text import parts
from odoo.addons.sms.tools.sms_api import SmsApi

from .channel_common import DebtRecoveryChannelCommon


class TestSmsText(BaseCase):
    @settings(max_examples=80, deadline=None)
    @given(st.text(max_size=400), st.text(max_size=20))
    def test_longer_is_never_cheaper(self, text, more):
        self.assertLessEqual(parts(text), parts(text + more))
        self.assertEqual(parts(text) == 0, not text)

    def test_double_characters(self):
        self.assertEqual(parts("€" * 80), 1)
        self.assertEqual(parts("€" * 81), 2)


@tagged("post_install", "-at_install", "debt_recovery")
class TestChannelSms(DebtRecoveryChannelCommon):
    """Texts through the company's gateway; its reports move the action."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sms = cls.env.ref("debt_recovery.channel_sms")
        cls.debtor.write(
            {"phone": "+32 470 12 34 56", "country_id": cls.env.ref("base.be").id}
        )
        cls.number = "+32470123456"
        handler = type(cls.env["debt.recovery.channel.sms"])
        gateway = patch.object(handler, "_has_gateway", lambda self, company: True)
        gateway.start()
        cls.addClassCleanup(gateway.stop)

    def _text(self, state="success", **vals):
        """Release a text and let the gateway answer ``state``."""
        action = self._plan(channel=self.sms, **{"mode": "auto", **vals})
        sent = []

        def answer(api, messages, delivery_reports_url=False):
            results = []
            for message in messages:
                for number in message["numbers"]:
                    sent.append((number["number"], message["content"]))
                    results.append({"uuid": number["uuid"], "state": state})
            return results

        with (
            self.mock_mail_gateway(),
            patch.object(SmsApi, "_send_sms_batch", answer),
        ):
            action._release()
            waiting = action._action_sms()
            waiting.send()
        return action, sent

    def _report(self, action, state, error=False):
        """A later report of the gateway."""
        tracker = (
            self.env["sms.tracker"]
            .sudo()
            .search(
                [
                    (
                        "mail_notification_id.mail_message_id",
                        "=",
                        action.mail_message_id.id,
                    )
                ]
            )
        )
        if error:
            tracker._action_update_from_provider_error(error)
        else:
            tracker._action_update_from_sms_state(state)

    def test_text_leaves_by_the_gateway(self):
        action, sent = self._text()
        self.assertEqual(sent[0][0], self.number)
        self.assertIn("1,250.00", sent[0][1])
        self.assertIn(self.case.name, sent[0][1])
        self.assertEqual(parts(sent[0][1]), 1)
        self.assertRecordValues(
            action, [{"state": "done", "address": self.number, "failure": False}]
        )
        self.assertEqual(action.delivery_ids.mapped("kind"), ["sent"])
        self.assertEqual(self.case.step_id, self.rem1)
        self.assertFalse(action._verify_chain())

    def test_delivery_is_read_back(self):
        action, _sent = self._text()
        self._report(action, "sent")
        self.assertEqual(set(action.delivery_ids.mapped("kind")), {"sent", "delivered"})
        other, _sent = self._text(step=self.demand)
        self._report(other, False, error="not_delivered")
        self.assertEqual(other.state, "done")
        self.assertIn("bounced", other.delivery_ids.mapped("kind"))

    def test_refused_by_the_gateway_fails_with_its_reason(self):
        action, _sent = self._text(state="insufficient_credit")
        self.assertEqual(action.state, "failed")
        self.assertIn("Credit", action.failure)
        self.assertFalse(self.case.step_id)

    def test_step_template_and_length(self):
        template = self.env["sms.template"].create(
            {
                "name": "Short",
                "model_id": self.env["ir.model"]._get_id("debt.recovery.case"),
                "body": "Pay {{ object.claim_total }}",
            }
        )
        self.rem1.sms_template_id = template
        _action, sent = self._text()
        self.assertEqual(sent[0][1], "Pay $ 1,250.00")
        template.body = "x" * 500
        action, sent = self._text(step=self.demand)
        self.demand.sms_template_id = template
        action, sent = self._text(case=self._other_case(), step=self.demand)
        self.assertEqual((action.state, sent), ("failed", []))
        self.assertIn("shorten it", action.failure)

    def _other_case(self):
        other = self._debtor(
            "Other",
            email="o@other.example.com",
            phone="+32 470 99 99 99",
        )
        self._overdue_invoice(other, 300.0, 30)
        return self._case(
            partner=other, strategy_id=self.strategy.id, user_id=self.officer.id
        )

    def test_no_way_to_text_goes_by_mail_and_says_why(self):
        for vals, why in (
            ({"phone": False}, "has no phone number"),
            ({"phone": "12"}, "country code"),
            ({"phone": "0470 12 34 56", "country_id": False}, "country code"),
        ):
            self.company.country_id = False
            case = self._other_case()
            case.partner_id.write(vals)
            with self.mock_mail_gateway():
                action = self._plan(case=case, channel=self.sms)
                self._release(action)
            self.assertEqual(action.state, "done")
            self.assertIn("o@other.example.com", action.address)
            self.assertIn(
                why, " ".join(action.delivery_ids.mapped(lambda d: d.detail or ""))
            )
            self.assertEqual(len(self._mails), 1)

    def test_no_second_mail_beside_the_steps_own(self):
        self.debtor.phone = False
        mail = self._plan()
        text = self._plan(channel=self.sms)
        with self.mock_mail_gateway():
            self._release(mail | text)
        self.assertEqual((mail.state, text.state), ("done", "cancelled"))
        self.assertEqual(len(self._mails), 1)

    def test_money_stops_a_waiting_text(self):
        action = self._plan(channel=self.sms)
        action._release()
        self.assertEqual(action.state, "queued")
        self._pay(self.invoice)
        self._pay(self.invoice_2)
        self.env.flush_all()
        self.env["debt.recovery.action"]._cancel_if_paid(self.debtor.ids)
        self.assertEqual(action.state, "cancelled")
        self.assertEqual(set(action._action_sms().mapped("state")), {"canceled"})

    # WHAT COMES IN

    def _in(self, text, number=None):
        channel = self.env["debt.recovery.channel.sms"]
        return channel._take_text(number or self.number, text)

    def test_opt_out_word_ends_texts_at_once(self):
        self._text()
        case = self._in("STOP")
        self.assertEqual(case, self.case)
        entry = case.action_ids.filtered(lambda a: a.direction == "in")
        self.assertIn("No more text messages", entry.reason)
        self.assertFalse(case.has_open_reply)
        with self.mock_mail_gateway():
            action = self._release(
                self._plan(step=self.demand, channel=self.sms, mode="auto")
            )
        self.assertIn("ap@debtor.example.com", action.address)
        self.assertIn("does not want", action.delivery_ids.sorted("id")[0].detail)

    def test_other_text_is_a_reply(self):
        self._text()
        case = self._in("Paid on Monday")
        self.assertTrue(case.has_open_reply)
        self.assertEqual(case._contact_verdict("email").status, "refused")

    def test_number_of_two_debtors_goes_to_the_one_texted_last(self):
        other = self._other_case()
        other.partner_id.phone = self.number
        self._text(case=other)
        self.assertEqual(self._in("Who is this?"), other)
        self._text()
        self.assertEqual(self._in("Who is this?"), self.case)
        self.assertFalse(self._in("Hello", number="+32470000001"))
