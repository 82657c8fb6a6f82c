from odoo import fields, models

from odoo.addons.debt_recovery.models.res_partner_screen import OFFICE

from .agreement import PAUSES


class ResCompany(models.Model):
    """Which charges a company claims, and how it bills them. Nothing is claimed before
    rules are chosen."""

    _inherit = "res.company"

    recovery_charge_rule_ids = fields.Many2many(
        "debt.recovery.charge.rule", string="Charge Rules", groups=OFFICE
    )
    recovery_charge_pause = fields.Selection(
        PAUSES,
        "Late Interest under Agreements",
        required=True,
        default="none",
        help="What new promises, plans and settlements start with.",
    )
    recovery_charge_journal_id = fields.Many2one(
        "account.journal",
        "Journal for Charges",
        domain="[('type', '=', 'sale'), ('company_id', '=', id)]",
    )
    recovery_charge_account_id = fields.Many2one(
        "account.account",
        "Account for Charges",
        domain="[('account_type', 'in', ('income', 'income_other'))]",
    )
    recovery_charge_tax_ids = fields.Many2many(
        "account.tax",
        "res_company_recovery_charge_tax_rel",
        string="Taxes on Charges",
        help="Interest and compensation are damages in most countries: no tax.",
    )
