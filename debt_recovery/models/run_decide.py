from dataclasses import replace

from odoo import models
from odoo.tools import SQL

from ..tools.ladder import decide
from ..tools.results import find, reason

#: Half a second of locks: long enough to ask in sets, short enough for the clerks.
DECIDE_BATCH = 500


class DebtRecoveryRunDecide(models.AbstractModel):
    """Ask the ladder about every live case and write down what it said."""

    _name = "debt.recovery.run.decide.mixin"
    _description = "Decisions of a Run"

    def _phase_decide(self):
        return self._in_batches(
            "decide", self._find_undecided, self._decide_cases, size=DECIDE_BATCH
        )

    def _find_undecided(self, limit):
        """Each side is read once: a join would rest on statistics that know nothing of
        the lines of this very run."""
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM debt_recovery_case
                    WHERE company_id = %s AND state <> 'closed'
                   EXCEPT
                   SELECT case_id FROM debt_recovery_run_line
                    WHERE run_id = %s AND phase = 'decide'
                    ORDER BY id LIMIT %s""",
                self.company_id.id,
                self.id,
                limit,
            )
        )
        return [row[0] for row in rows]

    def _decide_cases(self, cases):
        cases = cases.filtered(lambda case: case.state != "closed")
        if not cases:
            return
        decisions = self._judge_cases(cases)
        words = {}
        told = {case: self._tell(case, d, words) for case, d in decisions.items()}
        planned = self._plan_acts(decisions, told)
        mailed = self._mail_tests(decisions)
        self._note_decisions(decisions, planned, told)
        self._insert_decisions(
            [
                self._prepare_decision_vals(
                    case, decision, told[case], planned.get(case.id)
                )
                | {"test_mail": case.id in mailed}
                for case, decision in decisions.items()
            ]
        )

    def _insert_decisions(self, vals_list):
        self.env["debt.recovery.run.line"]._insert_lines(vals_list)

    def _judge_cases(self, cases):
        """What the ladder says today: ``{case: Decision}``. Real and imagined cases
        take the same road, so that a simulation cannot differ from the run."""
        decisions = {
            case: decide(facts, self.date)
            for case, facts in self._gather_facts(cases).items()
        }
        decisions |= self._decide_changed_cycles(decisions)
        live = {
            strategy.id: strategy._is_live(self.company_id)
            for strategy in self._strategies_of(cases)
        }
        return {
            case: decision
            if live[case.strategy_id.id]
            else self._keep_in_shadow(case, decision)
            for case, decision in decisions.items()
        }

    def _decide_changed_cycles(self, decisions):
        """A changed cycle has skipped steps and unfinished work of its own: write it
        and ask again."""
        changed = self.env["debt.recovery.case"]
        for case, decision in decisions.items():
            if (case.cycle, case.cycle_count) != (decision.cycle, decision.cycle_count):
                changed |= case
                self._change_cycle(case, decision)
        if not changed:
            return {}
        # what came with it may act on the amounts: read the ledger again
        self.env["debt.recovery.receivable"]._forget_scan()
        again = self._gather_facts(changed)
        return {
            case: self._with_former_reasons(
                decide(facts, self.date), decisions[case].reasons
            )
            for case, facts in again.items()
        }

    def _change_cycle(self, case, decision):
        """A simulation changes the case it imagined, and nothing else."""
        if self.kind != "real":
            case._imagine(cycle=decision.cycle, cycle_count=decision.cycle_count)
            return
        case._set_cycle(decision.cycle, decision.cycle_count)
        if find(decision.reasons, "returned_to_cycle"):
            case._recovery_event("returned")

    def _with_former_reasons(self, decision, former):
        """Keep why the cycle changed beside what is done now; tomorrow is another
        day, so such a decision does not stand."""
        known = {item.code for item in decision.reasons}
        kept = [
            item
            for item in former
            if item.code.startswith(("reset_", "returned_")) and item.code not in known
        ]
        return replace(decision, reasons=(*decision.reasons, *kept), until=None)

    def _plan_acts(self, decisions, told):
        """Create the actions of all acting cases: ``{case id: actions}``. The unique
        key makes a second decision for the same step a no-op."""
        actions = self.env["debt.recovery.action"]
        vals_list = []
        for case, decision in decisions.items():
            if decision.outcome == "act":
                why = "; ".join(told[case])
                vals_list += [
                    vals | {"reason": why}
                    for vals in self._prepare_act_vals(case, decision)
                ]
        planned = actions._plan_from_decisions(vals_list) if vals_list else actions
        return {case.id: acts for case, acts in planned.grouped("case_id").items()}

    def _prepare_act_vals(self, case, decision):
        step = self.env["debt.recovery.strategy.step"].browse(decision.step_id)
        return [
            case._prepare_action_vals(
                step,
                channel,
                driver_line_id=decision.driver_id,
                line_ids=decision.line_ids,
            )
            for channel in step.channel_ids
        ]

    def _note_decisions(self, decisions, planned, told):
        """Show on the cases what comes next, in one statement for those that change."""
        notes = []
        over = self.env["debt.recovery.case"]
        for case, decision in decisions.items():
            step = decision.next_step_id
            if planned.get(case.id) or decision.outcome == "shadow":
                step = decision.step_id
            note = (
                step or None,
                self._next_date(decision) or None,
                told[case][0],
            )
            known = (case.next_step_id.id, case.next_action_date, case.next_reason)
            if note != tuple(value or None for value in known):
                notes.append((case.id, *note))
            if case.state == "watch" and self._is_watch_over(decision, planned, case):
                over |= case
        self._write_notes(notes)
        self._end_watch(over)

    def _end_watch(self, over):
        if over:
            near = self._find_predue_partners(over.partner_id.ids)
            over = over.filtered(lambda case: case.partner_id.id not in near)
            over._close("watch_ended")

    def _write_notes(self, notes):
        if not notes:
            return
        names = ["next_step_id", "next_action_date", "next_reason"]
        self.env.execute_query(
            SQL(
                """UPDATE debt_recovery_case c
                      SET next_step_id = n.step, next_action_date = n.day,
                          next_reason = n.reason, write_uid = %s, write_date = %s
                     FROM unnest(%s::int[], %s::int[], %s::date[], %s::text[])
                          AS n(id, step, day, reason)
                    WHERE c.id = n.id RETURNING c.id""",
                self.env.uid,
                self.env.cr.now(),
                *map(list, zip(*notes, strict=True)),
            )
        )
        cases = self.env["debt.recovery.case"].browse([note[0] for note in notes])
        cases.invalidate_recordset(names, flush=False)
        cases.modified(names)

    def _next_date(self, decision):
        if decision.outcome in ("act", "shadow"):
            return self.date
        return decision.next_date or False

    def _is_watch_over(self, decision, planned, case):
        """A watch case without anything planned ahead ends silently; it stays while a
        reminder was sent or a later pre-due step is coming."""
        if decision.outcome != "idle" or planned.get(case.id):
            return False
        if case.company_currency_id.is_zero(case.amount_not_due):
            return True
        coming = self.env["debt.recovery.strategy.step"].browse(decision.next_step_id)
        return not case.step_id and not (coming and coming.day < 0)

    def _tell(self, case, decision, words=None):
        """The reasons of a decision in words, the telling one first."""
        first, *rest = decision.reasons
        if first.code == "nothing_collectable":
            first = self._why_nothing_collectable(case) or first
        return [case._sentence(item, words) for item in (first, *rest)]

    def _why_nothing_collectable(self, case):
        zero = case.company_currency_id.is_zero
        for figure in ("held", "disputed", "agreed"):
            if not zero(case[f"amount_{figure}"]):
                return reason(f"all_{figure}")
        return None

    def _prepare_decision_vals(self, case, decision, told, planned):
        code = decision.reasons[0].code
        if code == "nothing_collectable":
            code = (self._why_nothing_collectable(case) or decision.reasons[0]).code
        if not case.strategy_id:
            code = "no_strategy"
            told = [case._sentence(reason(code)), *told[1:]]
        return self._prepare_line_vals(
            case,
            "decide",
            decision.outcome,
            code,
            "; ".join(told),
            step_id=decision.step_id or decision.next_step_id or None,
            until=decision.until,
            action_ids=planned.ids if planned else [],
        )
