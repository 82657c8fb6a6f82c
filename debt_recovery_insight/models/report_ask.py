from odoo import api, models
from odoo.tools import format_date

from ..tools.pace import period_before

#: Figures of today: of the end of an earlier period nobody knows them.
ONLY_NOW = ("record_accuracy",)


class DebtRecoveryReportAsk(models.AbstractModel):
    """What the contents of reports share: the question as the person may ask it, and
    key figures beside those of the period before. Amounts are in company currency, None
    is undefined."""

    _name = "debt.recovery.report.ask.mixin"
    _description = "Question of a Report"

    # THE QUESTION

    @api.model
    def _begin(self, ask):
        """The content with the rights of its reader, and the question; who sees only
        own work is asked about own work.

        :raises AccessError: for people outside of the receivables
        :raises UserError: for inverted periods
        """
        root = ask["company"]._recovery_root()
        user = ask.get("user") or self.env.user
        mine = self.with_user(user).with_context(allowed_company_ids=root.ids)
        board = mine.env["debt.recovery.dashboard"]
        board._check_reader()
        filters = dict(ask.get("filters") or {})
        if not board._sees_all():
            filters["user_ids"] = user.ids
        reader = mine.env["debt.recovery.kpi.reader"]
        company = root.with_env(mine.env)
        span = reader._span(company, ask["date_from"], ask["date_to"], filters)
        mine.env.cr.execute("SET LOCAL jit = off")
        return mine, span

    @api.model
    def _board(self):
        return self.env["debt.recovery.dashboard"]

    @api.model
    def _span_before(self, span):
        first, last = period_before(span.date_from, span.date_to)
        return self._board()._moved(span, first, last)

    # KEY FIGURES

    @api.model
    def _figure_columns(self, span):
        """One row per figure; a row says its own unit."""
        return [
            ("name", self.env._("Key figure"), "text"),
            ("value", self._period_label(span), "figure"),
            ("before", self._period_label(self._span_before(span)), "figure"),
            ("change", self.env._("Change"), "change"),
        ]

    @api.model
    def _period_label(self, span):
        """“October 2026”, or the two days."""
        board = self._board()
        if period_before(span.date_from, span.date_to)[0].day == 1 and (
            (span.date_to - span.date_from).days < 31
        ):
            return self._month_name(span.date_to)
        period = board._board_period(span)
        return f"{period['from']} – {period['to']}"

    @api.model
    def _month_name(self, day):
        return format_date(self.env, day, date_format="MMMM yyyy")

    @api.model
    def _figure_row(self, span, before, code):
        """A key figure and the one before; ``reasons`` say why one is undefined."""
        board = self._board()
        answer = board._kpi(span, code)
        earlier = None
        if code not in ONLY_NOW:
            earlier = board._kpi(before, code)["value"]
        return {
            "name": answer["name"],
            "code": code,
            "unit": answer["unit"],
            "value": answer["value"],
            "before": earlier,
            "change": self._difference(answer["value"], earlier),
            "reasons": answer["reasons"],
            "definition": answer["definition"],
        }

    @api.model
    def _amount_row(self, name, value, before):
        return {
            "name": name,
            "code": False,
            "unit": "amount",
            "value": value,
            "before": before,
            "change": self._difference(value, before),
            "reasons": [],
            "definition": "",
        }

    @api.model
    def _difference(self, value, before):
        return None if value is None or before is None else value - before

    @api.model
    def _wide(self, span, days):
        """The question over the days up to its end."""
        return self._board()._wider(span, days)

    # SECTIONS

    @api.model
    def _answer(self, title, sections, lead=(), notes=()):
        return {
            "title": title,
            "lead": list(lead),
            "sections": sections,
            "notes": list(notes),
        }

    @api.model
    def _partner_names(self, partner_ids):
        """{id: name}; names of customers are no secret to whoever sees their rows."""
        partners = self.env["res.partner"].sudo().browse(partner_ids)
        return {partner.id: partner.display_name for partner in partners}

    @api.model
    def _user_names(self, user_ids):
        """{id or False: name}"""
        users = self.env["res.users"].sudo().browse([u for u in user_ids if u])
        return {u.id: u.name for u in users} | {
            False: self.env._("Without officer"),
            None: self.env._("Without officer"),
        }
