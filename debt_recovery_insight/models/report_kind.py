from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..tools.rhythm import PERIODS, period_days

READERS = ("group_officer", "group_manager", "group_legal", "group_auditor")


class DebtRecoveryReport(models.Model):
    """A report that can be made: what it says, who may read it, its usual period and
    rhythm. The content is the method ``_report_<code>(ask)``, which gets plain facts of
    the question and answers with plain values; PDF, XLSX and e-mail are made of that
    one answer, so every report looks alike."""

    _name = "debt.recovery.report"
    _description = "Report"
    _inherit = [
        "debt.recovery.report.page.mixin",
        "debt.recovery.report.xlsx.mixin",
        "debt.recovery.report.ageing.mixin",
        "debt.recovery.report.day.mixin",
        "debt.recovery.report.yesterday.mixin",
        "debt.recovery.report.cash.mixin",
        "debt.recovery.report.week.mixin",
        "debt.recovery.report.legal.week.mixin",
        "debt.recovery.report.loss.mixin",
        "debt.recovery.report.problem.mixin",
        "debt.recovery.report.sales.mixin",
        "debt.recovery.report.strategy.mixin",
        "debt.recovery.report.push.mixin",
        "debt.recovery.report.kpi.mixin",
        "debt.recovery.report.team.mixin",
        "debt.recovery.report.pack.mixin",
    ]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(
        required=True, translate=True, help="What the report answers, in a sentence."
    )
    period = fields.Selection(
        [
            ("today", "The day"),
            ("yesterday", "Since the working day before"),
            ("last_week", "Last week"),
            ("month", "This month so far"),
            ("last_month", "Last month"),
            ("last_quarter", "Last quarter"),
            ("last_half", "Last half-year"),
            ("last_year", "Last year"),
        ],
        "Usual Period",
        required=True,
        default="today",
    )
    group_ids = fields.Many2many(
        "res.groups",
        string="Readers",
        help="Who may read it; empty: everybody who works with receivables.",
    )
    switch = fields.Char(
        readonly=True,
        help="Part of the product that a company must have switched on.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "There is already a report with this code."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """With the subscriptions that are shipped ready for it."""
        reports = super().create(vals_list)
        companies = self.env["res.company"].sudo().search([("parent_id", "=", False)])
        self.env["debt.recovery.subscription"]._ship(companies, reports)
        return reports

    # THE QUESTION

    def _usual_period(self, company):
        """First and last day the report is usually asked for, seen from today."""
        today = company._recovery_today()
        calendar = company._recovery_calendar(
            fields.Date.subtract(today, days=40), today
        )
        return period_days(self.sudo().period or PERIODS[0], today, calendar)

    def _is_offered(self, company):
        """Whether the company uses the part of the product it speaks of."""
        root = company._recovery_root().sudo()
        switch = self.sudo().switch
        return not switch or bool(switch in root._fields and root[switch])

    @api.model
    def _offered(self, company):
        """Reports that this person can make in the company."""
        found = self.search([("code", "!=", False)])
        return found.filtered(lambda report: report._is_makeable(company))

    def _is_makeable(self, company):
        """Offered to the company, and its content is installed."""
        method = f"_report_{self.sudo().code}"
        return hasattr(self, method) and self._is_offered(company)

    def _filename(self, company, day, extension):
        words = (self.name, company.sudo().name, str(day))
        return f"{' '.join(words)}.{extension}".replace("/", "_")

    def _prepare_ask(self, company, date_from, date_to, filters):
        """The question, for the person of the environment: officers ask for their own.

        :raises UserError: when the period ends before it begins
        """
        first, last = self._usual_period(company)
        date_from, date_to = date_from or first, date_to or last
        if date_to < date_from:
            raise UserError(
                self.env._(
                    "The period ends (%(end)s) before it begins (%(begin)s): exchange "
                    "the two days.",
                    end=format_date(self.env, date_to),
                    begin=format_date(self.env, date_from),
                )
            )
        filters = {"partner_ids": None, "user_ids": None} | (filters or {})
        if not self.env["debt.recovery.dashboard"]._sees_all():
            filters["user_ids"] = self.env.user.ids
        return {
            "company": company._recovery_root().with_env(self.env),
            "date_from": date_from,
            "date_to": date_to,
            "filters": filters,
            "user": self.env.user,
        }

    def _answer_for(self, user, company, date_from=None, date_to=None, filters=None):
        """The content as this person may see it.

        :param filters: ``{"partner_ids": [..]|None, "user_ids": [..]|None}`` and what
            else the report knows
        :return: ``title``, ``lead``, ``sections``, ``notes`` in plain values
        :raises UserError: for a question that makes no sense
        """
        self.ensure_one()
        self._check_reader(user, company)
        report = self._as(user, company)
        ask = report._prepare_ask(
            company.with_env(report.env), date_from, date_to, filters
        )
        if not self._is_makeable(company):
            raise UserError(
                self.env._(
                    "“%(name)s” is not in use here: switch on or install the part of "
                    "the product it speaks of, or archive the report.",
                    name=self.sudo().name,
                )
            )
        return getattr(report, f"_report_{self.sudo().code}")(ask)

    def _may_read(self, user):
        """Readers of the report, or else everybody who works with receivables."""
        if groups := self.sudo().group_ids:
            return bool(groups & user.sudo().all_group_ids)
        return any(user.has_group(f"debt_recovery.{name}") for name in READERS)

    def _check_reader(self, user, company):
        """:raises AccessError: for people who may not read it"""
        if not user.company_ids & company._recovery_branches():
            raise AccessError(
                self.env._(
                    "%(user)s does not work for %(company)s: allow the company, or "
                    "choose another person.",
                    user=user.name,
                    company=company.sudo().name,
                )
            )
        if not self._may_read(user):
            raise AccessError(
                self.env._(
                    "%(user)s may not read “%(report)s”: give one of its roles, or "
                    "choose another person.",
                    user=user.name,
                    report=self.sudo().name,
                )
            )

    def _as(self, user, company):
        """This report under the rights of that person, in that company."""
        allowed = user.company_ids & company._recovery_branches()
        return self.with_user(user).with_context(allowed_company_ids=allowed.ids)

    # FOR CONTENTS

    @api.model
    def _ask_span(self, ask):
        """The question for the readers of key figures."""
        reader = self.env["debt.recovery.kpi.reader"]
        return reader._span(
            ask["company"], ask["date_from"], ask["date_to"], ask["filters"]
        )

    @api.model
    def _totals(self, rows, *keys):
        """Sums of the columns, None without rows; what is undefined adds nothing."""
        if not rows:
            return None
        return {key: sum(row[key] or 0 for row in rows) for key in keys}

    @api.model
    def _section(self, title, columns=(), rows=(), **more):
        """A part of an answer with what it leaves out filled in."""
        return {
            "title": title,
            "text": [],
            "columns": list(columns),
            "rows": list(rows),
            "totals": None,
            "empty": self.env._("Nothing to show."),
            "chart": None,
            "currency": None,
            "figures": [],
        } | more
