from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .expected_cash import CASH_WEEKS

APP, HERE = "debt_recovery.debt_recovery", "debt_recovery_insight.debt_recovery"
#: Actions of the things that need attention.
ATTENTION = {
    "approvals": f"{APP}_approval_action",
    "failed": f"{APP}_action_action_outgoing",
    "stuck": f"{APP}_case_action",
    "unassigned": f"{APP}_case_action",
    "holds": f"{APP}_hold_action",
    "legal": f"{APP}_legal_event_action",
}
#: Tiles that are key figures: their rows are those of the key figure.
FIGURES = {
    "recovered": "recovered",
    "dso": "dso_countback",
    "accuracy": "record_accuracy",
}

#: Terms of the bridge, and the amount of the movements each is the sum of.
MOVED = {
    "cash": "amount_cash",
    "credit": "amount_credit",
    "write_off": "amount_given_up",
}


class DebtRecoveryDashboardRows(models.AbstractModel):
    """From every figure on the dashboard to its rows."""

    _name = "debt.recovery.dashboard.rows.mixin"
    _description = "Rows behind the Dashboard"

    @api.model
    @api.readonly
    def action_dashboard_rows(self, filters, kind, key=None):
        """The action that shows the rows behind a figure.

        :param kind: ``tile``, ``ageing``, ``bridge``, ``week``, ``stage``, ``officer``,
            ``attention``, ``record``, ``promises``, ``alerts``, ``work``, ``today``,
            ``commitments``, ``mend``, ``refused`` or ``footer``
        :param key: which of them
        """
        span = self._board_span(self._checked_filters(filters))
        opener = getattr(self, f"_rows_of_{kind}", None)
        try:
            action = opener and opener(span, key)
        except ValueError:  # a key that names nothing
            action = None
        if not action:
            raise UserError(
                self.env._("There are no rows behind this figure: choose another one.")
            )
        return action

    @api.model
    def _rows_action(self, xmlid, domain, **extra):
        reader = self.env["debt.recovery.kpi.reader"]
        return reader._rows_action(xmlid, domain, **extra)

    # TILES

    @api.model
    def _rows_of_tile(self, span, code):
        if code in FIGURES:
            return self._figure_rows(span, FIGURES[code])
        opener = getattr(self, f"_rows_tile_{code}", None)
        return opener and opener(span)

    @api.model
    def _figure_rows(self, span, code):
        kpi = span.once("kpis", self._read_kpis)[code]
        return self.env["debt.recovery.kpi.reader"]._kpi_action(kpi, span)

    @api.model
    def _rows_tile_overdue(self, span):
        return self._rows_position(span, span.date_to, ("1", "2", "3", "4"))

    @api.model
    def _rows_tile_over90(self, span):
        return self._rows_position(span, span.date_to, ("4",))

    @api.model
    def _rows_tile_collectable(self, span):
        narrow = Domain("amount_collectable", ">", 0)
        return self._rows_position(span, span.date_to, (), narrow)

    @api.model
    def _rows_tile_promises(self, span):
        return self._rows_of_promises(span)

    @api.model
    def _rows_tile_cash(self, span):
        codes = [f"{number:02}" for number in range(1, CASH_WEEKS + 1)]
        return self._rows_cash(span, codes)

    @api.model
    def _rows_tile_todo(self, span):
        return self._rows_action(f"{APP}_case_action_today", self._todo_domain(span))

    @api.model
    def _rows_tile_broken(self, span):
        return self._rows_action(f"{APP}_agreement_action", self._broken_domain(span))

    @api.model
    def _rows_tile_attention(self, span):
        found = self._board_attention(span)
        return found and self._rows_of_attention(span, found[0]["key"])

    # POSITION

    @api.model
    def _rows_position(self, span, day, buckets=(), narrow=Domain.TRUE):
        """What was open at the end of a day."""
        of_day = span if day == span.date_to else replace(span, date_to=day, known={})
        reader = self.env["debt.recovery.kpi.reader"]
        return reader._position_rows(of_day, buckets, narrow)

    @api.model
    def _rows_of_ageing(self, span, key):
        """``key``: “day:bucket”."""
        day, _colon, bucket = (key or "").partition(":")
        day = min(fields.Date.to_date(day or str(span.date_to)), span.today)
        return self._rows_position(span, day, (bucket,) if bucket else ())

    @api.model
    def _rows_of_bridge(self, span, code):
        if code in MOVED:
            reader = self.env["debt.recovery.kpi.reader"]
            narrow = [("is_late", "=", True), (MOVED[code], "!=", 0)]
            return reader._money_action(span, narrow)
        late = ("1", "2", "3", "4")
        if code == "opening":
            return self._rows_position(span, span.begin, late)
        if code == "newly":
            return self.env["debt.recovery.kpi.reader"]._newly_action(span)
        return self._rows_position(span, span.date_to, late)

    # CASH, CASES, AGREEMENTS

    @api.model
    def _rows_of_week(self, span, week):
        return self._rows_cash(span, [week])

    @api.model
    def _rows_cash(self, span, weeks):
        domain = Domain("company_id", "=", span.company.id)
        domain &= Domain("week", "in", weeks)
        if span.user_ids is not None:
            domain &= Domain("case_id.user_id", "in", span.user_ids)
        return self._rows_action(
            f"{HERE}_expected_cash_action", domain, views=[(False, "list")]
        )

    @api.model
    def _rows_of_stage(self, span, stage_id):
        domain = self._case_domain(span) & Domain("stage_id", "=", int(stage_id))
        return self._rows_action(f"{APP}_case_action", domain)

    @api.model
    def _rows_of_officer(self, span, user_id):
        if span.user_ids is not None:
            return self._figure_rows(span, "recovered")
        users = None if not user_id else (int(user_id),)
        reader = self.env["debt.recovery.kpi.reader"]
        partners = reader._filtered_partners(
            span.company, {"user_ids": list(users) if users else [False]}
        )
        theirs = replace(span, partner_ids=partners, user_ids=users, known={})
        return self._figure_rows(theirs, "recovered")

    @api.model
    def _rows_of_debtors(self, span, _key=None):
        domain = self._case_domain(span) & Domain("amount_overdue", ">", 0)
        return self._rows_action(f"{APP}_case_action", domain)

    @api.model
    def _rows_of_promises(self, span, _key=None):
        return self._rows_action(f"{APP}_instalment_action", self._due_domain(span))

    @api.model
    def _rows_of_alerts(self, span, _key=None):
        return self._rows_action(f"{HERE}_alert_action", self._alert_domain(span))

    @api.model
    def _rows_of_attention(self, span, key):
        kinds = self._attention_kinds(span)
        if key not in kinds:
            return None
        return self._rows_action(ATTENTION[key], kinds[key][2])

    @api.model
    def _rows_of_work(self, span, key):
        return self._rows_log(span, key, span.date_from)

    @api.model
    def _rows_of_today(self, span, key):
        return self._rows_log(span, key, span.today)

    @api.model
    def _rows_log(self, span, key, first):
        if key not in self._log_kinds():
            return None
        domain = self._log_domain(span, key, first)
        return self._rows_action(f"{APP}_action_action_log", domain)

    @api.model
    def _rows_of_commitments(self, span, _key=None):
        rows = self._judged_commitments(span)
        domain = Domain("id", "in", rows.ids)
        views = [(False, "list")]
        return self._rows_action(f"{HERE}_push_action", domain, views=views)

    @api.model
    def _rows_of_mend(self, span, _key=None):
        return self._rows_action(f"{APP}_case_action", self._mend_domain(span))

    @api.model
    def _rows_of_refused(self, span, _key=None):
        return self._rows_action(f"{APP}_action_action_refused", self._refused_in(span))

    @api.model
    def _rows_of_record(self, _span, key):
        """One record, under the rules of who asks. ``key``: “case:12”."""
        kind, _colon, number = (key or "").partition(":")
        if kind in ("case", "agreement", "action"):
            record = self.env[f"debt.recovery.{kind}"].browse(int(number))
            return record._get_records_action()
        instalment = self.env["debt.recovery.instalment"].browse(int(number))
        return instalment.agreement_id._get_records_action()

    @api.model
    def _rows_of_footer(self, span, _key=None):
        if not self.env["debt.recovery.snapshot.check"].has_access("read"):
            return self._rows_position(span, span.date_to)
        domain = [("company_id", "=", span.company.id)]
        return self._rows_action(f"{HERE}_snapshot_check_action", domain)
