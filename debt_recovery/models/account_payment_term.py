from odoo import fields, models

AUTOPAY_HELP = (
    "Money is collected by itself (direct debit, card). Invoices are chased only after "
    "a collection failed or is late itself."
)


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    recovery_autopay = fields.Boolean("Collected Automatically", help=AUTOPAY_HELP)


class AccountPaymentMethodLine(models.Model):
    _inherit = "account.payment.method.line"

    recovery_autopay = fields.Boolean("Collected Automatically", help=AUTOPAY_HELP)
