from datetime import timedelta
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

#: More working days than this are not counted one by one.
FAR = timedelta(days=60)


class DebtRecoveryCasePriorityFacts(models.AbstractModel):
    """What the priority rules look at, read for many cases in one statement. Addons
    add facts of theirs (``risk``, ``order_wait``, ``limitation``, ``month_end`` …)."""

    _name = "debt.recovery.case.priority.facts.mixin"
    _description = "Facts for the Priority"

    def _priority_facts(self, company, today):
        """Seam: ``{case id: {test: value}}``; see ``tools.priority.TESTS`` for what
        each test expects. ``<test>_of`` is the date its sentence names."""
        rows = self._read_priority_rows(company, today)
        calendar = company._recovery_calendar(today - FAR, today)
        over_limit = self._find_over_limit(company)
        waited = {}
        facts = {}
        for row in rows:
            planned = row["next_action_date"]
            if planned and planned not in waited:
                waited[planned] = self._working_days(calendar, planned, today)
            facts[row["id"]] = self._prepare_priority_facts(row) | {
                "waiting": waited.get(planned),
                "over_limit": row["id"] in over_limit,
            }
        return facts

    @api.model
    def _prepare_priority_facts(self, row):
        """The facts of one case from its row."""
        collectable = Decimal(str(row["amount_collectable"] or 0))
        credit = -Decimal(str(row["amount_credit"] or 0))
        return {
            "collectable": collectable,
            "collectable_below": collectable,
            "overdue": collectable and row["date_oldest_due"],
            "broken": row["broken"],
            "broken_of": row["broken_of"],
            "returned": row["returned"],
            "reply": row["reply"],
            "demand_over": row["demand"],
            "silent": row["spoken"] or row["date_opened"],
            "fresh": row["spoken"],
            "said": row["said"],
            "said_of": row["spoken"],
            "first_late": not row["known"],
            "released": row["released"],
            "no_contact": row["no_contact"],
            "credit": int(credit / collectable * 100) if collectable else None,
        }

    @api.model
    def _working_days(self, calendar, planned, today):
        """Working days after the planned day, today included."""
        first = max(planned, today - FAR) + timedelta(days=1)
        days = (first + timedelta(days=n) for n in range((today - first).days + 1))
        return sum(1 for day in days if calendar.is_working(day))

    def _find_over_limit(self, company):
        """Cases whose customer owes more than the credit limit, where limits count."""
        if not company.sudo().account_use_credit_limit:
            return set()
        cases = self.sudo().with_company(company)
        return {
            case.id
            for case in cases
            if 0 < case.partner_id.credit_limit < case._get_exposure()
        }

    def _get_exposure(self):
        """What the customer owes in all, credits taken off."""
        self.ensure_one()
        return (
            self.amount_overdue
            + self.amount_not_due
            + self.amount_in_payment
            + self.amount_excluded
            + self.amount_credit
        )

    def _read_priority_rows(self, company, today):
        self.env.flush_all()
        return self.env.execute_query_dict(
            SQL(
                """SELECT c.id, c.amount_collectable, c.amount_credit,
                          c.date_oldest_due, c.date_opened, c.next_action_date, %s
                     FROM debt_recovery_case c
                     LEFT JOIN LATERAL (%s) talk ON TRUE
                     LEFT JOIN LATERAL (%s) broken ON TRUE
                    WHERE c.id IN %s""",
                SQL(", ").join(
                    SQL("(%s) AS %s", query, SQL.identifier(name))
                    for name, query in self._priority_columns(company, today).items()
                ),
                self._spoken_sql(company),
                self._broken_sql(today),
                tuple(self.ids) or (0,),
            )
        )

    @api.model
    def _priority_columns(self, company, today):
        """Column name -> scalar subquery on case ``c``."""
        return {
            "spoken": SQL("SELECT talk.spoken"),
            "said": SQL("SELECT talk.said"),
            "broken": SQL(
                """SELECT broken.until WHERE talk.spoken IS NULL
                       OR talk.spoken <= broken.until"""
            ),
            "broken_of": SQL("SELECT broken.agreed"),
            "reply": self._reply_sql(),
            "returned": self._last_event_sql("returned"),
            "demand": self._demand_sql(company),
            "released": self._released_sql(today),
            "known": SQL(
                """SELECT c.cycle_count > 1 OR EXISTS (
                       SELECT 1 FROM debt_recovery_case k
                        WHERE k.partner_id = c.partner_id
                          AND k.company_id = c.company_id AND k.id <> c.id
                          AND k.close_reason <> 'watch_ended')"""
            ),
            "no_contact": self._no_contact_sql(today),
        }

    @api.model
    def _day_of(self, company, column):
        """The company's day of a moment in UTC."""
        return SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
            column,
            company._recovery_zone().zone,
        )

    @api.model
    def _spoken_sql(self, company):
        """The last conversation with somebody who speaks for the debtor: its day, and
        the points of what came of it."""
        return SQL(
            """SELECT %s AS spoken, o.priority_points AS said
                 FROM debt_recovery_action a
                 JOIN debt_recovery_outcome o ON o.id = a.outcome_id AND o.is_rpc
                WHERE a.case_id = c.id AND a.state = 'done'
                ORDER BY a.date_done DESC, a.id DESC LIMIT 1""",
            self._day_of(company, SQL("a.date_done")),
        )

    @api.model
    def _broken_sql(self, today):
        """The promise or instalment that failed last: its last day of grace and the
        day that was agreed."""
        return SQL(
            """SELECT g.date_until AS until, g.date_agreed AS agreed
                 FROM debt_recovery_agreement g
                WHERE g.case_id = c.id AND g.date_until < %s
                  AND (g.state IN ('broken', 'partly_kept')
                       OR (g.state = 'active' AND g.kind = 'promise'))
                ORDER BY g.date_until DESC, g.id DESC LIMIT 1""",
            today,
        )

    @api.model
    def _reply_sql(self):
        """Day of the oldest reply nobody has handled."""
        return SQL(
            "SELECT MIN(q.value)::date FROM (%s) q WHERE q.case_id = c.id",
            self._replies_sql(),
        )

    @api.model
    def _last_event_sql(self, event):
        return SQL(
            """SELECT MAX(a.date_planned)
                 FROM debt_recovery_action a
                 JOIN debt_recovery_strategy_step s ON s.id = a.step_id
                WHERE a.case_id = c.id AND s.event = %s""",
            event,
        )

    @api.model
    def _demand_sql(self, company):
        """Day on which the last formal demand of this cycle left."""
        return SQL(
            """SELECT MAX(%s)
                 FROM debt_recovery_action a
                 JOIN debt_recovery_strategy_step s ON s.id = a.step_id
                 JOIN debt_recovery_stage t ON t.id = s.stage_id AND t.code = 'demand'
                 JOIN debt_recovery_channel h ON h.id = a.channel_id AND h.is_message
                WHERE a.case_id = c.id AND a.state = 'done' AND a.cycle = c.cycle""",
            self._day_of(company, SQL("a.date_done")),
        )

    @api.model
    def _released_sql(self, today):
        """Day on which a hold on the customer or the case ended last."""
        return SQL(
            """SELECT MAX(LEAST(h.date_released, h.date_to + 1))
                 FROM debt_recovery_hold h
                WHERE h.partner_id = c.partner_id
                  AND COALESCE(h.company_id, c.company_id) = c.company_id
                  AND LEAST(h.date_released, h.date_to + 1) <= %s""",
            today,
        )

    @api.model
    def _no_contact_sql(self, today):
        """A message that did not arrive, or nobody whom a message could reach."""
        return SQL(
            """SELECT EXISTS (SELECT 1 FROM (%s) w
                               WHERE w.case_id = c.id AND w.urgency = 2)
                   OR NOT EXISTS (SELECT 1 FROM res_partner p
                                   WHERE (p.id = c.partner_id
                                          OR p.commercial_partner_id = c.partner_id)
                                     AND p.active
                                     AND COALESCE(NULLIF(p.email, ''), p.phone, '')
                                         <> '')""",
            self._waiting_actions_sql(),
        )
