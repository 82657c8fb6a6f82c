from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.debt_recovery.tools.money import to_decimal

from ..models.write_off_money import MONEY_TYPE
from ..tools.relief import tax_of_receipt


class DebtRecoveryWriteOffReceive(models.TransientModel):
    """Money came after the write-off: an unmatched payment of the customer becomes
    income, less the tax that has to be paid again."""

    _name = "debt.recovery.write.off.receive"
    _description = "Money Received after a Write-off"

    write_off_id = fields.Many2one("debt.recovery.write.off", required=True)
    company_id = fields.Many2one(related="write_off_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(related="write_off_id.partner_id")
    credit_ids = fields.Many2many(
        "account.move.line", compute="_compute_credit_ids", compute_sudo=True
    )
    credit_line_id = fields.Many2one(
        "account.move.line",
        "Payment",
        compute="_compute_credit_line_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', credit_ids)]",
    )
    rest = fields.Monetary("Still Lost", compute="_compute_rest")
    amount = fields.Monetary(
        "Received", compute="_compute_amount", store=True, readonly=False
    )
    amount_tax = fields.Monetary("Tax Repaid", compute="_compute_split")
    amount_income = fields.Monetary("Income", compute="_compute_split")

    @api.depends("write_off_id")
    def _compute_credit_ids(self):
        rows = self.env["debt.recovery.receivable"]
        for wizard in self:
            record = wizard.write_off_id
            wizard.credit_ids = rows.search(
                [
                    ("partner_id", "=", record.partner_id.id),
                    ("root_company_id", "=", record.company_id.id),
                    ("is_credit", "=", True),
                ]
            ).move_line_id

    @api.depends("credit_ids")
    def _compute_credit_line_id(self):
        for wizard in self:
            wizard.credit_line_id = wizard.credit_ids[:1]

    @api.depends("write_off_id")
    def _compute_rest(self):
        for wizard in self:
            record = wizard.write_off_id
            wizard.rest = record.amount - record.amount_recovered

    @api.depends("credit_line_id", "write_off_id")
    def _compute_amount(self):
        for wizard in self:
            credit = -wizard.credit_line_id.sudo().amount_residual
            wizard.amount = max(0.0, min(wizard.rest, credit))

    @api.depends("amount", "write_off_id")
    def _compute_split(self):
        for wizard in self:
            record = wizard.write_off_id
            digits = wizard.currency_id.decimal_places if wizard.currency_id else 2
            tax = float(
                tax_of_receipt(
                    to_decimal(wizard.amount, digits),
                    to_decimal(record.amount - record.amount_recovered, digits),
                    to_decimal(wizard._tax_left(), digits),
                    digits,
                )
            )
            wizard.amount_tax = tax
            wizard.amount_income = wizard.amount - tax

    def _tax_left(self):
        lines = self.write_off_id.line_ids
        return sum(lines.mapped("vat_relief_amount")) - sum(
            lines.mapped("vat_relief_repaid")
        )

    # DOING

    def action_confirm(self):
        """Book it as income; the payment is matched with the entry."""
        self.ensure_one()
        self._check()
        record = self.write_off_id.sudo()
        before = {line: line.vat_relief_repaid for line in record.line_ids}
        record.line_ids._take_repaid(self.amount_tax)
        parts = {
            str(line.id): line.vat_relief_repaid - repaid
            for line, repaid in before.items()
            if line.vat_relief_repaid != repaid
        }
        move = self.env["account.move"].sudo().with_company(record.company_id)
        move = move.create(self._prepare_move_vals(record, parts))
        move.action_post()
        credit = self.credit_line_id.sudo()
        mine = move.line_ids.filtered(lambda row: row.account_id == credit.account_id)
        (mine[:1] | credit).reconcile()
        self._create_recovery(record, move, parts)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _check(self):
        record = self.write_off_id
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise UserError(
                self.env._("A recovery manager books recovered debts: ask yours.")
            )
        if record.state != "booked":
            raise UserError(self.env._("%(name)s is not booked.", name=record.name))
        if not record.company_id.sudo().recovery_recovered_account_id:
            raise UserError(
                self.env._(
                    "Choose the account for recovered debts first: Settings, "
                    "Write-offs."
                )
            )
        if self.credit_line_id not in self.credit_ids:
            raise UserError(
                self.env._(
                    "No unmatched money of %(customer)s is on the account: register "
                    "the payment first.",
                    customer=record.partner_id.name,
                )
            )
        compare = self.currency_id.compare_amounts
        credit = -self.credit_line_id.sudo().amount_residual
        most = min(credit, self.rest)
        if compare(self.amount, 0) <= 0 or compare(self.amount, most) > 0:
            raise UserError(
                self.env._(
                    "Book more than zero and at most %(amount)s: what came, and what "
                    "was written off.",
                    amount=self.currency_id.format(most),
                )
            )

    def _prepare_move_vals(self, record, parts):
        credit = self.credit_line_id.sudo()
        root = record.company_id
        rows = [(root.recovery_recovered_account_id, -self.amount_income, ())]
        for line in record.line_ids.filtered(lambda row: str(row.id) in parts):
            rows += [
                (account, -amount, tags)
                for account, amount, tags in line._relief_rows(
                    parts[str(line.id)], repaid=True
                )
            ]
        rows.append((credit.account_id, self.amount, ()))
        return {
            **record._give_up_vals(
                root,
                [
                    Command.create(self._prepare_row(record, credit, *row))
                    for row in rows
                    if row[1]
                ],
                self.env._(
                    "Recovered after %(name)s, %(customer)s",
                    name=record.name,
                    customer=record.partner_id.name,
                ),
                root._recovery_today(),
            )
        }

    def _prepare_row(self, record, credit, account, balance, tags):
        rate = credit.amount_residual_currency / credit.amount_residual
        currency = credit.currency_id
        return {
            "name": record.name,
            "partner_id": credit.partner_id.id,
            "account_id": account.id,
            "currency_id": currency.id,
            "amount_currency": currency.round(balance * rate),
            "balance": balance,
            "tax_ids": [],
            "tax_tag_ids": [Command.set([tag.id for tag in tags])],
        }

    def _create_recovery(self, record, move, parts):
        self.env["debt.recovery.write.off.recovery"].sudo().create(
            {
                "write_off_id": record.id,
                "date": move.date,
                "amount": self.amount,
                "amount_tax": self.amount_tax,
                "amount_income": self.amount_income,
                "move_id": move.id,
                "tax_parts": parts,
            }
        )
        record.activity_feedback([MONEY_TYPE])
        record._log(
            self.env._(
                "%(amount)s received after the write-off %(name)s.",
                amount=self.currency_id.format(self.amount),
                name=record.name,
            )
        )
