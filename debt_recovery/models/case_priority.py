from datetime import date
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL, LazyTranslate, split_every
from odoo.tools.json import scriptsafe as json

from ..tools.priority import score

_lt = LazyTranslate(__name__)

BATCH = 1000
TOP = 3
SENTENCES = {
    "collectable": _lt("%(value)s collectable"),
    "collectable_below": _lt("only %(value)s collectable"),
    "overdue": _lt("%(value)s days overdue"),
    "broken": _lt("promise of %(of)s broken"),
    "returned": _lt("payment returned on %(of)s"),
    "reply": _lt("reply of %(of)s not handled"),
    "demand_over": _lt("formal demand of %(of)s expired"),
    "silent": _lt("no conversation for %(value)s days"),
    "released": _lt("hold or dispute ended on %(of)s"),
    "limitation": _lt("limitation ends on %(of)s"),
    "waiting": _lt("%(value)s working days past the planned date"),
    "fresh": _lt("conversation on %(of)s"),
    "said": _lt("what was said on %(of)s"),
    "credit": _lt("unmatched credit of %(value)s %% of the claim: match first"),
}
AMOUNTS = ("collectable", "collectable_below")


class DebtRecoveryCasePriority(models.AbstractModel):
    """How urgent a case is, and why. The score is stored for sorting and counted anew
    by the daily run and whenever something happens; its reasons are kept as values, so
    that everybody reads them in the own language."""

    _name = "debt.recovery.case.priority.mixin"
    _description = "Priority of a Recovery Case"

    priority_score = fields.Integer(
        "Score", readonly=True, copy=False, aggregator="avg", help="From 0 to 100."
    )
    priority_band = fields.Selection(
        [("a", "A"), ("b", "B"), ("c", "C"), ("d", "D")],
        "Priority",
        readonly=True,
        copy=False,
        help="A from 60 points, B from 40, C from 20, D below.",
    )
    priority_detail = fields.Json(readonly=True, copy=False)
    priority_reasons = fields.Json(
        compute="_compute_priority_reasons", help="Pairs of points and a sentence."
    )
    priority_text = fields.Char(
        "Why This Priority", compute="_compute_priority_reasons"
    )

    @api.depends("priority_detail", "priority_score")
    @api.depends_context("lang")
    def _compute_priority_reasons(self):
        rules = self.env["debt.recovery.priority.rule"].with_context(active_test=False)
        names = {}
        if any(case.priority_detail for case in self):
            names = {rule.code: rule.name for rule in rules.sudo().search([])}
        for case in self:
            reasons = [
                [points, case._priority_sentence(code, test, values, names)]
                for points, code, test, values in case.priority_detail or []
            ]
            case.priority_reasons = reasons
            case.priority_text = "\n".join(
                f"{points:+d} {text}" for points, text in reasons[:TOP]
            )

    def _priority_sentence(self, code, test, values, names):
        """“promise of 12 March broken”; a rule without own sentence has its name."""
        if test not in SENTENCES:
            return names.get(code, code)
        value, of = values["value"], values["of"]
        if test in AMOUNTS:
            value = self.company_currency_id.format(float(value))
        of = of and self._format_day(date.fromisoformat(of))
        text = self.env._(SENTENCES[test])
        return text % {"value": value, "of": of}

    # SCORING

    def _refresh_priority(self):
        """Score these cases anew, set by set; closed ones keep nothing."""
        live = self.filtered(lambda case: case.state != "closed")
        for company, cases in live.grouped("company_id").items():
            rules = self.env["debt.recovery.priority.rule"]._rules_for(company)
            for ids in split_every(BATCH, cases.ids):
                self.browse(ids)._score_batch(company, rules)

    def _score_batch(self, company, rules):
        today = company._recovery_today()
        facts = self._priority_facts(company, today)
        rows = []
        for case_id in self.ids:
            found = score(rules, facts.get(case_id, {}), today)
            detail = [
                [item.points, item.code, item.test, self._plain(item.values)]
                for item in found.reasons
            ]
            rows.append((case_id, found.points, found.band, json.dumps(detail)))
        self._write_scores(rows)

    @api.model
    def _plain(self, values):
        """Values as JSON knows them."""
        return {
            key: str(value) if isinstance(value, Decimal | date) else value
            for key, value in values.items()
        }

    def _write_scores(self, rows):
        """One statement; rows that did not change are not touched."""
        self.env.execute_query(
            SQL(
                """UPDATE debt_recovery_case c
                      SET priority_score = v.points, priority_band = v.band,
                          priority_detail = v.detail::jsonb
                     FROM (VALUES %s) v (id, points, band, detail)
                    WHERE c.id = v.id
                      AND (c.priority_score IS DISTINCT FROM v.points
                           OR c.priority_detail IS DISTINCT FROM v.detail::jsonb)
                RETURNING c.id""",
                SQL(", ").join(SQL("%s", row) for row in rows),
            )
        )
        self.invalidate_recordset(
            ["priority_score", "priority_band", "priority_detail"], flush=False
        )
