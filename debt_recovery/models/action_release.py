from odoo import models

from .action_guard import OPEN_STATES
from .bulk import insert_links


class DebtRecoveryActionRelease(models.AbstractModel):
    """Prepare, then release.

    Prepare is slow and harmless (recipients, lines, documents); release asks the
    ledger and the contact rules again and hands over what stands the test.
    """

    _name = "debt.recovery.action.release.mixin"
    _description = "Release of recovery actions"

    # ------------------------------------------------------------------
    # Prepare
    # ------------------------------------------------------------------

    def _prepare_messages(self):
        """Fill in recipients, language, lines and documents of planned messages.

        Runs outside row locks: a missing invoice PDF takes a second and a half.
        """
        actions = self.filtered(lambda action: action.state in OPEN_STATES)
        messages = actions.filtered(lambda a: a._is_message())
        bare = messages.filtered(lambda a: not a.line_ids and not a.claims_nothing)
        bare._claim_everything()
        actions._prepare_recipients()
        for vals, alike in actions.grouped(
            lambda action: tuple(action._prepare_message_vals().items())
        ).items():
            if vals:
                alike._guarded().write(dict(vals))
        messages._prepare_documents()
        return actions

    def _is_message(self):
        """Does this action put words in front of the debtor?"""
        return self.mode != "task" and self.channel_id.is_message

    def _prepare_message_vals(self):
        """Language and tone, unless somebody chose them."""
        self.ensure_one()
        vals = {}
        if not self.lang:
            lang = self.partner_id.lang or self.company_id.partner_id.lang
            vals["lang"] = lang or self.env.lang
        if not self.tone:
            vals["tone"] = self.step_id.tone or "neutral"
        return vals

    def _prepare_recipients(self):
        """Recipients by role, one look-up per role and channel for all actions."""
        missing = self.filtered(lambda a: a._is_message() and not a.recipient_ids)
        groups = missing.grouped(lambda a: (a._recipient_role(), a.channel))
        for (role, channel), actions in groups.items():
            found = actions.case_id._recipients_by_case(role, channel)
            actions._address("recipient_ids", found)
        copies = missing.filtered("step_id.cc_role")
        groups = copies.grouped(lambda a: (a.step_id.cc_role, a.channel))
        for (role, channel), actions in groups.items():
            found = actions.case_id._recipients_by_case(role, channel, strict=True)
            actions._address("cc_ids", found)

    def _address(self, name, people):
        """Name these people of each case, except who gets the message anyway.

        :param people: ``{case id: partners}``
        """
        pairs = [
            (action.id, partner.id)
            for action in self
            for partner in people[action.case_id.id] - action.recipient_ids
        ]
        insert_links(self, name, pairs)

    def _recipient_role(self):
        return self.step_id.recipient_role or "ap"

    # ------------------------------------------------------------------
    # Release
    # ------------------------------------------------------------------

    def _release(self):
        """Hand over what may leave now.

        :return: the actions handed over (queued or further)
        """
        actions = self._release_lock()
        actions._prepare_messages()
        actions = actions._release_check_ledger()
        actions = actions._release_check_care()
        actions = actions._release_check_gate()
        for batch in actions.grouped(lambda a: a._handler_code()).values():
            self._channel_handler(batch[0]._handler_code())._send(batch)
        return actions

    def _release_lock(self):
        """Lock the rows and look at them again: of two people who press the button
        at the same moment, one gets the row and the other finds it gone."""
        actions = self.sudo().try_lock_for_update(allow_referencing=True)
        actions.invalidate_recordset()
        return actions.sudo(self.env.su).filtered(lambda a: a._is_releasable())

    def _is_releasable(self):
        """Approved, or planned and not waiting for anybody's approval."""
        return self.state == "approved" or (
            self.state == "planned" and self.mode != "review"
        )

    def _release_check_ledger(self):
        """Claim what is collectable now; without a claim there is no message."""
        had_lines = self.filtered("line_ids")
        changed = self._refresh_claim()
        empty = self.filtered(
            lambda a: (
                not a.line_ids
                and not a.claims_nothing
                and (a in had_lines or a._is_message())
            )
        )
        empty._cancel(
            self.env._("Nothing collectable is left of what was to be claimed.")
        )
        (changed - empty)._renew_documents()
        stale = (changed - empty).filtered("custom_text")
        stale._to_be_read_again()
        return self - empty - stale

    # ------------------------------------------------------------------
    # Channels
    # ------------------------------------------------------------------

    def _handler_code(self):
        """Channel that carries out this action. A task is an activity, whatever is
        to be done; a text message goes by e-mail until a gateway is there."""
        self.ensure_one()
        if self.mode == "task":
            return "monthly_list" if self.step_id.monthly_list else "activity"
        return self.channel

    def _channel_handler(self, code):
        """The abstract model that carries out a channel.

        Seam for integrators: ship ``debt.recovery.channel.<code>`` with ``_send``.
        """
        name = f"debt.recovery.channel.{code}"
        return self.env[name if name in self.env else "debt.recovery.channel.activity"]
