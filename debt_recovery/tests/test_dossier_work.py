import io
import zipfile
from base64 import b64decode
from unittest.mock import patch

from odoo.tools import mute_logger

from ..models import dossier as dossier_module
from ..wizard import dossier_make
from .dispute_common import DisputeCommon
from .dossier_common import DossierCase, pdf, texts
from .placement_common import PlacementCommon
from .reply_common import DebtRecoveryReplyCommon

PAGES = "debt_recovery.report_dossier_pages"
COVER = "debt_recovery.report_dossier_cover"
NOTE = "Lost his job, sick child"


class TestDossierSections(DossierCase, DisputeCommon):
    """What was contested and what became of it."""

    def test_disputes_with_their_answers(self):
        dispute = self._open(note="The price is wrong")
        dispute.sudo().message_post(
            body="We checked: it is right",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        dispute.sudo().message_post(body="Between us", subtype_xmlid="mail.mt_note")
        self._file(dispute.sudo(), "offer.pdf", pdf(1, "Offer"))
        with self._printer() as told:
            made = self.case.with_user(self.officer)._dossier(sections=["disputes"])
        (article,) = told[PAGES]["articles"]
        self.assertEqual(article["text"], "The price is wrong")
        said = [message[2] for message in article["messages"]]
        self.assertIn("We checked: it is right", said)
        self.assertNotIn("Between us", said)
        facts = dict(article["facts"])
        self.assertIn(self.invoice.name, facts["Items"])
        self.assertIn("400", facts["Disputed"])
        self.assertIn("Offer 1", "".join(texts(made["content"])))

    def test_case_without_disputes_has_no_such_section(self):
        with self._printer() as told:
            self.case._dossier(sections=["disputes", "statement"])
        titles = [section["title"] for section in told[COVER]["sections"]]
        self.assertEqual(titles, ["Statement of account"])


class TestDossierCorrespondence(DossierCase, DebtRecoveryReplyCommon):
    """What the debtor wrote, with what he sent along."""

    def test_replies_and_their_files(self):
        self._reply("We cannot pay before May.", files={"proof.pdf": pdf(1, "Proof")})
        with self._printer() as told:
            made = self.case.with_user(self.officer)._dossier(
                sections=["correspondence"]
            )
        first = told[PAGES]["articles"][0]
        self.assertIn("We cannot pay before May.", first["text"])
        self.assertIn(self.payable.email, first["title"])
        self.assertIn("Proof 1", "".join(texts(made["content"])))


class TestDossierBackground(DossierCase, DisputeCommon):
    """A large one is prepared while its asker works on."""

    def _wizard(self, **vals):
        wizards = self.env["debt.recovery.dossier.make"].with_user(self.officer)
        return wizards.create({"case_id": self.case.id, **vals})

    def _asked(self):
        with patch.object(dossier_make, "AT_ONCE", 0):
            action = self._wizard().action_zip()
        self.assertIn("in the background", action["params"]["message"])
        return self.env["debt.recovery.dossier"].with_user(self.officer).search([])

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("debt_recovery.ir_cron_dossiers").method_direct_trigger()

    def test_asked_made_told_and_taken(self):
        dossier = self._asked()
        self.assertEqual((dossier.state, dossier.progress), ("waiting", 0))
        with self._refused("no file yet"):
            dossier.action_download()
        with self._printer(), patch.object(dossier_module, "STEP", 1):
            self._run_cron()
        dossier.invalidate_recordset()
        self.assertEqual((dossier.state, dossier.progress), ("done", 100))
        self.assertGreater(dossier.made_count, 0)
        activity = self.case.activity_ids.filtered(
            lambda a: a.summary == "Dossier is ready"
        )
        self.assertEqual(activity.user_id, self.officer)
        self.assertIn(f"/odoo/debt-dossiers/{dossier.id}", activity.note)
        content = b64decode(dossier.file)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.assertIn("dossier.pdf", archive.namelist())
        self.assertEqual(self._wizard().ready_ids, dossier)
        dossier.action_download()
        self.assertFalse(activity.exists().active)
        note = self.env["debt.recovery.log.extract"].search([], limit=1)
        self.assertEqual(note.user_id, self.officer)

    def test_small_one_is_made_at_once(self):
        with self._printer():
            action = self._wizard().action_pdf()
        self.assertEqual(action["type"], "ir.actions.act_url")
        self.assertFalse(self.env["debt.recovery.dossier"].search([]))

    def test_only_its_asker_and_managers_see_it(self):
        dossier = self._asked().sudo()
        for user in (self.other_officer, self.field_officer, self.auditor):
            self.assertFalse(dossier.with_user(user)._filtered_access("read"))
        self.assertTrue(dossier.with_user(self.manager)._filtered_access("read"))

    def test_asker_who_lost_the_case_gets_a_reason_and_no_file(self):
        dossier = self._asked().sudo()
        self.case.user_id = self.other_officer
        self.env.flush_all()
        with self._printer(), mute_logger("odoo.addons.base.models.ir_rule"):
            self._run_cron()
        dossier.invalidate_recordset()
        self.assertEqual(dossier.state, "failed")
        self.assertTrue(dossier.problem)
        self.assertFalse(dossier.file)
        self.case.user_id = self.officer
        dossier.action_retry()
        with self._printer():
            self._run_cron()
        dossier.invalidate_recordset()
        self.assertEqual(dossier.state, "done")

    def test_what_ends_the_server_is_not_tried_for_ever(self):
        dossier = self._asked().sudo()
        dossier.attempts = dossier_module.ATTEMPTS
        self._run_cron()
        dossier.invalidate_recordset()
        self.assertIn("too large", dossier.problem)

    def test_files_are_deleted_after_a_month(self):
        dossier = self._asked().sudo()
        dossier._gc_dossiers()
        self.assertTrue(dossier.exists())
        self.env.cr.execute(
            "UPDATE debt_recovery_dossier SET create_date = '2020-01-01'"
        )
        dossier._gc_dossiers()
        self.assertFalse(dossier.exists())


class TestDossierAgency(DossierCase, PlacementCommon):
    """An agency gets what its contract names, about what is placed."""

    def _dossier_for(self, placement, **kw):
        with self._printer() as told:
            made = placement.case_id._dossier(placement=placement, **kw)
        return made, told

    def test_only_the_parts_of_the_contract_about_placed_items(self):
        other = self._overdue_invoice(self.debtor, 70, -5)
        placement = self._placed()
        made, told = self._dossier_for(placement, kind="zip")
        titles = [section["title"] for section in told[COVER]["sections"]]
        self.assertEqual(titles, ["Chronology", "Invoices"])
        facts = dict(told[COVER]["facts"])
        self.assertEqual(facts["Our reference"], placement.name)
        self.assertNotIn("Overdue", facts)
        names = [
            document["name"]
            for section in told[COVER]["sections"]
            for document in section["documents"]
        ]
        self.assertNotIn(other.name, names + made["missing"])
        with zipfile.ZipFile(io.BytesIO(made["content"])) as archive:
            self.assertNotIn("contact-log.xlsx", archive.namelist())

    def test_agreements_about_placed_items_without_their_note(self):
        self.contract.share_agreements = True
        item = self._receivable_line(self.old)
        self.case._take_promise(self.today, amount=1000, items=item, note=NOTE)
        placement = self._placed()
        _made, told = self._dossier_for(placement)
        self.assertIn("Agreements", str(told[COVER]["sections"]))
        self.assertNotIn(NOTE, str(told))

    def test_chronology_without_what_was_said(self):
        self.case._record_contact(
            {"outcome": "no_answer", "channel": "phone", "note": NOTE}
        )
        placement = self._placed()
        _made, told = self._dossier_for(placement)
        (article,) = told["Contacts until now"]
        self.assertEqual(len(article["head"]), 3)
        self.assertNotIn(NOTE, str(told))

    def test_dossier_goes_to_the_file_and_is_replaced(self):
        placement = self._placed()
        self.assertEqual(len(placement.file_ids), 2)
        with self._printer():
            wizard = self._wizard(placement)
            self.assertEqual(wizard.agency_name, "Collect Ltd")
            self.assertEqual(wizard.parts, "Contacts, Invoices, Letters")
            wizard.action_pdf()
            self.assertEqual(len(placement.file_ids), 3)
            self._wizard(placement).action_zip()
        names = placement.file_ids.mapped("name")
        self.assertEqual(sorted(name[-3:] for name in names), ["lsx", "pdf", "zip"])
        self.assertIn("Contacts, Invoices, Letters", placement.message_ids[0].body)
        action = placement.action_send_file()
        self.assertEqual(
            action["context"]["default_attachment_ids"], placement.file_ids.ids
        )

    def _wizard(self, placement):
        action = placement.action_dossier()
        wizards = placement.env[action["res_model"]].with_context(**action["context"])
        return wizards.create({})

    def test_contract_that_names_nothing(self):
        placement = self._placed()
        self.contract.write(
            {"share_log": False, "share_invoices": False, "share_letters": False}
        )
        with self._refused("names no part of the dossier"):
            placement.action_dossier()

    def test_nothing_leaves_before_the_placing(self):
        with self._refused("possible only for"):
            self._proposed().action_dossier()

    def test_contract_brings_it_along_at_the_placing(self):
        self.contract.dossier = "pdf"
        placement = self._placed()
        self.assertIn("background", placement.dossier_state)
        with self._printer(), self.enter_registry_test_mode():
            self.env.ref("debt_recovery.ir_cron_dossiers").method_direct_trigger()
        self.env.invalidate_all()
        self.assertFalse(placement.sudo().dossier_ids.problem)
        self.assertEqual(len(placement.file_ids), 3)
        self.assertFalse(placement.dossier_state)

    def test_page_prints(self):
        """The written pages are real pages."""
        placement = self._placed()
        made = placement.case_id.with_context(force_report_rendering=True)._dossier(
            placement=placement
        )
        words = " ".join("".join(texts(made["content"])).split())
        self.assertIn("Contacts until now", words)
        self.assertIn("Claim $ 10,000.00", words)
