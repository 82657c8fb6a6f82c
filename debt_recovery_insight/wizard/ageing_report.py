import base64

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang

from ..tools.buckets import MOST, BucketsError, parse_edges

#: A PDF with more customers is nothing that anybody reads.
PDF_CUSTOMERS = 1000
REPORT = "debt_recovery_insight.report_ageing"


class DebtRecoveryAgeingReport(models.TransientModel):
    """Ageing of the customers on a day, in buckets of choice, as XLSX or PDF. Officers
    get the customers of their own cases."""

    _name = "debt.recovery.ageing.report"
    _description = "Ageing Report"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company._recovery_root(),
        domain="[('parent_id', '=', False)]",
    )
    date = fields.Date(
        "On",
        required=True,
        default=lambda self: self.env.company._recovery_today(),
        help="The end of that day, as the ledger stands now; also long ago.",
    )
    edges = fields.Char(
        "Buckets Until (Days)",
        required=True,
        default="30, 60, 90",
        help="Last day of each bucket: 30, 60 gives 1–30, 31–60 and over 60.",
    )
    user_id = fields.Many2one("res.users", "Officer", domain="[('share', '=', False)]")
    partner_ids = fields.Many2many("res.partner", string="Customers")
    sees_all = fields.Boolean(compute="_compute_sees_all")
    file = fields.Binary(readonly=True)
    filename = fields.Char(readonly=True)

    def _compute_sees_all(self):
        self.sees_all = self.env["debt.recovery.dashboard"]._sees_all()

    # FACTS

    def _filters(self):
        users = self.user_id if self.sees_all else self.env.user
        return {
            "user_ids": users.ids or None,
            "partner_ids": self.partner_ids.ids or None,
        }

    def _edges(self):
        """:raises UserError: for borders that make no sense"""
        try:
            return parse_edges(self.edges or "")
        except BucketsError:
            raise UserError(
                self.env._(
                    "The buckets “%(text)s” cannot be used: enter up to %(most)s "
                    "rising numbers of days, such as 30, 60, 90.",
                    text=self.edges or "",
                    most=MOST,
                )
            ) from None

    def _facts(self):
        """:raises UserError: for buckets or days that make no sense"""
        self.ensure_one()
        edges = self._edges()
        if self.date > self.company_id._recovery_today():
            raise UserError(
                self.env._(
                    "The day %(day)s is still to come: choose today or before.",
                    day=format_date(self.env, self.date),
                )
            )
        return self.env["debt.recovery.ageing"]._ageing(
            self.company_id, self.date, edges, self._filters()
        )

    def _page(self):
        """Values of the PDF."""
        facts = self._facts()
        count = len(facts["rows"])
        if count > PDF_CUSTOMERS:
            raise UserError(
                self.env._(
                    "%(count)s customers are too many for a PDF (at most %(most)s): "
                    "take the XLSX file, or one officer.",
                    count=count,
                    most=PDF_CUSTOMERS,
                )
            )
        currency = facts["company"].currency_id
        balance = facts["totals"][-1]
        return facts | {
            "title": self.env["debt.recovery.ageing"]._ageing_title(facts),
            "money": lambda amount: (
                formatLang(self.env, float(amount), digits=currency.decimal_places)
                if amount
                else ""
            ),
            "share": lambda amount: (
                formatLang(self.env, float(100 * amount / balance), digits=1) + " %"
                if balance
                else ""
            ),
        }

    # FILES

    def action_xlsx(self):
        """Every customer, with totals and a chart."""
        content = self.env["debt.recovery.ageing"]._ageing_xlsx(self._facts())
        return self._download(content, "xlsx")

    def action_pdf(self):
        """For reading and printing."""
        self._page()  # refuse before the renderer starts
        report = self.env["ir.actions.report"].sudo()
        return self._download(report._render_qweb_pdf(REPORT, self.ids)[0], "pdf")

    def _download(self, content, extension):
        words = (self.env._("Ageing"), self.company_id.name, str(self.date))
        self.write(
            {
                "file": base64.b64encode(content),
                "filename": f"{' '.join(words)}.{extension}".replace("/", "_"),
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file"
            "?filename_field=filename&download=true",
            "target": "download",
        }
