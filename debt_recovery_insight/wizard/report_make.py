import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.report_ageing import EDGES
from ..models.report_page import SCREEN_ROWS


class DebtRecoveryReportMake(models.TransientModel):
    """Choose a report, a period, officers and customers; look at it, take it as PDF or
    XLSX. People get what they may see: officers the customers of their own cases."""

    _name = "debt.recovery.report.make"
    _description = "Make a Report"

    report_id = fields.Many2one(
        "debt.recovery.report",
        required=True,
        default=lambda self: self.env["debt.recovery.report"]._offered(
            self.env.company
        )[:1],
        domain="[('id', 'in', offered_ids)]",
    )
    offered_ids = fields.Many2many(
        "debt.recovery.report", compute="_compute_offered_ids"
    )
    code = fields.Char(related="report_id.code")
    description = fields.Text(related="report_id.description")
    period = fields.Selection(related="report_id.period")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company._recovery_root(),
        domain="[('parent_id', '=', False)]",
    )
    date_from = fields.Date(
        "From", compute="_compute_dates", store=True, readonly=False
    )
    date_to = fields.Date(
        "To",
        compute="_compute_dates",
        store=True,
        readonly=False,
        help="The end of that day, as the ledger stands now; also long ago.",
    )
    edges = fields.Char(
        "Buckets Until (Days)",
        default=EDGES,
        help="Last day of each bucket: 30, 60 gives 1–30, 31–60 and over 60.",
    )
    user_ids = fields.Many2many(
        "res.users", string="Officers", domain="[('share', '=', False)]"
    )
    partner_ids = fields.Many2many("res.partner", string="Customers")
    sees_all = fields.Boolean(compute="_compute_sees_all")
    preview = fields.Html(
        sanitize=False, compute="_compute_preview", store=True, readonly=False
    )
    file = fields.Binary(readonly=True)
    filename = fields.Char(readonly=True)

    def _compute_sees_all(self):
        self.sees_all = self.env["debt.recovery.dashboard"]._sees_all()

    @api.depends("report_id")
    def _compute_display_name(self):
        for make in self:
            make.display_name = make.report_id.name or self.env._("Reports")

    @api.depends("company_id")
    def _compute_offered_ids(self):
        for make in self:
            make.offered_ids = make.report_id._offered(make.company_id)

    @api.depends("report_id", "company_id")
    def _compute_dates(self):
        for make in self.filtered("report_id"):
            company = make.company_id or self.env.company
            make.date_from, make.date_to = make.report_id._usual_period(company)

    @api.depends(
        *("report_id", "company_id", "date_from", "date_to"),
        *("edges", "user_ids", "partner_ids"),
    )
    def _compute_preview(self):
        """What was seen belongs to another question."""
        self.preview = False

    # THE ANSWER

    def _answer(self):
        """:raises UserError: for a question that makes no sense"""
        self.ensure_one()
        one_day = self.period == "today"
        return self.report_id._answer_for(
            self.env.user,
            self.company_id,
            self.date_to if one_day else self.date_from,
            self.date_to,
            {
                "user_ids": self.user_ids.ids or None,
                "partner_ids": self.partner_ids.ids or None,
                "edges": self.edges or "",
            },
        )

    def action_preview(self):
        """Show the report under the question."""
        report = self.report_id
        page = report._page(self._answer(), self.company_id, SCREEN_ROWS)
        self.preview = report._page_html(page)

    def action_xlsx(self):
        """Every row, with totals and charts."""
        content = self.report_id._answer_xlsx(self._answer(), self.company_id)
        return self._download(content, "xlsx")

    def action_pdf(self):
        """For reading and printing."""
        content = self.report_id._answer_pdf(self._answer(), self.company_id)
        return self._download(content, "pdf")

    def _download(self, content, extension):
        self.write(
            {
                "file": base64.b64encode(content),
                "filename": self.report_id._filename(
                    self.company_id, self.date_to, extension
                ),
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file"
            "?filename_field=filename&download=true",
            "target": "download",
        }

    @api.constrains("report_id", "company_id")
    def _check_offered(self):
        for make in self:
            if not make.report_id._is_makeable(make.company_id):
                raise UserError(
                    self.env._(
                        "%(company)s does not use “%(report)s”: switch that part on in "
                        "Settings, Debt Recovery, or choose another report.",
                        company=make.company_id.name,
                        report=make.report_id.name,
                    )
                )
