from odoo import models
from odoo.exceptions import UserError

INVOICING = "account.group_account_invoice"


class DebtRecoveryBillMixin(models.AbstractModel):
    """What somebody charges us becomes a draft vendor bill; posting it stays with
    accounting. Who may not enter bills asks for it. The heir has ``bill_id`` and says
    who charges what."""

    _name = "debt.recovery.bill.mixin"
    _description = "Draft Vendor Bill"

    def action_bill(self):
        """Draft the vendor bill, open the one there is, or ask who may enter it."""
        self.ensure_one()
        if bill := self._live_bill():
            bill.check_access("read")
            return bill.sudo(False)._get_records_action()
        self.check_access("write")
        if problem := self._bill_problem():
            raise UserError(problem)
        if not self.env.user.has_group(INVOICING):
            return self._ask_bill()
        bill = self._draft_bill()
        self.bill_id = bill
        return bill._get_records_action(name=self.env._("Draft Vendor Bill"))

    def _live_bill(self):
        """A cancelled bill is none."""
        return self.sudo().bill_id.filtered(lambda bill: bill.state != "cancel")

    # SEAMS

    def _bill_vendor(self):
        raise NotImplementedError

    def _bill_currency(self):
        return self.company_currency_id

    def _bill_lines(self):
        """Value dictionaries of the lines: ``name``, ``price_unit`` and, where they
        are known, ``product_id`` and ``account_id``."""
        raise NotImplementedError

    def _bill_words(self):
        """The vendor's number of it, where it is known."""
        return {}

    def _bill_problem(self):
        """Why there can be none, in one sentence; else False."""
        if not self._bill_vendor():
            return self.env._(
                "“%(what)s”: enter who is to be paid first.", what=self.display_name
            )
        if not sum(line["price_unit"] for line in self._bill_lines()):
            return self.env._(
                "“%(what)s”: there is nothing to pay.", what=self.display_name
            )
        return False

    # BILL

    def _draft_bill(self):
        moves = self.env["account.move"].with_company(self.company_id)
        bill = moves.create(self._prepare_bill())
        if bill.invoice_line_ids.filtered(lambda line: not line.account_id):
            raise UserError(
                self.env._(
                    "Odoo finds no account for a bill of %(vendor)s: choose one on the "
                    "agency contract, or a default account on the purchase journal.",
                    vendor=self._bill_vendor().display_name,
                )
            )
        return bill

    def _prepare_bill(self):
        return {
            "move_type": "in_invoice",
            "company_id": self.company_id.id,
            "partner_id": self._bill_vendor().id,
            "currency_id": self._bill_currency().id,
            "invoice_date": self.company_id._recovery_today(),
            "invoice_line_ids": [(0, 0, line) for line in self._bill_lines()],
            **self._bill_words(),
        }

    def _ask_bill(self):
        """A task for accounts receivable on whoever is to be paid."""
        owner = self.company_id._recovery_ar_user()
        amount = sum(line["price_unit"] for line in self._bill_lines())
        summary = self.env._("Enter the vendor bill: %(what)s", what=self.display_name)
        vendor = self._bill_vendor().sudo()
        vendor.activity_ids.filtered(
            lambda a: a.summary == summary and a.user_id == owner
        ).unlink()
        vendor.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=owner.id,
            summary=summary,
            note=self.env._(
                "%(amount)s, asked for by %(user)s.",
                amount=self._bill_currency().format(amount),
                user=self.env.user.name,
            ),
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(user)s was asked to enter the bill.", user=owner.name
                ),
            },
        }
