from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

#: Groups that see the work of everybody.
SEES_ALL = ("group_manager", "group_auditor", "group_legal")
PERIODS = ("month", "last_month", "quarter", "year")


class DebtRecoveryDashboard(models.AbstractModel):
    """The dashboard: one question, one answer with every figure as text and number, and
    one method that opens the rows behind a figure. Officers see their own."""

    _name = "debt.recovery.dashboard"
    _description = "Recovery Dashboard"
    _inherit = [
        "debt.recovery.dashboard.tiles.mixin",
        "debt.recovery.dashboard.charts.mixin",
        "debt.recovery.dashboard.lists.mixin",
        "debt.recovery.dashboard.officer.mixin",
        "debt.recovery.dashboard.rows.mixin",
    ]

    @api.model
    @api.readonly
    def action_dashboard_facts(self, filters=None):
        """Everything on the screen.

        :param filters: ``{"company_id", "user_id", "period"}``, each may be missing
        """
        filters = self._checked_filters(filters)
        span = self._board_span(filters)
        self.env.cr.execute("SET LOCAL jit = off")
        return {
            "filters": filters,
            "choices": self._board_choices(filters),
            "currency_id": span.company.currency_id.id,
            "period": self._board_period(span),
            "tiles": self._board_tiles(span),
            "ageing": self._board_ageing(span),
            "bridge": self._board_bridge(span),
            "cash": self._board_cash(span),
            "stages": self._board_stages(span),
            "officers": self._board_officers(span),
            "officer": self._board_officer(span),
            "debtors": self._board_debtors(span),
            "promises": self._board_promises(span),
            "attention": self._board_attention(span),
            "alerts": self._board_alerts(span),
            "footer": self._board_footer(span),
        }

    # THE QUESTION

    @api.model
    def _sees_all(self):
        return any(self.env.user.has_group(f"debt_recovery.{g}") for g in SEES_ALL)

    @api.model
    def _check_reader(self):
        """:raises AccessError: for people outside of the receivables"""
        officer = self.env.user.has_group("debt_recovery.group_officer")
        if not self._sees_all() and not officer:
            raise AccessError(
                self.env._(
                    "These figures are for recovery officers, managers and auditors: "
                    "ask for one of these roles."
                )
            )

    @api.model
    def _checked_filters(self, filters):
        """What was chosen, as far as this person may."""
        self._check_reader()
        user = self.env.user
        filters = dict(filters or {})
        roots = self.env.companies._recovery_root()
        wanted = filters.get("company_id")
        default = self.env.company._recovery_root().id
        period = filters.get("period")
        user_id = filters.get("user_id") or False
        return {
            "company_id": wanted if wanted in roots.ids else default,
            "user_id": user_id if self._sees_all() else user.id,
            "period": period if period in PERIODS else PERIODS[0],
        }

    @api.model
    def _board_span(self, filters):
        company = self.env["res.company"].browse(filters["company_id"])
        first, last = self._period_days(company, filters["period"])
        users = [filters["user_id"]] if filters["user_id"] else None
        reader = self.env["debt.recovery.kpi.reader"]
        return reader._span(company, first, last, {"user_ids": users})

    @api.model
    def _period_days(self, company, period):
        today = company._recovery_today()
        first = today.replace(day=1)
        if period == "last_month":
            return first - relativedelta(months=1), first - relativedelta(days=1)
        if period == "quarter":
            return fields.Date.start_of(today, "quarter"), today
        return (first.replace(month=1) if period == "year" else first), today

    @api.model
    def _board_choices(self, filters):
        roots = self.env.companies._recovery_root()
        names = {
            "month": self.env._("This month"),
            "last_month": self.env._("Last month"),
            "quarter": self.env._("This quarter"),
            "year": self.env._("This year"),
        }
        return {
            "companies": [[c.id, c.name] for c in roots.sudo()],
            "users": self._board_users(filters) if self._sees_all() else [],
            "periods": [[code, names[code]] for code in PERIODS],
        }

    @api.model
    def _board_users(self, filters):
        """Officers with cases in the company."""
        cases = self.env["debt.recovery.case"]
        domain = [("company_id", "=", filters["company_id"]), ("user_id", "!=", False)]
        users = [user for (user,) in cases._read_group(domain, ["user_id"])]
        chosen = self.env["res.users"].browse(filters["user_id"] or [])
        users = chosen.union(*users).sudo()
        return [[user.id, user.name] for user in users.sorted("name")]

    @api.model
    def _board_period(self, span):
        return {
            "from": format_date(self.env, span.date_from),
            "to": format_date(self.env, span.date_to),
            "is_now": self._is_now(span),
            "since": format_date(self.env, span.begin, date_format="d MMM"),
        }

    # FOR ALL PARTS

    @api.model
    def _is_now(self, span):
        return span.date_to >= span.today

    @api.model
    def _case_domain(self, span, states=("open",)):
        """Cases of the question, under the rules of who asks."""
        return (
            self._owned_domain(span)
            & self._asked_domain(span)
            & Domain("state", "in", states)
        )

    @api.model
    def _asked_domain(self, span):
        """The customers somebody chose; reports ask for some, the dashboard never."""
        if span.asked is None:
            return Domain.TRUE
        return Domain("partner_id", "in", span.asked)

    @api.model
    def _owned_domain(self, span, field="user_id"):
        domain = Domain("company_id", "=", span.company.id)
        if span.user_ids is not None:
            domain &= Domain(field, "in", span.user_ids)
        return domain

    @api.model
    def _money(self, span, amount):
        """Without cents: a dashboard is read, not booked."""
        currency = span.company.currency_id
        number = formatLang(self.env, float(amount or 0), digits=0)
        if currency.position == "after":
            return f"{number}\N{NO-BREAK SPACE}{currency.symbol}"
        return f"{currency.symbol}\N{NO-BREAK SPACE}{number}"

    @api.model
    def _percent(self, part, whole):
        """“23 %”, or a dash of nothing."""
        if not whole or whole <= 0:
            return "–"
        return f"{formatLang(self.env, float(100 * part / whole), digits=0)} %"
