from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.tools import format_datetime

STATUS = [("allowed", "Allowed"), ("delayed", "Later"), ("refused", "Refused")]


class DebtRecoveryCaseGateScreen(models.AbstractModel):
    """What the contact rules say before a button is pressed: “from Tuesday 8:00”,
    “refused: lawyer named on 3 March”, the rule and its source behind it."""

    _name = "debt.recovery.case.gate.screen.mixin"
    _description = "Contact Gate on the Screen"

    gate_phone = fields.Selection(
        STATUS, "May Be Called", compute="_compute_gate_phone"
    )
    gate_phone_text = fields.Char("Calls", compute="_compute_gate_phone")
    gate_phone_hint = fields.Text("Why (Calls)", compute="_compute_gate_phone")
    gate_until = fields.Datetime(
        "Calls Allowed From",
        compute="_compute_gate_phone",
        help="Empty while calls are allowed, or where no end is known.",
    )
    gate_email = fields.Selection(
        STATUS, "May Be Written To", compute="_compute_gate_email"
    )
    gate_email_text = fields.Char("E-mails", compute="_compute_gate_email")
    gate_email_hint = fields.Text("Why (E-mails)", compute="_compute_gate_email")

    @api.depends("hold_ids", "partner_id", "action_ids.state")
    @api.depends_context("recovery_today", "lang", "tz")
    def _compute_gate_phone(self):
        """What the contact rules say about a call now; the facts of the whole page in
        a fixed number of queries."""
        for case, verdict in self._gate_verdicts("phone"):
            case.gate_phone = verdict and verdict.status
            case.gate_phone_text = verdict and case._gate_text(verdict)
            case.gate_phone_hint = verdict and case._gate_hint(verdict)
            moment = verdict and verdict.until
            case.gate_until = moment and moment.astimezone(UTC).replace(tzinfo=None)

    @api.depends("hold_ids", "partner_id", "action_ids.state")
    @api.depends_context("recovery_today", "lang", "tz")
    def _compute_gate_email(self):
        for case, verdict in self._gate_verdicts("email"):
            case.gate_email = verdict and verdict.status
            case.gate_email_text = verdict and case._gate_text(verdict)
            case.gate_email_hint = verdict and case._gate_hint(verdict)

    def _gate_verdicts(self, channel):
        """``(case, verdict)`` for each; False where there is nobody to contact."""
        live = self.filtered(lambda case: case.partner_id and case.state != "closed")
        facts = {}
        for company, cases in live.grouped("company_id").items():
            facts |= cases._gate_facts(company._recovery_today())
        for case in self:
            verdict = case in facts and case._contact_verdict(
                channel,
                person=case.call_partner_id or None,
                automatic=False,
                facts=facts[case],
            )
            yield case, verdict

    def _gate_text(self, verdict):
        """The shortest true sentence: it stands on a button."""
        if verdict.status == "delayed":
            return self.env._("from %(moment)s", moment=self._gate_when(verdict.until))
        if verdict.status == "refused":
            why = self._sentence(verdict.reasons[0])
            return self.env._("refused: %(why)s", why=why)
        if verdict.warnings:
            warning = self._sentence(verdict.warnings[0])
            return self.env._("allowed, but mind: %(warning)s", warning=warning)
        return self.env._("allowed")

    def _gate_when(self, moment):
        """“14:00”, “Tuesday 8:00” or “12 March 8:00”, as the reader's clock shows."""
        naive = moment.astimezone(UTC).replace(tzinfo=None)
        day = fields.Datetime.context_timestamp(self, naive).date()
        today = self.company_id._recovery_today()
        pattern = "d MMMM H:mm"
        if day == today:
            pattern = "H:mm"
        elif today < day < today + timedelta(days=7):
            pattern = "EEEE H:mm"
        tz = self.env.context.get("tz") or self.env.user.tz
        return format_datetime(self.env, naive, tz=tz, dt_format=pattern)

    def _gate_hint(self, verdict):
        """Every reason with its rule and where that is written, one per line."""
        told = (*verdict.reasons, *verdict.warnings)
        lines = [self._gate_hint_line(item) for item in told]
        if verdict.overridable:
            lines.append(self.env._("A manager may go beyond it and says why."))
        return "\n".join(dict.fromkeys(lines)) or False

    def _gate_hint_line(self, item):
        text, citation = self._sentence(item), item.values.get("citation")
        return f"{text} ({citation})" if citation else text
