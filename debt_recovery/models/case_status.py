from datetime import date
from decimal import Decimal
from functools import partial

from odoo import api, fields, models
from odoo.tools import format_date, ormcache

from .reasons import sentence


class DebtRecoveryCaseStatus(models.AbstractModel):
    """The derived stage and the one sentence that says where a case stands. Both are
    computed from facts; nobody sets them."""

    _name = "debt.recovery.case.status.mixin"
    _description = "Status of a Recovery Case"

    stage_id = fields.Many2one(
        "debt.recovery.stage",
        compute="_compute_stage_id",
        store=True,
        index=True,
        tracking=True,
        group_expand="_read_group_stage_ids",
    )
    date_last_stage_update = fields.Datetime(
        "In This Stage Since",
        compute="_compute_date_last_stage_update",
        store=True,
        help="A case that stays longer than its stage allows is shown as stuck.",
    )
    next_action = fields.Char(compute="_compute_next_action")
    status_sentence = fields.Char("Status", compute="_compute_status_sentence")

    @api.depends(
        "state",
        "close_reason",
        "reached_stage_id",
        "amount_collectable",
        "amount_disputed",
        "amount_agreed",
        "amount_held",
    )
    def _compute_stage_id(self):
        stages = self.env["debt.recovery.stage"]
        for case in self:
            case.stage_id = stages._by_code(case._stage_code()) or (
                case.reached_stage_id or stages._by_code("new")
            )

    def _stage_code(self):
        """Code of the first matching row of the stage table; empty means that the
        furthest ladder stage counts. Addons put their rows in front."""
        self.ensure_one()
        if self.state == "closed":
            paid = self.close_reason in ("paid", "watch_ended")
            return "closed_paid" if paid else "closed_other"
        zero = self.company_currency_id.is_zero
        if not zero(self.amount_collectable):
            return ""
        if not zero(self.amount_held) or not zero(self.amount_disputed):
            return "paused"
        return "" if zero(self.amount_agreed) else "agreed"

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        return stages.search([("code", "!=", False)])

    @api.depends("next_step_id", "next_action_date", "next_reason")
    def _compute_next_action(self):
        for case in self:
            case.next_action = case.next_step_id.name or case.next_reason or False

    @api.depends(
        "step_id",
        "step_date",
        "next_step_id",
        "next_action_date",
        "next_reason",
        "state",
        "close_reason",
        "agreement_ids.state",
    )
    def _compute_status_sentence(self):
        for case in self:
            case.status_sentence = "; ".join(filter(None, case._status_parts()))

    def _status_parts(self):
        self.ensure_one()
        if self.state == "closed":
            reasons = dict(
                self._fields["close_reason"]._description_selection(self.env)
            )
            yield self.env._(
                "Closed on %(date)s: %(reason)s",
                date=self._format_day(self.date_closed),
                reason=reasons.get(self.close_reason, ""),
            )
            return
        yield self._status_last()
        yield self._status_agreed()
        yield self._status_next()

    def _status_last(self):
        if not self.step_id:
            return self.env._("No step taken yet")
        return self.env._(
            "%(step)s on %(date)s",
            step=self.step_id.name,
            date=self._format_day(self.step_date),
        )

    def _status_agreed(self):
        today = self.company_id._recovery_today()
        agreed = self.agreement_ids.filtered(
            lambda a: a.state == "active" and a.date_until >= today
        )
        return agreed[:1].name

    def _status_next(self):
        if self.next_step_id and not self.next_action_date:
            return self.env._("next: %(step)s", step=self.next_step_id.name)
        if self.next_step_id:
            return self.env._(
                "next: %(step)s on %(date)s",
                step=self.next_step_id.name,
                date=self._format_day(self.next_action_date),
            )
        return self.next_reason

    def _format_day(self, day):
        return self._format_known_day(day) if day else "…"

    @api.model
    @ormcache("day", "self.env.lang")
    def _format_known_day(self, day):
        """A run writes the same few days a thousand times."""
        return format_date(self.env, day)

    def _sentence(self, item, words=None):
        """A reason of ``tools/`` in words; dates and amounts as people read them.

        :param words: dict that remembers the words of many cases of one company
        """
        formats = self._format_reason_value
        if words is not None:
            formats = partial(self._remember_words, words, self.strategy_id.id)
        return sentence(self.env, item, formats)

    def _remember_words(self, words, strategy_id, name, value):
        """Thousands of sentences speak of the same few steps, days and amounts."""
        key = (strategy_id, name, value)
        if key not in words:
            words[key] = self._format_reason_value(name, value)
        return words[key]

    def _format_reason_value(self, name, value):
        """Names for what ``tools/`` knows by code, dates and amounts for people."""
        if name == "step" and value:
            steps = self.strategy_id.step_ids
            named = next((step.name for step in steps if step.code == value), value)
            return f"“{named}”"
        if name == "state" and value:
            states = self.env["debt.recovery.action"]._fields["state"]
            labels = dict(states._description_selection(self.env))
            return labels.get(value, value).lower()
        if isinstance(value, date):
            return self._format_day(value)
        if isinstance(value, Decimal):
            return self.company_currency_id.format(float(value))
        return value
