import logging

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

_logger = logging.getLogger(__name__)


class DebtRecoveryBulkMessageRows(models.AbstractModel):
    """Who gets what, who does not and why: first as a preview in a fixed number of
    queries, then for real, one by one."""

    _name = "debt.recovery.bulk.message.rows.mixin"
    _description = "Rows of a Bulk Message"

    def _preview_rows(self, kind, cases):
        """``[{"case", "ok", "text"}]``, nothing is written."""
        preview = {"send": self._preview_send, "statement": self._preview_statement}
        return preview[kind](cases)

    def _run_rows(self, kind, cases):
        """Send what the preview would let through, each in its own savepoint."""
        send = {"send": self._send_next, "statement": self._send_statement}[kind]
        rows = self._preview_rows(kind, cases)
        return [self._attempt(row, send) if row["ok"] else row for row in rows]

    def _attempt(self, row, do):
        """One case; a mistake becomes its sentence and stops nobody else."""
        try:
            with self.env.cr.savepoint():
                ok, text = do(row)
        except UserError as error:
            ok, text = False, str(error.args[0])
        except Exception:
            _logger.exception("Bulk work failed on case %s", row["case"].id)
            ok, text = False, self.env._("Failed; the log of the server tells why.")
        return {**row, "ok": ok, "text": text}

    # THE NEXT STEP

    def _preview_send(self, cases):
        plans = self.env["debt.recovery.send.preview"]._next_messages(cases)
        reach = self._reachable(plans)
        facts = self._facts(cases)
        return [
            self._send_row(case, plans[case], reach.get(case), facts[case])
            for case in cases
        ]

    def _facts(self, cases):
        facts = {}
        for company, group in cases.grouped("company_id").items():
            facts |= group._gate_facts(company._recovery_today())
        return facts

    def _reachable(self, plans):
        """``{case: recipients}``, one look-up per role and channel."""
        groups = {}
        for case, (_action, step, channel) in plans.items():
            key = (step.recipient_role or "ap", channel.code or "")
            groups[key] = groups.get(key, case.browse()) | case
        found = {}
        for (role, channel), cases in groups.items():
            people = cases._recipients_by_case(role, channel)
            found |= {
                case: people[case.id].filtered(
                    lambda p, case=case, channel=channel: case._is_reachable(p, channel)
                )
                for case in cases
            }
        return found

    def _send_row(self, case, plan, people, facts):
        action, step, channel = plan
        why = self._why_not(case, step or action, channel, people, facts)
        if why:
            return {"case": case, "ok": False, "text": why}
        verdict = self._verdict(case, channel, people, facts)
        text = self.env._(
            "%(step)s by %(channel)s to %(who)s",
            step=step.name or action.subject or channel.name,
            channel=channel.name,
            who=", ".join(people.mapped("display_name")),
        )
        if verdict.status == "delayed":
            text = f"{text}, {case._gate_text(verdict)}"
        elif verdict.status == "refused":
            text = self._refusal(case, verdict)
        return {"case": case, "ok": verdict.status != "refused", "text": text}

    def _refusal(self, case, verdict):
        why = case._sentence(verdict.reasons[0])
        return self.env._("Refused: %(why)s", why=why)

    def _why_not(self, case, what, channel, people, facts):
        if case.state == "closed":
            return self.env._("The case is closed.")
        if not what or not channel:
            return self.env._("The strategy has no message ahead.")
        if case.company_currency_id.compare_amounts(case.amount_collectable, 0) <= 0:
            verdict = self._verdict(case, channel, people, facts)
            if verdict.status == "refused":
                return self._refusal(case, verdict)
            return self.env._("Nothing is collectable now.")
        if not people:
            return self.env._("Nobody can be reached by %(by)s.", by=channel.name)
        return False

    def _verdict(self, case, channel, people, facts):
        return case._contact_verdict(
            channel.code, person=people[:1] or None, automatic=False, facts=facts
        )

    def _send_next(self, row):
        """The same way as the button on the case.

        :return: whether it is on its way, and what to tell
        """
        case = row["case"]
        preview = self.env["debt.recovery.send.preview"]
        action, step, channel = preview._next_messages(case)[case]
        if not action:
            action = preview.new(
                {"case_id": case.id, "step_id": step.id, "channel_id": channel.id}
            )._take_action()
        action.action_send_now()
        case._refresh_next_action()
        return self._outcome(action)

    def _outcome(self, action):
        label = action.step_id.name or action.subject or action.channel_id.name
        if action.state in ("queued", "done"):
            return True, self.env._("%(what)s is on its way", what=label)
        if action.state == "approved" or (
            action.state == "planned" and action.mode != "review"
        ):
            day = format_date(self.env, action.date_planned)
            return True, self.env._("%(what)s leaves on %(day)s", what=label, day=day)
        if action.state == "planned":
            return True, self.env._("%(what)s waits for approval", what=label)
        return False, action.failure or action.reason or action.state

    # THE STATEMENT

    def _preview_statement(self, cases):
        facts, email = self._facts(cases), self.env.ref("debt_recovery.channel_email")
        people = cases._recipients_by_case("ap", "email")
        rows = []
        for case in cases:
            reached = people[case.id].filtered(
                lambda p, case=case: case._is_reachable(p, "email")
            )
            verdict = self._verdict(case, email, reached, facts[case])
            if case.state == "closed":
                text, ok = self.env._("The case is closed."), False
            elif not reached:
                by = email.name
                text, ok = self.env._("Nobody can be reached by %(by)s.", by=by), False
            elif verdict.status == "refused":
                text, ok = self._refusal(case, verdict), False
            else:
                who = ", ".join(reached.mapped("display_name"))
                text, ok = self.env._("Statement of account to %(who)s", who=who), True
            rows.append({"case": case, "ok": ok, "text": text})
        return rows

    def _statement_vals(self):
        """What the statements show; what is left out is open today."""
        return {}

    def _send_statement(self, row):
        """Statements leave in batches of their own."""
        case = row["case"]
        wizard = self.env["debt.recovery.statement"].create(
            {
                "partner_ids": [(6, 0, case.partner_id.ids)],
                "company_id": case.company_id.id,
                **self._statement_vals(),
            }
        )
        wizard.action_send()
        return True, self.env._("Statement is on its way")
