from odoo import fields, models
from odoo.tools import SQL


class DebtRecoveryStepEffect(models.Model):
    """What a step of a strategy brought: one row per action of a strategy or an event
    that left, was refused or failed. Live, company currency, read only.

    Each payment counts once: for the last step that claimed the paid item until the
    day of the payment (the day of the step included), and only within 14 days.
    Replies, disputes and complaints count likewise, for the last step of the case.
    Money is cash as agreements count it: credit notes and what we gave up are none.
    A step followed by money is not proved to be its cause; a split test proves that.
    """

    _name = "debt.recovery.step.effect"
    _description = "Effect of a Step"
    _inherit = ["debt.recovery.step.effect.sql.mixin"]
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "step_id"
    _depends = {
        "debt.recovery.action": [
            "state",
            "date_done",
            "step_id",
            "strategy_id",
            "cost",
        ],
        "debt.recovery.action.line": ["move_line_id"],
        "debt.recovery.reply": ["date", "kind"],
        "debt.recovery.dispute": ["date_opened", "kind"],
        "account.partial.reconcile": ["amount", "max_date"],
    }

    company_id = fields.Many2one("res.company", "Root Company", readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(readonly=True, help="Day of the company on which it was done.")
    strategy_id = fields.Many2one("debt.recovery.strategy", readonly=True)
    step_id = fields.Many2one("debt.recovery.strategy.step", readonly=True)
    channel_id = fields.Many2one("debt.recovery.channel", readonly=True)
    case_id = fields.Many2one("debt.recovery.case", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one("res.users", "Officer", readonly=True)
    state = fields.Selection(
        [("done", "Sent"), ("refused", "Refused"), ("failed", "Failed")],
        readonly=True,
    )
    sent = fields.Integer(readonly=True, help="Messages that left and tasks done.")
    refused = fields.Integer(
        readonly=True, help="Stopped by the contact rules before it left."
    )
    failed = fields.Integer(readonly=True, help="Could not be delivered.")
    amount_claimed = fields.Monetary(
        "Claimed", currency_field="company_currency_id", readonly=True
    )
    amount_short = fields.Monetary(
        "Paid in 7 Days",
        currency_field="company_currency_id",
        readonly=True,
        help="Money on the claimed items. Each payment counts once, for the last step "
        "that claimed the item before it.",
    )
    amount_long = fields.Monetary(
        "Paid in 14 Days",
        currency_field="company_currency_id",
        readonly=True,
        help="Money on the claimed items. Each payment counts once, for the last step "
        "that claimed the item before it.",
    )
    paying = fields.Float(
        "Paying in 14 Days",
        aggregator="avg",
        readonly=True,
        help="Share of what was sent that was followed by money on a claimed item.",
    )
    replies = fields.Integer(readonly=True, help="Answers of people within 14 days.")
    disputes = fields.Integer(readonly=True, help="Disputes opened within 14 days.")
    complaints = fields.Integer(readonly=True, help="Complaints within 14 days.")
    cost = fields.Monetary(
        currency_field="company_currency_id",
        readonly=True,
        help="By the price of the channel when it was done.",
    )

    @property
    def _table_query(self):
        return SQL(
            """SELECT a.id, a.company_id, a.day AS date, a.strategy_id, a.step_id,
                      a.channel_id, a.case_id, a.partner_id,
                      k.user_id, a.state,
                      a.sent, (a.state = 'refused')::int AS refused,
                      (a.state = 'failed')::int AS failed,
                      a.sent * a.amount_claimed AS amount_claimed,
                      COALESCE(paid.short, 0) AS amount_short,
                      COALESCE(paid.long, 0) AS amount_long,
                      CASE WHEN a.sent = 1
                           THEN (COALESCE(paid.long, 0) > 0)::int END AS paying,
                      COALESCE(answer.count, 0) AS replies,
                      COALESCE(dispute.disputes, 0) AS disputes,
                      COALESCE(dispute.complaints, 0) AS complaints,
                      a.sent * a.cost AS cost
                 FROM (%(actions)s) a
                 JOIN debt_recovery_case k ON k.id = a.case_id
                 LEFT JOIN LATERAL (%(paid)s) paid ON TRUE
                 LEFT JOIN LATERAL (%(replies)s) answer ON TRUE
                 LEFT JOIN LATERAL (%(disputes)s) dispute ON TRUE""",
            actions=self._effect_actions_sql(),
            paid=self._effect_paid_sql(),
            replies=self._effect_replies_sql(),
            disputes=self._effect_disputes_sql(),
        )

    def action_open_case(self):
        """The case in which it happened."""
        self.ensure_one()
        return self.case_id._get_records_action()
