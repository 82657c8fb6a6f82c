from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import formatLang

from .dashboard_tiles import DUE_DAYS, KEPT_DAYS
from .expected_cash import CASH_WEEKS

LEGAL_DAYS = 7
#: Below this percentage of what was expected the forecast deserves a look.
LOW_HIT = 85


class DebtRecoveryDashboardWork(models.AbstractModel):
    """Tiles of the work: promises, expected cash, the day, what needs attention."""

    _name = "debt.recovery.dashboard.work.mixin"
    _description = "Work on the Dashboard"

    # PROMISES AND CASH

    @api.model
    def _due_domain(self, span):
        """Instalments of promises and plans that are due within the next days."""
        return self._owned_domain(span) & Domain(
            [
                ("agreement_state", "in", ("active", "to_sign")),
                ("state", "in", ("open", "late")),
                ("date_due", ">=", span.today),
                ("date_due", "<=", span.today + timedelta(days=DUE_DAYS)),
            ]
        )

    @api.model
    def _company_amount(self, span, currency, amount):
        """At today's rate; a missing rate counts one to one, and the tile says so."""
        return currency._convert(
            amount, span.company.currency_id, span.company, span.today
        )

    @api.model
    def _unrated_note(self, span, currencies):
        """A sentence about currencies without any exchange rate, if there are some."""
        found = self.env["res.currency"].sudo().concat(*currencies)
        unrated = (found - span.company.currency_id).filtered(lambda c: not c.rate_ids)
        if not unrated:
            return []
        return [
            self.env._(
                "No exchange rate is known of %(currencies)s: amounts count as they "
                "are booked, one to one.",
                currencies=", ".join(unrated.mapped("name")),
            )
        ]

    @api.model
    def _tile_promises(self, span):
        groups = self.env["debt.recovery.instalment"]._read_group(
            self._due_domain(span), ["currency_id"], ["amount_open:sum", "__count"]
        )
        amount = sum(self._company_amount(span, c, total) for c, total, _n in groups)
        kept = self._kpi(self._wider(span, KEPT_DAYS), "promise_kept_value")
        why = self._unrated_note(span, [currency for currency, *_rest in groups])
        why += kept["reasons"] if kept["value"] is None else []
        return {
            "kpi": "promise_kept_value",
            "label": self.env._("Promised for 7 days"),
            "text": self._money(span, amount),
            "sub": self.env._("kept in 30 days: %(share)s", share=kept["text"]),
            "change": self._kept_change(span, kept["value"]),
            "why": " ".join(why),
            "alert": kept["value"] is not None and kept["value"] < 70,
            "help": kept["definition"],
        }

    @api.model
    def _kept_change(self, span, now):
        """Kept promises against the thirty days before the period, in points."""
        before = self._wider(span, KEPT_DAYS, span.begin)
        before = self._kpi(before, "promise_kept_value")["value"]
        if now is None or before is None or not round(now - before):
            return None
        step = now - before
        return {
            "arrow": "up" if step > 0 else "down",
            "tone": "good" if step > 0 else "bad",
            "text": self.env._(
                "%(number)s points kept",
                number=formatLang(self.env, float(abs(step)), digits=0),
            ),
        }

    @api.model
    def _weeks(self, span):
        """Expected cash by week; officers see that of their cases."""
        return span.once("weeks", lambda: self._read_weeks(span))

    def _read_weeks(self, span):
        domain = self._asked_domain(span)
        if span.user_ids is not None:
            domain &= Domain("case_id.user_id", "in", span.user_ids)
        company = span.company.with_env(self.env)
        return self.env["debt.recovery.expected.cash"]._by_week(company, domain)

    @api.model
    def _tile_cash(self, span):
        weeks = self._weeks(span)[:CASH_WEEKS]
        agreed = sum(week["agreed"] for week in weeks)
        usual = sum(week["usual"] for week in weeks)
        hit = self._cash_hit(span)
        return {
            "label": self.env._("Expected in 4 weeks"),
            "text": self._money(span, agreed + usual),
            "sub": self.env._(
                "%(agreed)s of it agreed · the last 4 weeks brought %(hit)s",
                agreed=self._money(span, agreed),
                hit=hit["text"],
            ),
            "why": " ".join(hit["reasons"]) if hit["value"] is None else "",
            "change": self._change(
                span, agreed + usual, self._cash_before(span), up_is_good=True
            ),
            "alert": hit["value"] is not None and hit["value"] < LOW_HIT,
            "help": self.env._(
                "Instalments as agreed, other items on the day on which their customer "
                "usually pays. The share that came: %(definition)s",
                definition=hit["definition"],
            ),
        }

    @api.model
    def _cash_before(self, span):
        """What was expected on the evening before the period; nobody freezes that of
        a part of the company."""
        if span.user_ids is not None or span.asked is not None:
            return None
        day = span.date_from - timedelta(days=1)
        return self.env["debt.recovery.snapshot.check"]._frozen_cash(span.company, day)

    @api.model
    def _cash_hit(self, span):
        """What came of the money that was expected in the last four weeks."""
        return self._kpi(self._wider(span, 7 * CASH_WEEKS), "cash_hit")

    @api.model
    def _is_behind(self, tile):
        """Money is behind the pace of the target; without one, below nine tenths of
        the same working day before."""
        if tile["target"]:
            return tile["target"]["pace"] in ("behind", "missed")
        return tile["low"]

    # THE OFFICER

    @api.model
    def _tile_todo(self, span):
        cases = self.env["debt.recovery.case"]
        todo = cases.search_count(self._todo_domain(span))
        officer = self.env["res.users"].browse(span.user_ids or [])
        done = len(cases.with_user(officer).sudo()._find_handled())
        return {
            "label": self.env._("To do today"),
            "text": formatLang(self.env, todo, digits=0),
            "sub": self.env._("%(count)s done today", count=done),
            "help": self.env._("Cases in the room Today, and those handled today."),
        }

    @api.model
    def _todo_domain(self, span):
        return self._case_domain(span) & Domain("needs_work", "=", True)

    @api.model
    def _broken_domain(self, span):
        return self._owned_domain(span) & Domain(
            [
                ("screen_state", "=", "broken"),
                ("date_verdict", ">=", span.date_from),
                ("date_verdict", "<=", span.date_to),
            ]
        )

    @api.model
    def _tile_broken(self, span):
        agreements = self.env["debt.recovery.agreement"].search_fetch(
            self._broken_domain(span), ["value_agreed", "value_paid"]
        )
        amount = sum(max(a.value_agreed - a.value_paid, 0) for a in agreements)
        return {
            "label": self.env._("Broken agreements"),
            "text": formatLang(self.env, len(agreements), digits=0),
            "sub": self.env._("%(amount)s missing", amount=self._money(span, amount)),
            "alert": bool(agreements),
            "help": self.env._("Promises and plans judged broken in the period."),
        }

    @api.model
    def _tile_accuracy(self, span):
        answer = self._kpi(span, "record_accuracy")
        return {
            "kpi": "record_accuracy",
            "label": self.env._("Records in order"),
            "text": answer["text"],
            "why": " ".join(answer["reasons"]) if answer["value"] is None else "",
            "alert": answer["value"] is not None and answer["value"] < 90,
            "help": answer["definition"],
        }

    # ATTENTION

    @api.model
    def _tile_attention(self, span):
        rows = self._board_attention(span)
        count = sum(row["count"] for row in rows)
        return {
            "label": self.env._("Needs attention"),
            "text": formatLang(self.env, count, digits=0),
            "sub": self.env._("see the list below")
            if count
            else self.env._("nothing is left lying"),
            "alert": bool(count),
            "empty": not count,
            "help": self.env._(
                "Decisions that wait, stuck cases, messages that failed, holds without "
                "end, legal deadlines."
            ),
        }

    @api.model
    def _board_attention(self, span):
        """``[{"key", "label", "count"}]``, what is zero left out."""
        return span.once("attention", lambda: self._read_attention(span))

    def _read_attention(self, span):
        rows = []
        for key, (label, model, domain) in self._attention_kinds(span).items():
            records = self.env[model]
            if not records.has_access("read"):
                continue
            count = records.search_count(domain)
            if count:
                rows.append({"key": key, "label": label, "count": count})
        return rows

    @api.model
    def _attention_kinds(self, span):
        """Seam: key -> (label, model, domain). Counted under the reader's rules."""
        of_case = self._owned_domain(span, "case_id.user_id")
        today, case = span.today, "debt.recovery.case"
        kinds = {
            "approvals": (
                self.env._("decisions wait"),
                "debt.recovery.approval",
                of_case & Domain("state", "=", "waiting"),
            ),
            "failed": (
                self.env._("messages failed or are unclear"),
                "debt.recovery.action",
                of_case & Domain("state", "in", ("failed", "unclear")),
            ),
            "stuck": (
                self.env._("cases are stuck in their stage"),
                case,
                self._case_domain(span) & Domain("is_rotting", "=", True),
            ),
            "unassigned": (
                self.env._("cases have no officer"),
                case,
                self._case_domain(span) & Domain("user_id", "=", False),
            ),
            "holds": (
                self.env._("holds have no end"),
                "debt.recovery.hold",
                of_case
                & Domain(self.env["debt.recovery.hold"]._valid_domain(today))
                & Domain("date_to", "=", False),
            ),
        }
        if span.company.recovery_legal:
            legal = Domain(
                [
                    ("state", "=", "planned"),
                    ("turn", "=", "us"),
                    ("date", "<=", today + timedelta(days=LEGAL_DAYS)),
                ]
            )
            kinds["legal"] = (
                self.env._("legal deadlines within 7 days"),
                "debt.recovery.legal.event",
                self._owned_domain(span, "legal_case_id.case_id.user_id") & legal,
            )
        return kinds
