from markupsafe import Markup

from odoo import api, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: What the parts of a figure are called, and their unit; “code.part” where the same
#: word means something else in one figure. What is not named here is not shown.
PARTS = {
    "receivables": (_lt("Receivables on the last day"), "amount"),
    "sales": (_lt("Credit sales"), "amount"),
    "days": (_lt("Days of the period"), "count"),
    "not_due": (_lt("Not past due"), "amount"),
    "dso": (_lt("DSO (balance)"), "days"),
    "best": (_lt("Best possible"), "days"),
    "left": (_lt("Not counted back"), "amount"),
    "count": (_lt("Counted"), "count"),
    "overdue": (_lt("Overdue"), "amount"),
    "weighted": (_lt("Weighted by amount"), "days"),
    "bucket_0": (_lt("Not due"), "amount"),
    "bucket_1": (_lt("1–30 days"), "amount"),
    "bucket_2": (_lt("31–60 days"), "amount"),
    "bucket_3": (_lt("61–90 days"), "amount"),
    "bucket_4": (_lt("Over 90 days"), "amount"),
    "total": (_lt("Open items"), "amount"),
    "forward_0": (_lt("From not due to overdue"), "percent"),
    "forward_1": (_lt("From 1–30 days on"), "percent"),
    "forward_2": (_lt("From 31–60 days on"), "percent"),
    "forward_3": (_lt("From 61–90 days on"), "percent"),
    "forward_4": (_lt("Still over 90 days"), "percent"),
    "cure": (_lt("Settled (cured)"), "percent"),
    "back": (_lt("Moved back"), "percent"),
    "count_forward_0": (_lt("Items that became overdue"), "count"),
    "count_forward_1": (_lt("Items from 1–30 days on"), "count"),
    "count_forward_2": (_lt("Items from 31–60 days on"), "count"),
    "count_forward_3": (_lt("Items from 61–90 days on"), "count"),
    "count_forward_4": (_lt("Items still over 90 days"), "count"),
    "count_settled": (_lt("Items settled"), "count"),
    "unpaid": (_lt("Unpaid after 90 days"), "amount"),
    "issued": (_lt("Invoiced and judged"), "amount"),
    "young": (_lt("Invoices too young to judge"), "count"),
    "begin": (_lt("Receivables at the beginning"), "amount"),
    "end": (_lt("Receivables at the end"), "amount"),
    "current": (_lt("Not past due at the end"), "amount"),
    "cash": (_lt("Money on overdue items"), "amount"),
    "collection_efficiency.cash": (_lt("Money on what was due"), "amount"),
    "after_write_off": (_lt("Money after a write-off"), "amount"),
    "opening": (_lt("Overdue at the beginning"), "amount"),
    "newly": (_lt("Newly overdue"), "amount"),
    "credit": (_lt("Credited"), "amount"),
    "write_off": (_lt("Given up"), "amount"),
    "other": (_lt("Other"), "amount"),
    "closing": (_lt("Overdue at the end"), "amount"),
    "placed": (_lt("Became overdue"), "amount"),
    "agency_yield.placed": (_lt("Placed"), "amount"),
    "days_30": (_lt("Within 30 days"), "percent"),
    "days_60": (_lt("Within 60 days"), "percent"),
    "days_90": (_lt("Within 90 days"), "percent"),
    "days_180": (_lt("Within 180 days"), "percent"),
    "days_365": (_lt("Within 365 days"), "percent"),
    "due": (_lt("Fell due"), "amount"),
    "plan_adherence.due": (_lt("Instalments due"), "count"),
    "received": (_lt("Came"), "amount"),
    "expected": (_lt("Expected"), "amount"),
    "kept": (_lt("Kept"), "count"),
    "judged": (_lt("Judged"), "count"),
    "promise_kept_value.kept": (_lt("Paid within the window"), "amount"),
    "promise_kept_value.judged": (_lt("Promised"), "amount"),
    "left_out": (_lt("Withdrawn or replaced"), "count"),
    "in_grace": (_lt("Paid within their grace"), "count"),
    "completed": (_lt("Plans completed"), "count"),
    "broken": (_lt("Plans broken"), "count"),
    "running": (_lt("Plans running"), "count"),
    "attempts": (_lt("Calls and visits"), "count"),
    "answered": (_lt("Answered"), "count"),
    "right_party": (_lt("Right party reached"), "count"),
    "promises": (_lt("Promises taken"), "count"),
    "attempts_phone": (_lt("Calls"), "count"),
    "right_party_phone": (_lt("Right party by phone"), "count"),
    "attempts_visit": (_lt("Visits"), "count"),
    "right_party_visit": (_lt("Right party by visit"), "count"),
    "disputed": (_lt("Contested"), "amount"),
    "accepted": (_lt("Found justified, by amount"), "percent"),
    "mean": (_lt("Mean"), "days"),
    "median_closed": (_lt("Median to closing"), "days"),
    "mean_closed": (_lt("Mean to closing"), "days"),
    "count_closed": (_lt("Closed"), "count"),
    "turnaround.count": (_lt("Cases with money"), "count"),
    "turnaround.running": (_lt("Cases without money yet"), "count"),
    "contact": (_lt("Contacts"), "amount"),
    "court": (_lt("Courts and counsel"), "amount"),
    "agency": (_lt("Commission of agencies"), "amount"),
    "fees": (_lt("Fees"), "amount"),
    "costs": (_lt("All costs"), "amount"),
    "written_off": (_lt("Written off"), "amount"),
    "net": (_lt("Less money after a write-off"), "percent"),
    "agency_yield.net": (_lt("Left after commission"), "amount"),
    "recovered": (_lt("Recovered"), "amount"),
    "filed": (_lt("Filed"), "count"),
    "won": (_lt("Judgments"), "count"),
    "legal_success.recovered": (_lt("Money of judgments"), "percent"),
    "legal_success.cost": (_lt("Cost of the money"), "rate"),
    "cases": (_lt("Open cases"), "count"),
    "no_owner": (_lt("No officer"), "count"),
    "no_strategy": (_lt("No strategy"), "count"),
    "no_next_action": (_lt("No next action"), "count"),
    "no_contact_point": (_lt("No way to reach them"), "count"),
    "no_outcome": (_lt("Call without outcome"), "count"),
    "task_overdue": (_lt("Task overdue"), "count"),
    "refused": (_lt("Refused by the rules"), "count"),
    "share": (_lt("Refused of all tried"), "percent"),
    "overridden": (_lt("A manager answered for"), "count"),
    "breaches": (_lt("Made against the rules"), "count"),
    "in_hours": (_lt("Made within the hours"), "percent"),
    "no_notice": (_lt("Legal cases without required notice"), "count"),
}


class DebtRecoveryKpiParts(models.AbstractModel):
    """What a figure was made of, in words: the numbers beside the one number."""

    _name = "debt.recovery.kpi.parts.mixin"
    _description = "Parts of Key Figures"

    @api.model
    def _part_rows(self, code, parts, company):
        """[(label, text)] in the order of the figure; “–” is not known."""
        rows = []
        for name, value in parts.items():
            known = PARTS.get(f"{code}.{name}") or PARTS.get(name)
            if known:
                label, unit = known
                rows.append((self.env._(label), self._unit_text(unit, value, company)))
        return rows

    @api.model
    def _parts_table(self, code, parts, company):
        rows = Markup().join(
            Markup('<tr><td>%s</td><td class="text-end">%s</td></tr>') % row
            for row in self._part_rows(code, parts, company)
        )
        table = Markup('<table class="table table-sm mb-0"><tbody>%s</tbody></table>')
        return table % rows if rows else Markup()
