from datetime import UTC
from functools import lru_cache

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html2plaintext

from ..tools.results import as_plain
from .action_guard import OPEN_STATES

#: Verdicts that a notice will change: the message waits instead of being refused.
NOTICE_CODES = {"rule_notice_missing", "rule_notice_open"}


@lru_cache(maxsize=64)
def _words(html):
    """A run asks about the same few templates thousands of times."""
    return html2plaintext(html)


class DebtRecoveryActionGate(models.AbstractModel):
    """The contact rules at the moment of sending: what they said is kept with the
    action, what they forbid for now waits for its hour, and what a manager answered
    for goes all the same."""

    _name = "debt.recovery.action.gate.mixin"
    _description = "Contact Rules of an Action"

    verdict_facts = fields.Json(
        readonly=True, help="Verdict of the contact rules with their codes."
    )
    verdict_text = fields.Char("Contact Rules Said", compute="_compute_verdict_text")
    not_before = fields.Datetime(
        readonly=True, help="First moment at which the contact rules allow it."
    )
    override_reason = fields.Char("Why All the Same", readonly=True)
    override_user_id = fields.Many2one(
        "res.users", "Answered for By", readonly=True, ondelete="restrict"
    )
    may_override = fields.Boolean(compute="_compute_may_override")

    @api.depends("verdict", "verdict_facts", "override_reason")
    def _compute_verdict_text(self):
        """Status, why, and the codes of the rules, for the log."""
        labels = {
            "allowed": self.env._("Allowed"),
            "delayed": self.env._("Too early"),
            "refused": self.env._("Refused"),
        }
        for action in self:
            facts = action.verdict_facts or {}
            rules = ", ".join(facts.get("rules", []))
            status = labels.get(action.verdict, action.verdict)
            said = ": ".join(filter(None, (status, facts.get("text"))))
            parts = [f"{said} ({rules})" if rules else said, action.override_reason]
            action.verdict_text = " · ".join(filter(None, parts))

    @api.depends("state", "verdict_facts", "override_reason")
    @api.depends_context("uid")
    def _compute_may_override(self):
        manager = self.env.user.has_group("debt_recovery.group_manager")
        for action in self:
            facts = action.verdict_facts or {}
            action.may_override = (
                manager
                and action.state in (*OPEN_STATES, "refused")
                and bool(facts.get("overridable"))
                and not action.override_reason
            )

    # ------------------------------------------------------------------
    # Release
    # ------------------------------------------------------------------

    def _release_check_gate(self, when=None):
        """Ask the contact rules at the moment of sending.

        :param when: moment it will leave (naive UTC), if that is not now
        """
        allowed = self.browse()
        facts = self._gate_facts_of_batch()
        for action in self:
            verdict = action._ask_gate(facts, when)
            if verdict is None or verdict.status == "allowed":
                allowed += action
            elif verdict.status == "delayed":
                action._release_delay(verdict)
            elif {item.code for item in verdict.reasons} <= NOTICE_CODES:
                action._wait_for_notice(verdict)
            else:
                reasons = action._verdict_text(verdict)
                action._set_refused(verdict.status, reasons)
        return allowed

    def _gate_facts_of_batch(self):
        """What the gate asks about all these messages, in a fixed number of queries:
        ``{case: facts}``."""
        facts = {}
        for company, actions in self.grouped("company_id").items():
            facts |= actions.case_id._gate_facts(company._recovery_today())
        blocked = self.case_id._find_blocked_emails(self.recipient_ids)
        for found in facts.values():
            found["blocked_emails"] = blocked
        return facts

    def _prepare_and_ask(self):
        """Prepare messages that wait for their hour, and say at once what the contact
        rules will not let go then."""
        self._prepare_messages()
        for company, actions in self.grouped("company_id").items():
            hour = company.recovery_release == "hour"
            actions._release_check_gate(hour and company._recovery_next_release())

    def _ask_gate(self, facts, when=None):
        """The verdict on this contact, or None when there is nobody to protect:
        a task only reminds an employee, who asks again before dialling.

        :param facts: what the gate read for the cases of the whole batch
        """
        self.ensure_one()
        if not self._is_message():
            return None
        verdict = self.case_id._contact_verdict(
            self.channel,
            when=when,
            person=self.recipient_ids[:1] or None,
            automatic=self.mode == "auto" and self.origin != "manual",
            facts=facts.get(self.case_id),
            step=self.step_id,
            text=self._gate_words(),
            override=bool(self.override_reason),
            claimed=self.line_ids.move_line_id.ids,
        )
        self._keep_verdict(verdict)
        return verdict

    def _gate_words(self):
        """Words of the message, before amounts and names are filled in."""
        template = self.step_id._template_for(self.case_id).sudo()
        text = self.body if self.custom_text else template.body_html
        return _words(text) if text else None

    def _keep_verdict(self, verdict):
        """Store what was said; what says nothing new is not written."""
        vals = self._prepare_verdict_vals(verdict)
        silent = verdict.status == "allowed" and not vals["verdict_facts"]["rules"]
        if silent and not self.verdict_facts:
            return
        if any(self[name] != value for name, value in vals.items()):
            self._guarded().write(vals)

    def _prepare_verdict_vals(self, verdict):
        """A verdict as the log keeps it: status, moment, rule codes, why."""
        told = (*verdict.reasons, *verdict.warnings)
        rules = [item.values.get("rule") or item.code for item in told]
        facts = {
            "status": verdict.status,
            "until": verdict.until and verdict.until.isoformat(),
            "rules": list(dict.fromkeys(rules)),
            "text": ". ".join(self.case_id._sentence(item) for item in told),
            "reasons": [as_plain(item) for item in told],
            "overridable": verdict.overridable,
        }
        return {"verdict": verdict.status, "verdict_facts": facts}

    def _release_delay(self, verdict):
        """Not now: it stays planned for the first allowed moment."""
        vals = {"verdict": verdict.status, "reason": self._verdict_text(verdict)}
        if verdict.until:
            moment = verdict.until.astimezone(UTC).replace(tzinfo=None)
            zone = self.company_id._recovery_zone()
            vals["not_before"] = moment
            vals["date_planned"] = verdict.until.astimezone(zone).date()
            self._wake_release(moment)
        self._guarded().write(vals)

    @api.model
    def _wake_release(self, moment):
        cron = self.env.ref("debt_recovery.ir_cron_release", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger(at=moment)

    def _wait_for_notice(self, verdict):
        """A notice has to go first: plan it, and wait."""
        self._release_delay(verdict)
        codes = {item.values.get("notice") for item in verdict.reasons}
        self.case_id._plan_notices(codes - {None})

    def _verdict_text(self, verdict):
        """Reasons of a verdict as one sentence."""
        texts = [self.case_id._sentence(item) for item in verdict.reasons]
        return ". ".join(texts) or self.env._("The contact rules do not allow it.")

    # ------------------------------------------------------------------
    # Override
    # ------------------------------------------------------------------

    def action_override(self):
        """Ask the manager for the reason, then send all the same."""
        return self._button_wizard(
            "debt.recovery.action.override", self.env._("Send All the Same")
        )

    def _override(self, reason):
        """A manager answers for these contacts: soft rules step aside, hard ones do
        not. What was refused is planned anew; its row stays as evidence."""
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise AccessError(
                self.env._("Only a manager goes beyond a contact rule: ask yours.")
            )
        for action in self:
            if not action.may_override:
                raise UserError(
                    self.env._(
                        "No contact rule that a manager may override stops “%(action)s”"
                        ": nobody goes beyond the others.",
                        action=action.display_name,
                    )
                )
        refused = self.filtered(lambda action: action.state == "refused")
        again = self._plan_from_decisions(
            [action._prepare_retry_vals() for action in refused]
        )
        actions = self - refused + again
        actions._guarded().write(
            {"override_reason": reason, "override_user_id": self.env.uid}
        )
        actions.action_send_now()
        return actions
