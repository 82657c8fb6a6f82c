from lxml import etree

from ..demo.debtors_agreed import DEBTORS as AGREED
from ..demo.debtors_early import DEBTORS as EARLY
from ..demo.debtors_europe import DEBTORS as EUROPE
from ..demo.debtors_late import DEBTORS as LATE
from ..demo.debtors_old import DEBTORS as OLD
from .common import MODULE, DebtRecoveryCommon

#: One customer for every turn of the story.
TOLD = (
    "quantum",
    "umbra",
    "castellan",
    "dunmore",
    "tideway",
    "kestrel",
    "orchard",
    "greenfield",
    "hartmann",
    "westbrook",
    "ivory",
    "eastgate",
    "juniper",
    "larkspur",
    "brindle",
    "meridian",
    "northgate",
    "pemberton",
    "rosalind",
    "yellowstone",
    "hannah",
    "theodor",
    "pixel",
    "bellweather",
)


class TestDemo(DebtRecoveryCommon):
    """The demo story can be told in any company, and every screen shows something."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        debtors = [
            debtor for debtor in EARLY + AGREED + LATE + OLD if debtor.key in TOLD
        ]
        cls.mails = cls.env["mail.mail"].search([])
        cls.cases = cls.env["debt.recovery.demo"]._tell(cls.company, debtors)
        cls.actions = cls.cases.action_ids

    def _stages(self):
        return set(self.cases.stage_id.mapped("code"))

    def test_cases_stand_at_many_stages(self):
        wanted = {"new", "contact", "demand", "decision", "agreed", "paused"}
        self.assertLessEqual(wanted | {"closed_paid"}, self._stages())
        self.assertLessEqual(
            {"watch", "open", "closed"}, set(self.cases.mapped("state"))
        )

    def test_work_waits_in_every_room(self):
        states = set(self.actions.mapped("state"))
        self.assertLessEqual({"planned", "queued", "done", "failed"}, states)

    def test_every_screen_has_something(self):
        agreements = self.cases.agreement_ids
        self.assertLessEqual(
            {"promise", "plan", "settlement"}, set(agreements.mapped("kind"))
        )
        self.assertIn("to_sign", agreements.mapped("state"))
        disputes = self.cases.dispute_ids
        self.assertEqual(
            set(disputes.mapped("kind")), {"dispute", "enquiry", "complaint"}
        )
        contested = disputes.filtered(lambda dispute: dispute.kind == "dispute")
        self.assertTrue(all(contested.mapped("category_id.code")))
        self.assertIn("rejected", contested.mapped("state"))
        self.assertIn("open", self.cases.reply_ids.mapped("state"))
        self.assertEqual(
            set(self.cases.question_ids.mapped("state")), {"open", "answered"}
        )
        self.assertTrue(self.actions.batch_id)
        self.assertIn("payment_trace", self.cases.hold_ids.mapped("type_id.code"))
        calls = self.cases.activity_ids.filtered("recovery_hour")
        self.assertIn(self.today, calls.mapped("date_deadline"))
        profiles = self.env["debt.recovery.payer.profile"].search(
            [("partner_id", "in", self.cases.partner_id.ids)]
        )
        self.assertTrue(profiles)

    def test_small_debts_wait_for_the_monthly_list(self):
        found = set(self.cases.mapped("small_debt"))
        self.assertEqual(found, {"write_off", "agency", False})

    def test_people_in_hardship_are_spared(self):
        found = self.cases.hardship_ids
        self.assertEqual(set(found.mapped("relief")), {"pause", "token"})
        self.assertEqual(set(found.mapped("state")), {"running"})
        self.assertTrue(any(self.cases.mapped("is_vulnerable")))

    def test_a_plan_is_half_paid_and_a_promise_was_kept(self):
        plan = self.cases.agreement_ids.filtered(lambda a: a.kind == "plan")
        states = plan.instalment_ids.mapped("state")
        self.assertLess(0, states.count("paid"), states)
        self.assertLess(states.count("paid"), len(states))
        self.assertIn("kept", self.cases.agreement_ids.mapped("state"))

    def test_history_lies_in_the_past_and_is_sealed(self):
        done = self.actions.filtered(lambda action: action.state == "done")
        for action in done:
            self.assertGreaterEqual(action.date_done.date(), action.date_planned)
        self.assertLess(min(done.mapped("date_done")).date(), self.today)
        self.assertFalse(done._verify_chain())

    def test_no_mail_of_the_story_waits_to_leave(self):
        mails = self.env["mail.mail"].search([("state", "=", "outgoing")])
        self.assertFalse(mails - self.mails)

    def test_every_menu_shows_its_records_to_its_people(self):
        """Lists and forms read all their fields with the rights of each group."""
        self.cases[::2].user_id = self.field_officer
        root = self.env.ref(f"{MODULE}.menu_debt_recovery_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id)])
        users = self.officer, self.manager, self.legal, self.auditor, self.field_officer
        opened = 0
        for user in users:
            visible = menus.with_user(user)._visible_menu_ids()
            for menu in menus.filtered(lambda menu, ids=visible: menu.id in ids):
                action = menu.action
                if action and action._name == "ir.actions.act_window":
                    with self.subTest(user=user.login, menu=menu.complete_name):
                        opened += self._read_screens(self.env[action.res_model], user)
        self.assertGreater(opened, 100)

    def _read_screens(self, model, user):
        """:return: how many records were read"""
        model = model.with_user(user)
        if model._transient:
            return 0
        records = model.search([], limit=2)
        for kind in ("list", "form"):
            tree = model.get_view(view_type=kind)
            names = {
                node.get("name")
                for node in etree.fromstring(tree["arch"]).iter("field")
                if not any(a.tag == "field" for a in node.iterancestors())
            }
            records.invalidate_recordset()
            records.web_read({name: {} for name in names})
        return len(records)

    def test_keys_are_unique_and_answers_name_steps(self):
        debtors = EARLY + AGREED + LATE + OLD + EUROPE
        keys = [debtor.key for debtor in debtors]
        self.assertEqual(len(keys), len(set(keys)))
        steps = set(self.env["debt.recovery.strategy.step"].search([]).mapped("code"))
        for debtor in debtors:
            named = {*debtor.answers, debtor.lost, debtor.bounces} - {""}
            self.assertLessEqual(named, steps, debtor.key)


class TestDemoLegal(DebtRecoveryCommon):
    """The legal part of the story, in any company."""

    def test_two_cases_before_the_court_and_one_in_preparation(self):
        self.env["debt.recovery.demo"].sudo()._tell_legal(self.company)
        legal = self.env["debt.recovery.legal.case"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(set(legal.mapped("phase")), {"court", "enforce"})
        self.assertTrue(all(legal.mapped("is_late")), "something is red")
        self.assertTrue(legal.event_ids.calendar_event_id)
        self.assertEqual(max(legal.document_ids.mapped("version")), 2)
        self.assertGreater(sum(legal.mapped("amount_recovered")), 0)
        self.assertGreater(sum(legal.mapped("amount_with_third")), 0)
