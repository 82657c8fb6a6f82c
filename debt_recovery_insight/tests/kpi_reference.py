"""The key figures of the ledger once more, item by item in plain Python, slow and
without any of the product's SQL or formulas."""

from datetime import timedelta
from decimal import Decimal as D

from dateutil.relativedelta import relativedelta

INVOICES = ("out_invoice", "out_receipt")
ONE = timedelta(days=1)


def _div(part, whole, factor=100):
    return D(part) * factor / D(whole) if whole > 0 else None


class Item:
    """One journal item of a customer with everything it was matched with."""

    def __init__(self, line, exchange):
        self.id = line.id
        self.date = line.date
        self.due = line.date_maturity or line.date
        self.balance = D(str(line.balance))
        self.type = line.move_id.move_type
        self.reconciled = line.reconciled
        self.matches = [
            self._match(partial, other, exchange)
            for partials, other in (
                (line.matched_credit_ids, "credit_move_id"),
                (line.matched_debit_ids, "debit_move_id"),
            )
            for partial in partials
            if partial[other].parent_state == "posted"
        ]

    def _match(self, partial, other, exchange):
        line = partial[other]
        day = max(self.date, line.date)
        kind = "cash"
        if line.move_id.move_type == "out_refund":
            kind = "credit"
        if line.move_id in exchange:
            kind = "other"
        return day, D(str(partial.amount)), kind, line.date

    def open_on(self, day):
        if self.date > day:
            return D(0)
        gone = sum(amount for at, amount, *_rest in self.matches if at <= day)
        return self.balance - gone if self.balance > 0 else self.balance + gone


