from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DebtRecoveryCommon

MONDAY = date(2025, 3, 3)


class GoLiveCommon(DebtRecoveryCommon):
    """A new install: everything in shadow, one customer six days late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = MONDAY
        cls.env = cls.env(context={**cls.env.context, "recovery_today": MONDAY})
        cls.company = cls.company.with_env(cls.env)
        cls.strategy = cls.strategy.with_env(cls.env)
        strategies = cls.env["debt.recovery.strategy"].with_context(active_test=False)
        cls.strategies = strategies.search([])
        cls.strategies._back_to_shadow(cls.company)
        cls.company.recovery_sender_email = "recovery@us.example.com"
        cls.invoice = cls._overdue_invoice(cls.debtor, 5000, 6)

    def _run(self, days=0, kind="real"):
        day = MONDAY + timedelta(days=days)
        run = self.env["debt.recovery.run"].with_context(recovery_today=day)
        with freeze_time(f"{day} 09:00:00"):
            run = run._start(self.company, kind)
            run._execute()
        self.env.invalidate_all()
        return run

    def _line(self, run, partner=None):
        return run.line_ids.filtered(
            lambda line: (
                line.phase == "decide" and line.partner_id == (partner or self.debtor)
            )
        )

    def _actions(self, partner=None):
        return self.env["debt.recovery.action"].search(
            [("partner_id", "=", (partner or self.debtor).id)]
        )

    def _page(self, user=None):
        model = self.env["debt.recovery.go.live"].with_user(user or self.manager)
        action = model.action_open()
        return model.browse(action["res_id"])

    def _rows(self, page):
        return {row.name: row.level for row in page.check_ids}


@tagged("post_install", "-at_install", "debt_recovery")
class TestShadow(GoLiveCommon):
    """Before go-live everything is decided and nothing leaves."""

    def test_shadow_decides_and_plans_nothing(self):
        run = self._run()
        line = self._line(run)
        self.assertEqual((line.outcome, line.reason_code), ("shadow", "shadow"))
        self.assertEqual(line.step_id.code, "rem1")
        self.assertIn("The item due on 02/25/2025 sets the pace", line.reason)
        self.assertFalse(self._actions())
        self.assertEqual((run.act_count, run.shadow_count), (0, 1))

    def test_outgoing_counts_the_shadow_among_what_does_not_leave(self):
        reasons = self.env["debt.recovery.action"]._room_reasons(self._run())
        self.assertIn(("shadow", 1), [(row["code"], row["count"]) for row in reasons])

    def test_case_shows_what_would_be_done(self):
        self._run()
        case = self.env["debt.recovery.case"].search(
            [("partner_id", "=", self.debtor.id)]
        )
        self.assertEqual(case.next_step_id.code, "rem1")
        self.assertIn("Shadow mode", case.next_reason)
        self.assertIn("Shadow mode", case.why_now)

    def test_events_beside_the_ladder_wait_as_well(self):
        self._run()
        case = self._case()
        self.assertFalse(case._recovery_event("bounce"))
        self.strategies._go_live(self.company)
        self.assertTrue(case._recovery_event("bounce"))

    def test_each_company_goes_live_for_itself(self):
        company = self._setup_company_2()
        self.strategies._back_to_shadow(company)
        self.strategies._go_live(self.company)
        here = self.strategy.with_company(self.company)
        there = self.strategy.with_company(company)
        self.assertEqual((here.state, there.state), ("live", "shadow"))
        live = [("state", "=", "live"), ("id", "=", self.strategy.id)]
        self.assertTrue(here.search(live))
        self.assertFalse(there.search(live))

    def test_back_to_shadow_takes_back_what_waits(self):
        self.strategies._go_live(self.company)
        case = self._case(strategy_id=self.strategy.id)
        step = self.env.ref("debt_recovery.step_rem1")
        channel = self.env.ref("debt_recovery.channel_email")
        action = self.env["debt.recovery.action"]._plan_from_decisions(
            [case._prepare_action_vals(step, channel)]
        )
        self.strategy.with_user(self.manager).action_back_to_shadow()
        self.assertEqual(action.state, "cancelled")
        period = self.strategy.live_ids[0]
        self.assertEqual(period.end_user_id, self.manager)

    def test_officer_may_not_decide(self):
        with self._refused("Only a recovery manager"):
            self.strategy.with_user(self.officer).action_back_to_shadow()
        with self._refused("Only a recovery manager"):
            self._page(self.officer)
        with self.assertRaises(AccessError):
            self.env["debt.recovery.strategy.live"].with_user(self.manager).create(
                {
                    "strategy_id": self.strategy.id,
                    "company_id": self.company.id,
                    "mode": "catch_up",
                    "date": MONDAY,
                    "user_id": self.manager.id,
                }
            )

    # ALL MESSAGES TO ME

    def test_test_mails_go_to_our_user_only_and_once(self):
        self.company.recovery_test_recipient_id = self.manager
        known = self.env["mail.mail"].search([])
        self._run()
        self._run(1)
        mail = self.env["mail.mail"].search([]) - known
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.email_to, self.manager.email_formatted)
        self.assertFalse(mail.recipient_ids)
        self.assertIn("the customer did not get this", mail.body_html)
        self.assertIn(self.invoice.name, mail.body_html)
        self.assertFalse(self._actions())

    def test_live_messages_ignore_the_test_recipient(self):
        self.company.recovery_test_recipient_id = self.manager
        self.strategies._go_live(self.company)
        self._run()
        self.assertEqual(self._actions().step_id.code, "rem1")


@tagged("post_install", "-at_install", "debt_recovery")
class TestGoLivePage(GoLiveCommon):
    """The checklist, the refusals and the three ways to begin."""

    def test_manager_goes_live_and_the_next_run_acts(self):
        page = self._page()
        page.mode = "catch_up"
        page.action_go_live()
        live = self.strategy.live_ids[0]
        self.assertEqual((live.user_id, live.date), (self.manager, MONDAY))
        self._run()
        self.assertEqual(self._actions().step_id.code, "rem1")

    def test_settings_of_the_page_belong_to_the_company(self):
        page = self._page()
        page.write(
            {
                "recovery_user_id": self.officer.id,
                "recovery_escalate_user_id": self.manager.id,
                "recovery_jurisdiction": "House policy",
            }
        )
        self.assertEqual(self._rows(page)["Officers"], "warn")
        page.action_check()
        rows = self._rows(page)
        self.assertEqual(self.company.recovery_user_id, self.officer)
        self.assertEqual(
            {rows[name] for name in ("Officers", "Escalations", "Rules followed")},
            {"ok"},
        )
        self.assertEqual(rows["Who approves"], "ok")

    def test_without_sender_and_alias_it_is_refused(self):
        self.company.alias_domain_id = False
        page = self._page()
        page.recovery_sender_email = False
        with self._refused("Nobody could answer the messages: enter a sender"):
            page.action_go_live()
        self.assertEqual(self.strategy.with_company(self.company).state, "shadow")

    def test_active_enterprise_follow_up_is_refused(self):
        cron = self.env["ir.cron"].create(
            {
                "name": "Account Report Followup",
                "model_id": self.env.ref("base.model_res_partner").id,
                "state": "code",
                "code": "pass",
            }
        )
        self.env["ir.model.data"].create(
            {
                "module": "account_followup",
                "name": "cron_of_followup",
                "model": "ir.cron",
                "res_id": cron.id,
            }
        )
        page = self._page()
        self.assertEqual(self._rows(page)["Other follow-up"], "stop")
        with self._refused("Odoo Enterprise is active"):
            page.action_go_live()
        cron.active = False
        page.action_go_live()
        self.assertEqual(self.strategy.with_company(self.company).state, "live")

    def test_no_strategy_and_no_money_unit_are_refused(self):
        page = self._page()
        page.strategy_ids = [Command.clear()]
        with self._refused("Choose the strategies"):
            page.action_go_live()
        self.company.recovery_money_unit = 0
        page = self._page()
        self.assertFalse(page.way_ids)
        with self._refused("money unit"):
            page.action_go_live()

    def test_company_without_working_days(self):
        self.company.resource_calendar_id.attendance_ids.unlink()
        page = self._page()
        self.assertEqual(self._rows(page)["Working days"], "warn")
        page.mode = "catch_up"
        page.action_go_live()
        self._run()
        self.assertEqual(self._actions().step_id.code, "rem1")
        self.company.resource_calendar_id = False
        self.assertEqual(self._rows(self._page())["Working days"], "warn")

    def test_missing_pdf_engine_is_named(self):
        state = patch.object(
            self.registry["ir.actions.report"],
            "get_wkhtmltopdf_state",
            lambda self: "install",
        )
        with state:
            self.assertEqual(self._rows(self._page())["PDF documents"], "warn")

    # WAYS TO BEGIN

    def test_each_way_says_what_it_would_do_today(self):
        ways = {way.mode: way for way in self._page().way_ids}
        numbers = {
            mode: (way.messages, way.reviews, way.left_alone)
            for mode, way in ways.items()
        }
        self.assertEqual(
            numbers,
            {"today": (0, 0, 1), "catch_up": (1, 0, 0), "manual": (0, 1, 0)},
        )
        self.assertFalse(self._actions())

    def test_start_from_today_leaves_old_items_to_people(self):
        self.strategies._go_live(self.company, "today")
        line = self._line(self._run())
        self.assertEqual((line.outcome, line.reason_code), ("idle", "before_live"))
        self._overdue_invoice(self.debtor, 800, 0)
        self._run(4)
        self.assertFalse(self._actions())
        self._run(7)
        self.assertEqual(self._actions().step_id.code, "rem1")
        self.assertEqual(len(self._actions().line_ids), 2)

    def test_manual_beginning_asks_before_each_message(self):
        self.strategies._go_live(self.company, "manual")
        self._run()
        action = self._actions()
        self.assertEqual((action.mode, action.state), ("review", "planned"))

    def test_rows_lead_to_their_page(self):
        admin = self._recovery_user("manager", login="dr_admin")
        admin.group_ids += self.env.ref("base.group_system")
        self.company.alias_domain_id = False
        row = self._page(admin).check_ids.filtered(lambda row: row.name == "Answers")
        self.assertEqual(row.action, "settings")
        self.assertEqual(row.action_mend()["res_model"], "res.config.settings")
        row = self._page().check_ids.filtered(lambda row: row.name == "Answers")
        self.assertFalse(row.action, "a manager without rights is told whom to ask")
