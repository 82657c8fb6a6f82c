from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools.rates import MissingRateError, Rate, RateTable


class DebtRecoveryChargeReference(models.Model):
    """A reference rate that laws point to: a central bank's rate by half-year."""

    _name = "debt.recovery.charge.reference"
    _description = "Reference Rate"
    _inherit = [
        "debt.recovery.code.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "name"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    publisher = fields.Char(help="Where the next rate is published.")
    rate_ids = fields.One2many("debt.recovery.charge.rate", "reference_id", "Rates")
    date_known = fields.Date(
        "Known Until",
        compute="_compute_date_known",
        help="Last day with a rate. A day after it is an error, never a guess.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)",
        "There is already a reference with this code: use another code.",
    )

    @api.depends("rate_ids.date_to")
    def _compute_date_known(self):
        for reference in self:
            reference.date_known = max(
                reference.rate_ids.mapped("date_to"), default=False
            )

    def _to_table(self):
        """The rates as the pure rules know them."""
        self.ensure_one()
        rates = [
            Rate(rate.date_from, rate.date_to, rate._percent_exact())
            for rate in self.rate_ids
        ]
        return RateTable(self.name, rates)

    @api.model
    def _missing_sentence(self, error: MissingRateError):
        """What to enter, and where."""
        return self.env._(
            "There is no rate of “%(reference)s” for %(day)s: enter it under "
            "Configuration, Reference Rates.",
            reference=error.name,
            day=format_date(self.env, error.day),
        )

    def _check_known(self, day):
        """:raises UserError: when no rate covers ``day``"""
        try:
            self._to_table().on(day)
        except MissingRateError as error:
            raise UserError(self._missing_sentence(error)) from error

    # REMINDER

    @api.model
    def _cron_remind(self):
        """Scheduled action: shortly before the known rates end, the managers of the
        companies that use them are asked for the next ones."""
        companies = self.env["res.company"].search([("parent_id", "=", False)])
        for company in companies:
            soon = company._recovery_today() + relativedelta(days=14)
            rules = company.recovery_charge_rule_ids
            for reference in rules.reference_id:
                if not reference.date_known or reference.date_known < soon:
                    reference._remind(company)

    def _remind(self, company):
        """One activity per manager, until it is done."""
        kind = self.env.ref("debt_recovery_charge.mail_activity_type_rate")
        manager = company.recovery_escalate_user_id
        if not manager or self.activity_ids.filtered(
            lambda task: task.user_id == manager and task.activity_type_id == kind
        ):
            return
        self.activity_schedule(
            "debt_recovery_charge.mail_activity_type_rate",
            user_id=manager.id,
            date_deadline=company._recovery_today(),
            summary=self._remind_sentence(),
            note=self.publisher,
        )

    def _remind_sentence(self):
        if not self.date_known:
            return self.env._("Enter the rate of %(reference)s", reference=self.name)
        return self.env._(
            "Enter the rate of %(reference)s after %(day)s",
            reference=self.name,
            day=format_date(self.env, self.date_known),
        )