class Reference:
    """Figures by the same names; None where they are undefined."""

    def __init__(self, env, company):
        lines = env["account.move.line"].search(
            [
                ("account_id.account_type", "=", "asset_receivable"),
                ("account_id.non_trade", "=", False),
                ("parent_state", "=", "posted"),
                ("company_id", "=", company.id),
                ("partner_id", "!=", False),
                ("partner_id", "!=", company.partner_id.id),
                ("no_followup", "=", False),
            ]
        )
        partials = lines.matched_credit_ids | lines.matched_debit_ids
        self.items = [Item(line, partials.exchange_move_id) for line in lines]
        self.today = company._recovery_today()

    def _open(self, day):
        """(item, residual) of the debit items open on a day."""
        found = ((item, item.open_on(day)) for item in self.items)
        return [(item, rest) for item, rest in found if rest > 0]

    def _net(self, day):
        return sum(item.open_on(day) for item in self.items)

    def _current(self, day):
        return sum(rest for item, rest in self._open(day) if item.due >= day)

    def _overdue(self, day):
        return sum(rest for item, rest in self._open(day) if item.due < day)

    def _sales(self, first, last):
        kinds = (*INVOICES, "out_refund")
        return sum(
            item.balance
            for item in self.items
            if item.type in kinds and first <= item.date <= last
        )

    def _cash(self, first, last, keep):
        return sum(
            amount
            for item in self.items
            if item.balance > 0
            for day, amount, kind, _at in item.matches
            if kind == "cash" and first <= day <= last and keep(item, day)
        )

    # FIGURES

    def dso_balance(self, first, last):
        days = (last - first).days + 1
        return _div(self._net(last), self._sales(first, last), days)

    def dso_best(self, first, last):
        days = (last - first).days + 1
        return _div(self._current(last), self._sales(first, last), days)

    def delinquent_days(self, first, last):
        dso, best = self.dso_balance(first, last), self.dso_best(first, last)
        return None if dso is None else dso - best

    def dso_countback(self, first, last):
        left, days = self._net(last), D(0)
        oldest = min(i.date for i in self.items if i.type in (*INVOICES, "out_refund"))
        if left <= 0:
            return None
        while last >= oldest:
            start = last.replace(day=1)
            sales = self._sales(start, last)
            if sales <= 0:
                break
            if left < sales:
                return days + left / sales * last.day
            left, days, last = left - sales, days + last.day, start - ONE
        return days or None

    def dso_invoice(self, first, last):
        total = D(0)
        rows = [(i, rest) for i, rest in self._open(last) if i.type in INVOICES]
        for item, rest in rows:
            start = item.date.replace(day=1)
            end = min(last, start + relativedelta(months=1) - ONE)
            sales = self._sales(start, end)
            if sales <= 0:
                return None
            total += (last - item.date).days * rest / sales
        return total if rows else None

    def weighted_days(self, first, last):
        late = [(i, rest) for i, rest in self._open(last) if i.due < last]
        weighted = sum((last - i.due).days * rest for i, rest in late)
        return _div(weighted, sum(rest for _i, rest in late), 1)

    def days_overdue_open(self, first, last):
        days = [(last - i.due).days for i, _rest in self._open(last) if i.due < last]
        return D(sum(days)) / len(days) if days else None

    def days_late_paid(self, first, last):
        days = []
        for item in self.items:
            paid = [at for _day, _amount, kind, at in item.matches if kind == "cash"]
            is_invoice = item.type in INVOICES and item.balance > 0
            if is_invoice and item.reconciled and paid and first <= max(paid) <= last:
                days.append((max(paid) - item.due).days)
        return D(sum(days)) / len(days) if days else None

    def current_share(self, first, last):
        return _div(self._current(last), sum(rest for _i, rest in self._open(last)))

    def ageing(self, first, last):
        old = sum(rest for i, rest in self._open(last) if (last - i.due).days > 90)
        return _div(old, sum(rest for _i, rest in self._open(last)))

    def at_risk(self, first, last):
        unpaid = issued = D(0)
        for item in self.items:
            judged = item.due + timedelta(days=90)
            is_invoice = item.type in INVOICES and item.balance > 0
            if is_invoice and first <= item.date <= last and judged < self.today:
                issued += item.balance
                unpaid += item.open_on(max(judged, item.date))
        return _div(unpaid, issued)

    def roll_forward(self, first, last):
        before = last - relativedelta(months=1)
        if (last + ONE).day == 1:
            before = last.replace(day=1) - ONE
        total = onward = D(0)
        for item, rest in self._open(before):
            old = self._bucket(item, before)
            if not old:
                continue
            total += rest
            new = self._bucket(item, last)
            if item.open_on(last) > 0 and (new > old or new == old == 4):
                onward += item.open_on(last)
        return _div(onward, total)

    def _bucket(self, item, day):
        days = (day - item.due).days
        return 0 if days <= 0 else min(4, (days + 29) // 30)

    def cei(self, first, last, months=1):
        begin, end = self._net(first - ONE), self._net(last)
        sales = D(self._sales(first, last)) / months
        return _div(begin + sales - end, begin + sales - self._current(last))

    def cei_monthly(self, first, last):
        months, day = 0, first
        while day + relativedelta(months=1) <= last + ONE:
            day, months = first + relativedelta(months=months + 1), months + 1
        return self.cei(first, last, max(1, months))

    def recovered(self, first, last):
        return self._cash(first, last, lambda item, day: day > item.due)

    def _newly(self, first, last):
        """Open on the first overdue day, of what became overdue in the period."""
        begin, total = first - ONE, D(0)
        for item in self.items:
            was_overdue = item.open_on(begin) > 0 and item.due < begin
            if item.balance <= 0 or was_overdue or item.due >= last:
                continue
            if item.due < begin and item.date <= begin:
                continue  # settled before
            if item.date <= last:
                total += item.open_on(max(item.due, begin)) or self._late_issue(item)
        return total

    def _late_issue(self, item):
        """An invoice issued after its due date: all of it, less what came before."""
        return item.balance if item.date > item.due else D(0)

    def recovery_rate(self, first, last):
        whole = self._overdue(first - ONE) + self._newly(first, last)
        return _div(self.recovered(first, last), whole)

    def overdue_reduction(self, first, last):
        before, after = self._overdue(first - ONE), self._overdue(last)
        return _div(before - after, before)

    def collection_efficiency(self, first, last):
        begin = first - ONE
        due = sum(
            item.open_on(begin) if item.date <= begin else item.balance
            for item in self.items
            if item.balance > 0 and begin <= item.due < last and item.date <= last
        )
        cash = self._cash(first, last, lambda item, day: item.due < last)
        return _div(cash, self._overdue(begin) + due)

    def recovery_cohort(self, first, last):
        begin = first - ONE
        found = [
            item
            for item in self.items
            if item.type in INVOICES
            and item.balance > 0
            and begin <= item.due < last
            and (self.today - item.due).days > 90
        ]
        placed = sum(i.open_on(i.due) if i.date <= i.due else i.balance for i in found)
        cash = sum(
            amount
            for item in found
            for day, amount, kind, _at in item.matches
            if kind == "cash" and 0 < (day - item.due).days <= 90
        )
        return _div(cash, placed)

    def bad_debt(self, first, last):
        return _div(D(0), self._sales(first, last))
