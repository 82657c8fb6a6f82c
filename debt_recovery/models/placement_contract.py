from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.money import to_decimal
from ..tools.placement import GROSS, NET, Rate, find_rate

#: Parts of a dossier by the field that lets them go.
SHARED = {
    "share_log": "chronology",
    "share_invoices": "invoices",
    "share_letters": "letters",
    "share_agreements": "agreements",
    "share_disputes": "disputes",
    "share_messages": "correspondence",
}
REMIT = [(GROSS, "All of it"), (NET, "Less their commission")]


class DebtRecoveryPlacementContract(models.Model):
    """The terms on which an agency or a lawyer collects for us. A running placement
    keeps the terms it was placed on."""

    _name = "debt.recovery.placement.contract"
    _description = "Agency Contract"
    _order = "sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Agency or Lawyer",
        required=True,
        index=True,
        ondelete="restrict",
    )
    kind = fields.Selection(
        [("agency", "Agency"), ("lawyer", "Lawyer")], required=True, default="agency"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company.root_id,
        domain="[('parent_id', '=', False)]",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    contact_id = fields.Many2one(
        "res.partner",
        "Contact for Debtors",
        ondelete="restrict",
        help="Whom a debtor who calls us is referred to.",
    )
    remit = fields.Selection(REMIT, "They Hand Over", required=True, default=GROSS)
    recall_days = fields.Integer(
        "Recall after (Days)",
        default=180,
        help="So long they work on it; then somebody is asked to recall it.",
    )
    rate_ids = fields.One2many(
        "debt.recovery.placement.rate", "contract_id", "Commission"
    )
    date_processing = fields.Date(
        "Processing Agreement",
        help="An agency that follows our instructions processes personal data for us: "
        "without a written agreement (GDPR article 28) nothing is handed over. Lawyers "
        "answer for the data themselves.",
    )
    share_vat = fields.Boolean(
        "Tax ID of Companies", default=True, help="Never that of private persons."
    )
    share_phone = fields.Boolean("Phone", default=True)
    share_email = fields.Boolean("E-mail", default=True)
    share_contact = fields.Boolean("Names of Contacts")
    dossier = fields.Selection(
        [
            ("request", "When somebody asks for it"),
            ("pdf", "At the placing, as PDF"),
            ("zip", "At the placing, as ZIP with sources"),
        ],
        "Dossier Goes Along",
        required=True,
        default="request",
    )
    share_log = fields.Boolean(
        "Contacts", default=True, help="Day and way, never what was said."
    )
    share_invoices = fields.Boolean("Invoices", default=True)
    share_letters = fields.Boolean(
        "Letters", default=True, help="Those that claimed what is placed, as sent."
    )
    share_agreements = fields.Boolean("Agreements and Verdicts")
    share_disputes = fields.Boolean("Disputes", help="What was contested and decided.")
    share_messages = fields.Boolean(
        "Correspondence", help="What the debtor wrote, and the answers."
    )
    bill_product_id = fields.Many2one(
        "product.product",
        "Billed As",
        ondelete="restrict",
        check_company=True,
        help="Product of the vendor bill for their commission; brings account and tax.",
    )
    bill_account_id = fields.Many2one(
        "account.account",
        "Expense Account",
        ondelete="restrict",
        check_company=True,
        domain="[('account_type', 'in', ('expense', 'expense_direct_cost'))]",
        help="Of the commission. Empty: that of the product, or what Odoo proposes.",
    )
    note = fields.Html("Terms")

    @api.depends("partner_id")
    def _compute_display_name(self):
        for contract in self:
            contract.display_name = contract.partner_id.display_name

    @api.constrains("recall_days", "rate_ids")
    def _check_terms(self):
        for contract in self:
            if contract.recall_days < 0:
                raise ValidationError(
                    self.env._("The days until the recall are zero or more.")
                )

    def _find_percent(self, days, amount):
        """The commission of a claim so many days overdue, company currency.

        :return: per cent; None where the contract has no rate for it
        """
        self.ensure_one()
        rates = [
            Rate(to_decimal(r.percent, 4), r.min_days, to_decimal(r.min_amount, 2))
            for r in self.rate_ids
        ]
        digits = self.currency_id.decimal_places
        rate = find_rate(rates, days, to_decimal(amount, digits))
        return float(rate.percent) if rate else None

    def _shared_sections(self):
        """Codes of the parts of a dossier that this agency may have."""
        self.ensure_one()
        return {code for name, code in SHARED.items() if self[name]}

    def _shared_labels(self):
        """The same in words."""
        self.ensure_one()
        return [
            self._fields[name]._description_string(self.env)
            for name in SHARED
            if self[name]
        ]

    def _debtor_contact(self):
        """Whom a debtor is referred to, in one line."""
        self.ensure_one()
        contact = self.contact_id or self.partner_id
        parts = (contact.display_name, contact.phone, contact.email)
        return ", ".join(filter(None, parts))


class DebtRecoveryPlacementRate(models.Model):
    """Commission by the age and the size of the claim at the placing. Of the rows that
    are reached the one for the oldest, then the largest claims counts."""

    _name = "debt.recovery.placement.rate"
    _description = "Agency Commission"
    _order = "min_days, min_amount, id"

    contract_id = fields.Many2one(
        "debt.recovery.placement.contract",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    min_days = fields.Integer("Days Overdue from")
    min_amount = fields.Monetary("Amount from")
    percent = fields.Float("Commission (%)", required=True, digits=(16, 2))

    _rate_unique = models.UniqueIndex(
        "(contract_id, min_days, min_amount)",
        "The contract has a commission for this age and amount: change that one.",
    )

    @api.constrains("percent", "min_days", "min_amount")
    def _check_percent(self):
        for rate in self:
            if not 0 <= rate.percent <= 100 or min(rate.min_days, rate.min_amount) < 0:
                raise ValidationError(
                    self.env._(
                        "The commission lies between 0 and 100 per cent, days and "
                        "amount are zero or more."
                    )
                )
