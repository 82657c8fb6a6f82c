from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date


class DebtRecoveryChargeBill(models.TransientModel):
    """Bill memo charges: one draft debit note per customer and currency, which the
    bookkeepers post. Cancelling or crediting it opens the charges again."""

    _name = "debt.recovery.charge.bill"
    _description = "Bill Charges"

    charge_ids = fields.Many2many("debt.recovery.charge", string="Charges")
    date = fields.Date(
        required=True, default=lambda self: self.env.company._recovery_today()
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    journal_id = fields.Many2one(
        "account.journal",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        domain="[('type', '=', 'sale'), ('company_id', '=', company_id)]",
    )

    @api.depends("charge_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.charge_ids.company_id[:1]

    @api.depends("company_id")
    def _compute_journal_id(self):
        for wizard in self:
            wizard.journal_id = wizard.company_id.recovery_charge_journal_id

    def action_confirm(self):
        """Create the debit notes and show them."""
        self.ensure_one()
        charges = self.charge_ids.filtered("amount_open")
        self._check_charges(charges)
        moves = self.env["account.move"]
        for (company, partner, currency), group in charges.grouped(
            lambda c: (c.company_id, c.partner_id, c.currency_id)
        ).items():
            vals = self._prepare_move_vals(company, partner, currency, group)
            moves += moves.with_company(company).create(vals)
        for move in moves:
            move._message_log(
                body=self.env._("Bills charges for late payment; see its lines.")
            )
        return moves._get_records_action(name=self.env._("Debit Notes"))

    def _check_charges(self, charges):
        if not charges:
            raise UserError(
                self.env._("Nothing is open: these charges were billed or waived.")
            )
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise UserError(
                self.env._("Charges are billed by a recovery manager: ask yours.")
            )
        missing = charges.company_id.filtered(
            lambda company: not company.recovery_charge_account_id
        )
        if missing:
            raise UserError(
                self.env._(
                    "Choose the account for charges of %(company)s first: "
                    "Configuration, Settings, Interest and Fees.",
                    company=missing[0].name,
                )
            )

        self._check_not_locked(charges.company_id)

    def _check_not_locked(self, companies):
        """A debit note of a closed period would move to another day unasked."""
        for company in companies:
            locks = company._get_lock_date_violations(
                self.date, fiscalyear=True, sale=True, purchase=False, tax=False
            )
            if locks:
                raise UserError(
                    self.env._(
                        "The books of %(company)s are locked until %(day)s: choose a "
                        "later day for the debit note.",
                        company=company.name,
                        day=format_date(self.env, max(day for day, _field in locks)),
                    )
                )

    def _prepare_move_vals(self, company, partner, currency, charges):
        journal = {"journal_id": self.journal_id.id} if self.journal_id else {}
        return {
            **journal,
            "move_type": "out_invoice",
            "partner_id": partner.id,
            "company_id": company.id,
            "currency_id": currency.id,
            "invoice_date": self.date,
            "ref": ", ".join(charges.move_id.mapped("name"))[:64],
            "invoice_line_ids": [
                Command.create(self._prepare_line_vals(company, charge))
                for charge in charges
            ],
        }

    def _prepare_line_vals(self, company, charge):
        return {
            "name": self.env._(
                "%(charge)s (%(basis)s)", charge=charge.name, basis=charge.legal_basis
            ),
            "quantity": 1,
            "price_unit": charge.amount_open,
            "account_id": company.recovery_charge_account_id.id,
            "tax_ids": [Command.set(company.recovery_charge_tax_ids.ids)],
            "recovery_charge_id": charge.id,
        }
