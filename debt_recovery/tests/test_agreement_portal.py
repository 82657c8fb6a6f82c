import base64
from datetime import timedelta

from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged

from .common import DebtRecoveryCommon

#: The smallest picture there is.
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    "AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install", "debt_recovery")
class TestAgreementPortal(DebtRecoveryCommon, HttpCase):
    """The customer reads, downloads and signs; nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._overdue_invoice(cls.debtor, 900, 20)
        cls.record = cls._case(user_id=cls.officer.id)
        cls.plan = cls._plan_to_sign()
        cls.stranger = cls._portal_user(cls._debtor("Stranger Ltd"), "portal_stranger")
        contact = cls._contact(cls.debtor, "Petra Payer")
        cls.customer = cls._portal_user(contact, "portal_customer")
        cls.page = f"/my/agreements/{cls.plan.id}"

    @classmethod
    def _plan_to_sign(cls):
        case = cls.record.with_user(cls.officer)
        action = case.action_plan()
        wizards = case.env[action["res_model"]].with_context(**action["context"])
        values = wizards.default_get(list(wizards._fields))
        values["note"] = "They nearly went bankrupt in May"
        wizards.create(values).action_send()
        plan = cls.record.agreement_ids.sudo()
        assert plan.state == "to_sign"
        return plan

    @classmethod
    def _portal_user(cls, partner, login):
        return new_test_user(
            cls.env, login=login, groups="base.group_portal", partner_id=partner.id
        )

    def _accept(self, name="Petra Payer", signature=PIXEL, token=None):
        params = {"name": name, "signature": signature, "access_token": token}
        return self.make_jsonrpc_request(f"{self.page}/accept", params)

    # WHO SEES IT

    def test_login_of_the_customer(self):
        self.authenticate("portal_customer", "portal_customer")
        page = self.url_open(self.page).text
        self.assertIn("Payment Agreement", page)
        self.assertIn(self.invoice.name, page)
        self.assertNotIn("bankrupt", page, "our notes are ours")
        overview = self.url_open("/my/agreements").text
        self.assertIn(self.plan.name, overview)
        counters = self.make_jsonrpc_request(
            "/my/counters",
            {"counters": ["recovery_agreement_count", "recovery_sign_count"]},
        )
        self.assertEqual(counters["recovery_agreement_count"], 1)
        self.assertEqual(counters["recovery_sign_count"], 1)

    def test_login_of_somebody_else(self):
        self.authenticate("portal_stranger", "portal_stranger")
        answer = self.url_open(self.page)
        self.assertTrue(answer.url.endswith(("/my", "/my/home")), answer.url)
        self.assertNotIn(self.invoice.name, answer.text)
        self.assertNotIn(self.plan.name, self.url_open("/my/agreements").text)
        self.assertIn("does not exist", self._accept()["error"])
        self.assertEqual(self.plan.state, "to_sign")

    def test_nobody_logged_in_needs_the_link(self):
        self.authenticate(None, None)
        self.assertNotIn(self.invoice.name, self.url_open(self.page).text)
        self.assertIn("does not exist", self._accept(token="guessed")["error"])
        linked = self.url_open(f"{self.page}?access_token={self.plan.access_token}")
        self.assertIn(self.invoice.name, linked.text)

    def test_no_rights_beside_the_page(self):
        self.authenticate("portal_customer", "portal_customer")
        with self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request(
                "/web/dataset/call_kw/debt.recovery.agreement/read",
                {
                    "model": "debt.recovery.agreement",
                    "method": "read",
                    "args": [self.plan.ids, ["note"]],
                    "kwargs": {},
                },
            )

    def test_what_we_still_consider_is_not_shown(self):
        self.plan._cancel("us")
        self.plan.date_signed = False
        self.authenticate("portal_customer", "portal_customer")
        self.assertNotIn(self.invoice.name, self.url_open(self.page).text)

    # SIGNING

    def test_signed_with_the_link(self):
        self.authenticate(None, None)
        token = self.plan.access_token
        answer = self._accept(token=token)
        self.assertTrue(answer["force_refresh"])
        self.env.invalidate_all()
        self.assertEqual(self.plan.state, "active")
        self.assertEqual(self.plan.accepted_by, "Petra Payer")
        self.assertEqual(self.plan.date_accepted, self.today)
        self.assertEqual(self.plan.signed_copy_name, "Payment Agreement.pdf")
        self.assertTrue(base64.b64decode(self.plan.signed_copy))
        told = self.plan.message_ids.filtered("attachment_ids")
        self.assertIn("Signed by Petra Payer", told.body)
        self.assertEqual(told.author_id, self.debtor)
        self.assertIn(self.officer.partner_id, told.notified_partner_ids)
        page = self.url_open(answer["redirect_url"]).text
        self.assertIn("it is signed", page)
        self.assertIn("signed by Petra Payer", self._accept(token=token)["error"])

    def test_what_is_no_signature(self):
        self.authenticate("portal_customer", "portal_customer")
        self.assertIn("Enter your name", self._accept(name=" ")["error"])
        self.assertIn("Enter your name", self._accept(signature="")["error"])
        for drawing in ("not base64!", base64.b64encode(b"<svg/>").decode()):
            self.assertIn("sign again", self._accept(signature=drawing)["error"])
        self.env.invalidate_all()
        self.assertEqual(self.plan.state, "to_sign")
        self.assertFalse(self.plan.accepted_by)

    def test_too_late(self):
        self.plan.date_until = self.today - timedelta(days=1)
        self.authenticate("portal_customer", "portal_customer")
        self.assertIn("could be accepted until", self._accept()["error"])
        self.assertNotIn("Accept", self.url_open(self.page).text)

    def test_document(self):
        self.authenticate("portal_customer", "portal_customer")
        answer = self.url_open(f"{self.page}?report_type=pdf&download=1")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("Payment_Agreement", answer.headers["Content-Disposition"])
        self._accept()
        answer = self.url_open(f"{self.page}?report_type=pdf")
        self.assertEqual(answer.status_code, 200)

    def test_tour(self):
        self.start_tour(
            "/my/agreements", "debt_recovery_sign_agreement", login="portal_customer"
        )
        self.env.invalidate_all()
        self.assertEqual(self.plan.state, "active")
        self.assertEqual(self.plan.accepted_by, "Petra Payer")
        self.assertTrue(self.plan.signature)
