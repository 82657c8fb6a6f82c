from datetime import date

from odoo import Command
from odoo.fields import Domain
from odoo.tests import Form, tagged

from odoo.addons.debt_recovery.tools.results import codes

from .limitation_common import LimitationCommon
from .run_common import MONDAY


@tagged("post_install", "-at_install", "debt_recovery")
class TestLimitationWork(LimitationCommon):
    """What is near is told, what is over is not sued for."""

    def _radar(self, user, *domain):
        self.env.invalidate_all()
        rows = self.env["debt.recovery.receivable"].with_user(user)
        return rows.search(Domain([("limitation_known", "=", True), *domain]))

    def test_warned_before_a_payment_on_a_barred_debt(self):
        case = self.case.with_user(self.manager)
        for action in (
            case.action_promise(),
            case.action_plan(),
            case.action_settlement(),
        ):
            wizards = case.env[action["res_model"]]
            form = Form(wizards.with_context(**action["context"]))
            self.assertIn(f"{self.old.name} since 12/31/2024", form.limitation_text)
            with form.line_ids.edit(0) as line:
                line.selected = False
            self.assertFalse(form.limitation_text)

    def test_radar_by_days_left(self):
        near = self._invoice_of(date(2022, 5, 15), 700)
        self.env["debt.recovery.limitation"]._refresh(self.company)
        rows = self._radar(self.officer, ("limitation_days", "<", 0))
        self.assertEqual(rows.move_id, self.old)
        rows = self._radar(self.officer, ("limitation_days", ">=", 0))
        self.assertEqual(rows.move_id, near)
        self.assertEqual(rows.limitation_days, (date(2025, 12, 31) - MONDAY).days)
        self.assertEqual(rows.limitation_country_id.code, "DE")
        self.assertIn("end of the year", rows.limitation_why)
        self._pay(near)
        self.env["debt.recovery.limitation"]._refresh(self.company)
        self.assertFalse(self._radar(self.officer, ("move_id", "=", near.id)))

    def test_radar_follows_events_and_rules(self):
        self._note("payment", date(2024, 6, 1))
        row = self._radar(self.auditor)
        self.assertEqual(row.limitation_date, date(2027, 6, 1))
        self.germany.with_user(self.manager).years = 5
        self.assertFalse(self._radar(self.auditor))
        self._run()
        self.assertEqual(self._radar(self.auditor).limitation_date, date(2029, 6, 1))

    def test_what_the_company_decides_about_its_law_is_judged_anew(self):
        self._note("payment", date(2024, 6, 1))
        self.assertTrue(self._radar(self.auditor))
        self.company.recovery_limitation_law = "debtor"
        self.assertFalse(self._radar(self.auditor))
        self._run()
        self.assertTrue(self._radar(self.auditor))
        self.company.partner_id.country_id = self.env.ref("base.pl")
        self.assertFalse(self._radar(self.auditor))

    def test_other_company_is_not_shown(self):
        self.env["debt.recovery.limitation"]._refresh(self.company)
        self._setup_company_2()
        stranger = self._recovery_user(
            "manager",
            login="dr_stranger",
            company_id=self.company_2.id,
            company_ids=[Command.set(self.company_2.ids)],
        )
        self.assertFalse(self._radar(stranger))
        rows = self.env["debt.recovery.limitation"].with_user(stranger)
        self.assertFalse(rows.search([]))

    def test_case_and_invoice_tell_it(self):
        case = self.case.with_user(self.officer)
        self.assertEqual(case.limitation_state, "expired")
        self.assertIn(
            f"Time-barred since 12/31/2024: {self.old.name}", case.limitation_text
        )
        self.assertIn(
            "time-barred", self.old.with_user(self.officer).recovery_limitation_text
        )
        self._note("payment", date(2022, 5, 1))
        case.invalidate_recordset()
        self.assertEqual(case.limitation_state, "urgent")
        self.assertIn("in 59 days", case.limitation_text)

    def test_no_suit_and_no_threat_on_a_barred_claim(self):
        demand = self.strategy.step_ids.filtered(lambda step: step._firmness())[:1]
        friendly = self.strategy.step_ids.filtered(lambda s: not s._firmness())[:1]
        for channel, step, status in (
            ("legal", None, "refused"),
            ("letter", demand, "refused"),
            ("letter", friendly, "allowed"),
            ("phone", None, "allowed"),
        ):
            verdict = self.case._contact_verdict(channel, step=step)
            self.assertEqual(verdict.status, status, channel)
            told = codes((*verdict.reasons, *verdict.warnings))
            self.assertIn("limitation_barred", told)
            self.assertIn(
                self.old.name,
                self.case._sentence((*verdict.reasons, *verdict.warnings)[0]),
            )

    def test_letter_that_leaves_the_barred_item_out_may_go(self):
        fresh = self._invoice_of(date(2024, 12, 15), 800)
        demand = self.strategy.step_ids.filtered(lambda step: step._firmness())[:1]
        claimed = self._receivable_line(fresh).ids
        verdict = self.case._contact_verdict("letter", step=demand, claimed=claimed)
        self.assertEqual(verdict.status, "allowed")
        self._receivable_line(self.old).no_followup = True
        self.assertEqual(self.case._contact_verdict("legal").status, "allowed")

    def test_extinguished_claim_is_not_claimed_in_writing(self):
        self.germany.effect = "extinguished"
        claimed = self._receivable_line(self.old).ids
        verdict = self.case._contact_verdict("email", claimed=claimed)
        self.assertEqual(codes(verdict.reasons), ("limitation_extinguished",))
        self.assertEqual(
            self.case._contact_verdict("email", claimed=[]).status, "allowed"
        )

    def test_unconfirmed_rule_only_warns(self):
        self.germany.confirmed = False
        verdict = self.case._contact_verdict("legal")
        self.assertEqual(verdict.status, "allowed")
        self.assertEqual(codes(verdict.warnings), ("limitation_warn",))

    def test_engine_leaves_barred_items_to_people(self):
        run = self._run()
        line = run.line_ids.filtered(
            lambda row: row.case_id == self.case and row.phase == "decide"
        )
        self.assertEqual(line.outcome, "stop")
        self.assertIn("time-barred", line.reason)
        fresh = self._invoice_of(date(2025, 2, 10), 800)
        self._run(1)
        actions = self.case.action_ids.filtered("line_ids")
        self.assertEqual(actions.line_ids.move_id, fresh)

    def test_weekly_warning_to_officer_and_manager(self):
        self._invoice_of(date(2022, 5, 15), 700)
        self._receivable_line(self.old).no_followup = True
        kind = self.env.ref("debt_recovery.mail_activity_type_limitation")

        def told(days):
            """Who has a task after the Monday so many days later."""
            self._run(days)
            tasks = self.case.activity_ids.filtered(
                lambda task: task.activity_type_id == kind
            )
            return tasks.mapped("user_id.login")

        self.assertEqual(told(119), [])  # 184 days are left
        self.assertEqual(told(126), ["dr_officer"])
        self.assertEqual(told(133), ["dr_officer"])
        self.assertCountEqual(told(217), ["dr_officer", "dr_manager"])
        weekly = self.env.ref("debt_recovery.mail_activity_type_weekly")
        task = self.env["mail.activity"].search(
            [("activity_type_id", "=", weekly.id)], order="id desc", limit=1
        )
        self.assertIn("soon become time-barred: 1", task.summary)

    def test_no_rule_no_warning(self):
        self.company.country_id = self.env.ref("base.aq")
        self._run()
        self.assertFalse(self.case.limitation_text)
        kind = self.env.ref("debt_recovery.mail_activity_type_limitation")
        self.assertNotIn(kind, self.case.activity_ids.activity_type_id)
        unknown = self._radar(self.officer, ("limitation_date", "=", False))
        self.assertEqual(unknown.move_id, self.old)

    def test_priority_counts_the_end(self):
        self._invoice_of(date(2022, 5, 15), 700)
        with_end = self.env["debt.recovery.case"].with_context(
            recovery_today=date(2025, 12, 1)
        )
        self.env["debt.recovery.limitation"]._refresh(self.company, everything=True)
        case = with_end.browse(self.case.id)
        case._refresh_figures()
        case._refresh_priority()
        self.assertIn("limitation ends on", case.priority_text or "")
