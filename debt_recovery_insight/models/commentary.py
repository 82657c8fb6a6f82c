from odoo import api, fields, models
from odoo.tools import format_date

REMINDER = "debt_recovery_insight.mail_activity_type_commentary"


class DebtRecoveryCommentary(models.Model):
    """What the manager says about a month: the first thing the monthly pack shows. One
    per root company and month; the manager is reminded while it is missing."""

    _name = "debt.recovery.commentary"
    _description = "Commentary on a Month"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, company_id, id"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company.root_id,
        domain="[('parent_id', '=', False)]",
        ondelete="cascade",
    )
    date = fields.Date(
        "Month",
        required=True,
        default=lambda self: self._default_date(),
        help="Any day of the month that is commented on.",
    )
    text = fields.Text("Commentary", tracking=True)
    user_id = fields.Many2one("res.users", "Written by", readonly=True, copy=False)
    date_written = fields.Date("Written On", readonly=True, copy=False)
    is_missing = fields.Boolean("Missing", compute="_compute_is_missing", store=True)
    figures = fields.Html(
        "What the Figures Say", compute="_compute_figures", sanitize=False
    )

    _month_unique = models.UniqueIndex(
        "(company_id, date)", "This month has a commentary already: change that one."
    )

    @api.model
    def _default_date(self):
        first = self.env.company._recovery_today().replace(day=1)
        return fields.Date.subtract(first, months=1)

    @api.depends("date")
    def _compute_display_name(self):
        for note in self:
            day = note.date or self._default_date()
            note.display_name = format_date(self.env, day, date_format="MMMM yyyy")

    @api.depends("text")
    def _compute_is_missing(self):
        for note in self:
            note.is_missing = not (note.text or "").strip()

    @api.depends("date", "company_id")
    @api.depends_context("recovery_today", "lang")
    def _compute_figures(self):
        """The key figures of the pack, for whoever writes about them."""
        for note in self:
            note.figures = note._render_figures() if note.date else False

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._signed(vals) for vals in vals_list])

    def write(self, vals):
        result = super().write(self._signed(vals))
        written = self.filtered(lambda note: not note.is_missing)
        if "text" in vals and written:
            written.activity_feedback([REMINDER])
        return result

    @api.model
    def _signed(self, vals):
        """The month by its first day; who writes, and when."""
        vals = dict(vals)
        if vals.get("date"):
            vals["date"] = fields.Date.to_date(vals["date"]).replace(day=1)
        if "text" in vals:
            company = self.env["res.company"].browse(vals.get("company_id"))
            company = (company or self.company_id[:1] or self.env.company).sudo()
            vals["user_id"] = self.env.uid
            vals["date_written"] = company._recovery_today()
        return vals

    # READING

    @api.model
    def _of_month(self, company, day):
        """The commentary of the month of a day, an empty record if there is none."""
        return self.sudo().search(
            [("company_id", "=", company.id), ("date", "=", day.replace(day=1))],
            limit=1,
        )

    def _lines(self):
        """What the pack shows under its title."""
        if not self or self.is_missing:
            return []
        signed = self.env._(
            "%(user)s, %(day)s",
            user=self.user_id.name or "",
            day=format_date(self.env, self.date_written or self.date),
        )
        lines = [line.strip() for line in self.text.splitlines() if line.strip()]
        return [*lines, signed]

    def _render_figures(self):
        """The first table of the pack, as its page shows it."""
        reports = self.env["debt.recovery.report"]
        section = reports._month_figures(self.company_id, self.date)
        page = reports._page_section(section, self.company_id)
        return self.env["ir.qweb"]._render(
            "debt_recovery_insight.report_table", {"section": page}
        )

    # REMINDER

    @api.model
    def _remind(self, company):
        """One task for the manager once a month has ended, until the text is there."""
        first = company._recovery_today().replace(day=1)
        month = fields.Date.subtract(first, months=1)
        manager = company.sudo().recovery_escalate_user_id
        note = self._of_month(company, month)
        if note or not manager.active or not self._has_work(company):
            return note
        note = self.sudo().create({"company_id": company.id, "date": month})
        calendar = company._recovery_calendar(first, fields.Date.add(first, days=20))
        before = fields.Date.subtract(first, days=1)
        note.activity_schedule(
            REMINDER,
            user_id=manager.id,
            date_deadline=calendar.add_working_days(before, 1),
            summary=self.env._(
                "Write the commentary on %(month)s", month=note.display_name
            ),
            note=self.env._("It opens the monthly pack on the second working day."),
        )
        return note

    @api.model
    def _has_work(self, company):
        """Companies that chase nothing are not asked."""
        domain = [("company_id", "=", company.id), ("state", "=", "open")]
        return self.env["debt.recovery.case"].sudo().search_count(domain, limit=1)
