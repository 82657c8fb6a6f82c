from dataclasses import replace

from markupsafe import Markup

from odoo import Command, models

from ..tools.results import find, reason

#: Messages one run shows by mail; the first run of a big book must not flood anybody.
TEST_MAILS = 50


class DebtRecoveryRunShadow(models.AbstractModel):
    """Before go-live: decide and explain as always, plan and send nothing. On wish
    each message is shown to one of our own people as the customer would get it."""

    _name = "debt.recovery.run.shadow.mixin"
    _description = "Shadow Mode of a Run"

    def _keep_in_shadow(self, case, decision):
        """A step of a strategy that is not live is only told."""
        if decision.outcome != "act" or case.strategy_id._is_live(self.company_id):
            return decision
        due = find(decision.reasons, "step_due")
        told = (reason("shadow", **(due.values if due else {})), *decision.reasons)
        return replace(decision, outcome="shadow", reasons=told)

    # TEST MAILS

    def _mail_tests(self, decisions):
        """Show the messages of the shadow to the test recipient, each step of a case
        once. They are plain mails: the log knows only what customers got.

        :return: ids of the cases whose message was shown
        """
        mailed = set()
        user = self.company_id.recovery_test_recipient_id
        if not user.active or not user.email_normalized:
            return mailed
        steps = self.env["debt.recovery.strategy.step"]
        shown = self._find_shown()
        room = TEST_MAILS - len(self._shown_today())
        for case, decision in decisions.items():
            step = steps.browse(decision.step_id or [])
            channels = step.channel_ids.filtered("is_message")
            if decision.outcome != "shadow" or decision.mode == "task":
                continue
            if not channels or (case.id, step.id) in shown or room <= 0:
                continue
            room -= 1
            mailed.add(case.id)
            for channel in channels:
                self._mail_test(case, decision, step, channel, user)
        return mailed

    def _find_shown(self):
        """Steps shown before: ``{(case id, step id)}``."""
        lines = self.env["debt.recovery.run.line"]
        rows = lines._read_group(
            [("company_id", "=", self.company_id.id), ("test_mail", "=", True)],
            ["case_id", "step_id"],
        )
        return {(case.id, step.id) for case, step in rows}

    def _shown_today(self):
        return self.line_ids.filtered("test_mail")

    def _mail_test(self, case, decision, step, channel, user):
        draft = self._draft_message(case, decision, step, channel)
        text = draft._preview_text()
        body = draft._preview_layout(text["body"])
        self.env["mail.mail"].sudo().create(
            self._prepare_test_mail(draft, text["subject"], body, user)
        )

    def _draft_message(self, case, decision, step, channel):
        """The message in memory; an action row would be part of the log."""
        found = case._recipients_by_case(step.recipient_role or "ap", channel.code)
        draft = self.env["debt.recovery.action"].new(
            {
                "case_id": case.id,
                "partner_id": case.partner_id.id,
                "company_id": self.company_id.id,
                "step_id": step.id,
                "channel_id": channel.id,
                "tone": step.tone or "neutral",
                "lang": case.partner_id.lang or self.company_id.partner_id.lang,
                "recipient_ids": [Command.set(found[case.id].ids)],
                "date_planned": self.date,
            }
        )
        rows = draft._claim_rows(
            self.company_id,
            partner_ids=case.partner_id.ids,
            line_ids=list(decision.line_ids),
        )
        draft.line_ids = [
            Command.create({k: v for k, v in vals.items() if k != "action_id"})
            for vals in map(draft._claim_line_vals, rows)
            if vals
        ]
        return draft

    def _prepare_test_mail(self, draft, subject, body, user):
        """To our user alone, from us, with answers to the same user."""
        email = self.env["debt.recovery.channel.email"]
        return {
            "subject": self.env._("[Test] %(subject)s", subject=subject or ""),
            "body_html": self._test_banner(draft)
            + Markup(body or ""),  # our own layout
            "email_to": user.email_formatted,
            "email_from": email._email_from(draft) or user.email_formatted,
            "reply_to": user.email_formatted,
            "auto_delete": True,
        }

    def _test_banner(self, draft):
        style = (
            "background:#b00020;color:#fff;padding:12px;font-family:sans-serif;"
            "font-size:14px;font-weight:bold;"
        )
        people = draft.recipient_ids.mapped("display_name")
        return Markup('<div style="%s">%s</div>') % (
            style,
            self.env._(
                "Test: the customer did not get this. %(step)s for %(customer)s would "
                "go by %(channel)s to %(people)s.",
                step=draft.step_id.name,
                customer=draft.partner_id.display_name,
                channel=draft.channel_id.name,
                people=", ".join(people) or self.env._("nobody, no address is known"),
            ),
        )
