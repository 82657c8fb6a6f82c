from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .dispute_decide import LIVE

KINDS = [
    ("dispute", "Dispute"),
    ("enquiry", "Enquiry"),
    ("complaint", "Complaint"),
]
STATES = [
    ("open", "Open"),
    ("answered", "Answered"),
    ("accepted", "Accepted"),
    ("partly", "Partly Accepted"),
    ("rejected", "Rejected"),
    ("withdrawn", "Withdrawn"),
    ("closed", "Closed"),
]
ANSWER_DAYS = 5


class DebtRecoveryDispute(models.Model):
    """What the debtor contests, asks or complains about. Of a *dispute* only the
    contested part of each item leaves the collectable amount; the rest is still chased.
    *Enquiries* and *complaints* have no amount. The owner may be anybody in the house:
    he answers without rights in debt recovery; the officer decides."""

    _name = "debt.recovery.dispute"
    _description = "Dispute"
    _inherit = [
        "debt.recovery.case.scope.mixin",
        "debt.recovery.case.scope.screen.mixin",
        "debt.recovery.dispute.owner.mixin",
        "debt.recovery.dispute.decide.mixin",
        "debt.recovery.dispute.credit.mixin",
        "debt.recovery.dispute.figures.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_due, id desc"
    _mail_post_access = "read"

    name = fields.Char(
        "Subject",
        required=True,
        tracking=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
    )
    kind = fields.Selection(KINDS, required=True, default="dispute", readonly=True)
    category_id = fields.Many2one(
        "debt.recovery.dispute.category",
        index=True,
        ondelete="restrict",
        tracking=True,
        default=lambda self: self._default_category_id(),
    )
    department = fields.Char(
        "Root Cause",
        compute="_compute_department",
        store=True,
        readonly=False,
        help="Department where the cause lies; correct it when the answer is known.",
    )
    evidence = fields.Char(related="category_id.evidence")
    usual_outcome = fields.Char(related="category_id.usual_outcome")
    state = fields.Selection(
        STATES, required=True, default="open", readonly=True, copy=False, tracking=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        index=True,
        tracking=True,
        default=False,
        help="Who owes the answer.",
    )
    case_user_id = fields.Many2one(
        "res.users", "Officer", related="case_id.user_id", related_sudo=True
    )
    date_opened = fields.Date(
        "Opened", required=True, readonly=True, default=lambda self: self._today()
    )
    date_due = fields.Date(
        "Answer Due",
        compute="_compute_date_due",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    line_ids = fields.One2many("debt.recovery.dispute.line", "dispute_id", "Items")
    move_ids = fields.Many2many(
        "account.move", string="Invoices", compute="_compute_move_ids"
    )

    _due_idx = models.Index("(date_due) WHERE state IN ('open', 'answered')")

    # DEFAULT, COMPUTE

    @api.model
    def _default_category_id(self):
        return self.env["debt.recovery.dispute.category"]._by_code("other")

    @api.model
    def _today(self):
        return self.env.company._recovery_today()

    @api.depends("category_id", "kind", "note")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for dispute in self:
            told = (dispute.note or "").strip().partition("\n")[0][:60]
            named = dispute.category_id.name
            if dispute.kind != "dispute":
                named = told or kinds[dispute.kind]
            dispute.name = dispute.name or named or kinds[dispute.kind]

    @api.depends("category_id")
    def _compute_department(self):
        for dispute in self:
            dispute.department = dispute.category_id.department

    @api.depends("category_id", "date_opened")
    def _compute_date_due(self):
        for dispute in self:
            company = dispute.company_id or self.env.company
            opened = dispute.date_opened or dispute._today()
            days = dispute.category_id.answer_days or ANSWER_DAYS
            calendar = company._recovery_calendar(
                opened, fields.Date.add(opened, days=2 * days + 14)
            )
            dispute.date_due = calendar.add_working_days(opened, days)

    @api.depends("line_ids.move_line_id")
    def _compute_move_ids(self):
        for dispute in self:
            dispute.move_ids = dispute.line_ids.move_line_id.move_id

    # CONSTRAINTS

    @api.constrains("date_due", "date_opened")
    def _check_date_due(self):
        for dispute in self:
            if dispute.date_due and dispute.date_due < dispute.date_opened:
                raise ValidationError(
                    self.env._(
                        "“%(dispute)s” was opened on %(opened)s and cannot be due "
                        "before: choose a later day.",
                        dispute=dispute.name,
                        opened=dispute.date_opened,
                    )
                )

    @api.constrains("kind", "line_ids")
    def _check_kind_lines(self):
        for dispute in self:
            if dispute.kind != "dispute" and dispute.line_ids:
                raise ValidationError(
                    self.env._(
                        "“%(dispute)s” has no amount. Open a dispute for the items "
                        "that are contested.",
                        dispute=dispute.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        cases = self.env["debt.recovery.case"]
        for vals in vals_list:
            case = cases.browse(vals.get("case_id"))
            vals.setdefault("company_id", case.company_id.id)
            vals.setdefault("date_opened", case.company_id._recovery_today())
            if vals.get("kind") == "complaint" and not vals.get("user_id"):
                # before it exists: it must not count as one of the earlier ones
                vals["user_id"] = self._find_answerer(
                    case,
                    "complaint",
                    self.category_id.browse(vals.get("category_id"))
                    or self._default_category_id(),
                    self.env["account.move"],
                ).id
        disputes = super(
            DebtRecoveryDispute, self.with_context(mail_create_nosubscribe=True)
        ).create(vals_list)
        for dispute in disputes:
            if not dispute.user_id:
                dispute.user_id = dispute.category_id._find_owner(
                    dispute.case_id, dispute.sudo().move_ids
                )
        disputes._note_amounts()
        disputes._ask_owner()
        disputes._hold_firm_steps()
        return disputes

    def write(self, vals):
        before = {dispute: dispute.user_id for dispute in self}
        result = super().write(vals)
        moved = self.filtered(lambda d: d.user_id != before[d] and d.state in LIVE)
        if "user_id" in vals and moved:
            moved._ask_owner()
        if "line_ids" in vals:
            self._note_amounts()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        raise UserError(
            self.env._(
                "A dispute explains why money was not chased and cannot be deleted: "
                "withdraw it instead."
            )
        )

    # FIGURES FOLLOW

    def _recovery_touch(self):
        """The figures follow the state of the dispute."""
        self.flush_recordset()
        self.line_ids.flush_recordset()
        return super()._recovery_touch()

    @api.model
    def _scope_line_amount(self, line):
        return line.amount_currency
