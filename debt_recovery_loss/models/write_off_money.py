from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

MONEY_TYPE = "debt_recovery_loss.mail_activity_type_money"


class DebtRecoveryWriteOffMoney(models.AbstractModel):
    """Money that lies unmatched on the account of a customer who was let off: somebody
    has to say whether it belongs to what was written off. Amounts in company
    currency."""

    _name = "debt.recovery.write.off.money.mixin"
    _description = "Money on a Written-off Customer"
    _inherit = "mail.activity.mixin"

    currency_id = fields.Many2one("res.currency")
    amount_came = fields.Monetary(
        "Money on the Account",
        compute="_compute_amount_came",
        compute_sudo=True,
        help="Payments of the customer that are matched with nothing.",
    )
    money_came = fields.Boolean(
        compute="_compute_amount_came", compute_sudo=True, search="_search_money"
    )
    told_line_id = fields.Integer(
        readonly=True, copy=False, help="The newest payment somebody was told of."
    )

    @api.depends("state", "amount", "amount_recovered", "partner_id")
    def _compute_amount_came(self):
        waiting = self.filtered(lambda row: row.state == "booked" and row._is_lost())
        found = waiting._read_money()
        for record in self:
            amount, _newest = found.get(record, (0.0, 0))
            record.amount_came = amount
            record.money_came = bool(amount)

    @api.model
    def _search_money(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = self.sudo()._find_money(self.env.companies.root_id)
        return [("id", "in", [row.id for row in found])]

    @api.model
    def _find_money(self, companies):
        """As :meth:`_read_money`, of every write-off that money may belong to."""
        records = self.search(
            [
                ("state", "=", "booked"),
                ("company_id", "in", companies.ids),
                ("partner_id", "in", self._find_payers(companies)),
            ],
            order="id",
        )
        return records.filtered(lambda row: row._is_lost())._read_money()

    @api.model
    def _find_payers(self, companies):
        """Ids of customers with something unmatched in their favour: few, while the
        write-offs of all times are many."""
        self.env["account.move.line"].flush_model()
        accounts = self.env["account.account"]._recovery_trade_account_ids()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT p.commercial_partner_id
                     FROM account_move_line l
                     JOIN res_partner p ON p.id = l.partner_id
                    WHERE l.account_id IN %s AND l.reconciled IS NOT TRUE
                      AND l.parent_state = 'posted'
                      AND (l.balance < 0 OR l.amount_currency < 0)
                      AND l.company_id IN %s""",
                tuple(accounts) or (0,),
                tuple(companies._recovery_branches().ids) or (0,),
            )
        )
        return [partner_id for (partner_id,) in rows]

    def _is_lost(self):
        """Something of it is still lost."""
        rest = self.amount - self.amount_recovered
        return self.currency_id.compare_amounts(rest, 0) > 0

    def _read_money(self):
        """``{write-off: (money unmatched, newest item)}`` of the customers; credit
        notes are no money."""
        rows = self.env["debt.recovery.receivable"].sudo()
        groups = rows._read_group(
            Domain("partner_id", "in", self.partner_id.ids)
            & Domain("root_company_id", "in", self.company_id.ids)
            & Domain("is_credit", "=", True)
            & Domain("move_type", "!=", "out_refund"),
            ["partner_id", "root_company_id"],
            ["amount_residual:sum", "move_line_id:max"],
        )
        money = {
            (partner, company): (-amount, newest)
            for partner, company, amount, newest in groups
        }
        found = {row: money.get((row.partner_id, row.company_id)) for row in self}
        return {row: answer for row, answer in found.items() if answer}

    # TELLING

    @api.model
    def _tell_money(self, company):
        """One task per customer for the officer and the manager, once per payment; it
        goes when the money is matched."""
        found = self._find_money(company)
        told_of = [
            ("company_id", "=", company.id),
            ("activity_ids.activity_type_id", "=", self.env.ref(MONEY_TYPE).id),
        ]
        gone = self.search(told_of).filtered(lambda row: row not in found)
        gone.activity_unlink([MONEY_TYPE])
        told = self.env["res.partner"]
        for record, (amount, newest) in found.items():
            if record.partner_id not in told and newest > record.told_line_id:
                record._schedule_money(amount)
                record.told_line_id = newest
            told |= record.partner_id

    def _schedule_money(self, amount):
        """Who has the task already keeps it."""
        open_tasks = self.activity_search([MONEY_TYPE], only_automated=False)
        for user in self._money_users() - open_tasks.user_id:
            self.activity_schedule(
                MONEY_TYPE,
                date_deadline=self.company_id._recovery_today(),
                user_id=user.id,
                summary=self.env._(
                    "%(customer)s paid %(amount)s after the write-off",
                    customer=self.partner_id.name,
                    amount=self.currency_id.format(amount),
                ),
                note=self.env._(
                    "The money is matched with nothing. Book it as recovered with "
                    "Money Received, or match it with what it belongs to."
                ),
            )

    def _money_users(self):
        """The officer of the case knows the customer, the manager books it."""
        users = self.case_id.user_id | self.company_id.recovery_escalate_user_id
        return users.filtered("active")
