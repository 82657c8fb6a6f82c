from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from .legal_event_kind import KINDS, PARTIES, TOLD


class DebtRecoveryLegalEvent(models.Model):
    """A date of a legal case: what must be done by when, hearings, and what happened.
    A planned row is a deadline; doing it makes it history and plans what follows."""

    _name = "debt.recovery.legal.event"
    _description = "Legal Deadline or Event"
    _inherit = "debt.recovery.legal.event.calendar.mixin"
    _order = "date, id"

    name = fields.Char(
        "What",
        required=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
    )
    legal_case_id = fields.Many2one(
        "debt.recovery.legal.case",
        "Case",
        required=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        related="legal_case_id.partner_id", store=True, string="Customer"
    )
    company_id = fields.Many2one(
        related="legal_case_id.company_id", store=True, index=True
    )
    case_name = fields.Char("Legal Case", related="legal_case_id.name")
    stage_id = fields.Many2one(related="legal_case_id.stage_id")
    court_id = fields.Many2one(related="legal_case_id.court_id")
    kind = fields.Selection(KINDS, required=True, default="other")
    turn = fields.Selection(PARTIES, "Whose Turn", required=True, default="us")
    date = fields.Date(
        required=True,
        index=True,
        default=lambda self: self.env.company._recovery_today(),
        help="Planned: the last day; happened: the day it happened.",
    )
    state = fields.Selection(
        [
            ("planned", "To do"),
            ("paused", "Stands still"),
            ("done", "Done"),
            ("dropped", "Not needed"),
        ],
        required=True,
        default="planned",
        readonly=True,
        index=True,
        copy=False,
    )
    user_id = fields.Many2one(
        "res.users",
        "Who",
        index=True,
        compute="_compute_user_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('share', '=', False)]",
    )
    result = fields.Text()
    rule_id = fields.Many2one(
        "debt.recovery.legal.deadline.rule", readonly=True, ondelete="set null"
    )
    source_id = fields.Many2one(
        "debt.recovery.legal.event",
        "Follows",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    is_unconfirmed = fields.Boolean(
        compute="_compute_is_unconfirmed", help="Its rule is not confirmed: check it."
    )
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    date_done = fields.Date("Done On", readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_escalated = fields.Date("Escalated", readonly=True, copy=False)

    _planned_idx = models.Index("(date) WHERE state = 'planned'")

    # COMPUTE

    @api.depends("kind")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for event in self:
            event.name = event.name or kinds.get(event.kind)

    @api.depends("legal_case_id")
    def _compute_user_id(self):
        for event in self:
            event.user_id = event.user_id or event.legal_case_id.user_id

    @api.depends("rule_id")
    def _compute_is_unconfirmed(self):
        for event in self:
            rule = event.rule_id.sudo()
            event.is_unconfirmed = bool(rule) and not rule.is_confirmed

    @api.depends("date", "state", "company_id")
    @api.depends_context("recovery_today")
    def _compute_is_overdue(self):
        for event in self:
            company = event.company_id or self.env.company
            today = company._recovery_today()
            event.is_overdue = event.state == "planned" and event.date < today

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._recovery_today()
        return [("state", "=", "planned"), ("date", "<", today)]

    # CONSTRAINTS

    @api.constrains("date", "kind", "state")
    def _check_hearing(self):
        """A hearing in the past has a result."""
        for event in self.filtered(lambda e: e.kind == "hearing"):
            past = event.date < event.company_id._recovery_today()
            if past and event.state == "planned" and not event.create_date:
                raise ValidationError(event._past_hearing_text())
            if event.state == "done" and not (event.result or "").strip():
                raise ValidationError(event._past_hearing_text())

    def _past_hearing_text(self):
        return self.env._(
            "The hearing of %(day)s lies in the past: record its result (button "
            "“Record”), or choose a later day.",
            day=format_date(self.env, self.date),
        )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        today = self.env.company._recovery_today()
        for event in events.filtered(lambda e: e.state == "planned"):
            event.legal_case_id._check_is_open()
            if event.kind == "hearing" and event.date < today:
                raise UserError(event._past_hearing_text())
        events._sync_reminders()
        return events

    def write(self, vals):
        if {"date", "start", "kind"} & vals.keys() and not self._may_rewrite():
            raise UserError(
                self.env._(
                    "“%(event)s” has happened: its day cannot be changed. Undo it "
                    "first.",
                    event=self.filtered(lambda e: e.state == "done")[:1].name,
                )
            )
        result = super().write(vals)
        if {"date", "start", "duration", "user_id", "name", "state"} & vals.keys():
            self._sync_reminders()
        return result

    def _may_rewrite(self):
        return self.env.context.get("recovery_legal_event") or not any(
            event.state == "done" for event in self
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        for event in self.filtered(lambda e: e.state == "done"):
            raise UserError(
                self.env._(
                    "“%(event)s” has happened and belongs to the history of %(legal)s.",
                    event=event.name,
                    legal=event.legal_case_id.name,
                )
            )

    # DOING

    def action_done(self):
        """Done, and what follows is planned. What needs words or figures asks for
        them."""
        asking = self.filtered(lambda event: event.kind in TOLD)
        if asking and len(self) == 1:
            return self.action_record()
        if asking:
            raise UserError(
                self.env._(
                    "Hearings and judgments are recorded one by one: %(events)s.",
                    events=", ".join(asking.mapped("name")),
                )
            )
        for event in self:
            event._do(event.company_id._recovery_today())
        return True

    def action_record(self):
        """Ask for the day and the result."""
        self.ensure_one()
        return self.legal_case_id._dialog(
            "debt.recovery.legal.record",
            self.name,
            default_event_id=self.id,
            default_kind=self.kind,
        )

    def action_drop(self):
        """It is not needed any more."""
        waiting = self.filtered(lambda event: event.state in ("planned", "paused"))
        waiting.state = "dropped"

    def _do(self, day, result=None):
        """It happened on that day: stage, rules and reminders follow."""
        for event in self.filtered(lambda e: e.state != "done"):
            legal = event.legal_case_id
            event._check_day(day)
            legal._before_event(event.kind, day)
            event.write(
                {
                    "state": "done",
                    "date": day,
                    "date_done": event.company_id._recovery_today(),
                    "done_by_id": self.env.uid,
                    "result": result or event.result,
                }
            )
            legal._after_event(event)

    def _do_by_activity(self, feedback):
        """Its activity was marked as done; what needs figures is recorded instead."""
        for event in self:
            if event.kind == "judgment" or (event.kind == "hearing" and not feedback):
                raise UserError(
                    self.env._(
                        "“%(event)s” has a result: record it on %(legal)s.",
                        event=event.name,
                        legal=event.legal_case_id.name,
                    )
                )
            event.with_context(recovery_activity_done=True)._do(
                event.company_id._recovery_today(), feedback or None
            )

    def _check_day(self, day):
        if day > self.company_id._recovery_today():
            raise UserError(
                self.env._(
                    "%(day)s lies ahead: something that happened has a day in the "
                    "past.",
                    day=format_date(self.env, day),
                )
            )

    def action_undo(self):
        """It did not happen: back to the list, and what followed is taken away."""
        for event in self.filtered(lambda e: e.state == "done"):
            event.legal_case_id._undo_event(event)

    def action_open_rule(self):
        """The rule behind the deadline, to be confirmed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery.debt_recovery_legal_deadline_rule_action"
        )
        return action | {"domain": [("id", "=", self.rule_id.id)]}

    def action_open_case(self):
        """The legal case."""
        self.ensure_one()
        return self.legal_case_id._form_action()
