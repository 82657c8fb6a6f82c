from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

#: Cases looked at for the next one that may be contacted now.
AHEAD = 200
TODAY_ORDER = (
    "appointment_at, today_rank, priority_score desc, amount_collectable desc, "
    "date_oldest_due, id"
)
TODAY_ACTION = "debt_recovery.debt_recovery_case_action_today"


class DebtRecoveryCaseTodayRoom(models.AbstractModel):
    """The room Today around its rows: the counts of the strip in one question, the
    next case, what is left when nothing is due."""

    _name = "debt.recovery.case.today.room.mixin"
    _description = "Room Today"

    money_in = fields.Boolean(compute="_compute_never", search="_search_money_in")
    later_this_week = fields.Boolean(
        compute="_compute_never", search="_search_later_this_week"
    )

    def _compute_never(self):
        """For searching only."""
        self.money_in = False
        self.later_this_week = False

    @api.model
    def _search_later_this_week(self, operator, value):
        """Work for people whose day comes until the weekend."""
        if operator != "in":
            return NotImplemented
        return self._soon_domain() & ~self._search_needs_work("in", [True])

    @api.model
    def _soon_domain(self):
        today = self.env.company._recovery_today()
        after = today + timedelta(days=6 - today.weekday())
        dates = ("next_action_date", "put_off_until", "activity_ids.date_deadline")
        step, put_off, task = (
            Domain(name, ">", today) & Domain(name, "<=", after) for name in dates
        )
        step &= Domain("next_step_id.mode", "!=", "auto")
        return Domain("state", "=", "open") & (step | put_off | task)

    # THE STRIP

    @api.model
    def _today_flags(self):
        """Domains of which the chips are made; each is looked up once."""
        return {
            **self._work_domains(),
            "money_in": self._search_money_in("in", [True]),
            "answers": self._search_has_new_answer("in", [True]),
            "instalment": self._late_instalment_domain(),
            "soon": self._soon_domain(),
            "waiting": Domain("stage_id.code", "in", ("agreed", "paused")),
        }

    @api.model
    def _late_instalment_domain(self):
        """Plans that run with a payment overdue: a friendly call keeps them alive."""
        late = Domain("state", "in", ("late", "missed"))
        running = Domain("state", "=", "active") & Domain("instalment_ids", "any", late)
        return Domain("agreement_ids", "any", running)

    @api.model
    def _today_chips(self):
        """Seam: condition of each chip over the flags, by the name of its filter."""
        work = SQL(" OR ").join(map(SQL.identifier, self._work_domains()))
        chips = {
            "needs_work": work,
            "todo_failed": SQL("failed OR unclear"),
            "todo_step": SQL("step OR strategy"),
            "money_in": SQL("money_in"),
            "answers": SQL("answers"),
            "late_instalment": SQL("instalment"),
            "later_this_week": SQL("soon AND NOT (%s)", work),
            "waiting": SQL("waiting"),
        }
        for kind in ("callback", "reply", "broken", "task", "review"):
            chips[f"todo_{kind}"] = SQL.identifier(kind)
        return chips

    @api.model
    @api.readonly
    def action_today_facts(self, domain):
        """What the strip shows, over the cases of ``domain``: counts, what I handled
        today, approvals that wait for me, and a sentence for an empty list."""
        counts = self._count_chips(Domain(domain))
        approvals = self.env["debt.recovery.approval"]
        waits = approvals.has_access("read") and approvals.search_count(
            [("can_decide", "=", True)]
        )
        return {
            "counts": counts,
            "handled": len(self._find_handled()),
            "approvals": waits or 0,
            "day_closed": bool(self._find_put_off_by_closing()),
            "empty": self._empty_sentence(Domain(domain)),
        }

    def _count_chips(self, domain):
        """All counts in one query over the open cases of the domain."""
        chips = self._today_chips()
        shown = self._search(domain & Domain("state", "=", "open"))
        flags = [
            SQL("%s AS %s", self._flag_sql(flag), SQL.identifier(name))
            for name, flag in self._today_flags().items()
        ]
        rows = self.env.execute_query(
            SQL(
                """WITH f AS MATERIALIZED (
                       SELECT %s FROM debt_recovery_case
                        WHERE debt_recovery_case.id IN %s)
                   SELECT %s FROM f""",
                SQL(", ").join(flags),
                shown.subselect(),
                SQL(", ").join(
                    SQL("COUNT(*) FILTER (WHERE %s)", chip) for chip in chips.values()
                ),
            )
        )
        return dict(zip(chips, rows[0], strict=True))

    @api.model
    def _flag_sql(self, domain):
        """A domain as a condition on the row at hand. Its subqueries are then hashed
        once; as a list of ids PostgreSQL joined them in nested loops, seconds for
        20,000 cases."""
        query = self.sudo()._search(domain)
        if query.is_empty():
            return SQL("FALSE")
        if query._joins:
            return SQL("debt_recovery_case.id IN %s", query.subselect())
        return query.where_clause or SQL("TRUE")

    @api.model
    def _start_of_today(self):
        company = self.env.company
        midnight = datetime.combine(company._recovery_today(), time())
        zone = company._recovery_zone()
        return zone.localize(midnight).astimezone(pytz.utc).replace(tzinfo=None)

    @api.model
    def _find_handled(self):
        """Cases on which I did something today."""
        rows = self.env.execute_query(
            SQL(
                """SELECT a.case_id FROM debt_recovery_action a
                    WHERE a.state = 'done' AND a.date_done >= %(start)s
                      AND a.user_id = %(uid)s
                      AND (a.origin = 'manual' OR a.mode = 'task')
                    UNION
                   SELECT c.id FROM debt_recovery_case c
                    WHERE c.handled_at >= %(start)s
                      AND (c.today_undo->>'user')::int = %(uid)s""",
                start=self._start_of_today(),
                uid=self.env.uid,
            )
        )
        return self.browse([row[0] for row in rows])

    @api.model
    def _find_put_off_by_closing(self):
        """Cases that *Close my day* moved to tomorrow."""
        rows = self.env.execute_query(
            SQL(
                """SELECT c.id FROM debt_recovery_case c
                    WHERE c.put_off_at >= %s AND c.today_undo->>'kind' = 'close'
                      AND (c.today_undo->>'user')::int = %s""",
                self._start_of_today(),
                self.env.uid,
            )
        )
        return self.browse([row[0] for row in rows])

    @api.model
    def _empty_sentence(self, domain):
        """“Nothing due. 12 promises run, the first until 14 March.”"""
        running = self.env["debt.recovery.agreement"]._read_group(
            [
                ("state", "=", "active"),
                ("date_until", ">=", self.env.company._recovery_today()),
                ("case_id", "in", self._search(domain)),
            ],
            aggregates=["__count", "date_agreed:min"],
        )
        count, day = running[0]
        if not count:
            return self.env._("Nothing due. Everything else runs by itself.")
        return self.env._(
            "Nothing due. Promises that run: %(count)s, the first until %(day)s.",
            count=count,
            day=format_date(self.env, day),
        )

    # THE NEXT CASE

    @api.model
    def action_today_start(self):
        """Open the case to work next: the first of my rows whom the contact rules let
        us call now."""
        cases = self.search(self._my_work_domain(), order=TODAY_ORDER, limit=AHEAD)
        ready = next((c for c in cases if c.gate_phone == "allowed"), None)
        if ready:
            return ready._get_records_action()
        if cases:
            text = self.env._(
                "%(count)s cases are due, but nobody may be contacted now. %(first)s: "
                "%(why)s",
                count=len(cases),
                first=cases[0].partner_id.display_name,
                why=cases[0].gate_phone_text or "",
            )
        else:
            text = self._empty_sentence(self._mine_domain())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "info", "message": text.strip()},
        }

    @api.model
    def _my_work_domain(self):
        return (
            self._mine_domain()
            & Domain("state", "=", "open")
            & Domain("needs_work", "=", True)
        )

    @api.model
    def _mine_domain(self):
        """My cases, those of nobody, those of colleagues for whom I stand in, and those
        on which a task of mine is due."""
        today = self.env.company._recovery_today()
        task = Domain("user_id", "=", self.env.uid) & Domain(
            "date_deadline", "<=", today
        )
        return (
            Domain("user_id", "in", [self.env.uid, False])
            | Domain("user_id.recovery_stand_in_id", "=", self.env.uid)
            | Domain("activity_ids", "any", task)
        )

    @api.model
    def action_undo_close_day(self):
        """Take back *Close my day*."""
        return self._find_put_off_by_closing().action_today_undo()
