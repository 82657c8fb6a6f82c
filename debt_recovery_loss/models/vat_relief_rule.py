from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.debt_recovery.tools.money import to_decimal

from ..tools.relief import ReliefRule


class DebtRecoveryVatReliefRule(models.Model):
    """When a country lets a supplier claim the tax on a bad debt back. Data with its
    source; a company chooses one."""

    _name = "debt.recovery.vat.relief.rule"
    _description = "Tax Relief on Bad Debts"
    _order = "country_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    country_id = fields.Many2one("res.country", required=True, index=True)
    start = fields.Selection(
        [
            ("later", "Due date or supply, the later"),
            ("due", "Due date"),
            ("supply", "Supply"),
            ("written_off", "Write-off"),
        ],
        "Counted From",
        required=True,
        default="later",
    )
    months = fields.Integer("Wait (Months)", aggregator=None)
    days = fields.Integer("Wait (Days)", aggregator=None)
    deadline_months = fields.Integer(
        "Claim Within (Months)", aggregator=None, help="Zero: no deadline is known."
    )
    minimum = fields.Float(
        "From (Tax Base)",
        aggregator=None,
        help="Smaller claims get nothing back; in the currency of the company.",
    )
    shown_as = fields.Selection(
        [
            ("credit", "As a credit note: the lines of the invoice's tax"),
            ("own", "On lines of its own"),
        ],
        "In the Tax Return",
        required=True,
        default="credit",
    )
    claim_tag_ids = fields.Many2many(
        "account.account.tag",
        "debt_recovery_vat_relief_rule_claim_tag_rel",
        string="Lines of the Claim",
        domain="[('applicability', '=', 'taxes')]",
    )
    repay_tag_ids = fields.Many2many(
        "account.account.tag",
        "debt_recovery_vat_relief_rule_repay_tag_rel",
        string="Lines of the Repayment",
        domain="[('applicability', '=', 'taxes')]",
        help="When money comes after the claim; empty: those of the claim.",
    )
    conditions = fields.Text(translate=True, help="What has to be there besides time.")
    source = fields.Char(required=True)
    date_checked = fields.Date("Source Checked On")
    confirmed = fields.Boolean(
        help="Not confirmed: have it confirmed by your tax adviser before you claim."
    )

    @api.constrains("months", "days", "deadline_months", "minimum")
    def _check_periods(self):
        for rule in self:
            if min(rule.months, rule.days, rule.deadline_months, rule.minimum) < 0:
                raise ValidationError(
                    self.env._(
                        "Periods and the minimum of “%(rule)s” are zero or more.",
                        rule=rule.name,
                    )
                )
            if 0 < rule.deadline_months <= rule.months:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” could never be claimed: its deadline of "
                        "%(deadline)s months ends before the wait of %(months)s "
                        "months.",
                        rule=rule.name,
                        deadline=rule.deadline_months,
                        months=rule.months,
                    )
                )

    # TAX RETURN

    def _claim_tags(self, tax_line):
        """Lines of the tax return that show the tax of an invoice coming back.

        :param tax_line: journal item of the invoice that holds the tax
        """
        if self.shown_as == "own":
            return self.claim_tag_ids
        give_up = self.env["debt.recovery.give.up.mixin"]
        return give_up._give_up_credit_tags(tax_line)

    def _repay_tags(self, tax_line):
        """The same when it is paid again."""
        if self.shown_as == "own" and self.repay_tag_ids:
            return self.repay_tag_ids
        return self._claim_tags(tax_line)

    # COUNT

    def _to_rule(self):
        """Plain values for the count."""
        return ReliefRule(
            start=self.start,
            months=self.months,
            days=self.days,
            deadline_months=self.deadline_months,
            minimum=to_decimal(self.minimum, 2),
        )
