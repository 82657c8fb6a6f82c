from datetime import date, datetime, time, timedelta

import pytz

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class DebtRecoveryCaseTodayFacts(models.AbstractModel):
    """What happened on the cases of a page, one query per kind of fact. The same
    queries find the cases."""

    _name = "debt.recovery.case.today.facts.mixin"
    _description = "Facts for the Work of the Day"

    def _today_facts(self):
        """``{case id: {"callback": activity, "reply": day, "action": action,
        "ladder": ids of tasks}}``."""
        facts = {case_id: {} for case_id in self.ids}
        found = (
            ("callback", self._callbacks_sql(), "mail.activity"),
            ("action", self._waiting_actions_sql(), "debt.recovery.action"),
        )
        for name, query, model in found:
            rows = self._first_of_each(query)
            records = self.env[model].browse([row[1] for row in rows])
            for (case_id, _record_id), record in zip(rows, records, strict=True):
                facts[case_id][name] = record
        for case_id, day in self._first_of_each(self._replies_sql()):
            facts[case_id]["reply"] = day
        ladder = self.env.execute_query(self._ladder_tasks_sql(self.activity_ids))
        for found in facts.values():
            found["ladder"] = {row[0] for row in ladder}
        return facts

    @api.model
    def _ladder_tasks_sql(self, tasks=None):
        """Activities (all: None) that a step of the ladder gave out, or that say it was
        left undone; what an event asks for, as a new address after a bounce, is none of
        them."""
        late = self.env.ref("debt_recovery.mail_activity_type_escalation", False)
        mine = SQL("TRUE") if tasks is None else SQL("t.id = ANY(%s)", tasks.ids)
        return SQL(
            """(SELECT t.id FROM debt_recovery_action a
                  JOIN debt_recovery_strategy_step s ON s.id = a.step_id
                  JOIN mail_activity t ON t.id = a.activity_id
                 WHERE s.event IS NULL AND %(mine)s
                UNION ALL
                SELECT t.id FROM mail_activity t
                 WHERE t.activity_type_id = %(late)s AND %(mine)s)""",
            mine=mine,
            late=late.id if late else 0,
        )

    def _first_of_each(self, query):
        """Per case the value that comes first."""
        if not self.ids:
            return []
        return self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (q.case_id) q.case_id, q.value FROM (%s) q
                    WHERE q.case_id IN %s
                    ORDER BY q.case_id, q.urgency, q.day, q.value""",
                query,
                tuple(self.ids),
            )
        )

    @api.model
    def _end_of_today(self):
        """The moment the company's day ends, in UTC as the database keeps it."""
        company = self.env.company
        tomorrow = company._recovery_today() + timedelta(days=1)
        midnight = company._recovery_zone().localize(datetime.combine(tomorrow, time()))
        return midnight.astimezone(pytz.utc).replace(tzinfo=None)

    @api.model
    def _asleep_sql(self, happened):
        """Put off, and nothing happened since: ``happened`` is a moment (UTC)."""
        return SQL(
            "(c.put_off_until > %s AND %s <= c.put_off_at)",
            self.env.company._recovery_today(),
            happened,
        )

    @api.model
    def _callbacks_sql(self):
        """Calls agreed with the debtor whose hour is today or was missed."""
        if "recovery_hour" not in self.env["mail.activity"]._fields:
            return self._nothing_sql(SQL("integer"))
        return SQL(
            """SELECT t.res_id AS case_id, t.id AS value, 1 AS urgency,
                      t.recovery_hour AS day
                 FROM mail_activity t JOIN debt_recovery_case c ON c.id = t.res_id
                WHERE t.res_model = 'debt.recovery.case' AND t.active
                  AND t.recovery_hour < %s AND %s IS NOT TRUE""",
            self._end_of_today(),
            self._asleep_sql(SQL("t.recovery_hour")),
        )

    @api.model
    def _replies_sql(self):
        """Answers of the debtor that nobody has handled."""
        if "debt.recovery.reply" not in self.env:
            return self._nothing_sql(SQL("date"))
        return SQL(
            """SELECT r.case_id, r.date::date AS value, 1 AS urgency, r.date AS day
                 FROM debt_recovery_reply r
                 JOIN debt_recovery_case c ON c.id = r.case_id
                WHERE r.state = 'open' AND r.kind = 'person' AND %s IS NOT TRUE""",
            self._asleep_sql(SQL("r.date")),
        )

    @api.model
    def _nothing_sql(self, kind):
        return SQL(
            """SELECT NULL::int AS case_id, NULL::%s AS value, 1 AS urgency,
                      NULL::timestamp AS day WHERE FALSE""",
            kind,
        )

    @api.model
    def _waiting_actions_sql(self):
        """Actions that need a decision: unclear and failed before those to be read. A
        failure that was followed by another attempt, or that somebody marked as done,
        is history."""
        return SQL(
            """SELECT a.case_id, a.id AS value, a.date_planned AS day,
                      CASE a.state WHEN 'unclear' THEN 1 WHEN 'failed' THEN 2 ELSE 3 END
                          AS urgency
                 FROM debt_recovery_action a
                 JOIN debt_recovery_case c ON c.id = a.case_id
                WHERE %s IS NOT TRUE
                  AND (a.state = 'unclear'
                   OR (a.state = 'planned' AND a.mode = 'review'
                       AND a.date_planned <= %s)
                   OR (a.state = 'failed'
                       AND a.write_date > COALESCE(c.handled_at, '-infinity')
                       AND NOT EXISTS (
                        SELECT 1 FROM debt_recovery_action b
                         WHERE b.case_id = a.case_id AND b.id > a.id
                           AND b.cycle = a.cycle AND b.channel_id = a.channel_id
                           AND b.step_id IS NOT DISTINCT FROM a.step_id
                           AND b.state <> 'cancelled')))""",
            self._asleep_sql(SQL("a.write_date")),
            self.env.company._recovery_today(),
        )

    # BROKEN PROMISES: what the priority found

    def _broken_reason(self):
        """Day of the promise that was broken and not talked about yet, or None."""
        self.ensure_one()
        for _points, _code, test, values in self.priority_detail or []:
            if test == "broken":
                return date.fromisoformat(values["of"])
        return None

    @api.model
    def _broken_domain(self):
        """In the score's reasons; a path is found three times faster than by unnesting
        them. The last argument takes whatever is no list for no match."""
        return self._sql_domain(
            SQL(
                """SELECT c.id AS case_id FROM debt_recovery_case c
                    WHERE c.state = 'open' AND jsonb_path_exists(
                        c.priority_detail, %s, '{}', true)""",
                'strict $[*] ? (@[2] == "broken")',
            )
        )

    # MONEY

    @api.model
    def _search_money_in(self, operator, value):
        """Cases whose customer paid since the last working day."""
        if operator != "in":
            return NotImplemented
        company = self.env.company.root_id
        today = company._recovery_today()
        calendar = company._recovery_calendar(today - timedelta(days=30), today)
        query = SQL(
            """SELECT c.id AS case_id
                 FROM debt_recovery_case c
                 JOIN account_move_line l ON l.partner_id IN (
                      SELECT p.id FROM res_partner p
                       WHERE p.commercial_partner_id = c.partner_id)
                 JOIN account_account a ON a.id = l.account_id
                 JOIN account_journal j ON j.id = l.journal_id
                WHERE c.state = 'open' AND l.date >= %s AND l.credit > 0
                  AND l.parent_state = 'posted' AND j.type IN ('bank', 'cash', 'credit')
                  AND a.account_type = 'asset_receivable'
                  AND l.company_id IN %s""",
            calendar.add_working_days(today, -1),
            tuple(company._recovery_branches().ids),
        )
        return Domain("state", "=", "open") & self._sql_domain(query)
