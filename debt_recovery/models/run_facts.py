from collections import defaultdict
from functools import partial

from odoo import models
from odoo.tools import SQL

from ..tools.ladder_facts import Claim, Facts, Line, Pending, Step, Stop
from ..tools.money import to_decimal
from .receivable_sql import id_array

LIVE = ("planned", "approved", "queued", "unclear")


class DebtRecoveryRunFacts(models.AbstractModel):
    """One grouped read per fact and batch; the ladder gets plain values."""

    _name = "debt.recovery.run.facts.mixin"
    _description = "Facts of a Run"

    def _gather_facts(self, cases):
        """Facts of the ladder for a batch of one company: ``{case: Facts}``."""
        self.env.flush_all()
        lines = self._gather_lines(cases)
        claims = self._gather_claims(cases)
        actions = self._gather_actions(cases)
        stops = self._gather_stops(cases)
        told = self._gather_last_messages(cases)
        settings = self.company_id._recovery_settings()
        ladders = {  # read once for all cases of a strategy
            strategy.id: (self._prepare_steps(strategy), self._live_from(strategy))
            for strategy in self._strategies_of(cases)
        }
        exact = self._exact()
        return {
            case: Facts(
                state=case.state,
                lines=tuple(lines[case.partner_id.id]),
                steps=ladders[case.strategy_id.id][0],
                settings=settings,
                credit=exact(-case.amount_credit),
                cycle=case.cycle,
                cycle_count=case.cycle_count,
                claims=tuple(claims[case._origin.id]),
                pending=tuple(actions[case._origin.id]["pending"]),
                skipped=frozenset(actions[case._origin.id]["skipped"]),
                last_message=told.get(case.partner_id.id),
                stops=tuple(stops[case.id]),
                live_from=ladders[case.strategy_id.id][1],
            )
            for case in cases
        }

    def _strategies_of(self, cases):
        """Each once, and none for the cases without."""
        return [*cases.strategy_id, cases.strategy_id.browse()]

    def _live_from(self, strategy):
        """Day before which nothing drives a step, if the strategy began like that."""
        strategy = strategy.with_company(self.company_id)
        return strategy.live_date if strategy.live_mode == "today" else None

    def _exact(self):
        """What makes an exact amount of the company's currency of a number; asked for
        once, called for every amount."""
        return partial(to_decimal, digits=self.company_id.currency_id.decimal_places)

    def _prepare_steps(self, strategy):
        company = self.company_id
        strategy = strategy.with_company(company)
        return tuple(
            Step(
                id=step.id,
                code=step.code or step.name,
                sequence=step.sequence,
                day=step.day,
                channels=tuple(step.channel_ids.mapped("code")),
                mode=step._effective_mode(strategy),
                minimum=company._recovery_units(step.minimum_units),
                minimum_scope=step.minimum_scope,
                firm=bool(step._firmness()),
            )
            for step in strategy.step_ids
            if step.active and not step.event
        )

    def _gather_lines(self, cases):
        rows = self.env.execute_query_dict(self._lines_sql(cases))
        exact = self._exact()
        lines = defaultdict(list)
        for row in rows:
            lines[row["partner_id"]].append(
                Line(
                    id=row["id"],
                    due=row["date_due"],
                    residual=exact(row["amount_residual"]),
                    collectable=exact(row["amount_collectable"]),
                    not_due=exact(row["amount_not_due"]),
                )
            )
        return lines

    def _lines_sql(self, cases):
        return SQL(
            """SELECT r.id, r.partner_id, r.date_due, r.amount_residual,
                      r.amount_collectable, r.amount_not_due
                 FROM (%s) r WHERE NOT r.is_credit
                ORDER BY r.date_due, r.id""",
            self.env["debt.recovery.receivable"]._receivable_rows(
                self.date,
                self.company_id._recovery_branches(),
                partner_ids=cases.partner_id.ids,
            ),
        )

    def _gather_claims(self, cases):
        """Steps taken: messages that left and tasks given out, with what is still open
        of the items they claimed."""
        rows = self.env.execute_query_dict(self._claims_sql(cases))
        exact = self._exact()
        claims = defaultdict(list)
        for row in rows:
            claims[row["case_id"]].append(
                Claim(
                    step_id=row["step_id"],
                    sequence=row["sequence"],
                    cycle=row["cycle"],
                    day=row["day"],
                    driver_id=row["driver_line_id"],
                    driver_claimed=exact(row["driver_amount"] or 0),
                    claimed=exact(row["claimed"]),
                    still_open=exact(row["still_open"]),
                    message=row["is_message"] and row["mode"] != "task",
                )
            )
        return claims

    def _claims_sql(self, cases):
        return SQL(
            """SELECT a.case_id, a.step_id, s.sequence, a.cycle,
                      COALESCE((a.date_done AT TIME ZONE 'UTC'
                        AT TIME ZONE %s)::date, a.date_planned) AS day,
                      a.driver_line_id, a.driver_amount, ch.is_message, a.mode,
                      COALESCE(SUM(x.amount), 0) AS claimed,
                      COALESCE(SUM(LEAST(x.amount, GREATEST(0,
                        CASE WHEN l.parent_state = 'posted' THEN l.amount_residual
                        ELSE 0 END))), 0) AS still_open
                 FROM debt_recovery_action a
                 JOIN debt_recovery_strategy_step s ON s.id = a.step_id
                 JOIN debt_recovery_channel ch ON ch.id = a.channel_id
                 LEFT JOIN debt_recovery_action_line x ON x.action_id = a.id
                 LEFT JOIN account_move_line l ON l.id = x.move_line_id
                WHERE a.case_id = ANY(%s) AND s.event IS NULL AND a.direction = 'out'
                  AND s.strategy_id IS NOT NULL
                  AND (a.state = 'done' OR (a.mode = 'task'
                       AND a.state IN ('planned', 'approved', 'queued')))
                GROUP BY a.id, s.id, ch.id""",
            self._zone_name(),
            id_array(cases.ids),
        )

    def _gather_last_messages(self, cases):
        """Quiet days are the customer's, not the case's: the last message that left in
        this company, ``{partner id: day}``."""
        return dict(self.env.execute_query(self._told_sql(cases)))

    def _told_sql(self, cases):
        return SQL(
            """SELECT a.partner_id,
                      MAX((a.date_done AT TIME ZONE 'UTC' AT TIME ZONE %s)::date)
                 FROM debt_recovery_action a
                 JOIN debt_recovery_channel ch ON ch.id = a.channel_id
                WHERE a.partner_id = ANY(%s) AND a.company_id = %s
                  AND a.state = 'done' AND a.direction = 'out'
                  AND a.mode <> 'task' AND ch.is_message
                GROUP BY a.partner_id""",
            self._zone_name(),
            id_array(cases.partner_id.ids),
            self.company_id.id,
        )

    def _zone_name(self):
        return self.company_id.resource_calendar_id.tz or "UTC"

    def _gather_actions(self, cases):
        """Unfinished and skipped steps: the latest action of each key speaks. A failed
        message blocks until somebody mends it, or the run would fail it every day."""
        rows = self.env.execute_query_dict(self._actions_sql(cases))
        cycles = {case._origin.id: case.cycle for case in cases}
        found = defaultdict(lambda: {"pending": [], "skipped": []})
        for row in rows:
            facts = found[row["case_id"]]
            current = row["cycle"] == cycles[row["case_id"]]
            if row["state"] == "skipped" and current:
                facts["skipped"].append(row["step_id"])
            elif row["state"] in LIVE or (row["state"] == "failed" and current):
                facts["pending"].append(
                    Pending(
                        step_id=row["step_id"],
                        state=row["state"],
                        since=row["date_planned"],
                        blocks=row["mode"] != "task",
                    )
                )
        return found

    def _actions_sql(self, cases):
        return SQL(
            """SELECT DISTINCT ON (a.case_id, a.step_id, a.cycle, a.channel_id)
                      a.case_id, a.step_id, a.state, a.mode, a.date_planned,
                      a.cycle
                 FROM debt_recovery_action a
                 JOIN debt_recovery_strategy_step s ON s.id = a.step_id
                WHERE a.case_id = ANY(%s) AND s.event IS NULL
                  AND a.state NOT IN ('cancelled', 'refused')
                ORDER BY a.case_id, a.step_id, a.cycle, a.channel_id, a.id DESC""",
            id_array(cases.ids),
        )

    def _gather_stops(self, cases):
        """Holds that silence the customer without freezing the amounts, and the other
        brakes of the seam."""
        stops = defaultdict(list)
        for case, holds in cases._gate_hold_facts(self.date).items():
            for hold in holds:
                if stop := self._prepare_stop(hold):
                    stops[case.id].append(stop)
        return stops

    def _prepare_stop(self, hold):
        kind = hold.type_id
        effects = {kind.stop_contact, kind.stop_strategy}
        if hold.scope not in ("partner", "case") or effects == {"none"}:
            return None
        if hold.channel_ids:  # the gate refuses those; the work goes on by others
            return None
        return Stop(
            code=kind.code,
            automatic_only="all" not in effects and "automatic" in effects,
            firm_only="all" not in effects and "firm" in effects,
            until=hold.date_to or None,
            label=kind.name,
        )
