from odoo import models

LEFT = {"pending", "sent"}


class DebtRecoveryActionSms(models.AbstractModel):
    """What the gateway says about text messages."""

    _name = "debt.recovery.action.sms.mixin"
    _description = "Text messages of recovery actions"

    def _action_sms(self):
        """Existing text messages of the actions, readable for the program."""
        messages = self.filtered(lambda a: a.channel == "sms").mail_message_id
        if not messages:
            return self.env["sms.sms"].sudo()
        return (
            self.env["sms.sms"]
            .sudo()
            .search(
                [("mail_message_id", "in", messages.ids), ("to_delete", "=", False)]
            )
        )

    def _cancel_mails(self):
        """Text messages that wait for the gateway are stopped like mails."""
        result = super()._cancel_mails()
        waiting = self._action_sms().filtered(lambda sms: sms.state == "outgoing")
        waiting.action_set_canceled()
        return result

    def _has_mail_beside(self):
        """Does the same step tell this case by e-mail?"""
        self.ensure_one()
        return bool(
            self.search_count(
                [
                    ("id", "!=", self.id),
                    ("case_id", "=", self.case_id.id),
                    ("step_id", "=", self.step_id.id),
                    ("cycle", "=", self.cycle),
                    ("channel_id.code", "=", "email"),
                    ("state", "in", ("planned", "approved", "queued", "done")),
                ],
                limit=1,
            )
        )

    def _sms_reported(self, status, failure_type=False, failure_reason=False):
        """The gateway took it (``pending``), it arrived (``sent``), or not."""
        detail = self._sms_failure_text(failure_type, failure_reason)
        for action in self:
            waiting = action.state in ("queued", "unclear")
            if status in LEFT:
                if waiting:
                    action._set_done()
                    action._log_delivery("sent")
                if status == "sent":
                    action._log_delivery("delivered")
            elif status in ("exception", "bounce"):
                if waiting:
                    action._set_failed(detail)
                else:
                    action._log_delivery("bounced", detail)
                    action.case_id._recovery_event("bounce", action)
            elif status == "canceled" and waiting:
                action._cancel(self.env._("The text message was cancelled."))

    def _sms_failure_text(self, failure_type, failure_reason):
        """The gateway's reason in words."""
        field = self.env["mail.notification"]._fields["failure_type"]
        labels = dict(field._description_selection(self.env))
        label = labels.get(failure_type) or failure_type
        return ": ".join(filter(None, (label, failure_reason))) or self.env._(
            "The gateway gave no reason."
        )

    def _sync_sms(self):
        """Settle queued texts whose report we missed."""
        texts = self.search(
            [
                ("state", "=", "queued"),
                ("channel_id.code", "=", "sms"),
                ("mail_mail_ref", "in", (0, False)),
                ("mail_message_id", "!=", False),
            ]
        )
        for action in texts:
            notification = action.mail_message_id.sudo().notification_ids[:1]
            action._sms_reported(
                notification.notification_status,
                notification.failure_type,
                notification.failure_reason,
            )
        return texts
