from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.behaviour import ENOUGH
from .behaviour_sql import FACTS, FRESH

#: New rows after which the planner must count again.
MANY = 500


class DebtRecoveryBehaviour(models.Model):
    """How one customer pays one root company, over 24 months, refreshed every night
    from the ledger. The row without customer is the whole book. Days are calendar days
    after the due date (moved to a working day), early is negative; shares are fractions
    of one. Nobody edits it."""

    _name = "debt.recovery.behaviour"
    _description = "Payment Behaviour"
    _inherit = ["debt.recovery.behaviour.fresh.mixin"]
    _order = "is_known desc, probability desc, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    date_computed = fields.Date(
        "Changed On",
        readonly=True,
        help="Counted every night; on this day the figures changed last.",
    )
    invoice_count = fields.Integer(
        "Invoices",
        readonly=True,
        help="Invoices whose outcome is known: paid, or unpaid beyond the grace.",
    )
    late_count = fields.Integer("Paid Late", readonly=True)
    settled_count = fields.Integer("Settled", readonly=True)
    amount_matured = fields.Monetary(
        "Amount of These Invoices", currency_field="company_currency_id", readonly=True
    )
    late_share = fields.Float("Share Late", readonly=True, aggregator="avg")
    late_amount_share = fields.Float(
        "Share of Amount Late", readonly=True, aggregator="avg"
    )
    days_late = fields.Float(
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Average, every invoice counting with its amount; what is unpaid counts "
        "with its days so far.",
    )
    days_late_recent = fields.Float(
        "Days Late, Last 3 Months", digits=(16, 1), readonly=True, aggregator="avg"
    )
    days_late_before = fields.Float(
        "Days Late, 9 Months Before", digits=(16, 1), readonly=True, aggregator="avg"
    )
    trend_days = fields.Float(
        "Change in Days",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Last 3 months less the 9 months before; above zero is later.",
    )
    trend = fields.Selection(
        [
            ("better", "Earlier"),
            ("same", "Unchanged"),
            ("worse", "Later"),
            ("unknown", "Unknown"),
        ],
        readonly=True,
    )
    median_days = fields.Float(
        "Median Days Late",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Of the latest 24 settled invoices; expected payment dates rest on it.",
    )
    date_oldest_overdue = fields.Date("Oldest Overdue", readonly=True)
    date_first = fields.Date("First Invoice Due", readonly=True)
    promises_kept = fields.Integer(readonly=True)
    promises_broken = fields.Integer(
        readonly=True, help="Promises and plans of 24 months that were not kept."
    )
    returned_count = fields.Integer(
        "Returned Payments", readonly=True, help="Rejected or reversed in 24 months."
    )
    probability = fields.Float(
        "Likely Late",
        readonly=True,
        aggregator="avg",
        help="(late + 5 × share of the book) ÷ (invoices + 5): the probability that "
        "the next invoice is paid late beyond the grace.",
    )
    is_known = fields.Boolean(
        "Enough History", readonly=True, help="At least five invoices."
    )
    estimate_text = fields.Char("Estimate", compute="_compute_estimate_text")

    @api.depends("probability", "invoice_count", "late_count", "is_known")
    @api.depends_context("lang")
    def _compute_estimate_text(self):
        for row in self:
            row.estimate_text = row._estimate_text()

    def _estimate_text(self):
        """“34 % (11 of 30 late)”, or why there is none."""
        if not self.is_known:
            return self.env._(
                "not enough history (%(count)s of at least %(least)s invoices)",
                count=self.invoice_count,
                least=ENOUGH,
            )
        return self.env._(
            "%(percent)s %% (%(late)s of %(count)s late)",
            percent=round(100 * self.probability),
            late=self.late_count,
            count=self.invoice_count,
        )

    # GUARD

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        raise self._behaviour_error()

    def write(self, vals):  # pylint: disable=method-required-super
        raise self._behaviour_error()

    @api.model
    def _behaviour_error(self):
        return UserError(
            self.env._(
                "Payment behaviour is counted from the ledger every night and cannot "
                "be changed by hand."
            )
        )

    # ACTIONS

    def action_open_items(self):
        """The invoices behind the figures."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_out_invoice_type"
        )
        return action | {
            "domain": [
                ("move_type", "in", ("out_invoice", "out_receipt")),
                ("state", "=", "posted"),
                ("partner_id", "child_of", self.partner_id.ids),
                ("company_id", "child_of", self.company_id.ids),
            ],
            "context": {"create": False},
        }

    # REFRESH

    @api.model
    def _refresh_company(self, company):
        """Count anew for one root company; set-based, all customers at once. Most pay
        nothing and owe nothing new: only what differs is written."""
        today = company._recovery_today()
        self = self.sudo()
        cr = self.env.cr
        self._behaviour_read_facts(company, today)
        self._behaviour_read_fresh(company, today)
        for query in self._refresh_delete_sql(company):
            cr.execute(query)
        cr.execute(self._refresh_update_sql(company, today))
        cr.execute(self._refresh_insert_sql(company, today))
        if cr.rowcount > MANY:  # those who join the rows must know how many there are
            cr.execute("ANALYZE debt_recovery_behaviour")
        cr.execute(SQL("DROP TABLE %s, %s", FACTS, FRESH))
        self.invalidate_model()

    @api.model
    def _refresh_delete_sql(self, company):
        """Customers without a matured invoice, and second rows that merging two
        customers left behind."""
        unknown = SQL(
            """DELETE FROM debt_recovery_behaviour b
                WHERE b.company_id = %s AND NOT EXISTS (
                    SELECT 1 FROM %s n
                     WHERE COALESCE(n.partner_id, 0) = COALESCE(b.partner_id, 0))""",
            company.id,
            FRESH,
        )
        twice = SQL(
            """DELETE FROM debt_recovery_behaviour b USING debt_recovery_behaviour o
                WHERE b.company_id = %(company)s AND o.company_id = %(company)s
                  AND COALESCE(o.partner_id, 0) = COALESCE(b.partner_id, 0)
                  AND o.id < b.id""",
            company=company.id,
        )
        return unknown, twice

    @api.model
    def _refresh_update_sql(self, company, today):
        names = self._behaviour_names(company, today)
        return SQL(
            """UPDATE debt_recovery_behaviour b
                  SET (%(names)s, date_computed) = (%(fresh)s, %(today)s)
                 FROM %(table)s n
                WHERE b.company_id = %(company)s
                  AND COALESCE(b.partner_id, 0) = COALESCE(n.partner_id, 0)
                  AND (%(old)s) IS DISTINCT FROM (%(fresh)s)""",
            names=SQL(", ").join(map(SQL.identifier, names)),
            fresh=SQL(", ").join(SQL.identifier("n", name) for name in names),
            old=SQL(", ").join(SQL.identifier("b", name) for name in names),
            today=today,
            table=FRESH,
            company=company.id,
        )

    @api.model
    def _refresh_insert_sql(self, company, today):
        names = self._behaviour_names(company, today)
        return SQL(
            """INSERT INTO debt_recovery_behaviour
                      (partner_id, company_id, date_computed, %(names)s)
               SELECT n.partner_id, %(company)s, %(today)s, %(names)s FROM %(table)s n
                WHERE NOT EXISTS (
                    SELECT 1 FROM debt_recovery_behaviour o
                     WHERE o.company_id = %(company)s
                       AND COALESCE(o.partner_id, 0) = COALESCE(n.partner_id, 0))""",
            names=SQL(", ").join(map(SQL.identifier, names)),
            today=today,
            table=FRESH,
            company=company.id,
        )

    # READING

    @api.model
    def _of_partners(self, partners, company):
        """``{partner id: row}`` of a root company; the key False is the book."""
        rows = self.sudo().search(
            [
                ("company_id", "=", company._recovery_root().id),
                ("partner_id", "in", [*partners.commercial_partner_id.ids, False]),
            ]
        )
        return {row.partner_id.id: row for row in rows}
