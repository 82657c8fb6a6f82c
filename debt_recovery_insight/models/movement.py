from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .kpi_span import Span

#: Months looked back where nobody asks for a period: a year takes a large book seconds.
MONTHS = 3


def _amount(label, help_text=None):
    return fields.Monetary(
        label, currency_field="company_currency_id", readonly=True, help=help_text
    )


class DebtRecoveryMovement(models.Model):
    """What settled an open item, match by match: money, credit notes and what was given
    up. Key figures of money are the sums of these rows. Live, in company currency, read
    only; the context ``recovery_period`` (two days) or ``recovery_months`` says which
    matches, without them those of the last three months."""

    _name = "debt.recovery.movement"
    _description = "Movement on a Receivable"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "move_id"
    _depends = {"account.partial.reconcile": ["amount", "max_date"]}

    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    company_id = fields.Many2one("res.company", "Root Company", readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    move_line_id = fields.Many2one("account.move.line", "Item", readonly=True)
    move_id = fields.Many2one("account.move", "Document", readonly=True)
    counterpart_id = fields.Many2one("account.move", "Settled By", readonly=True)
    case_id = fields.Many2one("debt.recovery.case", readonly=True)
    user_id = fields.Many2one("res.users", "Officer", readonly=True)
    date = fields.Date(readonly=True, help="The later day of the two entries.")
    date_due = fields.Date("Due Date", readonly=True)
    days_late = fields.Integer(
        readonly=True, aggregator="avg", help="Days after the due date; early is less."
    )
    is_late = fields.Boolean(
        "Was Overdue", readonly=True, help="Overdue when it was settled: recovered."
    )
    amount_cash = _amount("Paid")
    amount_credit = _amount("Credited")
    amount_given_up = _amount(
        "Given Up", "Discounts and write-offs, beside money or of the whole item."
    )

    @property
    def _table_query(self):
        receivables = self.env["debt.recovery.receivable"].sudo()
        companies = receivables._receivable_all_companies()
        roots = companies.filtered(lambda company: company == company.root_id)
        return SQL(" UNION ALL ").join(map(self._movement_sql, roots))

    @api.model
    def _movement_sql(self, root):
        """Rows of one root company; the customer's open case, else the last one."""
        span = self._movement_span(root)
        period = SQL("p.max_date BETWEEN %s AND %s", span.date_from, span.date_to)
        return SQL(
            """SELECT f.match AS id, f.partner_id, %(company)s AS company_id,
                      f.id AS move_line_id, f.move_id, f.counterpart_id,
                      k.id AS case_id, k.user_id, f.day AS date, f.due AS date_due,
                      f.day - f.due AS days_late, f.day > f.due AS is_late,
                      f.cash AS amount_cash, f.credit AS amount_credit,
                      f.own AS amount_given_up
                 FROM (%(matched)s) f
                 LEFT JOIN (SELECT DISTINCT ON (c.partner_id) c.partner_id, c.id,
                                   c.user_id FROM debt_recovery_case c
                             WHERE c.company_id = %(company)s
                             ORDER BY c.partner_id, c.state = 'closed', c.id DESC) k
                   ON k.partner_id = f.partner_id""",
            company=root.id,
            matched=self.env["debt.recovery.kpi.reader"]._kpi_matched_sql(span, period),
        )

    @api.model
    def _movement_span(self, root):
        today = root._recovery_today()
        months = self.env.context.get("recovery_months") or MONTHS
        usual = (today - relativedelta(months=int(months)), today)
        period = self.env.context.get("recovery_period") or usual
        first, last = map(fields.Date.to_date, period)
        return Span(company=root.sudo(), date_from=first, date_to=last, today=today)

    # GUARD

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        raise self._movement_error()

    def write(self, vals):  # pylint: disable=method-required-super
        raise self._movement_error()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ledger(self):
        raise self._movement_error()

    @api.model
    def _movement_error(self):
        return UserError(
            self.env._(
                "These rows are matches of the ledger: reconcile or unreconcile there."
            )
        )

    def action_open_document(self):
        """The invoice that was settled."""
        self.ensure_one()
        return self.move_id._get_records_action()
