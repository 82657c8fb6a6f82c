from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate, format_date, formatLang

from .kpi_span import Span

_lt = LazyTranslate(__name__)

#: Why a figure is undefined, or what to know about it.
SENTENCES = {
    "no_sales": _lt(
        "No sales in the period, so days and shares of sales are undefined."
    ),
    "no_receivables": _lt("Nothing is open on the last day of the period."),
    "no_overdue": _lt("Nothing is overdue on that day."),
    "no_overdue_before": _lt("Nothing was overdue when the period began."),
    "no_overdue_in_period": _lt("Nothing was or became overdue in the period."),
    "nothing_due": _lt("Nothing was due in the period, or it was paid before."),
    "nothing_paid": _lt("No invoice was paid in full in the period."),
    "month_without_sales": _lt(
        "Invoices of %(month)s are open, but net sales of that month are not positive."
    ),
    "countback_stopped": _lt(
        "Counted back to %(month)s; %(left)s is older than the sales that are known."
    ),
    "too_young": _lt("The days after the due date are not over yet."),
    "not_recorded": _lt(
        "That day was read from the ledger later: what was %(name)s then is not known."
    ),
    "no_promises": _lt("No promise was judged in the period."),
    "no_instalments": _lt("No instalment of a plan was due in the period."),
    "no_contacts": _lt("No call and no visit in the period."),
    "nobody_answered": _lt("Nobody was reached in the period."),
    "no_disputes": _lt("No dispute was decided in the period."),
    "no_money_on_cases": _lt("No case of the period has brought money yet."),
    "censored": _lt("%(count)s cases have brought no money yet and are left out."),
    "no_cases": _lt("No case is open."),
    "no_costs": _lt("No costs are recorded, so there is nothing to divide."),
    "nothing_expected": _lt("No money was expected by date when the period began."),
    "no_cash": _lt("No money came on overdue items in the period."),
    "nothing_filed": _lt("Nothing was filed in the period."),
    "nothing_placed": _lt("Nothing was placed in the period."),
    "switched_off": _lt("Nothing is recorded: the subject “%(name)s” is not in use."),
}


class DebtRecoveryKpiReader(models.AbstractModel):
    """Answers questions about key figures: finds the period and the customers, asks
    ``_kpi_<code>``, and puts the answer into words."""

    _name = "debt.recovery.kpi.reader"
    _description = "Reader of Key Figures"
    _inherit = [
        "debt.recovery.kpi.facts.mixin",
        "debt.recovery.kpi.flow.mixin",
        "debt.recovery.kpi.ledger.mixin",
        "debt.recovery.kpi.cash.mixin",
        "debt.recovery.kpi.work.mixin",
        "debt.recovery.kpi.law.mixin",
        "debt.recovery.kpi.parts.mixin",
        "debt.recovery.kpi.rows.mixin",
    ]

    @api.model
    def _answer(self, company, codes, date_from, date_to, filters=None):
        """Answers in the order of the codes, see ``res.company._recovery_kpis``."""
        span = self._span(company, date_from, date_to, filters or {})
        kpis = self.env["debt.recovery.kpi"]._by_codes(codes)
        self.env.cr.execute("SET LOCAL jit = off")
        return [self._answer_one(kpi, span) for kpi in kpis]

    @api.model
    def _answer_one(self, kpi, span, with_action=True):
        result = getattr(self, f"_kpi_{kpi.code}")(span)
        return {
            "code": kpi.code,
            "name": kpi.name,
            "definition": kpi.definition,
            "unit": kpi.unit,
            "direction": kpi.direction,
            "value": result.value,
            "text": self._value_text(kpi, result.value, span.company),
            "reasons": [self._sentence(note, span.company) for note in result.notes],
            "parts": dict(result.parts),
            "action": with_action and self._kpi_action(kpi, span) or None,
        }

    # THE QUESTION

    @api.model
    def _span(self, company, date_from, date_to, filters):
        """:raises UserError: when the period ends before it begins"""
        root = company._recovery_root()
        today = root._recovery_today()
        first, last = (fields.Date.to_date(day) for day in (date_from, date_to))
        if not first or not last or last < first:
            raise UserError(
                self.env._(
                    "The period ends (%(end)s) before it begins (%(begin)s): exchange "
                    "the two days.",
                    end=last and format_date(self.env, last) or "–",
                    begin=first and format_date(self.env, first) or "–",
                )
            )
        if first > today:
            raise UserError(
                self.env._(
                    "The period begins after today (%(day)s): choose one that has "
                    "begun.",
                    day=format_date(self.env, today),
                )
            )
        users = filters.get("user_ids")
        return Span(
            company=root.sudo(),
            date_from=first,
            date_to=min(last, today),
            today=today,
            partner_ids=self._filtered_partners(root, filters),
            user_ids=None if users is None else tuple(users),
            asked=self._filtered_partners(
                root, {"partner_ids": filters.get("partner_ids")}
            ),
        )

    @api.model
    def _filtered_partners(self, company, filters):
        """Commercial partners of the filters, or None for all."""
        partners, users = filters.get("partner_ids"), filters.get("user_ids")
        chosen = None
        if partners is not None:
            found = self.env["res.partner"].sudo().browse(partners)
            chosen = set(found.commercial_partner_id.ids)
        if users is not None:
            cases = (
                self.env["debt.recovery.case"]
                .sudo()
                .search([("company_id", "=", company.id), ("user_id", "in", users)])
            )
            theirs = set(cases.partner_id.ids)
            chosen = theirs if chosen is None else chosen & theirs
        return None if chosen is None else tuple(sorted(chosen))

    # THE ANSWER IN WORDS

    @api.model
    def _value_text(self, kpi, value, company):
        """“43.2 days”, “71.0 %”, an amount, or a dash."""
        return self._unit_text(kpi.unit, value, company)

    @api.model
    def _unit_text(self, unit, value, company):
        if value is None:
            return "–"
        value = float(value)
        if unit == "amount":
            return company.currency_id.format(value)
        if unit == "count":
            return formatLang(self.env, value, digits=0)
        number = formatLang(self.env, value, digits=2 if unit == "rate" else 1)
        if unit == "days":
            return self.env._("%(number)s days", number=number)
        return f"{number} %" if unit == "percent" else number

    @api.model
    def _sentence(self, note, company):
        values = dict(note.values)
        if "left" in values:
            values["left"] = company.currency_id.format(float(values["left"]))
        text = self.env._(SENTENCES[note.code])
        return text % values
