from odoo.tests import tagged

from .contact_gate_common import ContactGateCommon

#: Contacts on Saturday morning only.
SATURDAY = {"hour_from": 0, "hour_to": 0, "saturday_from": 8, "saturday_to": 12}


class RuleWhatIfCommon(ContactGateCommon):
    """A reminder waits and a call is due on Thursday; Wednesday is today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_release = "hour"
        cls.case.user_id = cls.officer
        for code in ("rem1", "call1"):
            step = cls.env.ref(f"debt_recovery.step_{code}")
            cls.env["debt.recovery.action"]._plan_from_decisions(
                [cls.case._prepare_action_vals(step, step.channel_ids)]
            )
        cls.rule = cls.env["debt.recovery.contact.rule"].create(
            {
                "name": "Hours of the house",
                "pack_id": cls.house.id,
                "rule_type": "contact_window",
                "for_company": True,
                "confirmed": True,
            }
        )
        cls.env.flush_all()


@tagged("post_install", "-at_install", "debt_recovery")
class TestContactWhatIf(RuleWhatIfCommon):
    """What a changed contact rule lets through or stops, before it is saved."""

    def _ask(self, changes, user=None):
        return self.rule.with_user(user or self.manager)._prepare_what_if(changes)

    def test_no_change_moves_nobody(self):
        answer = self._ask({})
        self.assertEqual((answer["moved"], answer["customers"]), (0, 1))
        self.assertEqual(answer["day"], "2026-06-04")
        rem1 = self.env.ref("debt_recovery.step_rem1").display_name
        self.assertIn((rem1, 1, 1), answer["messages"])
        self.assertEqual(answer["tasks"], [(self.officer.name, 1, 1)])

    def test_a_day_without_hours_stops_message_and_call(self):
        answer = self._ask(SATURDAY)
        self.assertEqual(answer["moved"], 1)
        self.assertEqual({row[2] for row in answer["messages"]}, {0})
        self.assertEqual(answer["tasks"], [(self.officer.name, 1, 0)])
        self.assertEqual(self.rule.hour_to, 18, "only looked")

    def test_later_hours_of_the_same_day_lose_nothing(self):
        answer = self._ask({"hour_from": 14})
        self.assertEqual(answer["moved"], 1)
        self.assertEqual(answer["tasks"], [(self.officer.name, 1, 1)])

    def test_the_page_and_who_may_ask(self):
        rule = self.rule.with_user(self.manager)
        page = rule.action_what_if(SATURDAY)
        self.assertIn("the rules decide", page["html"])
        with self._refused("Only a recovery manager"):
            self.rule.with_user(self.officer).action_what_if({})
        with self._refused("hour"):
            rule.action_what_if({"hour_from": 20, "hour_to": 8})
