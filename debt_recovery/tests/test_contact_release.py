"""Messages the contact rules stop, and bad rules."""

from ast import literal_eval
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError

from .contact_gate_common import ContactGateCommon, utc


class TestContactRelease(ContactGateCommon):
    """What happens to messages the rules stop."""

    def test_a_message_waits_for_its_hour_and_goes_then(self):
        with freeze_time("2026-06-03 20:00:00"):
            sms = self._sms()
            sms._release()
            self.assertEqual((sms.state, sms.verdict), ("planned", "delayed"))
            self.assertEqual(sms.not_before, utc(6, 4, 6).replace(tzinfo=None))
            self.assertEqual(str(sms.date_planned), "2026-06-04")
            self.assertRegex(sms.reason, "Office hours: closed")
            run = self.env["debt.recovery.run"]
            self.assertFalse(run._is_release_open(self.company))
        with freeze_time("2026-06-04 06:01:00"):
            self.assertTrue(run._is_release_open(self.company))
            sent = []
            handler = self.registry["debt.recovery.channel.sms"]
            with patch.object(
                handler, "_send", lambda self, actions: sent.append(actions)
            ):
                sms._release()
            self.assertEqual(sent, [sms])
            self.assertEqual(sms.verdict, "allowed")

    def test_a_refusal_is_kept_with_its_rule(self):
        self._rule("channel_permission", code="agreed")
        sms = self._sms()
        sms._release()
        self.assertEqual(sms.state, "refused")
        self.assertIn("agreed", sms.verdict_facts["rules"])
        refused = self.env.ref("debt_recovery.debt_recovery_action_action_refused")
        domain = self.env["ir.actions.act_window"]._for_xml_id(
            refused.get_external_id()[refused.id]
        )["domain"]
        rows = self.env["debt.recovery.action"].search(literal_eval(domain))
        self.assertIn(sms, rows)

    def test_a_manager_goes_beyond_soft_rules_with_a_reason(self):
        self._rule("channel_permission", overridable=True)
        sms = self._sms()
        sms._release()
        self.assertEqual(sms.state, "refused")
        with self.assertRaises(AccessError):
            sms.with_user(self.officer)._override("I want to")
        self.assertTrue(sms.with_user(self.manager).may_override)
        sent = []
        handler = self.registry["debt.recovery.channel.sms"]
        with patch.object(handler, "_send", lambda self, actions: sent.append(actions)):
            again = sms.with_user(self.manager)._override("They asked us to")
        self.assertEqual(sent, [again])
        self.assertEqual(again.override_reason, "They asked us to")
        self.assertEqual(again.override_user_id, self.manager)
        self.assertEqual(sms.state, "refused")

    def _preview(self, user, **vals):
        channel = {"channel_id": self.channels["email"].id, "step_id": False}
        preview = self.env["debt.recovery.send.preview"].with_user(user)
        return preview.create({"case_id": self.case.id, **channel, **vals})

    def test_the_preview_offers_the_manager_to_answer_for_it(self):
        self._rule("channel_permission", overridable=True)
        self.assertFalse(self._preview(self.officer).may_override)
        asked = self._preview(self.officer, override_reason="I want to")
        with self.assertRaises(AccessError):
            asked.action_send()
        preview = self._preview(self.manager, override_reason="They asked us to")
        self.assertTrue(preview.may_override)
        self.assertTrue(preview.warning)
        preview.action_send()
        action = self.case.action_ids
        self.assertIn(action.state, ("queued", "done"))
        self.assertEqual(action.override_reason, "They asked us to")
        self.assertEqual(action.override_user_id, self.manager)

    def test_the_preview_goes_beyond_no_hard_rule(self):
        self._rule("channel_permission")
        preview = self._preview(self.manager, override_reason="Please")
        self.assertFalse(preview.may_override)
        with self._refused("take the reason out"):
            preview.action_send()

    def test_nobody_goes_beyond_hard_rules(self):
        self._rule("channel_permission")
        sms = self._sms()
        sms._release()
        self.assertFalse(sms.with_user(self.manager).may_override)
        with self._refused("nobody goes beyond"):
            sms.with_user(self.manager)._override("Please")

    def test_a_notice_goes_first_and_its_period_passes(self):
        step = self.env["debt.recovery.strategy.step"].create(
            {
                "name": "Notice",
                "code": "test_notice",
                "event": "notice",
                "channel_ids": [Command.set(self.channels["letter"].ids)],
                "mode": "auto",
            }
        )
        self._rule("notice_gate", notice_step_id=step.id, wait=14)
        sms = self._sms()
        sms._release()
        self.assertEqual((sms.state, sms.verdict), ("planned", "refused"))
        notice = self.case.action_ids.filtered(lambda a: a.step_id == step)
        self.assertEqual(notice.state, "planned")
        self.assertEqual(notice._ask_gate({}).status, "allowed")
        sms._release()
        self.assertEqual(len(self.case.action_ids.filtered("step_id")), 1)
        notice._set_done()
        self.assertEqual(
            # the day of sending, fourteen days, then office hours
            self._verdict("sms").until.date() - self.today,
            timedelta(days=15),
        )


