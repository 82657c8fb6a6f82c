import hashlib
import io
import json
import zipfile

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.debt_recovery.hooks import uninstall_hook

from .channel_common import DebtRecoveryChannelCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestLogExport(DebtRecoveryChannelCommon):
    """The records outlive the application."""

    def _export(self):
        before = self.env["ir.attachment"].search([], order="id desc", limit=1)
        uninstall_hook(self.env)
        return self.env["ir.attachment"].search(
            [("id", ">", before.id), ("mimetype", "=", "application/zip")]
        )

    def _archive(self):
        exports = self._export().filtered(
            lambda a: a.name.startswith(f"contact-log-{self.company.id}-")
        )
        self.assertEqual(len(exports), 1)
        self.assertFalse(exports.res_model)
        self.assertFalse(exports.public)
        return zipfile.ZipFile(io.BytesIO(exports.raw))

    def test_every_entry_and_document_is_kept(self):
        self.rem1.attach_invoices = True
        message = self._plan()
        with self.mock_mail_gateway():
            self._release(message)
        call = self._log_call(note="Says <b>no</b> & hangs up")
        skipped = self._plan(step=self.demand)
        skipped._set_skipped("Not this one")
        waiting = self._plan(step=self.demand)
        archive = self._archive()
        lines = archive.read("log.jsonl").decode().splitlines()
        entries = {entry["id"]: entry for entry in map(json.loads, lines)}
        self.assertEqual(entries.keys(), set((message | call | skipped).ids))
        self.assertNotIn(waiting.id, entries)
        entry = entries[message.id]
        self.assertEqual(entry["checksum"], message.checksum)
        self.assertEqual(entry["body"], message.body)
        self.assertEqual(entry["partner"]["name"], self.debtor.display_name)
        self.assertEqual(len(entry["lines"]), 2)
        kept = [
            n for n in archive.namelist() if n.startswith(f"documents/{message.id}")
        ]
        sums = {hashlib.sha256(archive.read(name)).hexdigest() for name in kept}
        self.assertEqual(sums, {fact["sha256"] for fact in message.document_facts})
        page = archive.read("log.html").decode()
        self.assertIn(self.invoice.name, page)
        self.assertIn("Says &lt;b&gt;no&lt;/b&gt; &amp; hangs up", page)

    def test_empty_log_leaves_no_file(self):
        self.assertFalse(
            self._export().filtered(
                lambda a: a.name.startswith(f"contact-log-{self.company.id}-")
            )
        )

    def test_manifest_names_the_hook(self):
        from odoo.modules import Manifest

        manifest = Manifest.for_addon("debt_recovery")
        self.assertEqual(manifest["uninstall_hook"], "uninstall_hook")

    def test_officer_cannot_open_the_export(self):
        self._log_call()
        export = self._export()[:1]
        with self.assertRaises(AccessError):
            export.with_user(self.officer).read(["raw"])


@tagged("post_install", "-at_install", "debt_recovery")
class TestLogCorrection(DebtRecoveryChannelCommon):
    """Nothing is changed; what is right is written beside it."""

    def _correct(self, action, user=None, **vals):
        values = action.with_user(user or self.officer).action_correct()["context"]
        model = self.env["debt.recovery.action.correct"].with_user(user or self.officer)
        form = Form(model.with_context(**values))
        form.note = "It was the 14th"
        for name, value in vals.items():
            form[name] = value
        form.save().action_confirm()
        return action.correction_ids

    def test_correction_is_an_entry_of_its_own(self):
        call = self._log_call()
        checksum, contact = call.checksum, self.case.last_contact
        entry = self._correct(call)
        self.assertEqual((entry.state, entry.origin), ("done", "manual"))
        self.assertEqual((entry.note, entry.user_id), ("It was the 14th", self.officer))
        self.assertEqual(call.note, "Will pay on Friday")
        self.assertEqual(call.checksum, checksum)
        self.assertFalse((call | entry)._verify_chain())
        self.case.invalidate_recordset()
        self.assertEqual(self.case.last_contact, contact)

    def test_correction_of_a_message_moves_nothing(self):
        message = self._plan()
        with self.mock_mail_gateway():
            self._release(message)
        self.case.last_message_date = "2020-01-01"
        step = self.case.step_id
        self._correct(message)
        self.assertEqual(str(self.case.last_message_date), "2020-01-01")
        self.assertEqual(self.case.step_id, step)

    def test_only_the_log_is_corrected(self):
        with self._refused("is planned by now"):
            self._plan().action_correct()

    def test_auditor_corrects_nothing(self):
        call = self._log_call()
        model = self.env["debt.recovery.action.correct"].with_user(self.auditor)
        with self.assertRaises(AccessError):
            model.create({"action_id": call.id, "note": "x"})


@tagged("post_install", "-at_install", "debt_recovery")
class TestPrivacyLookup(DebtRecoveryChannelCommon):
    """A look-up for erasure neither lists nor deletes evidence, and says so."""

    def _lookup(self, partner):
        wizard = self.env["privacy.lookup.wizard"].create(
            {"name": partner.name, "email": partner.email}
        )
        return wizard, wizard.action_lookup()

    def test_log_is_left_out_and_named(self):
        self._log_call()
        wizard, action = self._lookup(self.debtor)
        models = set(wizard.line_ids.mapped("res_model"))
        self.assertIn("res.partner", models)
        self.assertFalse([m for m in models if m.startswith("debt.recovery.")])
        self.assertIn(self.case.name, action["params"]["message"])
        self.assertEqual(
            action["params"]["next"]["res_model"], "privacy.lookup.wizard.line"
        )

    def test_people_without_a_case_are_looked_up_as_ever(self):
        partner = self._debtor("Innocent Ltd", email="x@innocent.example.com")
        _wizard, action = self._lookup(partner)
        self.assertEqual(action["type"], "ir.actions.act_window")

    def test_customer_with_a_case_is_archived_not_deleted(self):
        partner = self._debtor("Case Only Ltd")
        case = self._case(partner)
        with self._refused(f"recovery case {case.name}"):
            partner.unlink()
