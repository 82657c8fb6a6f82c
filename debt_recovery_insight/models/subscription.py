from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime

from .report_ageing import EDGES


class DebtRecoverySubscription(models.Model):
    """A report that leaves by itself: what, to whom, how often. People get it with
    their own rights, so that an officer receives the customers of the own cases;
    customers get their own statement, through the gate and into the log."""

    _name = "debt.recovery.subscription"
    _description = "Report Subscription"
    _inherit = [
        "debt.recovery.subscription.rhythm.mixin",
        "debt.recovery.subscription.send.mixin",
        "debt.recovery.subscription.statement.mixin",
        "debt.recovery.subscription.shipped.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "company_id, report_id, id"

    report_id = fields.Many2one(
        "debt.recovery.report", required=True, ondelete="cascade", index=True
    )
    description = fields.Text(related="report_id.description")
    code = fields.Char(related="report_id.code")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company._recovery_root(),
        domain="[('parent_id', '=', False)]",
        ondelete="cascade",
    )
    is_on = fields.Boolean("On", tracking=True)

    after_snapshot = fields.Boolean(
        "Wait for the Month-End",
        help="Leaves when the figures of the last month-end are frozen, at the latest "
        "a day later.",
    )
    only_overdue = fields.Boolean(
        "Only if Something Is Overdue", help="Else it is left out without a word."
    )

    # WHO AND WHAT
    audience = fields.Selection(
        [
            ("people", "People of choice"),
            ("officers", "Every officer, own cases"),
            ("salespeople", "Every salesperson, own customers"),
            ("customers", "Customers of choice: their statement"),
            ("debtors", "Every customer with open items: the statement"),
        ],
        "To",
        required=True,
        default="people",
    )
    user_ids = fields.Many2many(
        "res.users",
        string="People",
        domain="[('share', '=', False)]",
        help="With “Every officer”: who gets it as well, with the own rights.",
    )
    to_text = fields.Char("Recipients", compute="_compute_to_text")
    partner_ids = fields.Many2many(
        "res.partner",
        string="Customers",
        help="Who gets the statement; for reports to people: only these customers.",
    )
    officer_ids = fields.Many2many(
        "res.users",
        "debt_recovery_subscription_officer_rel",
        string="Of Officers",
        domain="[('share', '=', False)]",
        help="Only the customers of these officers. Empty: of all.",
    )
    edges = fields.Char("Buckets Until (Days)", default=EDGES)
    format = fields.Selection(
        [
            ("mail", "In the e-mail"),
            ("pdf", "PDF"),
            ("xlsx", "XLSX"),
            ("both", "PDF and XLSX"),
            ("activity", "An activity to do"),
        ],
        required=True,
        default="mail",
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        help="Empty: that of each recipient.",
    )

    # STATE
    date_sent = fields.Datetime("Last Sent", readonly=True, copy=False, tracking=True)
    problem = fields.Char(readonly=True, copy=False, tracking=True)
    failed_mail_id = fields.Many2one(
        "mail.mail", readonly=True, copy=False, groups="base.group_system"
    )
    status_text = fields.Char("Status", compute="_compute_status_text")

    @api.depends("report_id", "company_id")
    def _compute_display_name(self):
        for row in self:
            names = (row.report_id.name, row.company_id.name)
            row.display_name = ", ".join(filter(None, names))

    @api.depends("audience", "user_ids", "partner_ids")
    def _compute_to_text(self):
        kinds = dict(self._fields["audience"]._description_selection(self.env))
        for row in self:
            row.to_text = row._to_words(kinds.get(row.audience) or "")

    def _to_words(self, kind):
        names = ", ".join(self.user_ids.sudo().mapped("name"))
        if self.audience == "officers":
            return "; ".join(filter(None, (kind, names)))
        if self.audience == "customers":
            names = ", ".join(self.partner_ids.sudo().mapped("name"))
        return names if self.audience in ("people", "customers") and names else kind

    @api.depends("is_on", "date_next", "problem", "user_ids", "audience")
    @api.depends_context("tz", "lang")
    def _compute_status_text(self):
        for row in self:
            row.status_text = row._status_words()

    def _status_words(self):
        if not self.is_on:
            return self.env._("Ready, off")
        if self._lacks_recipients():
            return self.env._("Waits: choose who gets it")
        if self.problem:
            return self.problem
        zone = self.company_id._recovery_zone().zone
        when = self.date_next and format_datetime(
            self.env, self.date_next, tz=zone, dt_format="EEE d MMM HH:mm"
        )
        return self.env._("Leaves %(when)s", when=when) if when else ""

    # CHECKS

    def _lacks_recipients(self):
        self.ensure_one()
        if self.audience == "people":
            return not self.user_ids.sudo().filtered("active")
        return self.audience == "customers" and not self.partner_ids

    @api.constrains("is_on", "audience", "user_ids", "partner_ids")
    def _check_recipients(self):
        """What is shipped switched on waits until somebody is chosen."""
        if self.env.context.get("recovery_shipped"):
            return
        for row in self.filtered("is_on"):
            if not row._lacks_recipients():
                continue
            if row.audience == "customers":
                raise ValidationError(
                    self.env._(
                        "Nobody would get this statement: choose at least one customer."
                    )
                )
            raise ValidationError(
                self.env._(
                    "Nobody would get “%(report)s”: choose at least one person.",
                    report=row.report_id.name,
                )
            )

    @api.constrains("report_id", "audience", "edges")
    def _check_content(self):
        for row in self:
            if row._is_statement() != (row.code == "statement"):
                raise ValidationError(
                    self.env._(
                        "Customers get their statement and nothing else: choose the "
                        "report “Statement” for them, and people for all others."
                    )
                )
            if row.code == "ageing":
                row.report_id._edges(row.edges)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._plan()
        return rows
