from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date


class DebtRecoveryVatRelief(models.AbstractModel):
    """Claiming the tax of a written-off item, and giving it back when money comes."""

    _name = "debt.recovery.vat.relief.mixin"
    _description = "Tax Relief of an Item"

    def action_claim(self):
        """The tax is in the return: note the day, and move it off the waiting account
        with a draft entry where there is one."""
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise UserError(self.env._("A recovery manager claims tax: ask yours."))
        for line in self:
            line._check_claim()
            line.sudo()._claim()

    def _check_claim(self):
        today = self.company_id._recovery_today()
        if self.state != "booked" or self.vat_relief_state != "waiting":
            raise UserError(
                self.env._("%(item)s has no tax to claim.", item=self.move_name)
            )
        if today < self.vat_relief_eligible_date:
            raise UserError(
                self.env._(
                    "The tax of %(item)s may be claimed from %(day)s on.",
                    item=self.move_name,
                    day=format_date(self.env, self.vat_relief_eligible_date),
                )
            )
        if self.vat_relief_deadline and today > self.vat_relief_deadline:
            raise UserError(
                self.env._(
                    "The last day to claim the tax of %(item)s was %(day)s.",
                    item=self.move_name,
                    day=format_date(self.env, self.vat_relief_deadline),
                )
            )
        if not self.evidence_ids:
            raise UserError(
                self.env._(
                    "Attach the evidence for %(item)s first: the invoice, and what "
                    "shows that it was not paid.",
                    item=self.move_name,
                )
            )

    def _claim(self):
        """Note the day; tax on the waiting account leaves it by a draft entry."""
        self.write(
            {
                "vat_relief_state": "claimed",
                "date_claimed": self.company_id._recovery_today(),
            }
        )
        if self.company_id.recovery_relief_account_id:
            moves = self.env["account.move"].with_company(self.company_id)
            self.claim_move_id = moves.create(self._prepare_claim_vals())
        self.write_off_id.message_post(
            body=self.env._(
                "Tax of %(item)s claimed: %(amount)s.",
                item=self.move_name,
                amount=self.currency_id.format(self.vat_relief_amount),
            )
        )

    def _prepare_claim_vals(self):
        left = self.vat_relief_amount - self.vat_relief_repaid
        waiting = self.company_id.recovery_relief_account_id
        no_tags = self.env["account.account.tag"]
        rows = [*self._relief_rows(left), (waiting, -left, no_tags)]
        commands = [
            Command.create(
                {
                    "name": self.move_name,
                    "account_id": account.id,
                    "partner_id": self.partner_id.id,
                    "balance": balance,
                    "tax_ids": [],
                    "tax_tag_ids": [Command.set(tags.ids)],
                }
            )
            for account, balance, tags in rows
        ]
        ref = self.env._("Tax relief claimed: %(item)s", item=self.move_name)
        today = self.company_id._recovery_today()
        record = self.write_off_id
        return record._give_up_vals(self.company_id, commands, ref, today)

    def _relief_rows(self, amount, repaid=False):
        """``[(account, amount, tags)]``: the part of the tax on the account it stands
        on, with its lines of the tax return: the tax accounts of the invoice, or before
        the claim the waiting account, of which no return knows.

        :param repaid: the tax goes back to the state
        """
        waiting = self.company_id.recovery_relief_account_id
        if waiting and not self.date_claimed:
            return [(waiting, amount, self.env["account.account.tag"])]
        rule = self.relief_rule_id
        taxes = self.move_id.line_ids.filtered(
            lambda row: (
                row.tax_line_id and row.tax_line_id.tax_exigibility != "on_payment"
            )
        )
        whole, left, rows = sum(taxes.mapped("balance")), amount, []
        for tax in taxes:
            last = tax == taxes[-1]
            part = self.currency_id.round(amount * tax.balance / whole)
            tags = rule._repay_tags(tax) if repaid else rule._claim_tags(tax)
            rows.append((tax.account_id, left if last else part, tags))
            left -= part
        return rows

    def _take_repaid(self, tax):
        """Money came after all: so much of the tax is owed to the state again."""
        for line in self.filtered("vat_relief_amount"):
            room = line.vat_relief_amount - line.vat_relief_repaid
            part = line.currency_id.round(min(room, tax))
            if part <= 0:
                continue
            line.vat_relief_repaid += part
            tax -= part
            full = line.currency_id.is_zero(
                line.vat_relief_amount - line.vat_relief_repaid
            )
            if full:
                line.vat_relief_state = "repaid"

    def _prepare_relief_row(self):
        """Plain values of ``res.company._recovery_tax_reliefs``."""
        return {
            "partner_id": self.partner_id.id,
            "user_id": self.case_id.user_id.id,
            "customer": self.partner_id.sudo().display_name,
            "number": self.move_name,
            "name": self.write_off_id.name,
            "amount": self.vat_relief_amount - self.vat_relief_repaid,
            "first": self.vat_relief_eligible_date,
            "last": self.vat_relief_deadline or None,
            "has_evidence": bool(self.sudo().evidence_ids),
            "rule": self.relief_rule_id.name,
            "is_confirmed": self.relief_rule_id.confirmed,
        }
