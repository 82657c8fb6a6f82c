from odoo import models
from odoo.exceptions import UserError

from .action_guard import DEAD_STATES


class DebtRecoveryCaseBeforeAction(models.AbstractModel):
    """The last letter before a suit: the one that the law of the debtor's country asks
    for. The contact rules know its waiting period, the hand-over asks them."""

    _name = "debt.recovery.case.before.action.mixin"
    _description = "Letter before Action"

    def _before_action_rule(self):
        """The notice that goes before a suit against this debtor: of the packs the
        company follows, else of those for the country, else the general one."""
        self.ensure_one()
        rules = self.env["debt.recovery.contact.rule"].sudo()
        place = self._gate_place()
        day = self.company_id._recovery_today()
        fitting = rules.search(
            [("rule_type", "=", "notice_gate"), ("gates", "=", "legal")]
        ).filtered(
            lambda rule: (
                rule._is_about(place)
                and (not rule.date_from or rule.date_from <= day)
                and (not rule.date_to or rule.date_to >= day)
            )
        )
        followed = self.company_id._recovery_contact_rules()
        return fitting.sorted(
            lambda rule: (
                rule not in followed,
                not rule.country_ids,
                rule.sequence,
                rule.id,
            )
        )[:1]

    def action_letter_before_action(self):
        """Plan the letter; it waits in Outgoing to be read. One that is under way or
        has left is shown instead."""
        self.ensure_one()
        self._check_live()
        rule = self._before_action_rule()
        if not rule:
            raise UserError(
                self.env._(
                    "No letter before action fits %(customer)s: install “Debt "
                    "Recovery: Law”, or add a contact rule of the kind “Notice first” "
                    "for legal steps.",
                    customer=self.partner_id.display_name,
                )
            )
        actions = self.action_ids.filtered(
            lambda action: (
                action.step_id == rule.notice_step_id
                and action.cycle == self.cycle
                and action.state not in DEAD_STATES
            )
        )
        if not actions:
            actions = self._plan_event(rule.notice_step_id)
            actions._prepare_messages()
            self._message_log(body=self._before_action_note(rule))
        return actions._get_records_action(name=rule.notice_step_id.name)

    def _before_action_note(self, rule):
        """Which law the letter follows and how long to wait."""
        if rule in self.company_id._recovery_contact_rules():
            return self.env._(
                "%(rule)s (%(law)s): nothing goes to court before %(days)s days "
                "have passed.",
                rule=rule.name,
                law=rule.citation,
                days=rule.wait,
            )
        return self.env._(
            "%(rule)s (%(law)s): wait %(days)s days. The company does not follow "
            "“%(pack)s” yet: choose it under Choose Contact Rules, and the hand-over "
            "watches the period.",
            rule=rule.name,
            law=rule.citation,
            days=rule.wait,
            pack=rule.pack_id.name,
        )
