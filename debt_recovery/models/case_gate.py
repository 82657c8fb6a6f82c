from datetime import UTC, datetime, time

from odoo import models

from ..tools.contact_rules import Attempt, judge
from ..tools.results import Verdict, reason
from .action_guard import DEAD_STATES
from .case_gate_facts import HOLD_KINDS
from .contact_preference import plain_address
from .contact_rule import DEBTOR_BOXES


class DebtRecoveryCaseGate(models.AbstractModel):
    """May this debtor be contacted now, by this channel, through this person? Asked
    when a message is planned and again when it leaves. Holds are read directly: a hold
    on an item that is not due yet still silences."""

    _name = "debt.recovery.case.gate.mixin"
    _description = "Contact Gate"
    _inherit = ["debt.recovery.case.gate.facts.mixin"]

    def _contact_verdict(
        self,
        channel,
        when=None,
        person=None,
        automatic=True,
        facts=None,
        step=None,
        text=None,
        override=False,
        claimed=None,
    ):
        """Judge one contact; the strictest rule wins.

        :param channel: channel code (``email``, ``letter``, ``phone`` …); ``legal`` for
            handing the claim over to a court, a lawyer or an agency
        :param when: day, or moment in naive UTC; now by default
        :param person: ``res.partner`` addressed, if known
        :param automatic: whether a machine sends it without anybody looking
        :param facts: what :meth:`_gate_facts` read for a batch
        :param step: step that makes the contact: some wait for a notice
        :param text: words of the message, if known: some are required
        :param override: a manager answers for leaving the soft rules aside
        :param claimed: ids of the journal items it claims, if known; else all that is
            open, and for rules that count per invoice what is chased
        :rtype: ..tools.results.Verdict
        """
        self.ensure_one()
        facts = facts or self._gate_facts(self._gate_day(when))[self]
        facts = {
            **facts,
            "moment": self._gate_moment(when),
            "step": step,
            "text": text,
            "override": override,
            "claimed": claimed,
        }
        verdicts = [
            rule(channel, person, automatic, facts) for rule in self._gate_rules()
        ]
        return Verdict.strictest(verdicts)

    def _gate_rules(self):
        """Seam: methods ``(channel, person, automatic, facts) -> Verdict``."""
        return [
            self._gate_holds,
            self._gate_partner,
            self._gate_address,
            self._gate_contact_rules,
        ]

    def _gate_holds(self, channel, person, automatic, facts):
        """Holds that silence. Whoever stands in for the debtor may be spoken with, and
        where a rule of a pack speaks about that state, the rule decides."""
        effects = ("all", "automatic") if automatic else ("all",)
        firm = self._gate_step_kind(channel, facts.get("step"))
        spoken = self._gate_ruled_kinds(channel, facts)
        holds = facts["holds"].filtered(
            lambda hold: (
                hold.scope in ("partner", "case")
                and (
                    hold.type_id.stop_contact in effects
                    or (firm and hold.type_id.stop_strategy == "firm")
                )
                and HOLD_KINDS.get(hold.type_id.code) not in spoken
                and not (person and person == hold.representative_id)
                and (not hold.channel_ids or channel in hold.channel_ids.mapped("code"))
            )
        )
        return Verdict.strictest(
            [
                Verdict.refused(
                    reason("hold", label=hold.type_id.name, until=hold.date_to or None)
                )
                for hold in holds
            ]
        )

    def _gate_ruled_kinds(self, channel, facts):
        day = facts["day"]
        return {
            rule.type
            for rule in facts.get("rules", ())
            if rule.blocks and rule.concerns(channel) and rule.is_on(day)
        }

    def _gate_partner(self, channel, person, automatic, facts):
        if not self.partner_id.active:
            return Verdict.refused(reason("partner_archived"))
        return Verdict.allowed()

    def _gate_address(self, channel, person, automatic, facts):
        if channel != "email" or person is None:
            return Verdict.allowed()
        email = person.email_normalized
        blocked = facts.get("blocked_emails")
        if blocked is None:
            blocked = self._find_blocked_emails(person)
        if email in blocked:
            return Verdict.refused(reason("address_blacklisted", address=email))
        return Verdict.allowed()

    # CONTACT RULES

    def _gate_contact_rules(self, channel, person, automatic, facts):
        rules = self._gate_rules_for(channel, facts)
        if not rules:
            return Verdict.allowed()
        attempt = self._gate_attempt(channel, person, facts)
        return judge(
            rules, facts["log"], facts["debtor"], attempt, facts.get("override", False)
        )

    def _gate_rules_for(self, channel, facts):
        """Going to court is no contact: only notices and states of the debtor stop
        it."""
        rules = facts.get("rules", ())
        if channel != "legal":
            return rules
        legal = {"notice_gate", "disputed", "licence_required", "insolvency"}
        legal |= {"moratorium", "deceased", "fraud"}
        return [rule for rule in rules if rule.type in legal]

    def _gate_rules_by_case(self, rules):
        """``{case: (plain rules about it, licences held)}``, found once for all debtors
        of one kind and place."""
        found = {}
        for place, cases in self.grouped(
            lambda case: tuple(case._gate_place().items())
        ).items():
            about = rules.filtered(lambda r, place=dict(place): r._is_about(place))
            licences = frozenset(r.code for r in about if r.sudo().licence_no)
            plain = tuple(rule._to_plain() for rule in about)
            found |= dict.fromkeys(cases, (plain, licences))
        return found

    def _gate_place(self):
        """Who and where the debtor is, for :meth:`_is_about`."""
        partner = self.partner_id
        return {
            "box": DEBTOR_BOXES[partner._recovery_debtor_kind()],
            "country": partner.country_id,
            "state": partner.state_id,
            "city": partner.city or "",
            "role": self.company_id.recovery_collector_role,
        }

    def _gate_attempt(self, channel, person, facts):
        """The contact as ``tools`` knows it."""
        step, claimed = facts.get("step"), facts.get("claimed")
        strangers = person and person.commercial_partner_id != self.partner_id
        instead = facts["holds"].representative_id
        address = person and (person.email if channel == "email" else person.phone)
        return Attempt(
            channel=channel,
            moment=facts["moment"],
            case=self.id or 0,
            debts=frozenset(facts.get("debts", ()) if claimed is None else claimed),
            step=self._gate_step_kind(channel, step),
            person=person.id if person else 0,
            third_party=bool(strangers and person not in instead),
            address=plain_address(address),
            purpose=step.code if step and step.event == "notice" else "",
            text=facts.get("text"),
        )

    def _gate_step_kind(self, channel, step):
        """What waits for a notice or a complaint: formal demands and legal steps."""
        if channel == "legal":
            return "legal"
        return step._firmness() if step else ""

    # NOTICES

    def _plan_notices(self, codes):
        """Plan the notices a step waits for, unless they are under way already."""
        steps = self.env["debt.recovery.strategy.step"].search(
            [("code", "in", list(codes)), ("event", "=", "notice")]
        )
        for case in self:
            taken = self.env["debt.recovery.action"].search(
                [
                    ("case_id", "=", case.id),
                    ("step_id", "in", steps.ids),
                    ("state", "not in", DEAD_STATES),
                ]
            )
            for step in steps - taken.step_id:
                case._plan_event(step)

    def _gate_broken(self, rules):
        """When the last promise was broken: ``{case id: moment}``."""
        if not any(rule.broken_promise_lifts for rule in rules):
            return {}
        groups = self.env["debt.recovery.agreement"]._read_group(
            [("case_id", "in", self.ids), ("date_broken", "!=", False)],
            ["case_id"],
            ["date_broken:max"],
        )
        return {case.id: datetime.combine(day, time(), UTC) for case, day in groups}
