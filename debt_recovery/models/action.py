from odoo import api, fields, models
from odoo.tools.misc import formatLang

from .action_guard import LIVE_KEY_SQL


class DebtRecoveryAction(models.Model):
    """One follow-up action: a message, a call, a task.

    planned -> approved -> queued -> done | failed | unclear, or skipped, refused,
    cancelled. It is *done* only when it really left (or the task was really carried
    out); done rows are the contact log and never change again (``action_guard``).
    What happens to a message afterwards is appended as ``debt.recovery.delivery``.

    There is no stored computed or related field here on purpose: a recompute writes
    below ``write`` and would slip past the guard.
    """

    _name = "debt.recovery.action"
    _description = "Recovery Action"
    _inherit = [
        "debt.recovery.action.guard.mixin",
        "debt.recovery.action.chain.mixin",
        "debt.recovery.action.plan.mixin",
        "debt.recovery.action.claim.mixin",
        "debt.recovery.action.sms.mixin",
        "debt.recovery.action.claim.write.mixin",
        "debt.recovery.action.cost.mixin",
        "debt.recovery.action.state.mixin",
        "debt.recovery.action.agreement.mixin",
        "debt.recovery.action.release.mixin",
        "debt.recovery.action.gate.mixin",
        "debt.recovery.action.queue.mixin",
        "debt.recovery.action.document.mixin",
        "debt.recovery.action.item.list.mixin",
        "debt.recovery.action.statement.mixin",
        "debt.recovery.action.letter.mixin",
        "debt.recovery.action.preview.mixin",
        "debt.recovery.action.approval.mixin",
        "debt.recovery.action.button.mixin",
        "debt.recovery.action.undo.mixin",
        "debt.recovery.action.outgoing.mixin",
        "debt.recovery.action.room.mixin",
        "debt.recovery.action.export.mixin",
        "debt.recovery.action.extract.mixin",
        "debt.recovery.action.purge.mixin",
    ]
    _order = "date_planned desc, id desc"
    _check_company_auto = True

    case_id = fields.Many2one(
        "debt.recovery.case", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="restrict"
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    strategy_id = fields.Many2one("debt.recovery.strategy", ondelete="restrict")
    step_id = fields.Many2one(
        "debt.recovery.strategy.step", index="btree_not_null", ondelete="restrict"
    )
    recipient_role = fields.Selection(related="step_id.recipient_role", string="As")
    cycle = fields.Integer(
        default=1, aggregator=None, help="Round of the strategy the step belongs to."
    )
    channel_id = fields.Many2one(
        "debt.recovery.channel", required=True, ondelete="restrict"
    )
    channel = fields.Char("Channel Code", related="channel_id.code")
    origin = fields.Selection(
        [("engine", "Strategy"), ("event", "Event"), ("manual", "By hand")],
        required=True,
        default="manual",
    )
    direction = fields.Selection(
        [("out", "Outgoing"), ("in", "Incoming")], required=True, default="out"
    )
    mode = fields.Selection(
        [("auto", "Automatic"), ("review", "Review first"), ("task", "Task")],
        required=True,
        default="auto",
    )
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("approved", "Approved"),
            ("queued", "Queued"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("unclear", "Unclear"),
            ("skipped", "Skipped"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="planned",
        index=True,
        readonly=True,
    )
    date_planned = fields.Date("Planned on", required=True, index=True)
    date_escalated = fields.Date(
        "Escalated on", readonly=True, help="Somebody above was told that it waits."
    )
    date_queued = fields.Datetime("Queued at", readonly=True)
    date_done = fields.Datetime("Done at", readonly=True, index="btree_not_null")
    sealed_at = fields.Datetime(
        readonly=True,
        help="From then on nobody can change it. A person's note: a quarter of an hour "
        "after it was written.",
    )
    user_id = fields.Many2one(
        "res.users", "Responsible", index="btree_not_null", ondelete="restrict"
    )
    approved_by_id = fields.Many2one(
        "res.users", "Approved by", readonly=True, ondelete="restrict"
    )

    # to whom, in which words
    recipient_ids = fields.Many2many(
        "res.partner",
        "debt_recovery_action_recipient_rel",
        "action_id",
        "partner_id",
        "Recipients",
        ondelete="restrict",
    )
    cc_ids = fields.Many2many(
        "res.partner",
        "debt_recovery_action_cc_rel",
        "action_id",
        "partner_id",
        "Copies to",
        ondelete="restrict",
    )
    address = fields.Char("Address as Sent", readonly=True)
    lang = fields.Char("Language", readonly=True)
    tone = fields.Selection(
        [
            ("friendly", "Friendly"),
            ("firm", "Firm"),
            ("formal", "Formal"),
            ("neutral", "Neutral"),
        ]
    )
    subject = fields.Char()
    body = fields.Html("Text", sanitize="email_outgoing")
    custom_text = fields.Boolean(
        "Text Written by Hand",
        help="Subject and text of this action are sent instead of the template.",
    )
    claims_nothing = fields.Boolean(
        readonly=True, help="An answer or a statement: it names no items as claimed."
    )
    document_facts = fields.Json(
        "Documents as Sent",
        readonly=True,
        help="Name, size and sha256 of each document that left with the message.",
    )
    attachment_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        "Documents",
        domain=[("res_model", "=", "debt.recovery.action")],
        bypass_search_access=True,
    )

    # what it claims
    driver_line_id = fields.Many2one(
        "account.move.line", index="btree_not_null", ondelete="set null"
    )
    driver_amount = fields.Monetary(
        currency_field="company_currency_id",
        help="Collectable amount of the driver line, company currency.",
    )
    amount_claimed = fields.Monetary(
        "Claimed",
        currency_field="company_currency_id",
        readonly=True,
        help="Sum of the claimed lines, company currency.",
    )
    cost = fields.Monetary(
        currency_field="company_currency_id",
        readonly=True,
        help="By the price of its channel on that day, company currency.",
    )
    line_ids = fields.One2many(
        "debt.recovery.action.line", "action_id", "Claimed Lines", readonly=True
    )
    claimed_text = fields.Char("Claimed per Currency", compute="_compute_claimed_text")

    # what came of it
    outcome_id = fields.Many2one("debt.recovery.outcome", ondelete="restrict")
    person = fields.Char("Person Reached")
    note = fields.Text()
    protected_note = fields.Text(
        groups="debt_recovery.group_sensitive",
        help="What was said about health or hardship, for those who must know.",
    )
    duration = fields.Integer(
        readonly=True, aggregator="avg", help="Seconds the contact took."
    )
    reason = fields.Char(help="Why this action was planned, skipped or cancelled.")
    failure = fields.Char(readonly=True, help="Why it did not leave.")
    verdict = fields.Char(readonly=True, help="What the contact rules said.")
    delivery_ids = fields.One2many(
        "debt.recovery.delivery", "action_id", "Delivery Events", readonly=True
    )
    mail_message_id = fields.Many2one(
        "mail.message",
        "Message",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    mail_mail_ref = fields.Integer(
        "Outgoing Mail", readonly=True, aggregator=None, index="btree_not_null"
    )
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, index="btree_not_null", ondelete="set null"
    )
    correction_of_id = fields.Many2one(
        "debt.recovery.action", "Corrects", ondelete="restrict", index="btree_not_null"
    )

    correction_ids = fields.One2many(
        "debt.recovery.action", "correction_of_id", "Corrections", readonly=True
    )

    # proof
    chain_no = fields.Integer("Log Number", readonly=True, aggregator=None)
    checksum = fields.Char(readonly=True)
    previous_checksum = fields.Char(readonly=True)

    _live_key = models.UniqueIndex(
        f"(case_id, step_id, cycle, channel_id) WHERE {LIVE_KEY_SQL}",
        "This step is already planned or sent for the case on this channel.",
    )
    _case_log = models.Index("(case_id, chain_no) WHERE state = 'done'")
    _unsealed = models.Index("(sealed_at) WHERE state = 'done' AND checksum IS NULL")
    _outgoing = models.Index(
        "(company_id, date_planned) "
        "WHERE state IN ('planned', 'approved', 'queued', 'failed', 'unclear')"
    )

    @api.depends("partner_id", "step_id", "channel_id")
    def _compute_display_name(self):
        for action in self:
            what = action.step_id.name or action.channel_id.name or ""
            action.display_name = self.env._(
                "%(step)s – %(customer)s",
                step=what,
                customer=action.partner_id.display_name or "",
            )

    @api.depends("line_ids.amount_currency", "line_ids.currency_id")
    def _compute_claimed_text(self):
        for action in self:
            totals = action._claim_totals()
            action.claimed_text = " + ".join(
                formatLang(self.env, amount, currency_obj=currency)
                for currency, amount in totals.items()
            )
