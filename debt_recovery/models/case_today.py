from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

TODO_KINDS = [
    ("failed", "Failed"),
    ("unclear", "Unclear"),
    ("task", "Task"),
    ("review", "Review"),
    ("step", "Step"),
    ("strategy", "No strategy"),
]


class DebtRecoveryCaseToday(models.AbstractModel):
    """What a person has to do on a case today. Steps that leave by themselves are no
    work; tasks, reviews, failures and decisions are. Every figure is computed for the
    whole page at once."""

    _name = "debt.recovery.case.today.mixin"
    _description = "Work of the Day on a Recovery Case"

    needs_work = fields.Boolean(
        compute="_compute_todo",
        search="_search_needs_work",
        help="Somebody has to do something on this case today.",
    )
    todo_kind = fields.Selection(
        TODO_KINDS,
        "Kind of Work",
        compute="_compute_todo",
        search="_search_todo_kind",
    )
    todo = fields.Char("To Do", compute="_compute_todo")
    todo_date = fields.Date("Since", compute="_compute_todo")
    # WORK

    @api.depends(
        "state",
        "next_action_date",
        "next_step_id",
        "strategy_id",
        "activity_ids.date_deadline",
        "action_ids.state",
    )
    @api.depends_context("recovery_today", "uid")
    def _compute_todo(self):
        waiting = self._find_waiting_actions()
        for case in self:
            today = case.company_id._recovery_today()
            kind, text, day = case._find_todo(waiting.get(case.id), today) or (
                False,
                False,
                False,
            )
            case.todo_kind, case.todo, case.todo_date = kind, text, day
            case.needs_work = bool(kind)

    def _find_todo(self, action, today):
        """The most urgent piece of work: ``(kind, sentence, day)`` or None."""
        self.ensure_one()
        if self.state != "open":
            return None
        if action and action.state in ("failed", "unclear"):
            return action.state, self._todo_failed(action), action.date_planned
        task = self._find_task(today)
        if task:
            text = task.summary or task.activity_type_id.name
            return "task", text, task.date_deadline
        if action:
            text = self.env._(
                "Read and send: %(step)s", step=self._action_label(action)
            )
            return "review", text, action.date_planned
        if not self.strategy_id:
            return "strategy", self.env._("Choose a strategy"), self.date_opened
        if self._is_step_due(today):
            text = self.next_action or self.env._("Decide what comes next")
            return "step", text, self.next_action_date
        return None

    def _todo_failed(self, action):
        if action.state == "unclear":
            return self.env._("Did it leave? %(step)s", step=self._action_label(action))
        return self.env._(
            "%(step)s did not leave: %(why)s",
            step=self._action_label(action),
            why=action.failure or self.env._("unknown reason"),
        )

    def _find_task(self, today):
        """The oldest activity that is due."""
        due = self.activity_ids.filtered(lambda task: task.date_deadline <= today)
        return due.sorted(lambda task: (task.date_deadline, task.id))[:1]

    def _is_step_due(self, today):
        """A step for people whose day has come; automatic ones need nobody."""
        due = self.next_action_date and self.next_action_date <= today
        return bool(due and self.next_step_id.mode != "auto")

    def _find_waiting_actions(self):
        """Per case the action that needs a decision: unclear and failed before those
        to be read. A failure that was followed by another attempt is history."""
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (w.case_id) w.case_id, w.id FROM (%s) w
                    WHERE w.case_id IN %s
                    ORDER BY w.case_id, w.urgency, w.date_planned, w.id""",
                self._waiting_actions_sql(),
                tuple(self.ids) or (0,),
            )
        )
        actions = self.env["debt.recovery.action"].browse([row[1] for row in rows])
        return {action.case_id.id: action for action in actions}

    @api.model
    def _waiting_actions_sql(self):
        return SQL(
            """SELECT a.case_id, a.id, a.date_planned,
                      CASE a.state WHEN 'unclear' THEN 1 WHEN 'failed' THEN 2 ELSE 3 END
                          AS urgency
                 FROM debt_recovery_action a
                WHERE a.state = 'unclear'
                   OR (a.state = 'planned' AND a.mode = 'review'
                       AND a.date_planned <= %s)
                   OR (a.state = 'failed' AND NOT EXISTS (
                        SELECT 1 FROM debt_recovery_action b
                         WHERE b.case_id = a.case_id AND b.id > a.id
                           AND b.cycle = a.cycle AND b.channel_id = a.channel_id
                           AND b.step_id IS NOT DISTINCT FROM a.step_id
                           AND b.state <> 'cancelled'))""",
            self.env.company._recovery_today(),
        )

    def _search_needs_work(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "open") & Domain.OR(self._work_domains().values())

    def _search_todo_kind(self, operator, value):
        """A case may have several kinds of work; each finds it."""
        domains = self._work_domains()
        if operator != "in" or not set(value) <= domains.keys():
            return NotImplemented
        return Domain("state", "=", "open") & Domain.OR(domains[kind] for kind in value)

    @api.model
    def _work_domains(self):
        """One domain per kind of work, the searching side of ``_find_todo``."""
        today = self.env.company._recovery_today()
        due = Domain("next_action_date", "<=", today)
        for_people = Domain("next_step_id", "=", False) | Domain(
            "next_step_id.mode", "!=", "auto"
        )
        return {
            "unclear": self._waiting_domain(1),
            "failed": self._waiting_domain(2),
            "review": self._waiting_domain(3),
            "task": Domain("activity_ids.date_deadline", "<=", today),
            "strategy": Domain("strategy_id", "=", False),
            "step": due & for_people,
        }

    @api.model
    def _waiting_domain(self, urgency):
        return Domain(
            "id",
            "in",
            SQL(
                "(SELECT w.case_id FROM (%s) w WHERE w.urgency = %s)",
                self._waiting_actions_sql(),
                urgency,
            ),
        )

    def _action_label(self, action):
        return action.step_id.name or action.subject or action.channel_id.name or ""