class TestContactRuleChecks(ContactGateCommon):
    """Bad rules are refused in one sentence."""

    def test_bad_rules(self):
        for sentence, vals in (
            ("after its end", {"date_from": "2026-02-01", "date_to": "2026-01-01"}),
            ("end before they begin", {"hour_from": 18, "hour_to": 8}),
            ("no hour of the week", {"hour_from": 0, "hour_to": 0}),
            ("no hours of a day", {"hour_from": 8, "hour_to": 25}),
        ):
            with self._refused(sentence):
                self._rule("contact_window", **vals)
        with self._refused("allows 0 attempts"):
            self._rule("attempt_cap", limit=0)
        with self._refused("waits for a notice"):
            self._rule("notice_gate")

    def test_overlapping_versions(self):
        first = self._rule("contact_window", code="x", date_to="2026-06-30")
        self._rule("contact_window", code="x", date_from="2026-07-01")
        with self._refused("in force at the same time"):
            self._rule("contact_window", code="x", date_from="2027-01-01")
        with self._refused("in force at the same time"):
            first.date_to = "2026-07-01"

    def test_an_unknown_time_zone(self):
        with self._refused("is no time zone"):
            self.debtor.recovery_tz = "Mars/Olympus"

    def test_a_rule_in_words(self):
        rule = self.env.ref("debt_recovery.contact_rule_house_hours")
        self.assertEqual(
            rule.words,
            "Call, SMS, and Visit: Monday to Friday 08:00 to 18:00, not "
            "on public holidays.",
        )

    def test_the_set_up_shows_what_it_will_do(self):
        wizard = (
            self.env["debt.recovery.contact.setup"].with_user(self.manager).create({})
        )
        self.assertEqual(wizard.pack_ids, self.house)
        self.assertIn("Monday to Friday", wizard.words)
        wizard.pack_ids = False
        wizard.action_confirm()
        self.assertFalse(self.company.recovery_pack_ids)
        self.assertEqual(self._verdict(when="2026-06-06 22:00:00").status, "allowed")

    def test_officers_read_and_managers_write(self):
        rule = self.env.ref("debt_recovery.contact_rule_house_hours")
        self.assertTrue(rule.with_user(self.officer).words)
        with self.assertRaises(AccessError):
            rule.with_user(self.officer).hour_to = 24
        rule.with_user(self.manager).hour_to = 17

    def test_rules_unread_for_a_year_become_a_task_of_the_manager(self):
        self.company.recovery_escalate_user_id = self.manager
        packs = self.env["debt.recovery.contact.pack"]
        self.house.rule_ids.last_review = self.today
        packs._cron_review()
        self.assertFalse(self.house.activity_ids)
        old = self.house.rule_ids[0]
        old.last_review = self.today - timedelta(days=400)
        packs._cron_review()
        packs._cron_review()
        task = self.house.activity_ids
        self.assertEqual((len(task), task.user_id), (1, self.manager))
        self.assertIn("Review 1 contact rules", task.summary)
