from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

#: Days of the calendar that are read to find the working days of a grace.
GRACE_SCAN = 30
SOURCES = [
    ("officer", "Said to us"),
    ("payment_run", "In the customer's payment run"),
    ("email", "Written to us"),
    ("visit", "At a visit"),
    ("portal", "On the customer's page"),
]


class DebtRecoveryAgreement(models.Model):
    """What the debtor agreed. The covered part of the items is not chased until the
    agreed day with its grace has passed; validity is judged by that date, so that a
    forgotten promise never silences a debt."""

    _name = "debt.recovery.agreement"
    _description = "Agreement"
    _inherit = [
        "debt.recovery.case.scope.mixin",
        "debt.recovery.case.scope.screen.mixin",
        "debt.recovery.agreement.approval.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_agreed desc, id desc"

    name = fields.Char(compute="_compute_name")
    kind = fields.Selection(
        [("promise", "Promise to pay")], required=True, default="promise"
    )
    state = fields.Selection(
        [
            ("to_approve", "Waits for approval"),
            ("active", "Active"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="active",
        readonly=True,
        copy=False,
        tracking=True,
    )
    date_agreed = fields.Date("Payment Date", required=True, tracking=True)
    source = fields.Selection(
        selection=lambda self: self._selection_source(),
        required=True,
        default="officer",
        readonly=True,
    )
    grace_days = fields.Integer(
        "Grace (working days)",
        default=3,
        help="Working days after the agreed day in which the money still counts.",
    )
    date_until = fields.Date(
        "Covered Until", compute="_compute_date_until", store=True, index=True
    )
    line_ids = fields.One2many("debt.recovery.agreement.line", "agreement_id", "Items")

    @api.model
    def _selection_source(self):
        """Where an agreement may come from."""
        return SOURCES

    @api.depends("date_agreed", "grace_days", "company_id")
    def _compute_date_until(self):
        for agreement in self:
            agreement.date_until = (
                agreement.date_agreed and agreement._last_day_of_grace()
            )

    def _last_day_of_grace(self):
        """Money of that day still counts; the debtor does not pay on our holidays."""
        day = self.date_agreed
        company = self.company_id or self.env.company
        calendar = company._recovery_calendar(
            day, day + timedelta(days=GRACE_SCAN + 3 * self.grace_days)
        )
        if not self.grace_days:
            return calendar.next_working(day)
        return calendar.add_working_days(day, self.grace_days)

    @api.depends("kind", "date_agreed")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for agreement in self:
            agreement.name = self.env._(
                "%(kind)s of %(date)s",
                kind=kinds.get(agreement.kind, ""),
                date=format_date(self.env, agreement.date_agreed),
            )

    @api.constrains("date_agreed", "state")
    def _check_date_agreed(self):
        for agreement in self.filtered(lambda a: a.state == "active"):
            today = agreement.company_id._recovery_today()
            if agreement.date_agreed < today:
                raise ValidationError(
                    self.env._(
                        "The payment date %(date)s is in the past. Choose today or a "
                        "later day.",
                        date=agreement.date_agreed,
                    )
                )

    def action_cancel(self):
        """The agreement ends and its items are collectable again at once."""
        self.write({"state": "cancelled"})

    @api.model
    def _end_expired(self, items):
        """An agreement whose day has passed still holds the key of its items."""
        today = self.env.company._recovery_today()
        lines = self.line_ids.search(
            [
                ("move_line_id", "in", items.ids),
                ("state", "=", "active"),
                ("agreement_id.date_until", "<", today),
            ]
        )
        lines.agreement_id.action_cancel()

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

    def _send_confirmation(self):
        """Tell the debtor what was agreed."""
