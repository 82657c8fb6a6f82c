from collections import Counter
from datetime import UTC, datetime, time

from odoo import api, fields, models
from odoo.exceptions import UserError

from .action_guard import OPEN_STATES

#: Tasks that mean talking to the debtor.
TALKS = ("phone", "visit")


class DebtRecoveryContactRuleWhatIf(models.AbstractModel):
    """What a change of a contact rule lets through or stops, asked before it is saved.

    The messages and calls of the next working day are judged twice: by the rules as
    they stand, and with the change inside a savepoint that is rolled back.
    """

    _name = "debt.recovery.contact.rule.what.if.mixin"
    _description = "What-if of a Contact Rule"

    def action_what_if(self, changes=None):
        """Called by the form before it saves.

        :param changes: values as the form would write them
        :return: ``{"html": …, "moved": …}``
        """
        self.ensure_one()
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise UserError(
                self.env._("Only a recovery manager can change a contact rule.")
            )
        self.check_access("write")
        values = self._prepare_what_if(changes or {})
        html = self.env["ir.qweb"]._render("debt_recovery.strategy_what_if", values)
        return {"html": html, "moved": values["moved"]}

    def _prepare_what_if(self, changes):
        """Figures of the confirmation, as plain values."""
        company = self.env.company._recovery_root()
        day = self.env["debt.recovery.strategy"]._what_if_day(company)
        contacts = self._what_if_contacts(company, day)
        before = self._what_if_judge(company, contacts, day)
        with self.env.cr.savepoint() as savepoint:
            self.write(changes)
            self.env.flush_all()
            after = self._what_if_judge(company, contacts, day)
            savepoint.rollback()
        self.env.invalidate_all(flush=False)
        moved = {
            contact["case"]
            for contact, old, new in zip(contacts, before, after, strict=True)
            if old != new
        }
        return {
            "rule": True,
            "day": fields.Date.to_string(day),
            "moved": len(moved),
            "customers": len({contact["case"] for contact in contacts}),
            "messages": self._what_if_rows(contacts, before, after, day, "step"),
            "tasks": self._what_if_rows(contacts, before, after, day, "officer"),
            "capacity": company.sudo().recovery_capacity,
        }

    # CONTACTS OF THE DAY

    @api.model
    def _what_if_contacts(self, company, day):
        """What waits and what the run of that day would add, as plain rows."""
        run = self.env["debt.recovery.run"]._imagine_run(company, day)
        waiting = run.env["debt.recovery.action"].search(
            [("company_id", "=", company.id), ("state", "in", (*OPEN_STATES, "queued"))]
        )
        rows = [
            (a.case_id, a.step_id, a.channel_id, a.mode, a.origin == "manual")
            for a in waiting
            if a.mode == "task" or a.state != "queued"
        ]
        steps = run.env["debt.recovery.strategy.step"]
        for case, decision in run._imagine_decisions().items():
            if decision.outcome == "act" and case._origin:
                step = steps.browse(decision.step_id)
                mode = decision.mode
                rows += [(case._origin, step, c, mode, False) for c in step.channel_ids]
        return [
            self._what_if_contact(*row)
            for row in rows
            if (row[2].code in TALKS if row[3] == "task" else row[2].is_message)
        ]

    @api.model
    def _what_if_contact(self, case, step, channel, mode, by_hand):
        """Ids and names, no records: the change is rolled back before they are read."""
        task = mode == "task"
        return {
            "case": case.id,
            "step_id": step.id,
            "channel": channel.code,
            "automatic": mode == "auto" and not by_hand,
            "step": not task and (step.display_name or channel.name),
            "officer": task and (case.user_id.name or self.env._("Nobody")),
        }

    @api.model
    def _what_if_judge(self, company, contacts, day):
        """``[(status, day it may happen)]`` of each contact."""
        moment = datetime.combine(day, time(12), UTC).replace(tzinfo=None)
        if company.sudo().recovery_release == "hour":
            moment = company._recovery_release_at(day)
        cases = self.env["debt.recovery.case"].sudo()
        cases = cases.browse({contact["case"] for contact in contacts})
        facts = cases._gate_facts(day)
        zone = company._recovery_zone()
        people = {
            channel: cases._recipients_by_case("ap", channel)
            for channel in {contact["channel"] for contact in contacts}
        }
        judged = []
        for contact in contacts:
            case = cases.browse(contact["case"])
            verdict = case._contact_verdict(
                contact["channel"],
                when=moment,
                person=people[contact["channel"]][case.id][:1] or None,
                automatic=contact["automatic"],
                facts=facts[case],
                step=self.env["debt.recovery.strategy.step"].browse(contact["step_id"]),
            )
            until = verdict.until and verdict.until.astimezone(zone).date()
            judged.append((verdict.status, until))
        return judged

    @api.model
    def _what_if_rows(self, contacts, before, after, day, kind):
        """``(name, before, after)``: how many may happen on that day."""
        counts = []
        for verdicts in (before, after):
            counts.append(
                Counter(
                    contact[kind]
                    for contact, (status, until) in zip(contacts, verdicts, strict=True)
                    if contact[kind]
                    and (status == "allowed" or (status == "delayed" and until == day))
                )
            )
        names = {contact[kind] for contact in contacts if contact[kind]}
        return [(name, counts[0][name], counts[1][name]) for name in sorted(names)]
