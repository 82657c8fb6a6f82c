from odoo import api, models

# Reasons the mail system gives before anything reached a mail server. Everything
# else may have left and is a matter for a person.
TYPED_FAILURES = {
    "mail_email_invalid",
    "mail_email_missing",
    "mail_from_invalid",
    "mail_from_missing",
    "mail_smtp",
    "mail_spam",
    "mail_bl",
    "mail_optout",
    "mail_dup",
}


class DebtRecoveryActionQueue(models.AbstractModel):
    """What becomes of a queued message: read back from the mail queue, and taken
    back when the money came first."""

    _name = "debt.recovery.action.queue.mixin"
    _description = "Queued recovery actions"

    # ------------------------------------------------------------------
    # The mail queue reports
    # ------------------------------------------------------------------

    def _mail_left(self, failed_recipients=()):
        """The mail server took it, at least for one recipient.

        A mail sent again from the mail queue after it had failed counts as well: the
        debtor has it. Should the step have been planned anew meanwhile, its key is
        taken; then the fact is kept as a delivery event.
        """
        for action in self:
            if action.state in ("queued", "unclear") or action._key_is_free():
                action._set_done()
            action._log_delivery("sent")
            for detail in failed_recipients:
                action._log_delivery("failed", detail)

    def _key_is_free(self):
        """May this dead action take its key back?"""
        self.ensure_one()
        if self.state not in ("failed", "cancelled"):
            return False
        return self.origin != "engine" or not self.search_count(
            [
                ("id", "!=", self.id),
                ("case_id", "=", self.case_id.id),
                ("step_id", "=", self.step_id.id),
                ("cycle", "=", self.cycle),
                ("channel_id", "=", self.channel_id.id),
                ("origin", "=", "engine"),
                ("state", "not in", ("failed", "skipped", "refused", "cancelled")),
            ],
            limit=1,
        )

    def _mail_stuck(self, failure_type, failure_reason):
        """The mail did not leave, or nobody knows."""
        actions = self.filtered(lambda action: action.state == "queued")
        text = self._failure_text(failure_type, failure_reason)
        if failure_type in TYPED_FAILURES:
            actions._set_failed(text)
        else:
            actions._set_unclear(text)

    def _mail_bounced(self, email):
        """It came back. The log keeps that it was sent; the case gets a task."""
        self._log_delivery("bounced", email or False)
        for action in self:
            if hasattr(action.case_id, "_recovery_event"):
                action.case_id._recovery_event("bounce", action)
        self.case_id._check_reachable()

    @api.model
    def _failure_text(self, failure_type, failure_reason=False):
        """One sentence for the clerk, with the server's words behind it."""
        selection = self.env["mail.mail"]._fields["failure_type"]
        labels = dict(selection._description_selection(self.env))
        label = labels.get(failure_type or "unknown", failure_type)
        if failure_reason:
            return self.env._(
                "%(label)s: %(detail)s", label=label, detail=failure_reason
            )
        return label

    @api.model
    def _sync_queue(self, domain=()):
        """Settle queued e-mails whose mail has been dealt with behind our back.

        The hook in the mail queue may have been killed, or failed without harming
        the queue; cancelled and deleted mails call no hook at all. The daily run and
        every release start with this.
        """
        queued = self.search_fetch(
            [("state", "=", "queued"), ("mail_mail_ref", "!=", 0), *domain],
            ["mail_mail_ref", "partner_id"],  # thousands wait: leave their texts
        )
        mails = queued._action_mails()
        mails.fetch(["state"])
        mails = {mail.id: mail for mail in mails}
        self._sync_sms()
        for action in queued:
            mail = mails.get(action.mail_mail_ref)
            if not mail:
                action._sync_without_mail()
            elif mail.state == "sent":
                action._mail_left()
            elif mail.state == "cancel":
                action._cancel(self.env._("The mail was cancelled in the mail queue."))
            elif mail.state == "exception":
                notification = mail.mail_message_id.notification_ids[:1]
                failure_type = mail.failure_type or notification.failure_type
                action._mail_stuck(failure_type, mail.failure_reason)
        return queued

    def _sync_without_mail(self):
        """The mail row is gone: sent mails are deleted, their notifications stay."""
        self.ensure_one()
        notifications = self.mail_message_id.sudo().notification_ids
        statuses = set(notifications.mapped("notification_status"))
        if statuses & {"sent", "bounce"}:
            self._mail_left()
        elif notifications and statuses <= {"exception"}:
            first = notifications[0]
            self._mail_stuck(first.failure_type, first.failure_reason)
        else:
            self._set_unclear(
                self.env._("The outgoing mail was deleted before it reported back.")
            )

    # ------------------------------------------------------------------
    # Money arrives while a message waits
    # ------------------------------------------------------------------

    @api.model
    def _cancel_if_paid(self, partner_ids):
        """Stop what waits to leave although its claim has been paid or changed.

        Mails that are leaving at this very moment are locked by the mail queue and
        left alone: the clerk who books the payment never waits for them.
        """
        partners = self.env["res.partner"].sudo().browse(partner_ids)
        waiting = self.sudo().search_fetch(
            [
                ("partner_id", "in", partners.commercial_partner_id.ids),
                ("state", "=", "queued"),
                ("line_ids", "!=", False),
            ],
            ["company_id"],
        )
        if not waiting:
            return waiting
        uncovered = waiting._claim_uncovered()
        if not uncovered:
            return uncovered
        reason = self.env._("Money arrived, or the claim changed, before it left.")
        messages = uncovered.filtered("mail_mail_ref")
        mails = messages._action_mails().filtered(lambda m: m.state == "outgoing")
        mails = mails.try_lock_for_update(allow_referencing=True)
        stopped = messages.filtered(lambda a: a.mail_mail_ref in mails.ids)
        others = (uncovered - messages).filtered(lambda a: a._may_stop_unsent())
        (stopped + others)._cancel(reason)
        return stopped + others

    def _stop_uncovered(self):
        """Take back what is leaving although its claim no longer stands.

        :return: the actions stopped
        """
        queued = self.filtered(lambda a: a.state == "queued" and a.line_ids)
        uncovered = queued._claim_uncovered()
        uncovered._cancel(
            self.env._("Money arrived, or the claim changed, before it left.")
        )
        return uncovered

    def _may_stop_unsent(self):
        """A letter already printed may be in its envelope, and a call about what is
        left is still worth making: only the rest is stopped."""
        self.ensure_one()
        if "printed" in self.delivery_ids.mapped("kind"):
            return False
        if self._is_message():
            return True
        rows = self._claim_rows(self.company_id, partner_ids=self.partner_id.ids)
        return not any(self._claim_line_vals(row) for row in rows)
