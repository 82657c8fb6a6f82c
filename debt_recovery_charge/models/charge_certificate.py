from datetime import date

from odoo import models
from odoo.tools import format_date
from odoo.tools.misc import formatLang


class DebtRecoveryChargeCertificate(models.AbstractModel):
    """The page that shows how interest came about, for a charge or a calculation."""

    _name = "debt.recovery.charge.certificate.mixin"
    _description = "Certificate of Interest"

    def _certificate_page(self):
        """Everything the page prints, in the reader's language."""
        self.ensure_one()
        return {
            "company": self.company_id,
            "facts": [
                (label, text) for label, text in self._certificate_facts() if text
            ],
            "rows": [self._certificate_row(segment) for segment in self.detail or ()],
            "total": self.currency_id.format(self._certificate_total()),
            "payments": [self._certificate_use(use) for use in self.payment_uses or ()],
            "left": self._certificate_left() if self.payment_uses else [],
        }

    def _certificate_facts(self):
        """Pairs of label and text above the table."""
        return [
            (self.env._("Customer"), self.case_id.partner_id.display_name),
            (self.env._("Our reference"), self.case_id.name),
            (self.env._("Rule"), self.rule_id.name),
            (self.env._("Legal basis"), self.rule_id.legal_basis),
            (self.env._("Due"), format_date(self.env, self.date_due)),
            (self.env._("Counted until"), format_date(self.env, self.date_until)),
        ]

    def _certificate_total(self):
        return self.amount

    def _certificate_principal(self):
        """What was owed before any payment."""
        return abs(self.move_line_id.amount_currency)

    def _certificate_settled(self):
        """Interest that is not claimed any more, or claimed by a bill of its own."""
        return self.amount_waived + self.amount_billed

    def _paid_of(self, part):
        """What payments of the item were counted on ``costs``, ``interest`` or
        ``principal`` of the claim; the books show all of it on the principal."""
        self.ensure_one()
        return sum(float(use[part]) for use in self.payment_uses or ())

    def _certificate_left(self):
        """Pairs of label and text: what is still owed after the payments."""
        principal = self._certificate_principal() - self._paid_of("principal")
        interest = self._certificate_total() - self._paid_of("interest")
        interest = max(interest - self._certificate_settled(), 0.0)
        return [
            (self.env._("Principal still owed"), self.currency_id.format(principal)),
            (self.env._("Interest still owed"), self.currency_id.format(interest)),
        ]

    def _certificate_use(self, use):
        """A payment and what it was counted on."""
        parts = ("amount", "costs", "interest", "principal")
        return {
            "day": format_date(self.env, date.fromisoformat(use["day"])),
            **{part: self.currency_id.format(float(use[part])) for part in parts},
        }

    def _certificate_row(self, segment):
        def day(text):
            return format_date(self.env, date.fromisoformat(text))

        def number(text, digits):
            return formatLang(self.env, float(text), digits=digits)

        return {
            "from": day(segment["from"]),
            "to": day(segment["to"]),
            "days": segment["days"],
            "rate": number(segment["rate"], 2),
            "principal": number(segment["principal"], self.currency_id.decimal_places),
            "interest": number(segment["interest"], 4),
        }
