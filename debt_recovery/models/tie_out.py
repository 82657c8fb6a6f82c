from odoo import api, fields, models
from odoo.tools import SQL

COMPONENTS = [
    ("excluded", "Excluded from follow-up"),
    ("in_payment", "In payment"),
    ("not_due", "Not due"),
    ("disputed", "Disputed"),
    ("agreed", "Agreed"),
    ("held", "On hold"),
    ("collectable", "Collectable"),
    ("credit", "Unmatched credits"),
    ("exchange", "Exchange rests"),
    ("no_partner", "Items without customer"),
    ("non_trade", "Non-trade receivables"),
    ("draft_matched", "Matched with drafts"),
]


class DebtRecoveryTieOut(models.Model):
    """The bridge from the open items to the ledger: the components of one root
    company add up to the posted balance of its receivable accounts. What is never
    chased (exchange rests, items without customer, non-trade accounts, amounts whose
    counterpart is a draft) stands here by name, so that nothing can hide."""

    _name = "debt.recovery.tie.out"
    _description = "Ledger Tie-out"
    _inherit = "debt.recovery.receivable.sql.mixin"
    _auto = False
    _order = "company_id, sequence"
    _rec_name = "component"
    _depends = {
        "account.move.line": ["amount_residual", "balance", "parent_state"],
        "account.partial.reconcile": ["amount", "debit_move_id", "credit_move_id"],
        "debt.recovery.receivable": ["amount_residual"],
    }

    company_id = fields.Many2one("res.company", "Root Company", readonly=True)
    company_currency_id = fields.Many2one(
        "res.currency", related="company_id.currency_id"
    )
    sequence = fields.Integer(readonly=True)
    component = fields.Selection(COMPONENTS, readonly=True)
    amount = fields.Monetary(currency_field="company_currency_id", readonly=True)
    ledger_balance = fields.Monetary(
        currency_field="company_currency_id",
        compute="_compute_ledger_balance",
        help="Posted balance of all receivable accounts of the company.",
    )
    difference = fields.Monetary(
        currency_field="company_currency_id",
        compute="_compute_ledger_balance",
        help="Ledger less the sum of the components; zero when everything ties.",
    )

    @property
    def _table_query(self):
        receivables = self.env["debt.recovery.receivable"]
        companies = receivables._receivable_all_companies()
        today = fields.Date.to_date(self.env.context.get("recovery_today"))
        return SQL(
            """SELECT t.root_id * 100 + t.sequence AS id, t.root_id AS company_id,
                      t.sequence, t.component, SUM(t.amount) AS amount
                 FROM (%s UNION ALL %s UNION ALL %s UNION ALL %s) t
                GROUP BY t.root_id, t.sequence, t.component""",
            self._tie_out_zeros(companies),
            self._tie_out_rows(receivables._receivable_sql(today, companies)),
            self._tie_out_rests(companies),
            self._tie_out_drafts(companies),
        )

    @api.model
    def _tie_out_zeros(self, companies):
        """Every component stands in the report, also when it is zero."""
        return SQL(
            """SELECT co.root_id, v.sequence, v.component, 0::numeric AS amount
                 FROM %s CROSS JOIN (VALUES %s) v(sequence, component)""",
            self._receivable_companies(None, companies),
            SQL(", ").join(
                SQL("(%s, %s)", index, name)
                for index, (name, _label) in enumerate(COMPONENTS)
            ),
        )

    @api.model
    def _tie_out_rows(self, rows):
        """The bridge of the receivable rows, one row a component. Summed first: turning
        every row into eight would compute its waterfall eight times."""
        names = [name for name, _label in COMPONENTS[:8]]
        columns = [SQL.identifier(f"amount_{name}") for name in names]
        values = SQL(", ").join(
            SQL("(%s, %s, s.%s)", index, name, column)
            for index, (name, column) in enumerate(zip(names, columns, strict=True))
        )
        return SQL(
            """SELECT s.root_company_id, v.sequence, v.component, v.amount
                 FROM (SELECT r.root_company_id, %s FROM (%s) r
                        GROUP BY r.root_company_id) s
                 CROSS JOIN LATERAL (VALUES %s) v(sequence, component, amount)""",
            SQL(", ").join(SQL("SUM(r.%s) AS %s", col, col) for col in columns),
            rows,
            values,
        )

    @api.model
    def _tie_out_rests(self, companies):
        """Residuals that are no receivable rows."""
        accounts = self.env["account.account"]
        trade = accounts._recovery_trade_account_ids()
        other = accounts._recovery_receivable_account_ids(non_trade=True)
        return SQL(
            """SELECT co.root_id, v.sequence, v.component, l.amount_residual
                 FROM account_move_line l JOIN %s ON co.id = l.company_id
                 CROSS JOIN LATERAL (
                    SELECT 10 AS sequence, 'non_trade' AS component
                     WHERE l.account_id IN %s
                     UNION ALL SELECT 9, 'no_partner'
                     WHERE l.account_id IN %s AND l.partner_id IS NULL
                     UNION ALL SELECT 8, 'exchange'
                     WHERE l.account_id IN %s AND l.partner_id IS NOT NULL
                       AND l.amount_residual_currency = 0) v
                WHERE l.parent_state = 'posted' AND l.amount_residual <> 0
                  AND l.account_id IN %s""",
            self._receivable_companies(None, companies),
            other or (0,),
            trade or (0,),
            trade or (0,),
            (trade + other) or (0,),
        )

    @api.model
    def _tie_out_drafts(self, companies):
        """Odoo keeps matchings when a payment or credit note goes back to draft: the
        posted side's residual is short of its ledger balance by that much."""
        return SQL(
            """SELECT co.root_id, 11, 'draft_matched',
                      CASE WHEN d.parent_state = 'posted' THEN x.amount
                      ELSE -x.amount END
                 FROM account_partial_reconcile x
                 JOIN account_move_line d ON d.id = x.debit_move_id
                 JOIN account_move_line c ON c.id = x.credit_move_id
                 JOIN %s ON co.id = d.company_id
                WHERE d.account_id IN %s
                  AND (d.parent_state = 'posted') <> (c.parent_state = 'posted')""",
            self._receivable_companies(None, companies),
            self._tie_out_accounts() or (0,),
        )

    @api.model
    def _tie_out_accounts(self):
        accounts = self.env["account.account"]
        return (
            accounts._recovery_trade_account_ids()
            + accounts._recovery_receivable_account_ids(non_trade=True)
        )

    @api.depends("company_id", "amount")
    def _compute_ledger_balance(self):
        roots = self.company_id
        balances = self._tie_out_ledger(roots)
        sums = dict.fromkeys(roots.ids, 0.0)
        for row in self.search([("company_id", "in", roots.ids)]):
            sums[row.company_id.id] += row.amount
        for row in self:
            root = row.company_id.id
            row.ledger_balance = balances[root]
            row.difference = row.company_currency_id.round(balances[root] - sums[root])

    @api.model
    def _tie_out_ledger(self, roots):
        """Posted balance of the receivable accounts, ``{root company id: amount}``."""
        groups = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [
                    ("account_id", "in", self._tie_out_accounts()),
                    ("parent_state", "=", "posted"),
                    ("company_id", "child_of", roots.ids),
                ],
                ["company_id"],
                ["balance:sum"],
            )
        )
        balances = dict.fromkeys(roots.ids, 0.0)
        for company, balance in groups:
            balances[company.root_id.id] += balance
        return balances
