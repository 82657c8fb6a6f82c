from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools.legal_dates import further
from .legal_event_kind import OVERTAKES


class DebtRecoveryLegalCaseAgenda(models.AbstractModel):
    """What happened, what comes next. An event moves the case to its stage, plans what
    the rules say follows it, and makes pointless what it overtakes."""

    _name = "debt.recovery.legal.case.agenda.mixin"
    _description = "Agenda of a Legal Case"

    event_ids = fields.One2many(
        "debt.recovery.legal.event", "legal_case_id", "Deadlines and Events"
    )
    next_event_id = fields.Many2one(
        "debt.recovery.legal.event", "Next", compute="_compute_next", store=True
    )
    date_next = fields.Date("Next On", compute="_compute_next", store=True, index=True)
    is_late = fields.Boolean(
        "Overdue", compute="_compute_is_late", search="_search_is_late"
    )
    late_text = fields.Char(compute="_compute_is_late")

    @api.depends("event_ids.state", "event_ids.date")
    def _compute_next(self):
        for legal in self:
            planned = legal.event_ids.filtered(lambda e: e.state == "planned")
            first = planned.sorted(lambda e: (e.date, e._origin.id))[:1]
            legal.next_event_id = first
            legal.date_next = first.date

    @api.depends("date_next")
    @api.depends_context("recovery_today")
    def _compute_is_late(self):
        for legal in self:
            today = (legal.company_id or self.env.company)._recovery_today()
            legal.is_late = bool(legal.date_next) and legal.date_next < today
            legal.late_text = legal.is_late and self.env._(
                "Overdue since %(day)s: %(event)s",
                day=format_date(self.env, legal.date_next),
                event=legal.next_event_id.name,
            )

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("date_next", "<", self.env.company._recovery_today())]

    # BUTTONS

    def action_record(self):
        """Something happened: which, when, how."""
        self.ensure_one()
        self._check_is_open()
        return self._dialog("debt.recovery.legal.record", self.env._("Record an Event"))

    def action_plan_event(self):
        """A date that no rule knows: a hearing, a deadline the court set."""
        self.ensure_one()
        self._check_is_open()
        return self._dialog(
            "debt.recovery.legal.event",
            self.env._("Plan a Date"),
            default_kind="hearing",
            default_turn="court",
        ) | {
            "views": [
                (
                    self.env.ref(
                        "debt_recovery.debt_recovery_legal_event_form_plan"
                    ).id,
                    "form",
                )
            ]
        }

    # EVENTS

    def _record_event(self, kind, day, result=None):
        """Something happened that may have been planned: the planned row is done, else
        a new one."""
        self.ensure_one()
        planned = self.event_ids.filtered(
            lambda event: event.kind == kind and event.state == "planned"
        )
        event = planned.sorted("date")[:1] or self.env[
            "debt.recovery.legal.event"
        ].with_context(recovery_legal_silent=True).create(
            self._prepare_event_vals(kind, max(day, self._today()))
        )
        event._do(day, result)
        return event

    def _today(self):
        return self.company_id._recovery_today()

    def _prepare_event_vals(self, kind, day, **extra):
        return {"legal_case_id": self.id, "kind": kind, "date": day, **extra}

    def _before_event(self, kind, day):
        """What must be so, or be done, before it may have happened."""
        self._check_is_open()
        if kind == "filing":
            self._check_not_stayed()
            self._file(day)
        elif kind in ("service", "defence", "hearing", "judgment"):
            self._check_was_filed()

    def _check_was_filed(self):
        if not self.date_filed:
            raise UserError(
                self.env._(
                    "%(legal)s is not filed yet: record the filing first.",
                    legal=self.name,
                )
            )

    def _after_event(self, event):
        """The case moves on, what follows is planned."""
        self.ensure_one()
        self._move_to(self._stage_of_events())
        overtaken = self.event_ids.filtered(
            lambda row: (
                row.state in ("planned", "paused")
                and row.kind in OVERTAKES.get(event.kind, ())
            )
        )
        overtaken.action_drop()
        self._plan_following(event)
        self.message_post(body=self._event_text(event))

    def _event_text(self, event):
        parts = (event.name, self.case_id._format_day(event.date), event.result)
        return ", ".join(filter(None, parts))

    def _plan_following(self, event):
        """Deadlines of the rules; a task that waits already is not planned twice."""
        for rule in self.env["debt.recovery.legal.deadline.rule"]._for_event(event):
            waiting = self.event_ids.filtered(
                lambda row, rule=rule: row.state == "planned" and row.kind == rule.kind
            )
            if not waiting:
                self.env["debt.recovery.legal.event"].create(
                    self._prepare_event_vals(
                        rule.kind,
                        max(rule._day_due(event.date, self.company_id), self._today()),
                        name=rule.name,
                        turn=rule.turn,
                        rule_id=rule.id,
                        source_id=event.id,
                    )
                )

    def _stage_of_events(self):
        """The furthest stage that what happened leads to; a stage chosen by hand
        beyond it stays."""
        stages = (
            self.env["debt.recovery.legal.stage"]
            .sudo()
            .search([("phase", "not in", ("won", "lost"))])
        )
        by_kind = {stage.event_kind: stage for stage in stages if stage.event_kind}
        order = [stage.id for stage in stages]
        current = self.stage_id.id if self.is_open else False
        for event in self.event_ids.filtered(lambda row: row.state == "done"):
            reached = by_kind.get(event.kind)
            if reached:
                current = further(order, current, reached.id)
        return stages.browse(current) or stages[:1]

    def _move_to(self, stage):
        if stage and stage != self.stage_id:
            self.stage_id = stage

    def _drop_planned(self):
        self.event_ids.action_drop()

    def _check_results(self):
        """Closing with an open hearing of the past would hide how it ended."""
        for event in self.event_ids:
            if event.kind == "hearing" and event.is_overdue:
                raise UserError(event._past_hearing_text())

    # UNDO

    def _undo_event(self, event):
        """Take an event back: its followers vanish, a filing is unfrozen."""
        self.ensure_one()
        self._check_is_open()
        if event.kind == "handover":
            raise UserError(
                self.env._("Withdraw the hand-over instead: button “Withdraw”.")
            )
        followers = self.event_ids.filtered(lambda row: row.source_id == event)
        if any(row.state == "done" for row in followers):
            raise UserError(
                self.env._(
                    "“%(event)s” was followed by others: undo those first.",
                    event=event.name,
                )
            )
        followers.unlink()
        event.with_context(recovery_legal_event=True).write(
            {"state": "planned", "date_done": False, "done_by_id": False}
        )
        if event.kind == "filing":
            self.date_filed = False
        if event.kind == "judgment":
            self._clear_judgment()
        first = self.env["debt.recovery.legal.stage"]._first("prepare")
        self.with_context(recovery_legal_closing=True).stage_id = first
        self._move_to(self._stage_of_events())
        self.message_post(body=self.env._("Undone: %(event)s", event=event.name))
