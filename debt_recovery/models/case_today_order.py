from odoo import api, fields, models
from odoo.tools import SQL


class DebtRecoveryCaseTodayOrder(models.AbstractModel):
    """In which order Today is worked, and what a row shows beside the amounts:
    appointments by their hour, then what the debtor or the post office did, then the
    score."""

    _name = "debt.recovery.case.today.order.mixin"
    _description = "Rows of Today"

    appointment_at = fields.Datetime(
        "At",
        compute="_compute_appointment_at",
        help="Hour of a callback agreed for today; it comes first.",
    )
    today_rank = fields.Integer(
        compute="_compute_today_rank",
        help="Replies, broken promises and failures come before the score.",
    )
    customer_label = fields.Char("Customer and City", compute="_compute_customer_label")
    today_badges = fields.Json("Notes", compute="_compute_today_badges")

    @api.depends("activity_ids.date_deadline")
    @api.depends_context("recovery_today")
    def _compute_appointment_at(self):
        facts = self._today_facts()
        for case in self:
            task = facts.get(case._origin.id, {}).get("callback")
            case.appointment_at = task and task.recovery_hour

    @api.depends("todo_kind")
    def _compute_today_rank(self):
        for case in self:
            urgent = ("reply", "broken", "failed", "unclear")
            case.today_rank = 0 if case.todo_kind in urgent else 1

    @api.depends("partner_id")
    def _compute_customer_label(self):
        for case in self:
            name, city = case.partner_id.display_name, case.partner_id.city
            case.customer_label = f"{name} ({city})" if city else name

    @api.depends("amount_disputed", "amount_agreed", "amount_held", "strategy_id")
    @api.depends("has_new_answer", "user_id.recovery_stand_in_id")
    @api.depends_context("lang", "uid", "recovery_today")
    def _compute_today_badges(self):
        for case in self:
            case.today_badges = list(case._find_badges())

    def _find_badges(self):
        """``[icon, label]`` of what else is true of the case."""
        self.ensure_one()
        currency = self.company_currency_id
        parts = (
            ("fa-gavel", self.env._("Disputed"), self.amount_disputed),
            ("fa-handshake-o", self.env._("Agreed"), self.amount_agreed),
            ("fa-pause-circle-o", self.env._("On hold"), self.amount_held),
        )
        for icon, label, amount in parts:
            if not currency.is_zero(amount):
                yield [icon, f"{label}: {currency.format(amount)}"]
        if self.has_new_answer:
            yield ["fa-comment-o", self.env._("A colleague answered")]
        if self.user_id.recovery_stand_in_id == self.env.user:
            yield ["fa-user-o", self.env._("For %(who)s, away", who=self.user_id.name)]
        if self.strategy_id.code == "key_account":
            yield ["fa-star", self.env._("Key account")]

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Two fields of the moment can be sorted by: their values come from SQL."""
        case_id = SQL.identifier(alias, "id")
        if field_name == "appointment_at":
            appointment = SQL(
                "(SELECT MIN(q.day) FROM (%s) q WHERE q.case_id = %s)",
                self._callbacks_sql(),
                case_id,
            )
            return SQL("%s %s %s", appointment, direction, nulls)
        if field_name == "today_rank":
            kinds = self._search_todo_kind(
                "in", ["reply", "broken", "failed", "unclear"]
            )
            urgent = self.sudo()._search(kinds).subselect()
            rank = SQL("CASE WHEN %s IN %s THEN 0 ELSE 1 END", case_id, urgent)
            return SQL("%s %s %s", rank, direction, nulls)
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
