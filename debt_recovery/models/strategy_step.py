from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

ROLES = [
    ("ap", "Accounts payable"),
    ("ap_head", "Head of accounts payable"),
    ("cfo", "Finance director"),
    ("owner", "Owner or director"),
    ("legal", "Legal department"),
    ("salesperson", "Our salesperson"),
    ("manager", "Our recovery manager"),
    ("officer", "Our recovery officer"),
]
#: Model the templates of steps must be written for.
TEMPLATE_MODEL = "debt.recovery.case"


class DebtRecoveryStrategyStep(models.Model):
    """One step of chasing. ``day`` counts calendar days from the due date of the driver
    line (negative: before it). Event steps stand beside the ladder of every strategy:
    they have no strategy, and their day counts from the event. Minimums are in money
    units of the company, escalation days are working days."""

    _name = "debt.recovery.strategy.step"
    _description = "Strategy Step"
    _inherit = ["debt.recovery.code.mixin"]
    _order = "strategy_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(copy=True)
    strategy_id = fields.Many2one(
        "debt.recovery.strategy", index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    day = fields.Integer(
        help="Days after the due date of the oldest open line; negative is before it. "
        "On a free day the step waits for the next working day."
    )
    channel_ids = fields.Many2many(
        "debt.recovery.channel",
        "debt_recovery_step_channel_rel",
        "step_id",
        "channel_id",
        "Channels",
    )
    mode = fields.Selection(
        [
            ("auto", "Automatic"),
            ("review", "After review"),
            ("task", "Task"),
        ],
        required=True,
        default="auto",
        help="Automatic leaves at the release hour, a review waits in Outgoing for the "
        "officer, a task is work for people.",
    )
    monthly_list = fields.Boolean(
        help="No task for each customer: those who reach the step stand on one list "
        "that the manager decides once a month.",
    )
    recipient_role = fields.Selection(ROLES, "Recipient", default="ap")
    cc_role = fields.Selection(ROLES, "Copy To")
    template_id = fields.Many2one(
        "mail.template",
        domain=[("model", "=", TEMPLATE_MODEL)],
        ondelete="restrict",
    )
    sms_template_id = fields.Many2one(
        "sms.template",
        "Text Message",
        domain="[('model', '=', 'debt.recovery.case')]",
        help="Empty: two sentences with the total and the reference.",
    )
    tone = fields.Selection(
        [
            ("friendly", "Friendly"),
            ("firm", "Firm"),
            ("formal", "Formal"),
            ("neutral", "Neutral"),
        ]
    )
    script = fields.Html("Call Script", translate=True)
    minimum_units = fields.Float(
        "Minimum (Units)", help="Below this amount the step is left out."
    )
    minimum_scope = fields.Selection(
        [("total", "Whole claim"), ("line", "One line")],
        "Minimum Of",
        required=True,
        default="total",
    )
    company_currency_id = fields.Many2one(
        "res.currency", compute="_compute_minimum_amount"
    )
    minimum_amount = fields.Monetary(
        "Minimum",
        currency_field="company_currency_id",
        compute="_compute_minimum_amount",
        help="The minimum in the currency of the company you work in.",
    )
    stage_id = fields.Many2one("debt.recovery.stage", "Stage Set", ondelete="restrict")
    escalation_days = fields.Integer(
        "Escalate after", help="Working days without an answer to the task; 0: never."
    )
    escalation_user_role = fields.Selection(
        [
            ("officer", "Officer"),
            ("manager", "Manager"),
            ("final", "Final approver"),
        ],
        "Escalate To",
    )
    attach_invoices = fields.Boolean("Invoice Copies")
    attach_statement = fields.Boolean("Statement")
    event = fields.Selection(
        [
            ("bounce", "Message could not be delivered"),
            ("returned", "Payment was returned"),
            ("hold_ended", "A hold ended"),
            ("broken", "Promise or instalment broken"),
            ("rejected", "Dispute rejected"),
            ("deadline", "Period of the demand ended unpaid"),
            ("notice", "A contact rule asks for a notice first"),
            ("copy", "Copies of invoices were asked for"),
        ],
        help="Empty for a step of the ladder.",
    )

    @api.depends("minimum_units")
    @api.depends_context("company")
    def _compute_minimum_amount(self):
        company = self.env.company
        currency = company._recovery_root().sudo().currency_id
        for step in self:
            step.company_currency_id = currency
            step.minimum_amount = float(company._recovery_units(step.minimum_units))

    @api.depends("name", "day", "event")
    def _compute_display_name(self):
        for step in self:
            if step.event:
                step.display_name = step.name
            else:
                step.display_name = self.env._(
                    "%(step)s (day %(day)s)", step=step.name or "", day=step.day
                )

    # CONSTRAINTS

    @api.constrains("channel_ids", "name")
    def _check_channels(self):
        for step in self.filtered(lambda step: not step.channel_ids):
            raise ValidationError(
                self.env._(
                    "The step “%(step)s” has no channel: choose at least one.",
                    step=step.name,
                )
            )

    @api.constrains("minimum_units", "escalation_days")
    def _check_not_negative(self):
        for step in self:
            if step.minimum_units < 0:
                raise ValidationError(
                    self.env._(
                        "The minimum of the step “%(step)s” is negative: enter zero or "
                        "more.",
                        step=step.name,
                    )
                )
            if step.escalation_days < 0:
                raise ValidationError(
                    self.env._(
                        "The step “%(step)s” escalates after a negative number of "
                        "days: enter zero for never, or more.",
                        step=step.name,
                    )
                )

    @api.constrains("template_id")
    def _check_template(self):
        for step in self:
            template = step.template_id.sudo()
            if template and template.model != TEMPLATE_MODEL:
                raise ValidationError(
                    self.env._(
                        "The template “%(template)s” of the step “%(step)s” is written "
                        "for “%(model)s”: choose one for recovery cases.",
                        template=template.name,
                        step=step.name,
                        model=template.model_id.name or "",
                    )
                )

    @api.constrains("strategy_id", "event", "name")
    def _check_place(self):
        for step in self:
            if not step.event and not step.strategy_id:
                raise ValidationError(
                    self.env._(
                        "The step “%(step)s” is on no ladder: choose its strategy, or "
                        "the event that starts it.",
                        step=step.name,
                    )
                )
            if step.event and step.strategy_id:
                raise ValidationError(
                    self.env._(
                        "The step “%(step)s” answers an event and holds for every "
                        "strategy: leave its strategy empty.",
                        step=step.name,
                    )
                )

    @api.constrains("strategy_id", "day", "channel_ids", "active")
    def _check_same_day(self):
        """Two steps of one day are fine on two channels, never on the same one."""
        for strategy in self.strategy_id:
            taken = {}
            for step in strategy.step_ids.filtered("active"):
                for channel in step.channel_ids:
                    other = taken.setdefault((step.day, channel), step)
                    if other != step:
                        raise ValidationError(
                            self.env._(
                                "“%(first)s” and “%(second)s” both use %(channel)s on "
                                "day %(day)s of “%(strategy)s”: change the day or the "
                                "channel of one of them.",
                                first=other.name,
                                second=step.name,
                                channel=channel.name,
                                day=step.day,
                                strategy=strategy.name,
                            )
                        )

    @api.constrains("active", "strategy_id")
    def _check_strategy_has_steps(self):
        self.strategy_id._check_default_has_steps()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_last_of_default(self):
        """The default strategy must keep something to do."""
        for strategy in self.strategy_id.filtered("is_default"):
            if not strategy.step_ids.filtered("active") - self:
                raise UserError(
                    self.env._(
                        "“%(strategy)s” is the default strategy and needs a step: "
                        "choose another default first.",
                        strategy=strategy.name,
                    )
                )

    # READING (private API of the engine)

    def _effective_mode(self, strategy):
        """Nothing is automatic in a strategy that says so, or that began with
        everything asking first: people look at it. The company is the context's."""
        asks = strategy and (not strategy.automatic or strategy.live_mode == "manual")
        return "review" if asks and self.mode == "auto" else self.mode

    def _template_for(self, case):
        """Seam: the e-mail text that this case gets."""
        return self.template_id

    def _firmness(self):
        """“demand” for formal demands, “legal” for what follows them, else empty."""
        stage = self.stage_id.code
        if stage in ("legal", "agency"):
            return "legal"
        return "demand" if stage == "demand" else ""

    @api.model
    def _find_event_step(self, event, strategy=None):
        """The step beside the ladder that answers this event; it may be empty. The
        strategy is there for addons whose strategies answer in their own way."""
        return self.search([("event", "=", event)], limit=1)

    def _get_minimum_amount(self, company):
        """The minimum as an exact amount of that company."""
        self.ensure_one()
        return company._recovery_units(self.minimum_units)
