from odoo import models

from ..tools.results import Verdict, reason


class DebtRecoveryCaseGate(models.AbstractModel):
    """May this debtor be contacted now, by this channel, through this person? Asked
    when a message is planned and again when it leaves. Holds are read directly: a hold
    on an item that is not due yet still silences."""

    _name = "debt.recovery.case.gate.mixin"
    _description = "Contact Gate"

    def _contact_verdict(
        self, channel, when=None, person=None, automatic=True, facts=None
    ):
        """Judge one contact; the strictest rule wins.

        :param channel: channel code (``email``, ``letter``, ``phone`` …)
        :param when: day of the contact; today where the company works by default
        :param person: ``res.partner`` addressed, if known
        :param automatic: whether a machine sends it without anybody looking
        :param facts: what :meth:`_gate_facts` read for a batch
        :rtype: ..tools.results.Verdict
        """
        self.ensure_one()
        day = when or self.company_id._recovery_today()
        facts = facts or self._gate_facts(day)[self]
        verdicts = [
            rule(channel, person, automatic, facts) for rule in self._gate_rules()
        ]
        return Verdict.strictest(verdicts)

    def _gate_facts(self, day):
        """What the rules need, read once for a batch: ``{case: {"holds": …}}``."""
        holds = self.env["debt.recovery.hold"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", [False, *self.company_id.ids]),
                *self.env["debt.recovery.hold"]._valid_domain(day),
            ]
        )
        by_partner = holds.grouped("partner_id")
        return {
            case: {
                "day": day,
                "holds": by_partner.get(case.partner_id, holds.browse()).filtered(
                    lambda hold, case=case: (
                        hold.company_id
                        in (
                            hold.company_id.browse(),
                            case.company_id,
                        )
                    )
                ),
            }
            for case in self
        }

    def _gate_rules(self):
        """Seam: methods ``(channel, person, automatic, facts) -> Verdict``."""
        return [self._gate_holds, self._gate_partner, self._gate_address]

    def _gate_holds(self, channel, person, automatic, facts):
        effects = ("all", "automatic") if automatic else ("all",)
        holds = facts["holds"].filtered(
            lambda hold: (
                hold.scope in ("partner", "case")
                and hold.type_id.stop_contact in effects
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

    def _gate_partner(self, channel, person, automatic, facts):
        if not self.partner_id.active:
            return Verdict.refused(reason("partner_archived"))
        return Verdict.allowed()

    def _gate_address(self, channel, person, automatic, facts):
        if channel != "email" or person is None:
            return Verdict.allowed()
        email = person.email_normalized
        if email and self.env["mail.blacklist"].sudo().search_count(
            [("email", "=", email)], limit=1
        ):
            return Verdict.refused(reason("address_blacklisted", address=email))
        return Verdict.allowed()
