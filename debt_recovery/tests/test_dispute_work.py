from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .dispute_common import DisputeCommon
from .run_common import MONDAY


@tagged("post_install", "-at_install", "debt_recovery")
class TestDisputeWork(DisputeCommon):
    """Answered by those who know, decided by the officer, undone when need be."""

    # OWNER

    def test_the_category_names_owner_and_day(self):
        dispute = self._open()
        self.assertEqual(dispute.user_id, self.sales)
        self.assertEqual(dispute.date_due, MONDAY + timedelta(days=7))
        self.assertEqual(dispute.department, "Sales")
        self.assertEqual(dispute.sudo().activity_ids.user_id, self.sales)

    def test_roles_without_a_person_stay_with_the_officer(self):
        quantity = self.env.ref("debt_recovery.dispute_category_quantity")
        self.assertEqual(self._open(100, category=quantity).user_id, self.officer)
        quantity.with_company(self.company).owner_user_id = self.boss
        self.assertEqual(self._open(100, category=quantity).user_id, self.boss)

    def test_owner_answers_without_rights(self):
        dispute = self._open().with_user(self.sales)
        with self.assertRaises(AccessError):
            self.case.with_user(self.sales).check_access("read")
        form = Form(
            dispute.env["debt.recovery.dispute.answer"].with_context(
                default_dispute_id=dispute.id
            )
        )
        form.answer = "The old price list was used."
        form.proposal = "accept"
        wizard = form.save()
        wizard.attachment_ids = wizard.attachment_ids.create({"name": "list.pdf"})
        wizard.action_confirm()
        self.assertEqual(dispute.state, "answered")
        self.assertEqual(dispute.answer_user_id, self.sales)
        self.assertFalse(dispute.sudo().activity_ids)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", dispute._name), ("res_id", "=", dispute.id)]
        )
        self.assertEqual(files.name, "list.pdf")
        self.assertEqual(self._figures(), (400, 600))

    def test_owner_sees_only_his_and_decides_nothing(self):
        mine = self._open(100).with_user(self.sales)
        foreign = self._open(100, user_id=self.boss.id)
        model = self.env["debt.recovery.dispute"].with_user(self.sales)
        self.assertEqual(model.search([]), mine)
        self.assertTrue(mine.line_ids.read(["move_name", "amount_currency"]))
        with self.assertRaises(AccessError):
            foreign.with_user(self.sales)._answer("Mine!")
        with self.assertRaises(UserError):
            mine.action_withdraw()
        with self.assertRaises(AccessError):
            mine.write({"state": "accepted"})

    def test_owner_forwards(self):
        dispute = self._open().with_user(self.sales)
        dispute._forward(self.boss, "Ask him")
        self.assertEqual(dispute.sudo().user_id, self.boss)
        self.assertEqual(dispute.sudo().activity_ids.user_id, self.boss)
        with self.assertRaises(AccessError):
            dispute.check_access("read")

    def test_reminders_and_escalation_once_each(self):
        self.price.with_company(self.company).escalation_user_id = self.boss
        dispute = self._open()
        levels = {}
        for day in (1, 4, 4, 7, 10, 11, 12, 20):
            self._run(day)
            levels[day] = (dispute.reminder_level, dispute.user_id)
        self.assertEqual(levels[1], (0, self.sales))
        self.assertEqual(levels[4], (50, self.sales))
        self.assertEqual(levels[7], (100, self.sales))
        self.assertEqual(levels[11], (150, self.boss))
        self.assertEqual(levels[20], (150, self.boss))
        self.assertEqual(len(dispute.activity_ids), 1)
        self.assertEqual(self._figures()[0], 400)

    # DECISION

    def test_accepted_stays_out_until_credited(self):
        dispute = self._open(400)
        notice = self._resolve(dispute, "accepted")
        self.assertIn("dr_accountant", notice["params"]["message"])
        self.assertEqual(dispute.state, "accepted")
        self.assertEqual(self._figures(), (400, 600))
        task = self.invoice.sudo().activity_ids
        self.assertEqual(task.user_id, self.accountant)
        note = self._credit_note(self.debtor, 400)
        (self.item | self._receivable_line(note)).reconcile()
        self.assertEqual(self._figures(), (0, 600))

    def test_who_may_invoice_gets_the_draft(self):
        self.officer.group_ids += self.env.ref("account.group_account_invoice")
        dispute = self._open(400)
        self._resolve(dispute, "partly", 150)
        self.assertEqual(dispute.state, "partly")
        note = dispute.credit_move_ids
        self.assertEqual(
            (note.move_type, note.state, note.amount_total),
            ("out_refund", "draft", 150),
        )
        self.assertEqual(note.reversed_entry_id, self.invoice)
        self.assertEqual(self._figures(), (150, 850))
        self.assertEqual(dispute.share_accepted, 37.5)

    def test_corrected_without_credit_is_chased_again(self):
        dispute = self._open(400)
        self._resolve(dispute, "accepted", remedy="corrected")
        self.assertEqual(self._figures(), (0, 1000))
        self.assertFalse(dispute.needs_credit)

    def test_rejected_gets_a_letter_and_a_week(self):
        self.item = self._receivable_line(self.other)
        dispute = self._open(500)
        with self._refused("Give the reasons"):
            wizard = dispute.env["debt.recovery.dispute.resolve"].create(
                {"dispute_id": dispute.id, "decision": "rejected"}
            )
            wizard.action_confirm()
        self._resolve(dispute, "rejected", reason="Signed delivery note of 3 March.")
        self.assertEqual(self._figures(self.other), (0, 500))
        letter = self.case.action_ids.filtered(lambda a: a.channel == "letter")
        self.assertEqual(letter.step_id.code, "ev_rejected")
        self.assertIn("Signed delivery note", letter.body)
        self.assertIn("Price / discount differs", letter.body)
        self.assertEqual(dispute.date_resume, MONDAY + timedelta(days=7))
        run = self.env["debt.recovery.run"]._start(self.company)
        braked = run._in_company()._find_braked_lines(self.item.ids)
        self.assertEqual(braked, {self.item.id: "rejected"})
        later = self._at(run, 7)
        later.date = MONDAY + timedelta(days=7)
        self.assertFalse(later._find_braked_lines(self.item.ids))

    def test_rejected_in_shadow_plans_the_letter_for_review(self):
        """The dialog promises a letter, and the officer decided it."""
        self.case.strategy_id._back_to_shadow(self.company)
        self._resolve(self._open(500), "rejected", reason="Signed delivery note.")
        letter = self.case.action_ids.filtered(lambda a: a.channel == "letter")
        self.assertEqual((letter.state, letter.mode), ("planned", "review"))
        self.assertIn("Signed delivery note", letter.body)

    def test_withdrawn_and_reopened(self):
        dispute = self._open(400)
        dispute.action_withdraw()
        self.assertEqual(self._figures(), (0, 1000))
        self.assertFalse(dispute.sudo().activity_ids)
        with self._refused("Reopen it first"):
            dispute.action_resolve()
        dispute.action_reopen()
        self.assertEqual(self._figures(), (400, 600))
        self.assertEqual((dispute.state, dispute.reopen_count), ("open", 1))
        self.assertTrue(dispute.sudo().activity_ids)

    def test_reopened_after_payment_never_exceeds_what_is_open(self):
        dispute = self._open(400)
        dispute.action_withdraw()
        self._pay(self.invoice, 800)
        dispute.action_reopen()
        self.assertEqual(self._figures(), (200, 0))

    def test_a_complaint_goes_to_the_manager_and_a_second_one_above(self):
        self.company.recovery_escalate_user_id = self.manager
        director = self._recovery_user("manager", login="dr_director")
        self.company.recovery_final_approver_id = director
        case = self.case.with_user(self.officer)
        first = case._open_dispute("complaint", note="Rude on the phone")
        self.assertEqual(first.user_id, self.manager)
        self.assertGreater(first.date_due, first.date_opened)
        self.assertEqual(first.activity_ids.user_id, self.manager)
        form = Form(
            self.env["debt.recovery.dispute.open"]
            .with_user(self.officer)
            .with_context(default_case_id=case.id, default_kind="complaint")
        )
        self.assertEqual((form.user_id, form.complaints_before), (director, 1))
        second = case._open_dispute("complaint", note="Again")
        self.assertEqual(second.user_id, director)

    def test_a_complaint_nobody_answers_goes_above(self):
        self.company.recovery_escalate_user_id = self.manager
        director = self._recovery_user("manager", login="dr_director")
        self.company.recovery_final_approver_id = director
        complaint = self.case._open_dispute("complaint", note="Rude")
        self.assertEqual(complaint.user_id, self.manager)
        self._run(20)
        self.assertEqual(complaint.user_id, director)

    def test_complaint_is_answered_and_upheld(self):
        case = self.case.with_user(self.officer)
        complaint = case._open_dispute("complaint", note="Rude on the phone")
        self.assertFalse(complaint.line_ids)
        self.assertEqual(self._figures(), (0, 1000))
        wizard = complaint.env["debt.recovery.dispute.resolve"].create(
            {"dispute_id": complaint.id, "upheld": "no", "reason": "We listened again"}
        )
        wizard.action_confirm()
        self.assertEqual((complaint.state, complaint.upheld), ("closed", "no"))

    # SCREENS

    def test_opened_from_an_invoice_without_a_case(self):
        fresh = self._overdue_invoice(self._debtor("Fresh"), 90, -10)
        action = fresh.with_user(self.officer).action_recovery_dispute()
        form = Form(
            self.env["debt.recovery.dispute.open"]
            .with_user(self.officer)
            .with_context(**action["context"])
        )
        form.category_id = self.price
        form.save().action_confirm()
        self.assertEqual(fresh.recovery_dispute_count, 1)
        dispute = self.env["debt.recovery.dispute"].search([], limit=1, order="id desc")
        self.assertEqual(dispute.name, "Price / discount differs")
        self.assertEqual(dispute.line_ids.amount_currency, 90)

    def test_figures_of_a_report(self):
        dispute = self._open(400)
        self._at(dispute, 4).action_withdraw()
        groups = self.env["debt.recovery.dispute"]._read_group(
            [("case_id", "=", self.case.id)],
            ["department"],
            ["amount:sum", "days_to_resolve:avg"],
        )
        self.assertEqual(groups, [("Sales", 400, 4)])

    def test_companies_keep_their_disputes(self):
        dispute = self._open()
        company = self._setup_company_2()
        other = self._recovery_user(
            "manager",
            login="dr_manager_2",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        found = self.env["debt.recovery.dispute"].with_user(other).search([])
        self.assertNotIn(dispute, found)
