from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

TODO_KINDS = [
    ("callback", "Callback"),
    ("reply", "Reply"),
    ("broken", "Broken"),
    ("failed", "Failed"),
    ("unclear", "Unclear"),
    ("task", "Task"),
    ("review", "Review"),
    ("step", "Step"),
    ("strategy", "No strategy"),
]


class DebtRecoveryCaseToday(models.AbstractModel):
    """What a person has to do on a case today. Steps that leave by themselves are no
    work; callbacks, replies, broken promises, failures, tasks, reviews and decisions
    are. What was put off stays away until its day, unless something new happens.
    Every figure is computed for the whole page at once."""

    _name = "debt.recovery.case.today.mixin"
    _description = "Work of the Day on a Recovery Case"
    _inherit = [
        "debt.recovery.case.today.facts.mixin",
        "debt.recovery.case.today.find.mixin",
        "debt.recovery.case.today.order.mixin",
        "debt.recovery.case.today.room.mixin",
        "debt.recovery.case.put.off.mixin",
    ]

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
        "priority_detail",
        "put_off_until",
        "activity_ids.date_deadline",
        "action_ids.state",
    )
    @api.depends_context("recovery_today", "uid")
    def _compute_todo(self):
        facts = self._today_facts()
        for case in self:
            today = case.company_id._recovery_today()
            found = case._find_todo(facts.get(case._origin.id, {}), today)
            case.todo_kind, case.todo, case.todo_date = found or (False, False, False)
            case.needs_work = bool(found)

    def _find_todo(self, facts, today):
        """The most urgent piece of work: ``(kind, sentence, day)`` or None."""
        self.ensure_one()
        if self.state != "open":
            return None
        action = facts.get("action")
        return (
            self._todo_of_debtor(facts)
            or self._todo_of_failure(action)
            or (self._is_awake(today) and self._todo_of_plan(facts, today))
            or self._todo_of_own_task(facts, today)
        )

    def _todo_of_debtor(self, facts):
        """The debtor waits for us: these come back even when the case was put off."""
        if task := facts.get("callback"):
            return "callback", self._todo_callback(task), task.date_deadline
        if day := facts.get("reply"):
            return "reply", self.env._("Answer the reply"), day
        return None

    def _todo_callback(self, task):
        """Whom to call; the hour stands beside it, on the reader's own clock."""
        person = task.sudo().recovery_action_id.person
        if not person:
            return task.summary or self.env._("Call back as agreed")
        return self.env._("Call back: %(person)s", person=person)

    def _todo_of_failure(self, action):
        if action and action.state in ("failed", "unclear"):
            return action.state, self._todo_failed(action), action.date_planned
        return None

    def _todo_of_plan(self, facts, today):
        """What people planned, or the strategy for people."""
        action = facts.get("action")
        if broken := self._is_worth_it() and self._broken_reason():
            return "broken", self.env._("Ask about the broken promise"), broken
        if task := self._find_task(facts, today):
            return self._todo_of_task(task)
        if action:
            text = self.env._(
                "Read and send: %(step)s", step=self._action_label(action)
            )
            return "review", text, action.date_planned
        if not self.strategy_id:
            return "strategy", self.env._("Choose a strategy"), self.date_opened
        if self._is_worth_it() and self._is_step_due(today):
            text = self.next_action or self.env._("Decide what comes next")
            return "step", text, self.next_action_date
        return None

    def _todo_of_own_task(self, facts, today):
        """A task of mine stays although a colleague put the case off."""
        task = self._find_task(facts, today)
        if task.user_id == self.env.user and self.put_off_by_id != self.env.user:
            return self._todo_of_task(task)
        return None

    def _todo_of_task(self, task):
        text = task.summary or task.activity_type_id.name
        return "task", text, task.date_deadline

    def _todo_failed(self, action):
        if action.state == "unclear":
            return self.env._("Did it leave? %(step)s", step=self._action_label(action))
        return self.env._(
            "%(step)s did not leave: %(why)s",
            step=self._action_label(action),
            why=action.failure or self.env._("unknown reason"),
        )

    def _find_task(self, facts, today):
        """The oldest activity that is due, the own ones first. Calls and visits of the
        strategy rest while there is nothing worth them."""
        due = self.activity_ids.filtered(lambda task: task.date_deadline <= today)
        if not self._is_worth_it():
            due = due.filtered(lambda task: task.id not in facts.get("ladder", ()))
        return due.sorted(
            lambda task: (task.user_id != self.env.user, task.date_deadline, task.id)
        )[:1]

    def _is_step_due(self, today):
        """A step for people whose day has come; automatic ones need nobody."""
        due = self.next_action_date and self.next_action_date <= today
        return bool(due and self.next_step_id.mode != "auto")

    def _is_worth_it(self):
        """Steps and promises about less than we would write for need nobody."""
        return self.amount_collectable >= self._least_amount(self.company_id)

    def _action_label(self, action):
        return action.step_id.name or action.subject or action.channel_id.name or ""

    # SEARCHING

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
        company = self.env.company.root_id
        today = company._recovery_today()
        awake = self._awake_domain(today)
        worth = Domain("amount_collectable", ">=", self._least_amount(company))
        due = Domain("next_action_date", "<=", today)
        for_people = Domain("next_step_id", "=", False) | Domain(
            "next_step_id.mode", "!=", "auto"
        )
        return {
            "callback": self._sql_domain(self._callbacks_sql()),
            "reply": self._sql_domain(self._replies_sql()),
            "unclear": self._waiting_domain(1),
            "failed": self._waiting_domain(2),
            "broken": awake & worth & self._broken_domain(),
            "review": awake & self._waiting_domain(3),
            "task": self._due_task_domain(today, worth),
            "strategy": awake & Domain("strategy_id", "=", False),
            "step": awake & worth & due & for_people,
        }

    @api.model
    def _due_task_domain(self, today, worth):
        """Tasks that are due: any on a case that nobody put off, one's own always,
        those of the strategy where there is something worth them."""
        due = Domain("date_deadline", "<=", today)
        by_hand = due & Domain("id", "not in", self._ladder_tasks_sql())
        awake = self._awake_domain(today)
        return Domain.OR(
            reach & fits & Domain("activity_ids", "any", task & mine)
            for reach, mine in ((awake, Domain.TRUE), self._own_task_domains())
            for fits, task in ((Domain.TRUE, by_hand), (worth, due))
        )

    @api.model
    def _least_amount(self, company):
        return float(company._recovery_units(company.root_id.recovery_send_units))

    @api.model
    def _sql_domain(self, query):
        """Cases named in the first column of a query."""
        return Domain("id", "in", SQL("(SELECT q.case_id FROM (%s) q)", query))

    @api.model
    def _waiting_domain(self, urgency):
        query = SQL(
            "SELECT w.case_id FROM (%s) w WHERE w.urgency = %s",
            self._waiting_actions_sql(),
            urgency,
        )
        return self._sql_domain(query)
