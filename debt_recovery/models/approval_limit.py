from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.approvals import ALWAYS, LIMITED, NEVER, PROPOSE, Limit
from ..tools.money import to_decimal

#: What needs a decision. Subject addons add theirs with ``selection_add``.
KINDS = [
    ("promise", "Promise"),
    ("plan", "Payment plan"),
    ("settlement", "Settlement"),
    ("waive_charge", "Waiver of interest or fees"),
    ("small_write_off", "Small-balance write-off"),
    ("write_off", "Write-off"),
    ("case_close", "Giving up a case"),
    ("hold", "Hold"),
    ("order_hold", "Order hold or release"),
    ("sales_truce", "Sales truce"),
    ("demand", "Formal demand"),
    ("legal", "Legal hand-over"),
    ("placement", "Agency placement"),
    ("post_charges", "Posting charges"),
    ("gate_override", "Soft contact rule overridden"),
    ("bulk_message", "Bulk message"),
    ("strategy", "Strategy and rules"),
    ("cash", "Cash in hand"),
    ("provision", "Provision entry"),
    ("purge", "Purge of old cases"),
]
ROLES = [
    ("officer", "Officer"),
    ("manager", "Manager"),
    ("final", "Final approver"),
]
NUMBERS = ("amount_units", "day_units", "percent", "days", "count", "months")


class DebtRecoveryApprovalLimit(models.Model):
    """What a role may decide alone, per subject. A row of a company replaces the
    general one; amounts are multiples of the money unit, zero does not limit."""

    _name = "debt.recovery.approval.limit"
    _description = "Approval Limit"
    _order = "sequence, subject, role_order, id"

    sequence = fields.Integer(default=10)
    subject = fields.Selection(KINDS, required=True, index=True)
    role = fields.Selection(ROLES, required=True)
    role_order = fields.Integer(compute="_compute_role_order", store=True)
    rule = fields.Selection(
        [
            (LIMITED, "Within the limits"),
            (ALWAYS, "Without limit"),
            (PROPOSE, "Asks somebody above"),
            (NEVER, "Not at all"),
        ],
        required=True,
        default=LIMITED,
    )
    amount_units = fields.Float("Amount (Units)", aggregator=None)
    day_units = fields.Float("Amount per Day (Units)", aggregator=None)
    percent = fields.Float(aggregator=None)
    days = fields.Integer(aggregator=None)
    count = fields.Integer("Number", aggregator=None)
    months = fields.Integer(aggregator=None)
    hold_basis = fields.Selection(
        [("default", "Usual length of the type"), ("maximum", "Longest of the type")],
        "Hold Until",
    )
    note = fields.Char("Meaning", translate=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: every company without its own row."
    )

    _role_unique = models.UniqueIndex(
        "(subject, role, COALESCE(company_id, 0))",
        "This role already has a limit for this subject: change that one.",
    )

    @api.depends("role")
    def _compute_role_order(self):
        order = [role for role, _label in ROLES]
        for limit in self:
            limit.role_order = order.index(limit.role) if limit.role else 0

    @api.depends("subject", "role")
    def _compute_display_name(self):
        subjects = dict(self._fields["subject"]._description_selection(self.env))
        roles = dict(self._fields["role"]._description_selection(self.env))
        for limit in self:
            limit.display_name = " · ".join(
                filter(None, (subjects.get(limit.subject), roles.get(limit.role)))
            )

    @api.constrains(*NUMBERS)
    def _check_not_negative(self):
        for limit in self:
            for fname in NUMBERS:
                if limit[fname] < 0:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” of the limit “%(limit)s” is %(value)s: enter "
                            "zero or more.",
                            field=limit._fields[fname]._description_string(self.env),
                            limit=limit.display_name,
                            value=limit[fname],
                        )
                    )

    @api.constrains("company_id")
    def _check_root_company(self):
        for limit in self.filtered("company_id"):
            if limit.company_id.parent_id:
                raise ValidationError(
                    self.env._(
                        "%(branch)s is a branch: its limits are those of %(root)s.",
                        branch=limit.company_id.name,
                        root=limit.company_id.root_id.name,
                    )
                )

    @api.model
    def _for_subject(self, subject, company):
        """Rows that count in a company: its own, else the general ones."""
        root = company._recovery_root()
        rows = self.sudo().search(
            [("subject", "=", subject), ("company_id", "in", [False, root.id])]
        )
        own = rows.filtered("company_id")
        return own | rows.filtered(
            lambda row: not row.company_id and row.role not in own.mapped("role")
        )

    def _to_limits(self, company):
        """Plain values for the comparison, amounts in company currency."""
        return [row._to_limit(company) for row in self]

    def _to_limit(self, company):
        self.ensure_one()
        return Limit(
            role=self.role,
            rule=self.rule,
            amount=company._recovery_units(self.amount_units)
            if self.amount_units
            else None,
            percent=to_decimal(self.percent, 4) if self.percent else None,
            days=self.days or None,
            count=self.count or None,
            months=self.months or None,
        )
