from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


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
            ("proposed", "Waits for approval"),
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
    grace_days = fields.Integer(
        "Grace (days)", default=3, help="Calendar days after the agreed day."
    )
    date_until = fields.Date(
        "Covered Until", compute="_compute_date_until", store=True, index=True
    )
    line_ids = fields.One2many("debt.recovery.agreement.line", "agreement_id", "Items")

    @api.depends("date_agreed", "grace_days")
    def _compute_date_until(self):
        for agreement in self:
            agreement.date_until = agreement.date_agreed and (
                agreement.date_agreed + timedelta(days=agreement.grace_days)
            )

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
