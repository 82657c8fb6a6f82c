from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class DebtRecoveryGateAsk(models.AbstractModel):
    """A message about to be sent by hand: what the contact rules say about it, and the
    reason of a manager who goes beyond the soft ones. The dialog that inherits has
    ``case_id`` and says in :meth:`_gate_question` what is to be judged."""

    _name = "debt.recovery.gate.ask.mixin"
    _description = "Contact Rules before Sending"

    may_override = fields.Boolean(compute="_compute_may_override")
    override_reason = fields.Char(
        "Why All the Same", help="Stays in the log with your name."
    )

    def _compute_may_override(self):
        """Extend with the fields that :meth:`_gate_question` reads."""
        manager = self.env.user.has_group("debt_recovery.group_manager")
        for wizard in self:
            wizard.may_override = bool(
                manager and wizard.case_id and wizard._gate_ask().overridable
            )

    def _gate_ask(self):
        channel, values = self._gate_question()
        return self.case_id._contact_verdict(channel, automatic=False, **values)

    def _gate_question(self):
        """``(channel, keyword values of _contact_verdict)``; extend."""
        raise NotImplementedError

    def _gate_sentence(self):
        """Why it may not leave now; False when it may."""
        verdict = self._gate_ask()
        if verdict.status == "allowed":
            return False
        return " ".join(self.case_id._sentence(item) for item in verdict.reasons)

    def _override_action(self, action):
        """Take the manager's reason over to the message that leaves."""
        reason = (self.override_reason or "").strip()
        if not reason:
            return
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise AccessError(
                self.env._("Only a manager goes beyond a contact rule: ask yours.")
            )
        if not self.may_override:
            raise UserError(
                self.env._(
                    "No contact rule that a manager may override stops this message: "
                    "take the reason out."
                )
            )
        action._guarded().write(
            {"override_reason": reason, "override_user_id": self.env.uid}
        )
