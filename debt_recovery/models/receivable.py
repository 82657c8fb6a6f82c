from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

BUCKETS = [
    ("0", "Not due"),
    ("1", "1–30 days"),
    ("2", "31–60 days"),
    ("3", "61–90 days"),
    ("4", "Over 90 days"),
]
STATUSES = [
    ("collectable", "Collectable"),
    ("held", "On hold"),
    ("agreed", "Agreed"),
    ("disputed", "Disputed"),
    ("not_due", "Not due"),
    ("in_payment", "In payment"),
    ("excluded", "Excluded"),
    ("credit", "Credit"),
]


def _amount(label, help_text, currency="company_currency_id"):
    return fields.Monetary(
        label,
        currency_field=currency,
        readonly=True,
        depends_context=("recovery_today",),
        help=help_text,
    )


class DebtRecoveryReceivable(models.Model):
    """One open item of a trade receivable account, live from the ledger, with the
    bridge from what is left to what may be chased::

        residual = excluded + in payment + not due
                 + disputed + agreed + held + collectable

    The only source of amounts in this product: lists, letters, figures, exports and
    the engine read it, nothing else computes a balance. Read only; the reference day
    is ``recovery_today`` in the context, else today where the root company works.
    """

    _name = "debt.recovery.receivable"
    _description = "Open Receivable Item"
    _inherit = [
        "debt.recovery.receivable.sql.mixin",
        "debt.recovery.receivable.scan.mixin",
        "debt.recovery.receivable.side.mixin",
        "debt.recovery.receivable.limitation.mixin",
    ]
    _auto = False
    _rec_name = "move_name"
    _order = "date_due, id"
    _depends = {
        "account.move": [
            "invoice_date",
            "invoice_user_id",
            "move_type",
            "payment_state",
            "ref",
        ],
        "account.move.line": [
            "account_id",
            "amount_currency",
            "amount_residual",
            "amount_residual_currency",
            "company_id",
            "currency_id",
            "date",
            "date_maturity",
            "journal_id",
            "move_id",
            "move_name",
            "no_followup",
            "parent_state",
            "partner_id",
            "reconciled",
        ],
        "account.payment": [
            "amount",
            "amount_company_currency_signed",
            "currency_id",
            "invoice_ids",
            "move_id",
            "state",
        ],
        "debt.recovery.agreement": ["company_id", "date_until"],
        "debt.recovery.agreement.line": [
            "amount_covered",
            "amount_credited",
            "move_line_id",
            "partner_id",
            "residual_at_signing",
            "state",
        ],
        "debt.recovery.case": ["company_id", "partner_id", "state"],
        "debt.recovery.dispute.line": [
            "amount_blocked",
            "credited_before",
            "move_line_id",
            "partner_id",
        ],
        "debt.recovery.hold": [
            "approval_state",
            "company_id",
            "date_from",
            "date_released",
            "date_to",
            "move_id",
            "move_line_id",
            "partner_id",
            "scope",
            "type_id",
        ],
        "debt.recovery.hold.type": ["stop_strategy"],
        "debt.recovery.limitation": [
            "country_id",
            "date_end",
            "effect",
            "move_line_id",
            "rule_id",
            "suspended",
        ],
        "payment.transaction": [
            "amount",
            "currency_id",
            "invoice_ids",
            "is_post_processed",
            "payment_id",
            "state",
        ],
        "res.partner": ["commercial_partner_id"],
    }

    move_line_id = fields.Many2one("account.move.line", "Journal Item", readonly=True)
    move_id = fields.Many2one("account.move", "Document", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    contact_id = fields.Many2one("res.partner", "Invoiced Contact", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    root_company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    company_currency_id = fields.Many2one("res.currency", readonly=True)
    journal_id = fields.Many2one("account.journal", readonly=True)
    account_id = fields.Many2one("account.account", readonly=True)
    invoice_user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    case_id = fields.Many2one("debt.recovery.case", readonly=True)
    move_name = fields.Char("Number", readonly=True)
    ref = fields.Char("Customer Reference", readonly=True)
    move_type = fields.Selection(
        selection=lambda self: (
            self.env["account.move"]
            ._fields["move_type"]
            ._description_selection(self.env)
        ),
        string="Type",
        readonly=True,
    )
    date = fields.Date("Document Date", readonly=True)
    date_due = fields.Date("Due Date", readonly=True)
    days_overdue = fields.Integer(
        readonly=True,
        aggregator="max",
        depends_context=("recovery_today",),
        help="Days after the due date; zero or less is not overdue.",
    )
    bucket = fields.Selection(
        BUCKETS, "Ageing", readonly=True, depends_context=("recovery_today",)
    )
    status = fields.Selection(
        STATUSES, readonly=True, depends_context=("recovery_today",)
    )
    is_credit = fields.Boolean("Is a Credit", readonly=True)

    amount_residual = _amount("Open", "What is left on the item.")
    amount_excluded = _amount("Excluded", "Marked as no follow-up in accounting.")
    amount_in_payment = _amount("In Payment", "Money under way, not in the ledger yet.")
    amount_not_due = _amount("Not Due", "The due date is today or later.")
    amount_disputed = _amount("Disputed", "Contested in an open dispute.")
    amount_agreed = _amount("Agreed", "Covered by a running promise or plan.")
    amount_held = _amount("On Hold", "A hold stops the strategy.")
    amount_collectable = _amount("Collectable", "What may be chased today.")
    amount_overdue = _amount("Overdue", "Disputed, agreed, held and collectable.")
    amount_credit = _amount("Credit", "Unmatched payment or credit note (negative).")
    amount_residual_currency = _amount("Open (Currency)", "", "currency_id")
    amount_excluded_currency = _amount("Excluded (Currency)", "", "currency_id")
    amount_in_payment_currency = _amount("In Payment (Currency)", "", "currency_id")
    amount_not_due_currency = _amount("Not Due (Currency)", "", "currency_id")
    amount_disputed_currency = _amount("Disputed (Currency)", "", "currency_id")
    amount_agreed_currency = _amount("Agreed (Currency)", "", "currency_id")
    amount_held_currency = _amount("On Hold (Currency)", "", "currency_id")
    amount_collectable_currency = _amount("Collectable (Currency)", "", "currency_id")
    amount_overdue_currency = _amount("Overdue (Currency)", "", "currency_id")
    amount_credit_currency = _amount("Credit (Currency)", "", "currency_id")

    @property
    def _table_query(self):
        today = fields.Date.to_date(self.env.context.get("recovery_today"))
        rows = self._receivable_sql(today, self._receivable_all_companies())
        return self._receivable_with_limitation(rows)

    @api.model
    def _receivable_all_companies(self):
        """Record rules choose the rows a user sees; the query reads every company."""
        return self.env["res.company"].sudo().search([("active", "=", True)])

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        raise self._receivable_error()

    def write(self, vals):  # pylint: disable=method-required-super
        raise self._receivable_error()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ledger(self):
        raise self._receivable_error()

    @api.model
    def _receivable_error(self):
        return UserError(
            self.env._(
                "Open items come from the ledger and cannot be changed here. "
                "Change the invoice or payment instead."
            )
        )

    # ACTIONS

    def action_open_document(self):
        """Open the invoice or entry behind the item."""
        self.ensure_one()
        return self.move_id._get_records_action()

    # READING

    @api.model
    def _receivable_totals(self, today, company, partner_ids):
        """Sums per commercial partner of one root company, straight from SQL (never
        the record cache): ``{partner_id: {figure: float}}``."""
        self.env.flush_all()
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT r.partner_id, %s FROM (%s) r GROUP BY r.partner_id",
                self._receivable_sums(),
                self._receivable_rows(
                    today, company._recovery_branches(), partner_ids=partner_ids
                ),
            )
        )
        return {row.pop("partner_id"): row for row in rows}

    @api.model
    def _receivable_sums(self):
        names = (
            *("overdue", "collectable", "not_due", "disputed", "agreed"),
            *("held", "credit", "excluded", "in_payment"),
        )
        sums = [
            SQL("COALESCE(SUM(%s), 0) AS %s", column, column)
            for column in (SQL.identifier(f"amount_{name}") for name in names)
        ]
        sums.append(
            SQL("MIN(date_due) FILTER (WHERE amount_overdue > 0) AS date_oldest_due")
        )
        return SQL(", ").join(sums)
