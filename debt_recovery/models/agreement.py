from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from .agreement_approval import RUNNING

STATES = [
    ("draft", "Draft"),
    ("to_approve", "Waits for approval"),
    ("to_sign", "Waits for signature or down payment"),
    ("active", "Active"),
    ("kept", "Kept"),
    ("kept_late", "Kept late"),
    ("partly_kept", "Partly kept"),
    ("broken", "Broken"),
    ("cancelled", "Cancelled"),
    ("replaced", "Replaced"),
]
#: What people see; the states behind it say why.
SCREEN_STATES = {
    "draft": "to_confirm",
    "to_approve": "to_confirm",
    "to_sign": "to_confirm",
    "active": "active",
    "kept": "kept",
    "kept_late": "kept",
    "partly_kept": "broken",
    "broken": "broken",
    "cancelled": "ended",
    "replaced": "ended",
}
SOURCES = [
    ("officer", "Said to us"),
    ("payment_run", "In the customer's payment run"),
    ("email", "Written to us"),
    ("visit", "At a visit"),
    ("portal", "On the customer's page"),
]


class DebtRecoveryAgreement(models.Model):
    """What the debtor agreed: a promise (one payment), a plan (several), a settlement
    (less than the debt). The covered part of the items is not chased until
    ``date_until``, a date and not a flag, so that a forgotten agreement never silences
    a debt. The ledger alone decides whether it was kept."""

    _name = "debt.recovery.agreement"
    _description = "Agreement"
    _inherit = [
        "debt.recovery.case.scope.mixin",
        "debt.recovery.case.scope.screen.mixin",
        "debt.recovery.agreement.approval.mixin",
        "debt.recovery.agreement.credit.mixin",
        "debt.recovery.agreement.facts.mixin",
        "debt.recovery.agreement.judge.mixin",
        "debt.recovery.agreement.terms.mixin",
        "debt.recovery.agreement.message.mixin",
        "debt.recovery.agreement.plan.mixin",
        "debt.recovery.agreement.acceptance.mixin",
        "debt.recovery.agreement.screen.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_agreed desc, id desc"

    name = fields.Char(compute="_compute_name")
    kind = fields.Selection(
        [
            ("promise", "Promise to pay"),
            ("plan", "Payment plan"),
            ("settlement", "Settlement"),
        ],
        required=True,
        default="promise",
        readonly=True,
    )
    state = fields.Selection(
        STATES,
        required=True,
        default="active",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    screen_state = fields.Selection(
        [
            ("to_confirm", "To confirm"),
            ("active", "Active"),
            ("kept", "Kept"),
            ("broken", "Broken"),
            ("ended", "Ended"),
        ],
        "Status",
        compute="_compute_screen_state",
        store=True,
        index=True,
    )
    date_agreed = fields.Date(
        "Payment Date",
        required=True,
        tracking=True,
        help="The day of the payment; of several, the last.",
    )
    date_signed = fields.Date(
        "Agreed On", readonly=True, copy=False, help="Day from which it counts."
    )
    source = fields.Selection(
        selection=lambda self: self._selection_source(),
        required=True,
        default="officer",
        readonly=True,
    )
    date_until = fields.Date(
        "Covered Until",
        compute="_compute_date_until",
        store=True,
        readonly=False,
        index=True,
        help="Last day on which the items are not chased if no more money comes.",
    )
    line_ids = fields.One2many("debt.recovery.agreement.line", "agreement_id", "Items")
    instalment_ids = fields.One2many(
        "debt.recovery.instalment", "agreement_id", "Instalments"
    )
    cancelled_by = fields.Selection(
        [
            ("debtor", "The customer"),
            ("us", "Us"),
            ("credited", "Nothing is owed any more"),
            ("unsigned", "Not signed or paid in time"),
            ("refused", "Not approved"),
        ],
        "Ended By",
        readonly=True,
        copy=False,
    )
    replaced_by_id = fields.Many2one(
        "debt.recovery.agreement", readonly=True, copy=False, ondelete="restrict"
    )
    replaces_id = fields.Many2one(
        "debt.recovery.agreement", readonly=True, copy=False, ondelete="restrict"
    )

    @api.model
    def _selection_source(self):
        """Where an agreement may come from."""
        return SOURCES

    @api.depends("state")
    def _compute_screen_state(self):
        for agreement in self:
            agreement.screen_state = SCREEN_STATES.get(agreement.state)

    @api.depends("instalment_ids.date_grace_end")
    def _compute_date_until(self):
        """Until the verdict says otherwise: the end of the first grace."""
        for agreement in self:
            ends = agreement.instalment_ids.mapped("date_grace_end")
            agreement.date_until = min(ends, default=agreement.date_until)

    @api.depends("kind", "date_agreed")
    def _compute_name(self):
        for agreement in self:
            day = format_date(self.env, agreement.date_agreed)
            agreement.name = {
                "promise": self.env._("Promise to pay on %(day)s", day=day),
                "plan": self.env._("Payment plan until %(day)s", day=day),
                "settlement": self.env._("Settlement by %(day)s", day=day),
            }[agreement.kind or "promise"]

    @api.constrains("date_agreed", "state")
    def _check_date_agreed(self):
        for agreement in self.filtered(lambda a: a.state == "active"):
            today = agreement.company_id._recovery_today()
            fresh = not agreement.date_signed or agreement.date_signed == today
            if fresh and agreement.date_agreed < today:
                raise ValidationError(
                    self.env._(
                        "The payment date %(date)s is in the past. Choose today or a "
                        "later day.",
                        date=agreement.date_agreed,
                    )
                )

    @api.constrains("line_ids", "case_id")
    def _check_one_debtor(self):
        merging = self.env.su and self.env.context.get("recovery_merging")
        for agreement in self.browse() if merging else self:
            case = agreement.case_id
            for item in agreement.line_ids.move_line_id.sudo():
                owner = (item.partner_id.commercial_partner_id, item.company_id.root_id)
                if owner != (case.partner_id, case.company_id):
                    raise ValidationError(
                        self.env._(
                            "%(item)s does not belong to %(customer)s in %(company)s: "
                            "an agreement covers items of one customer and company.",
                            item=item.move_id.display_name,
                            customer=case.partner_id.display_name,
                            company=case.company_id.name,
                        )
                    )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        agreements = super().create(vals_list)
        for agreement in agreements.filtered(lambda a: not a.instalment_ids):
            agreement._create_instalments()
        agreements.line_ids._begin()
        agreements.filtered(lambda a: a.state in RUNNING)._sign()
        return agreements

    def write(self, vals):
        result = super().write(vals)
        if {"date_agreed", "grace_days"} & vals.keys():
            for agreement in self.filtered(lambda a: a.kind == "promise"):
                agreement.instalment_ids.sudo().unlink()
                agreement._create_instalments()
        return result

    def _create_instalments(self):
        """One payment per currency, on the agreed day."""
        self.env["debt.recovery.instalment"].sudo().create(
            [
                {
                    "agreement_id": self.id,
                    "date_due": self.date_agreed,
                    "currency_id": currency.id,
                    "amount": sum(lines.mapped("amount_covered")),
                }
                for currency, lines in self.line_ids.grouped("currency_id").items()
            ]
        )

    def _sign(self):
        """From now on it counts."""
        for agreement in self.filtered(lambda a: not a.date_signed):
            agreement.sudo().date_signed = agreement.company_id._recovery_today()
        self.case_id._end_plan_calls()

    # ENDING IT

    def action_cancel(self):
        """We end it; its items are collectable again at once."""
        self._cancel("us")

    def action_cancel_by_debtor(self):
        """The customer takes it back."""
        self._cancel("debtor")

    def _cancel(self, cancelled_by):
        for agreement in self:
            if agreement.screen_state in ("kept", "ended"):
                raise UserError(
                    self.env._(
                        "%(name)s has ended already (%(state)s); there is nothing to "
                        "cancel.",
                        name=agreement.name,
                        state=agreement._state_label().lower(),
                    )
                )
        self._waiting_approvals()._decide("cancelled", self.env.user)
        self.write({"state": "cancelled", "cancelled_by": cancelled_by})
        self._cancel_messages()

    def _state_label(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    @api.model
    def _end_expired(self, items):
        """An agreement whose day has passed still holds the key of its items until
        somebody judges it."""
        today = self.env.company._recovery_today()
        lines = self.line_ids.search(
            [
                ("move_line_id", "in", items.ids),
                ("state", "in", RUNNING),
                ("agreement_id.date_until", "<", today),
            ]
        )
        lines.agreement_id._judge()

    def _taken_sentence(self):
        """For the timeline of the case."""
        return self.env._(
            "%(promise)s: %(amount)s. %(note)s",
            promise=self.name,
            amount=self.amount_text,
            note=self.note or "",
        ).strip()

    def _offer_sentence(self):
        """Why the approver is asked, where nobody wrote it."""
        return self.env._(
            "The customer offers to pay on %(day)s.",
            day=format_date(self.env, self.date_agreed),
        )
