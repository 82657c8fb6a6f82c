from odoo import api, fields, models

OWNERS = [
    ("salesperson", "Salesperson of the invoice"),
    ("warehouse", "Warehouse"),
    ("service", "Customer service"),
    ("ar", "Accounts receivable"),
    ("officer", "Recovery officer"),
]
ESCALATIONS = [
    ("sales_manager", "Sales manager"),
    ("operations", "Operations"),
    ("manager", "Recovery manager"),
]


class DebtRecoveryDisputeCategory(models.Model):
    """What a dispute is about, who owes the answer and how soon. Salesperson and
    officer come from the documents; the other roles are the person named here, per
    company, else the officer keeps the question. Days are working days."""

    _name = "debt.recovery.dispute.category"
    _description = "Dispute Category"
    _inherit = ["debt.recovery.code.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    department = fields.Char(
        "Root Cause", translate=True, help="Department where the cause usually lies."
    )
    owner_role = fields.Selection(
        OWNERS, "Answered by", required=True, default="officer"
    )
    owner_user_id = fields.Many2one(
        "res.users",
        "Person",
        company_dependent=True,
        domain="[('share', '=', False)]",
        help="Who answers for this role in your company. No rights in debt recovery "
        "are needed.",
    )
    answer_days = fields.Integer("Answer within (Working Days)", default=5)
    escalation_role = fields.Selection(
        ESCALATIONS, "Escalated to", required=True, default="manager"
    )
    escalation_user_id = fields.Many2one(
        "res.users",
        "Takes Over",
        company_dependent=True,
        domain="[('share', '=', False)]",
        help="Who becomes the owner after one and a half times the days. Empty: the "
        "manager for escalations.",
    )
    evidence = fields.Char("Evidence Asked", translate=True)
    usual_outcome = fields.Char(translate=True)

    _code_unique = models.Constraint(
        "UNIQUE (code)",
        "There is already a dispute category with this code: use another code.",
    )
    _answer_days_positive = models.Constraint(
        "CHECK (answer_days > 0)", "An answer needs at least one working day."
    )

    @api.model
    def _by_code(self, code):
        return self.with_context(active_test=False).search(
            [("code", "=", code)], limit=1
        )

    def _find_owner(self, case, moves):
        """Who owes the answer about these documents: an active employee."""
        category = self.with_company(case.company_id).sudo()
        people = {
            "salesperson": [
                moves.invoice_user_id[:1],
                case.partner_id.sudo().user_id,
                category.owner_user_id,
            ],
            "officer": [case.user_id],
        }.get(category.owner_role, [category.owner_user_id])
        people += [case.user_id, self.env.user]
        return self._first_employee(people)

    def _find_escalation(self, company):
        """Who takes over an unanswered question; nobody if nobody is named."""
        category = self.with_company(company).sudo()
        return self._first_employee(
            [
                category.escalation_user_id,
                company.sudo()._recovery_root().recovery_escalate_user_id,
            ]
        )

    @api.model
    def _first_employee(self, people):
        for user in people:
            user = user.sudo()
            if user.active and user._is_internal() and not user._is_superuser():
                return user.with_env(self.env)
        return self.env["res.users"]
