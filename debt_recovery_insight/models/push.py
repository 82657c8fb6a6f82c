from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

#: What an officer fills in.
COMMITMENT = {"amount_committed", "date_committed", "note"}


class DebtRecoveryPush(models.Model):
    """A customer whose money can land before the month ends, what the officer commits
    to, and what came. The list is made on the last five working days of a month; a
    commitment is fixed after the day on which it was made, and the ledger judges it:
    hit when 95 % came until the day named, counted from the day of the commitment."""

    _name = "debt.recovery.push"
    _description = "Month-end Push"
    _inherit = [
        "debt.recovery.push.list.mixin",
        "debt.recovery.push.judge.mixin",
        "debt.recovery.push.sum.mixin",
    ]
    _order = "month desc, amount_expected desc, amount_collectable desc, id"
    _rec_name = "partner_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, readonly=True, index=True)
    date_listed = fields.Date("Listed On", required=True, readonly=True)
    case_id = fields.Many2one(
        "debt.recovery.case",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, required=True, ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", "Officer", readonly=True, index=True)
    why = fields.Selection(
        [
            ("promise", "Promised"),
            ("expected", "Usual day"),
            ("large", "Large"),
        ],
        required=True,
        readonly=True,
        help="Promised until the end of the month, due by the customer's usual day of "
        "payment, or large and can be reached.",
    )
    date_expected = fields.Date("Expected On", readonly=True)
    amount_expected = fields.Monetary(
        "Expected",
        currency_field="company_currency_id",
        readonly=True,
        help="Promised, or usually paid, until the end of the month.",
    )
    amount_collectable = fields.Monetary(
        "Collectable", currency_field="company_currency_id", readonly=True
    )
    amount_committed = fields.Monetary(
        "Commitment",
        currency_field="company_currency_id",
        help="What will come in before the month ends.",
    )
    date_committed = fields.Date("Until", help="Empty: the last day of the month.")
    note = fields.Char("Remark", help="One sentence: who pays, and why then.")
    committed_by_id = fields.Many2one("res.users", readonly=True)
    committed_on = fields.Date(readonly=True)
    amount_paid = fields.Monetary(
        "Paid so Far",
        currency_field="company_currency_id",
        readonly=True,
        help="Money matched with the customer's items since the commitment, or since "
        "the listing, until the end of the month.",
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("waiting", "Committed"),
            ("hit", "Hit"),
            ("missed", "Missed"),
        ],
        default="open",
        required=True,
        readonly=True,
    )

    # COMMITTING

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_commit(vals)
        result = super().write(vals)
        if {"amount_committed", "date_committed"} & vals.keys():
            self.sudo()._note_commitment()
        return result

    def _check_commit(self, vals):
        """What is listed comes from the program; commitments of other days stand."""
        if vals.keys() - COMMITMENT:
            raise UserError(
                self.env._(
                    "The list is made by the program: only the commitment, its day and "
                    "the remark can be entered."
                )
            )
        if not {"amount_committed", "date_committed"} & vals.keys():
            return
        for row in self:
            today = row.company_id._recovery_today()
            if row.committed_on and row.committed_on < today:
                raise UserError(
                    self.env._(
                        "%(customer)s: the commitment was made on %(day)s and stands. "
                        "Write what changed into the remark.",
                        customer=row.partner_id.display_name,
                        day=format_date(self.env, row.committed_on),
                    )
                )

    @api.constrains("amount_committed", "date_committed")
    def _check_commitment(self):
        for row in self.filtered(
            lambda row: row.amount_committed or row.date_committed
        ):
            today = row.company_id._recovery_today()
            last = fields.Date.end_of(row.month, "month")
            owed = row.case_id.amount_overdue + row.case_id.amount_not_due
            if not 0 <= row.amount_committed <= max(owed, row.amount_expected):
                raise ValidationError(
                    self.env._(
                        "%(customer)s owes %(owed)s: commit to an amount up to that.",
                        customer=row.partner_id.display_name,
                        owed=row.company_currency_id.format(owed),
                    )
                )
            if row.date_committed and not today <= row.date_committed <= last:
                raise ValidationError(
                    self.env._(
                        "%(customer)s: choose a day from today to %(last)s.",
                        customer=row.partner_id.display_name,
                        last=format_date(self.env, last),
                    )
                )

    def _note_commitment(self):
        """Who committed and when; an amount of zero takes the commitment back."""
        for row in self:
            made = bool(row.amount_committed)
            last = fields.Date.end_of(row.month, "month")
            row.write(
                {
                    "committed_by_id": made and self.env.uid,
                    "committed_on": made and row.company_id._recovery_today(),
                    "date_committed": made and (row.date_committed or last),
                }
            )
        self._judge()

    def action_open_case(self):
        """The case behind the row."""
        self.ensure_one()
        return self.case_id._get_records_action()

    def action_list_now(self):
        """Make or renew the list of this month now, for those who cannot wait."""
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise UserError(
                self.env._("The list is made by the program, or by a manager.")
            )
        for company in self.env.companies.root_id:
            self.sudo()._list_month(company)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery_insight.debt_recovery_push_action"
        )
