from collections import Counter
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import models

from ..tools.kpi import ageing, cost, dso, recovery


class DebtRecoveryKpiLedger(models.AbstractModel):
    """Key figures of the ledger: each method reads its facts and asks the pure formula
    of the same name."""

    _name = "debt.recovery.kpi.ledger.mixin"
    _description = "Key Figures of the Ledger"

    def _kpi_end(self, span):
        return self._kpi_position(span, span.date_to)

    def _kpi_begin(self, span):
        return self._kpi_position(span, span.begin)

    # DAYS SALES OUTSTANDING

    def _kpi_dso_balance(self, span):
        net = self._kpi_end(span).net
        return dso.balance(net, self._kpi_sales(span), span.days)

    def _kpi_dso_best(self, span):
        not_due = self._kpi_end(span).not_due
        return dso.best_possible(not_due, self._kpi_sales(span), span.days)

    def _kpi_delinquent_days(self, span):
        return dso.delinquent_days(
            self._kpi_dso_balance(span), self._kpi_dso_best(span)
        )

    def _kpi_dso_countback(self, span):
        net = self._kpi_end(span).net
        return dso.countback(net, self._kpi_months(span, net))

    def _kpi_dso_invoice(self, span):
        sales = Counter()
        for day, amount in self._read_sales(span, date.min, span.date_to).items():
            sales[f"{day:%Y-%m}"] += amount
        return dso.per_invoice(self._read_open_ages(span), sales)

    # AGE

    def _kpi_current_share(self, span):
        return ageing.share(self._kpi_end(span).buckets, ("0",))

    def _kpi_ageing(self, span):
        return ageing.share(self._kpi_end(span).buckets, ("4",))

    def _kpi_weighted_days(self, span):
        end = self._kpi_end(span)
        return ageing.weighted_days(end.amount_days, end.overdue)

    def _kpi_days_late_paid(self, span):
        row = self._read_paid_days(span)
        return ageing.mean_days(
            *(row["total"], row["count"], row["weighted"], row["amount"]),
            "nothing_paid",
        )

    def _kpi_days_overdue_open(self, span):
        row = self._read_open_days(span)
        return ageing.mean_days(
            *(row["total"], row["count"], row["weighted"], row["amount"]),
            "no_overdue",
        )

    def _kpi_roll_forward(self, span):
        return ageing.roll(self._read_roll(span))

    def _kpi_at_risk(self, span):
        row = self._read_at_risk(span)
        return ageing.at_risk(row["unpaid"], row["issued"], row["young"])

    # COLLECTION

    def _kpi_cei(self, span, months=1):
        begin, end = self._kpi_begin(span), self._kpi_end(span)
        sales = self._kpi_sales(span)
        return recovery.cei(begin.net, sales, end.net, end.not_due, months)

    def _kpi_cei_monthly(self, span):
        delta = relativedelta(span.date_to + relativedelta(days=1), span.date_from)
        return self._kpi_cei(span, max(1, 12 * delta.years + delta.months))

    def _kpi_recovered(self, span):
        flow = self._kpi_flow(span)
        return recovery.recovered(flow["cash_late"], self._kpi_after_write_off(span))

    def _kpi_after_write_off(self, span):
        """Money on what was written off before."""
        rows = self._kpi_after_rows(span)
        return sum((self._kpi_exact(row["amount"]) for row in rows), recovery.ZERO)

    def _kpi_after_rows(self, span):
        """The same, receipt by receipt, of the customers asked for."""
        rows = span.once(
            "after_write_off",
            lambda: span.company._recovery_after_write_off(
                span.date_from, span.date_to
            ),
        )
        wanted = span.partner_ids
        return [row for row in rows if wanted is None or row["partner_id"] in wanted]

    def _kpi_recovered_after(self, span):
        return recovery.Result(self._kpi_after_write_off(span))

    def _kpi_recovery_rate(self, span):
        cash = self._kpi_flow(span)["cash_late"]
        opening, newly = self._kpi_begin(span).overdue, self._kpi_newly(span)
        after = self._kpi_after_write_off(span)
        return recovery.recovery_rate(cash, opening, newly, after)

    def _kpi_recovery_cohort(self, span):
        return recovery.cohort(*self._read_cohort(span))

    def _kpi_overdue_reduction(self, span):
        flow = self._kpi_flow(span)
        return recovery.overdue_reduction(
            recovery.Bridge(
                opening=self._kpi_begin(span).overdue,
                newly=self._kpi_newly(span),
                cash=flow["cash_late"],
                credit=flow["credit_late"],
                write_off=flow["own_late"],
                closing=self._kpi_end(span).overdue,
            )
        )

    def _kpi_collection_efficiency(self, span):
        flow = self._kpi_flow(span)
        due = flow["open_window"] + flow["matched_window"]
        opening = self._kpi_begin(span).overdue
        return recovery.collection_efficiency(flow["cash_due"], opening, due)

    # LOSSES

    def _kpi_written_off(self, span):
        """Given up in the period: whole items, and rests beside a payment."""
        return self._kpi_flow(span)["own_all"]

    def _kpi_bad_debt(self, span):
        lost, after = self._kpi_written_off(span), self._kpi_after_write_off(span)
        return cost.bad_debt(lost, self._kpi_sales(span), after)

    def _kpi_cost_to_collect(self, span):
        return cost.cost_to_collect(
            self._kpi_costs(span), self._kpi_flow(span)["cash_late"]
        )
