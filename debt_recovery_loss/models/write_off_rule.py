from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

KINDS = [
    ("insolvent", "Customer insolvent"),
    ("limitation", "Time-barred"),
    ("closed", "Case closed without success"),
    ("small", "Uneconomic rest"),
    ("age", "Age"),
]


class DebtRecoveryWriteOffRule(models.Model):
    """What is proposed for a write-off, and why. The first rule that fits an item
    speaks; nothing is written off by itself."""

    _name = "debt.recovery.write.off.rule"
    _description = "Proposal Rule for Write-offs"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True)
    days = fields.Integer(
        aggregator=None,
        help="Overdue for so many days, or so many days after the event.",
    )
    amount_units = fields.Float(
        "Up To (Units)", aggregator=None, help="Of the money unit; zero: any amount."
    )
    reason_id = fields.Many2one(
        "debt.recovery.write.off.reason", required=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: every company."
    )

    @api.constrains("days", "amount_units")
    def _check_not_negative(self):
        for rule in self.filtered(lambda row: row.days < 0 or row.amount_units < 0):
            raise ValidationError(
                self.env._(
                    "Days and amount of “%(rule)s” are zero or more.", rule=rule.name
                )
            )

    # PROPOSING

    @api.model
    def _for_company(self, company):
        return self.search([("company_id", "in", [False, company.id])])

    def _find_items(self, company):
        """Open items the first of these rules proposes.

        :return: ``[(receivable row, rule, why)]``
        """
        found, seen = [], set()
        receivables = self.env["debt.recovery.receivable"]
        for rule in self:
            domain = receivables._write_off_domain(company) & rule._domain(company)
            for row in receivables.search(domain, order="partner_id, date_due"):
                if row.id not in seen:
                    seen.add(row.id)
                    found.append((row, rule, rule._why(row)))
        return found

    def _domain(self, company):
        """Items this rule speaks of."""
        domain = Domain(getattr(self, f"_domain_{self.kind}")(company))
        if self.amount_units:
            limit = float(company._recovery_units(self.amount_units))
            domain &= Domain("amount_residual", "<=", limit)
        return domain

    def _domain_small(self, company):
        return Domain("days_overdue", ">=", max(1, self.days))

    def _domain_age(self, company):
        return Domain("days_overdue", ">=", max(1, self.days))

    def _domain_limitation(self, company):
        return Domain("limitation_date", "<", company._recovery_today())

    def _domain_insolvent(self, company):
        """An insolvency is a hold: of the customer, or of the case."""
        today = company._recovery_today()
        holds = self.env["debt.recovery.hold"].sudo()
        found = holds.search(
            [
                ("type_id.code", "=", "insolvency"),
                ("date_released", "=", False),
                ("company_id", "in", [False, company.id]),
                ("date_from", "<=", fields.Date.subtract(today, days=self.days)),
            ]
        )
        partners = found.partner_id | found.case_id.partner_id
        return Domain("partner_id", "in", partners.commercial_partner_id.ids)

    def _domain_closed(self, company):
        cases = self.env["debt.recovery.case"].sudo()
        today = company._recovery_today()
        found = cases.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "closed"),
                ("close_reason", "=", "uncollectable"),
                ("date_closed", "<=", fields.Date.subtract(today, days=self.days)),
            ]
        )
        return Domain("partner_id", "in", found.partner_id.ids) & Domain(
            "case_id", "=", False
        )

    def _why(self, row):
        """The reason for one item, in words."""
        self.ensure_one()
        if self.kind == "limitation":
            return self.env._(
                "%(rule)s since %(day)s",
                rule=self.name,
                day=format_date(self.env, row.limitation_date),
            )
        return self.env._(
            "%(rule)s, %(days)s days overdue", rule=self.name, days=row.days_overdue
        )

    def _prepare_candidate_row(self, item, why):
        """Plain values of ``res.company._recovery_bad_debts``.

        :param item: receivable row the rule proposes
        """
        return {
            "partner_id": item.partner_id.id,
            "user_id": item.case_id.user_id.id,
            "customer": item.partner_id.sudo().display_name,
            "number": item.move_name,
            "date_due": item.date_due,
            "days": item.days_overdue,
            "amount": item.amount_residual,
            "reason": self.reason_id.name,
            "why": why,
            "state": self.env._("Proposed by rule"),
        }
