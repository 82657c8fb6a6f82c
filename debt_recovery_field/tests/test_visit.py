from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError

from .field_common import FieldCommon


class TestVisit(FieldCommon):
    """Planning: the calendar, the contact rules, the round, who sees what."""

    def test_planned_from_the_case_as_the_officer(self):
        action = self.case.with_user(self.officer).action_plan_visit()
        model = self.env[action["res_model"]].with_user(self.officer)
        visit = model.with_context(**action["context"]).create({})
        self.assertEqual(visit.user_id, self.officer)
        self.assertEqual(visit.address_id, self.debtor)
        self.assertGreater(visit.date, self.today)
        event = visit.sudo().event_id
        self.assertEqual((event.start, event.user_id), (visit.start, self.officer))
        self.assertEqual(event.partner_ids, self.officer.partner_id)
        self.assertNotIn("Main Street", visit.map_url.split("?")[0])

    def test_default_field_officer_where_the_case_has_none_in_the_field(self):
        self.company.recovery_field_user_id = self.field_officer
        visit = self.env["debt.recovery.visit"].create({"case_id": self.case.id})
        self.assertEqual(visit.user_id, self.field_officer)

    def test_moving_in_the_calendar_moves_the_visit(self):
        later = self.visit.start + timedelta(days=2)
        self.visit.event_id.write({"start": later, "stop": later})
        self.assertEqual(self.visit.start, later)
        self.visit.start = later + timedelta(days=1)
        self.assertEqual(self.visit.event_id.start, self.visit.start)

    def test_past_day_is_refused(self):
        with self._refused("which is over: choose today or a later day"):
            self._visit(start=fields.Datetime.now() - timedelta(days=2))

    def test_contact_rules_refuse_planning_and_say_why(self):
        self._hold("lawyer", self.case)
        with self._refused("must not be visited on .*Represented"):
            self._visit()

    def test_house_policy_has_its_hours_unless_a_manager_says_why(self):
        self.company.recovery_pack_ids = self.env.ref(
            "debt_recovery.contact_pack_house"
        )
        visits = self.env["debt.recovery.visit"]
        sunday = self.today + timedelta(days=13 - self.today.weekday())
        start = visits._local_start(self.company, sunday, 10)
        with self._refused("must not be visited on .*Allowed from"):
            self._visit(start=start)
        visits = visits.with_user(self.manager)
        visit = visits.create(
            {
                "case_id": self.case.id,
                "start": start,
                "override_reason": "Asked to come on Sunday",
            }
        )
        self.assertEqual(visit.state, "planned")

    def test_contact_rules_are_asked_again_at_the_door(self):
        self._hold("lawyer", self.case)
        visit = self.visit.with_user(self.field_officer)
        self.assertIn("Represented", visit.action_arrive()["why_not"])
        self.assertFalse(visit.arrived_at)
        refused = self.case.action_ids.filtered(lambda a: a.state == "refused")
        self.assertEqual(refused.channel, "visit")

    def test_arrival_keeps_time_and_place(self):
        visit = self.visit.with_user(self.field_officer)
        answer = visit.action_arrive({"latitude": 50.8, "longitude": 4.35})
        self.assertFalse(answer["why_not"])
        self.assertEqual((visit.state, visit.latitude), ("on_way", 50.8))
        self.assertTrue(visit.arrived_at)

    def test_visit_step_of_a_strategy_plans_a_visit(self):
        self.company.recovery_field_user_id = self.field_officer
        step = self.env.ref("debt_recovery.step_f_visit1")
        channel = self.env.ref("debt_recovery.channel_visit")
        action = self.env["debt.recovery.action"]._plan_from_decisions(
            [self.case._prepare_action_vals(step, channel)]
        )
        action._release()
        visit = action.visit_ids
        self.assertEqual((visit.user_id, visit.state), (self.field_officer, "planned"))
        self.assertEqual(action.state, "queued")
        self.assertEqual(action.activity_id.user_id, self.field_officer)
        self._submit(visit=visit, key="by-step")
        self.assertEqual((action.state, visit.action_id), ("done", action))
        self.assertFalse(action.activity_id.active)

    def test_cancelling_the_step_or_the_case_cancels_the_visit(self):
        step = self.env.ref("debt_recovery.step_f_visit1")
        channel = self.env.ref("debt_recovery.channel_visit")
        action = self.env["debt.recovery.action"]._plan_from_decisions(
            [self.case._prepare_action_vals(step, channel)]
        )
        action._release()
        visit = action.visit_ids
        action._cancel("Money came")
        self.assertEqual(visit.state, "cancelled")
        self.case._close("other", "Test")
        self.assertEqual(self.visit.state, "cancelled")
        self.assertFalse(self.visit.event_id)

    def test_without_the_switch_a_visit_step_stays_a_task(self):
        self.company.recovery_field = False
        step = self.env.ref("debt_recovery.step_f_visit1")
        channel = self.env.ref("debt_recovery.channel_visit")
        action = self.env["debt.recovery.action"]._plan_from_decisions(
            [self.case._prepare_action_vals(step, channel)]
        )
        action._release()
        self.assertFalse(action.visit_ids)
        self.assertTrue(action.activity_id)

    def test_round_is_ordered_by_postcode_until_somebody_drags(self):
        near = self._debtor("Near", zip="10000")
        self._overdue_invoice(near, 300, 20)
        first = self._visit(self._case(near))
        model = self.env["debt.recovery.visit"].with_user(self.field_officer)
        names = [card["customer"] for card in model.action_round()["visits"]]
        self.assertEqual(names, ["Near", "Debtor Ltd"])
        self.visit.with_user(self.field_officer).sequence = 1
        first.with_user(self.field_officer).sequence = 2
        names = [card["customer"] for card in model.action_round()["visits"]]
        self.assertEqual(names, ["Debtor Ltd", "Near"])

    def test_menus_follow_the_switch(self):
        menus = self.env["ir.ui.menu"].with_user(self.field_officer)
        menu = self.env.ref("debt_recovery_field.menu_debt_recovery_field")
        self.assertNotIn(menu.id, menus._load_menus_blacklist())
        self.company.recovery_field = False
        self.assertIn(menu.id, menus._load_menus_blacklist())

    # RIGHTS

    def test_field_officer_sees_own_visits_and_their_cases_only(self):
        other = self._debtor("Other Ltd")
        self._overdue_invoice(other, 300, 20)
        theirs = self._visit(self._case(other), user_id=self.officer.id)
        both = self.visit | theirs
        model = both.with_user(self.field_officer)
        self.assertEqual(model.search([("id", "in", both.ids)]), self.visit)
        cases = self.env["debt.recovery.case"].with_user(self.field_officer)
        self.assertEqual(cases.search([]), self.case)
        with self.assertRaises(AccessError):
            theirs.with_user(self.field_officer).read(["name"])
        self.visit.action_cancel()
        self.assertFalse(cases.search([]))

    def test_what_happened_is_not_typed_by_hand(self):
        visit = self.visit.with_user(self.field_officer)
        with self._refused("recorded with the visit form"):
            visit.write({"state": "done"})
        self._submit()
        with self._refused("is over and cannot be changed"):
            visit.write({"start": fields.Datetime.now()})
        with self.assertRaises(UserError):
            self.visit.unlink()

    def test_auditor_reads_and_changes_nothing(self):
        for model in ("visit", "receipt", "cash.up", "instrument", "data.proposal"):
            records = self.env[f"debt.recovery.{model}"].with_user(self.auditor)
            self.assertTrue(records.has_access("read"), model)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(records.has_access(operation), model)

    def test_other_company_sees_nothing(self):
        company_2 = self._setup_company_2()
        user = self._recovery_user(
            "manager",
            login="dr_manager_2",
            company_id=company_2.id,
            company_ids=[(6, 0, company_2.ids)],
        )
        self.assertFalse(self.env["debt.recovery.visit"].with_user(user).search([]))

    def test_sheet_prints_and_the_card_names_no_debt(self):
        report = self.env["ir.actions.report"].with_user(self.field_officer)
        html = report._render_qweb_html(
            "debt_recovery_field.report_visit", self.visit.ids
        )[0].decode()
        self.assertIn(self.invoice.name, html)
        card = html.split("Cut here")[1].split("</article>")[0][:900]
        self.assertIn("We were here today", card)
        for word in ("debt", "overdue", "invoice", "1,000", "pay"):
            self.assertNotIn(word, card.lower())
