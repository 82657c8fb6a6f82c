from datetime import timedelta

from odoo import api, fields, models


class DebtRecoveryCasePosition(models.AbstractModel):
    """Where the case stands on its strategy. The position moves only when a step was
    really taken; a reset raises the cycle, a returned payment restores the former."""

    _name = "debt.recovery.case.position.mixin"
    _description = "Position on the Strategy"

    strategy_id = fields.Many2one(
        "debt.recovery.strategy", tracking=True, ondelete="restrict", index=True
    )
    strategy_manual = fields.Boolean(
        "Strategy Chosen by Hand",
        help="The rules no longer choose the strategy of this case.",
    )
    cycle = fields.Integer(
        default=1,
        readonly=True,
        copy=False,
        help="Raised when the ladder starts again after a payment.",
    )
    cycle_count = fields.Integer("Highest Cycle", default=1, readonly=True, copy=False)
    step_id = fields.Many2one(
        "debt.recovery.strategy.step",
        "Last Step",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    step_date = fields.Date("Last Step On", readonly=True, copy=False)
    reached_stage_id = fields.Many2one(
        "debt.recovery.stage", "Furthest Stage", readonly=True, copy=False
    )
    next_step_id = fields.Many2one(
        "debt.recovery.strategy.step",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    next_action_date = fields.Date("Next Action On", copy=False, index=True)
    next_reason = fields.Char("Why", readonly=True, copy=False)
    last_message_date = fields.Date("Last Message", readonly=True, copy=False)

    def _assign_strategy(self):
        """Let the rules choose, except where a person chose."""
        cases = self.filtered(
            lambda case: case.state != "closed" and not case.strategy_manual
        )
        chosen = self.env["debt.recovery.strategy"]._strategy_for_cases(cases)
        changed = cases.filtered(
            lambda case: chosen.get(case.id) not in (None, case.strategy_id)
        )
        for strategy, group in changed.grouped(lambda c: chosen[c.id]).items():
            if strategy:
                group.write({"strategy_id": strategy.id, "strategy_manual": False})

    def _on_action_done(self, action):
        """A step was taken: the message left or the task was created and worked."""
        self._refresh_priority()
        for case in self:
            day = case.company_id._recovery_today()
            vals = {}
            if action.channel_id.is_message and action.direction == "out":
                vals["last_message_date"] = day
            vals |= case._prepare_step_vals(action, day)
            if vals:
                case.write(vals)

    def _on_task_planned(self, action):
        """A task moves the position when it is given out: an unworked call must not
        silence the ladder, its escalation watches over it."""
        for case in self:
            day = case.company_id._recovery_today()
            vals = case._prepare_step_vals(action, day)
            if vals:
                case.write(vals)

    def _on_action_undone(self):
        """An entry was taken back: the position is what the rest of the log says."""
        for case in self:
            case.write(case._prepare_cycle_position_vals())
            done = case.action_ids.filtered(
                lambda entry, case=case: (
                    entry.state == "done"
                    and entry.cycle == case.cycle
                    and not entry.correction_of_id
                )
            )
            for action in done:
                stage = case._furthest_stage(case._stage_of_action(action))
                if stage != case.reached_stage_id:
                    case.reached_stage_id = stage

    def _prepare_step_vals(self, action, day):
        """Values that move the position; nobody goes backwards."""
        self.ensure_one()
        vals = {}
        step = action.step_id
        ladder = step and not step.event and action.cycle == self.cycle
        if ladder and step.sequence >= (self.step_id.sequence or 0):
            vals |= {"step_id": step.id, "step_date": day}
        stage = self._furthest_stage(self._stage_of_action(action))
        if stage != self.reached_stage_id:
            vals["reached_stage_id"] = stage.id
        return vals

    @api.model
    def _stage_of_action(self, action):
        """Stage an action takes the case to: its step's, else what it was."""
        stages = self.env["debt.recovery.stage"]
        if action.step_id.stage_id:
            return action.step_id.stage_id
        if action.outcome_id.is_rpc:
            return stages._by_code("contact")
        before_due = action.step_id and action.step_id.day < 0
        told = action.channel_id.is_message and action.direction == "out"
        if told and not before_due:
            return stages._by_code("reminder")
        return stages

    def _furthest_stage(self, stage):
        self.ensure_one()
        reached = self.reached_stage_id
        if not stage or (reached and reached.ladder_order >= stage.ladder_order):
            return reached
        return stage

    def _set_cycle(self, cycle, cycle_count):
        """Start a new cycle, or return to a former one with its position."""
        for case in self:
            if (case.cycle, case.cycle_count) == (cycle, cycle_count):
                continue
            case.write({"cycle": cycle, "cycle_count": cycle_count})
            case.write(case._prepare_cycle_position_vals())

    def _prepare_cycle_position_vals(self):
        """Position from the log of the current cycle."""
        self.ensure_one()
        taken = self.env["debt.recovery.action"].search(
            [
                ("case_id", "=", self.id),
                ("cycle", "=", self.cycle),
                ("step_id.event", "=", False),
                ("origin", "in", ("engine", "manual")),
                ("step_id", "!=", False),
                ("state", "in", ("done", "queued", "approved", "planned")),
            ]
        )
        taken = taken.filtered(lambda a: a.state == "done" or a.mode == "task")
        last = taken.sorted(lambda action: action.step_id.sequence)[-1:]
        stages = taken.step_id.stage_id.sorted("ladder_order")
        return {
            "step_id": last.step_id.id,
            "step_date": last.date_done.date() if last.date_done else last.date_planned,
            "reached_stage_id": stages[-1:].id,
        }

    def _recovery_event(self, event, action=None, decided=False):
        """Steps beside the ladder: something happened (``bounce``, ``returned``,
        ``hold_ended`` …). Once per case, event and day; the position stays.

        :param decided: a person has just decided it and was told what follows: it is
            planned in shadow mode too, and waits there for review
        :return: the planned actions
        """
        planned = self.env["debt.recovery.action"]
        for case in self.filtered(lambda case: case._is_event_due(decided)):
            step = self.env["debt.recovery.strategy.step"]._find_event_step(
                event, case.strategy_id
            )
            if step:
                planned |= case._plan_event(step, action)
        return planned

    def _is_event_due(self, decided=False):
        """Nothing is planned for closed cases, and in shadow mode only what a person
        decided."""
        return self.state != "closed" and (
            decided or self.strategy_id._is_live(self.company_id)
        )

    def _plan_event(self, step, action=None):
        self.ensure_one()
        actions = self.env["debt.recovery.action"]
        day = self._event_day(step)
        channels = step.channel_ids.filtered(
            lambda channel: (
                not actions.search_count(
                    [
                        ("case_id", "=", self.id),
                        ("step_id", "=", step.id),
                        ("channel_id", "=", channel.id),
                        ("date_planned", "=", day),
                    ],
                    limit=1,
                )
            )
        )
        vals_list = [
            self._prepare_action_vals(
                step,
                channel,
                origin="event",
                reason=step.display_name,
                date_planned=day,
            )
            for channel in channels
        ]
        if not self.strategy_id._is_live(self.company_id):
            for vals in vals_list:
                vals["mode"] = "task" if vals["mode"] == "task" else "review"
        planned = actions._plan_from_decisions(vals_list)
        planned.filtered(lambda action: action.mode == "task")._release()
        return planned

    def _event_day(self, step):
        """At once, or so many days after the event, on a working day."""
        today = self.company_id._recovery_today()
        if step.day <= 0:
            return today
        day = today + timedelta(days=step.day)
        calendar = self.company_id._recovery_calendar(day, day + timedelta(days=30))
        return calendar.next_working(day)

    def _prepare_action_vals(self, step, channel, origin="engine", reason="", **extra):
        """One planned action of a step; ``line_ids`` in ``extra`` are journal items."""
        self.ensure_one()
        strategy = self.strategy_id.with_company(self.company_id)
        return {
            "case_id": self.id,
            "strategy_id": strategy.id,
            "step_id": step.id,
            "cycle": self.cycle,
            "channel_id": channel.id,
            "origin": origin,
            "mode": step._effective_mode(strategy),
            "date_planned": self.company_id._recovery_today(),
            "reason": reason,
            **extra,
        }
