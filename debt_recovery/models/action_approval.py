from odoo import models
from odoo.tools import format_date

from ..tools.approvals import PROPOSE, Limit
from .action_guard import is_guarded

FORMAL = ("formal",)
#: What the approver read; somebody who changes it afterwards asks again.
WORDS = {"subject", "body", "custom_text", "tone", "recipient_ids"}


class DebtRecoveryActionApproval(models.AbstractModel):
    """Formal demands that leave only with a second pair of eyes, where the company
    wants it so."""

    _name = "debt.recovery.action.approval.mixin"
    _description = "Approval of recovery actions"
    _inherit = "debt.recovery.approvable.mixin"

    def _is_formal_demand(self):
        """A reviewed message in the formal tone: demands, management letters."""
        self.ensure_one()
        return (
            self.mode == "review"
            and self._is_message()
            and (self.tone or self.step_id.tone) in FORMAL
        )

    def write(self, vals):
        """A yes is for the words that were read: whoever changes them without the
        right to approve sends the message back to be reviewed."""
        if not WORDS & vals.keys() or is_guarded(self.env):
            return super().write(vals)
        read = {
            action: action._approval_fingerprint()
            for action in self.filtered(lambda a: a.state == "approved")
            if action._needs_second_eyes()
        }
        result = super().write(vals)
        changed = self.filtered(
            lambda a: a in read and read[a] != a._approval_fingerprint()
        )
        changed._guarded().write({"state": "planned", "approved_by_id": False})
        return result

    def _needs_second_eyes(self):
        self.ensure_one()
        wanted = self.company_id.sudo().recovery_demand_approval
        asks = (wanted and self._is_formal_demand()) or self._is_firm_with_vulnerable()
        return asks and not self._approval_is_mine()

    def _is_firm_with_vulnerable(self):
        """A formal demand, a letter before action or what follows, to somebody who is
        to be handled with care: a manager reads it first."""
        self.ensure_one()
        firm = self._is_message() and self.step_id._firmness()
        return bool(firm) and self.case_id.sudo()._care()

    def _release_check_care(self):
        """What is firm reaches nobody vulnerable before a person has read it."""
        firm = self.filtered(
            lambda a: a.state == "planned" and a._is_firm_with_vulnerable()
        )
        firm._guarded().write({"mode": "review"})
        return self - firm

    def _ask_before_leaving(self):
        """Send requests for what the user may not let go alone.

        :return: ``(what may leave, the requests)``
        """
        approvals = self.env["debt.recovery.approval"]
        formal = self.filtered(
            lambda a: a.state == "planned" and a._needs_second_eyes()
        )
        for action in formal:
            approvals |= action._request_approval(action._approval_reason())
        return self - formal, approvals

    def _approval_reason(self):
        if self._is_firm_with_vulnerable():
            return self.env._("The customer is flagged as vulnerable.")
        return self.reason or self.env._("The step is due.")

    # SEAMS

    def _approval_kind(self):
        return "demand"

    def _approval_limits(self):
        """The company's switch turns “officer alone” into “officer asks”."""
        limits = super()._approval_limits()
        asks = self.company_id.sudo().recovery_demand_approval
        if not asks and not any(a._is_firm_with_vulnerable() for a in self):
            return limits
        others = [limit for limit in limits if limit.role != "officer"]
        return [Limit("officer", PROPOSE), *others]

    def _approval_amount(self):
        lines = self.line_ids
        if lines:
            return sum(lines.mapped("amount"))
        return self.case_id.amount_collectable

    def _approval_effect(self, approval=None):
        amount = self.company_currency_id.format(self._approval_amount())
        return self.env._(
            "%(step)s of %(amount)s leaves by %(channel)s.",
            step=self.step_id.name or self.subject or self.env._("A message"),
            amount=amount,
            channel=self.channel_id.name,
        )

    def _approval_fingerprint(self, approval=None):
        """Words and recipients; the amount is asked again of the ledger at release."""
        people = ",".join(map(str, sorted(self.recipient_ids.ids)))
        text = f"{self.subject}|{self.body}" if self.custom_text else ""
        return f"{self.channel_id.id}|{self.tone or self.step_id.tone}|{people}|{text}"

    def _approval_problem(self, approval):
        if self.state == "planned":
            return False
        states = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "The message is not waiting any more: %(state)s on %(day)s.",
            state=states[self.state].lower(),
            day=format_date(self.env, self.write_date),
        )

    def _on_approved(self, approval):
        self._guarded().write(
            {"state": "approved", "approved_by_id": approval.decided_by_id.id}
        )
        if self.company_id.recovery_release == "at_once":
            self._release()
