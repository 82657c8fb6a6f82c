import re

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

#: Fewer digits than this are a number of something, not a telephone.
PHONE_DIGITS = 5


class DebtRecoveryCaseTodayFind(models.AbstractModel):
    """One field that finds a debtor by whatever the caller says: invoice number, the
    customer's own reference, phone in any format, VAT number, IBAN, e-mail or name."""

    _name = "debt.recovery.case.today.find.mixin"
    _description = "Finding a Debtor"

    find = fields.Char(
        compute="_compute_find",
        search="_search_find",
        help="Invoice, order or reference, phone, VAT number, IBAN, e-mail or name.",
    )

    def _compute_find(self):
        self.find = False

    @api.model
    def _search_find(self, operator, value):
        if operator not in ("ilike", "in", "="):
            return NotImplemented
        words = [value] if isinstance(value, str) else [word for word in value if word]
        return Domain.OR(self._find_domain(word.strip()) for word in words)

    @api.model
    def _find_domain(self, text):
        """Cases whose reference or customer fits the text."""
        if not re.search(r"\w", text):
            return Domain.FALSE
        partners = SQL(" UNION ").join(self._find_queries(text))
        return Domain("name", "ilike", text) | Domain(
            "partner_id", "in", SQL("(%s)", partners)
        )

    @api.model
    def _find_queries(self, text):
        """Seam: queries of commercial partner ids, one per thing people quote."""
        escaped = re.sub(r"([\\%_])", r"\\\1", text)
        like = f"%{escaped}%"
        plain = re.sub(r"\W+", "", text)
        queries = [self._find_by_partner(like), self._find_by_document(like)]
        if plain and any(char.isdigit() for char in plain):
            queries += [self._find_by_vat(plain), self._find_by_bank(plain)]
        digits = re.sub(r"\D", "", text).lstrip("0")
        if len(digits) >= PHONE_DIGITS and not re.search(r"[^\W\d_]", text):
            queries.append(self._find_by_phone(digits))
        return queries

    @api.model
    def _find_by_partner(self, like):
        return SQL(
            """SELECT p.commercial_partner_id FROM res_partner p
                WHERE p.complete_name ILIKE %(like)s OR p.email ILIKE %(like)s
                   OR p.ref ILIKE %(like)s""",
            like=like,
        )

    @api.model
    def _find_by_document(self, like):
        return SQL(
            """SELECT m.commercial_partner_id FROM account_move m
                WHERE m.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
                  AND (m.name ILIKE %(like)s OR m.ref ILIKE %(like)s
                       OR m.payment_reference ILIKE %(like)s
                       OR m.invoice_origin ILIKE %(like)s)""",
            like=like,
        )

    @api.model
    def _find_by_vat(self, plain):
        return SQL(
            r"""SELECT p.commercial_partner_id FROM res_partner p
                 WHERE regexp_replace(p.vat, '\W', '', 'g') ILIKE %s""",
            f"%{plain}%",
        )

    @api.model
    def _find_by_bank(self, plain):
        return SQL(
            """SELECT p.commercial_partner_id FROM res_partner_bank b
                 JOIN res_partner p ON p.id = b.partner_id
                WHERE b.sanitized_acc_number ILIKE %s""",
            f"%{plain}%",
        )

    @api.model
    def _find_by_phone(self, digits):
        """+32 2 555 01 23, 0032 25550123 and 02/555.01.23 are the same line: one
        number ends with the other once its leading zeros are gone."""
        return SQL(
            r"""SELECT p.commercial_partner_id FROM res_partner p,
                       LATERAL (SELECT ltrim(regexp_replace(
                           replace(p.phone, '(0)', ''), '\D', '', 'g'), '0') AS no) n
                 WHERE p.phone IS NOT NULL AND length(n.no) >= %(least)s
                   AND (n.no LIKE %(ends)s OR %(digits)s LIKE '%%' || n.no)""",
            least=PHONE_DIGITS,
            ends=f"%{digits}",
            digits=digits,
        )
