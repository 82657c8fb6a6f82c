import base64

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.action_guard import GUARD_KEY
from .channel_common import DebtRecoveryChannelCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestActionGuard(DebtRecoveryChannelCommon):
    """Nobody changes, deletes or backdates the contact log."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.call = cls._log_call()

    def _everybody(self, record):
        """The record as each kind of writer sees it."""
        yield record.with_user(self.officer)
        yield record.with_user(self.manager)
        yield record.sudo()
        yield record.with_user(self.env.ref("base.user_root"))
        yield record.with_context(install_mode=True, import_file=True, tracking=False)
        yield record.sudo().with_context(**{GUARD_KEY: True})
        yield record.sudo().with_context(**{GUARD_KEY: "<object object at 0x7f>"})

    def test_the_call_is_in_the_log(self):
        self.assertRecordValues(
            self.call,
            [
                {
                    "state": "done",
                    "channel": "phone",
                    "origin": "manual",
                    "person": "Ms Payable",
                    "chain_no": 1,
                    "previous_checksum": False,
                }
            ],
        )
        self.assertTrue(self.call.checksum)

    def test_write_is_refused(self):
        for call in self._everybody(self.call):
            for vals in (
                {"note": "Never mind"},
                {"state": "planned"},
                {"date_done": "2020-01-01"},
                {"outcome_id": False},
                {"recipient_ids": [Command.link(self.debtor.id)]},
                {"checksum": "0" * 64},
            ):
                with self.assertRaises(UserError, msg=f"{call.env.user.name} {vals}"):
                    call.write(vals)
        self.assertEqual(self.call.note, "Will pay on Friday")

    def test_unlink_is_refused(self):
        for call in self._everybody(self.call):
            with self.assertRaises(UserError):  # AccessError is one
                call.unlink()
        self.assertTrue(self.call.exists())

    def test_create_of_facts_is_refused(self):
        base = {
            "case_id": self.case.id,
            "partner_id": self.debtor.id,
            "company_id": self.company.id,
            "channel_id": self.phone.id,
            "date_planned": self.today,
        }
        for model in self._everybody(self.env["debt.recovery.action"]):
            for vals in (
                {"state": "done"},
                {"state": "queued"},
                {"date_done": "2020-01-01 10:00:00"},
                {"create_date": "2020-01-01 10:00:00"},
                {"checksum": "0" * 64},
                {"delivery_ids": [Command.create({"kind": "sent"})]},
                {"mail_mail_ref": 1},
            ):
                with self.assertRaises(UserError, msg=f"{vals}"):
                    model.create({**base, **vals})

    def test_import_is_refused(self):
        names = ["case_id", "partner_id", "channel_id"]
        ids = [self.case.id, self.debtor.id, self.phone.id]
        result = self.env["debt.recovery.action"].load(
            [*(f"{name}/.id" for name in names), "date_planned", "state"],
            [[*map(str, ids), "2020-01-01", "Done"]],
        )
        self.assertFalse(result["ids"])
        self.assertIn("enters the log as planned", result["messages"][0]["message"])

    def test_copy_is_refused(self):
        with self.assertRaises(UserError):
            self.call.copy()

    def test_key_and_system_fields_of_a_plan_are_fixed(self):
        action = self._plan()
        for vals in ({"state": "done"}, {"case_id": self.case.id}, {"failure": "x"}):
            with self.assertRaises(UserError):
                action.sudo().write(vals)
        action.note = "may be noted"
        action.sudo().unlink()
        self.assertFalse(action.exists())

    def test_lines_are_sealed_with_their_action(self):
        action = self._plan(line_ids=self._receivable_line(self.invoice).ids)
        line = action.line_ids
        action._set_done()
        with self.assertRaises(UserError):
            line.sudo().amount = 1.0
        with self.assertRaises(UserError):
            line.sudo().unlink()
        with self.assertRaises(UserError):
            line.sudo().create(
                {"action_id": action.id, "currency_id": line.currency_id.id}
            )

    def test_delivery_is_append_only_and_not_by_hand(self):
        self.call._log_delivery("opened")
        delivery = self.call.delivery_ids
        with self.assertRaises(UserError):
            delivery.sudo().kind = "sent"
        with self.assertRaises(UserError):
            delivery.sudo().unlink()
        with self.assertRaises(UserError):
            delivery.sudo().create({"action_id": self.call.id, "kind": "sent"})

    def test_documents_are_sealed(self):
        action = self._plan()
        action._attach_documents([{"filename": "a.pdf", "content": b"%PDF-1 a"}])
        attachment = action.attachment_ids
        action._set_done()
        for vals in ({"raw": b"x"}, {"name": "b.pdf"}, {"res_id": 0}):
            with self.assertRaises(UserError):
                attachment.sudo().write(vals)
        with self.assertRaises(UserError):
            attachment.sudo().datas = base64.b64encode(b"x")
        with self.assertRaises(UserError):
            attachment.sudo().unlink()
        with self.assertRaises(UserError):
            attachment.sudo().create(
                {"name": "c", "res_model": action._name, "res_id": action.id}
            )
        other = self.env["ir.attachment"].create({"name": "free"})
        with self.assertRaises(UserError):
            other.write({"res_model": action._name, "res_id": action.id})
        other.unlink()
        self.assertEqual(action.document_facts[0]["name"], "a.pdf")
        self.assertFalse(action._verify_chain())

    def test_case_and_people_of_the_log_stay(self):
        with self.assertRaises(UserError):
            self.case.sudo().unlink()

    # ------------------------------------------------------------------
    # Chain
    # ------------------------------------------------------------------

    def test_chain_links_the_rows_of_a_case(self):
        second = self._log_call(note="Second")
        self.assertEqual(second.chain_no, 2)
        self.assertEqual(second.previous_checksum, self.call.checksum)
        self.assertFalse((self.call + second)._verify_chain())
        self.assertIn("intact", second.action_verify_chain()["params"]["message"])

    def _tamper(self, query, *params):
        self.env.flush_all()
        self.env.cr.execute(query, params)
        self.env.invalidate_all(flush=False)

    def test_changed_content_shows(self):
        for column, value in (
            ("note", "Refused to pay"),
            ("date_done", "2020-01-01"),
            ("person", "Mr Other"),
            ("verdict_facts", '{"rules": ["house_hours"]}'),
        ):
            with self.subTest(column=column):
                call = self._log_call()
                self.assertFalse(call._verify_chain())
                self._tamper(
                    f"UPDATE debt_recovery_action SET {column} = %s WHERE id = %s",
                    value,
                    call.id,
                )
                problems = call._verify_chain()
                self.assertEqual([action for action, _text in problems], [call])
                self._tamper("DELETE FROM debt_recovery_action WHERE id = %s", call.id)

    def test_removed_row_shows(self):
        second = self._log_call(note="Second")
        third = self._log_call(note="Third")
        self._tamper("DELETE FROM debt_recovery_action WHERE id = %s", second.id)
        problems = self.call._verify_chain()
        self.assertEqual([action for action, _text in problems], [third])

    def test_removed_first_row_shows(self):
        second = self._log_call(note="Second")
        self._tamper("DELETE FROM debt_recovery_action WHERE id = %s", self.call.id)
        self.assertTrue(second._verify_chain())

    def test_changed_line_shows(self):
        action = self._plan(line_ids=self._receivable_line(self.invoice).ids)
        action._set_done()
        self.assertFalse(action._verify_chain())
        self._tamper(
            "UPDATE debt_recovery_action_line SET amount_currency = 1 "
            "WHERE action_id = %s",
            action.id,
        )
        self.assertTrue(action._verify_chain())

    def test_exchanged_document_shows(self):
        action = self._plan()
        action._attach_documents([{"filename": "a.pdf", "content": b"%PDF-1 a"}])
        action._set_done()
        self._tamper(
            "DELETE FROM ir_attachment WHERE res_model = %s AND res_id = %s",
            action._name,
            action.id,
        )
        self.assertTrue(action._verify_chain())

    def test_rows_survive_a_merge_of_customers(self):
        """Merging re-points the customer; that is lawful and breaks no checksum."""
        other = self._debtor("Other name")
        self._tamper(
            "UPDATE debt_recovery_action SET partner_id = %s WHERE id = %s",
            other.id,
            self.call.id,
        )
        self.assertFalse(self.call._verify_chain())
