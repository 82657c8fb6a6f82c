from odoo import api, models
from odoo.fields import Command

from ..tools.money import to_decimal
from ..tools.settlement import tax_shares


class DebtRecoveryGiveUp(models.AbstractModel):
    """The entry with which a claim is given up: waived under a settlement or written
    off. The open rest of each item against a loss account, and its tax against the
    accounts that :meth:`_give_up_tax_account` names."""

    _name = "debt.recovery.give.up.mixin"
    _description = "Entry That Gives Up a Claim"

    def _give_up_vals(self, root, commands, ref, day):
        """Values of the entry in the books of a root company."""
        return {
            "move_type": "entry",
            "company_id": root.id,
            "journal_id": self._give_up_journal(root).id,
            "date": day,
            "ref": ref,
            "line_ids": commands,
        }

    def _give_up_journal(self, root):
        journals = self.env["account.journal"].sudo()
        return journals.search(
            [("type", "=", "general"), ("company_id", "=", root.id)], limit=1
        )

    def _give_up_tax_account(self, tax_line):
        """Seam: the account that takes the tax of an invoice line back; empty where it
        is lost with the rest."""
        return tax_line.account_id.browse()

    def _give_up_tax_tags(self, tax_line):
        """Seam: the lines of the tax return on which that tax comes back."""
        return tax_line.tax_tag_ids.browse()

    @api.model
    def _give_up_credit_tags(self, tax_line):
        """Lines of the tax return that a credit note for this tax would move.

        :param tax_line: journal item of the invoice that holds the tax
        """
        charged = tax_line.tax_repartition_line_id
        tax = charged.tax_id
        invoiced, refunded = (
            lines.filtered(lambda row: row.repartition_type == "tax")
            for lines in (
                tax.invoice_repartition_line_ids,
                tax.refund_repartition_line_ids,
            )
        )
        # both distributions have the same rows in the same order
        pairs = dict(zip(invoiced, refunded, strict=False))
        return pairs.get(charged, charged).tag_ids

    def _give_up_taxes(self, item):
        """``[(account, amount in the item's currency, tags)]`` of the tax inside the
        rest.

        Tax that falls due with the payment never was: it leaves its waiting account
        whatever the company corrects.
        """
        move, currency = item.move_id, item.currency_id
        taxes = move.line_ids.filtered("tax_line_id")
        digits = currency.decimal_places
        shares = tax_shares(
            to_decimal(item.amount_residual_currency, digits),
            to_decimal(move.amount_total, digits),
            [to_decimal(-tax.amount_currency, digits) for tax in taxes],
            digits,
        )
        found = []
        for tax, share in zip(taxes, shares, strict=True):
            waits = tax.tax_line_id.tax_exigibility == "on_payment"
            account = tax.account_id if waits else self._give_up_tax_account(tax)
            tags = self._give_up_tax_tags(tax)
            if account and share:
                found.append((account, float(share), tags[:0] if waits else tags))
        return found

    def _give_up_lines(self, item, account):
        """Commands for the rest of one item; the loss takes what rounding leaves."""
        company = item.company_currency_id
        rest, balance = item.amount_residual_currency, item.amount_residual
        rows = [
            (target, part, company.round(part * balance / rest), tags)
            for target, part, tags in self._give_up_taxes(item)
        ]
        rows.append(
            (
                account,
                item.currency_id.round(rest - sum(row[1] for row in rows)),
                company.round(balance - sum(row[2] for row in rows)),
            )
        )
        rows.append((item.account_id, -rest, -balance))
        return [
            Command.create(self._give_up_line_vals(item, *row))
            for row in rows
            if row[1] or row[2]
        ]

    def _give_up_line_vals(self, item, account, amount, balance, tags=()):
        return {
            "name": item.move_id.name,
            "partner_id": item.partner_id.id,
            "currency_id": item.currency_id.id,
            "account_id": account.id,
            "amount_currency": amount,
            "balance": balance,
            "tax_ids": [],
            "tax_tag_ids": [Command.set([tag.id for tag in tags])],
        }

    def _give_up_match(self, move, items):
        """The posted entry closes the items it was made for; tax that falls due with
        the payment stays undue."""
        for item in items.filtered("amount_residual"):
            mine = move.line_ids.filtered(
                lambda row, item=item: (
                    row.account_id == item.account_id
                    and row.name == item.move_id.name
                    and not row.reconciled
                )
            ).sorted(lambda row, item=item: abs(row.balance + item.amount_residual))
            (item | mine[:1]).with_context(no_cash_basis=True).reconcile()
