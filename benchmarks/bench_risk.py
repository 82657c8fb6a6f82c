"""./dev bench risk FILE: how good is the late-payment estimate on a real book?

Chronological: the invoices are issued in their order, the last 30 % are judged. On the
day of issue only outcomes known before that day count: paid, or unpaid beyond due date
and grace. Weekends and holidays of the book are not known and move nothing."""

import argparse
import importlib.util
from bisect import insort
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from heapq import heappop, heappush
from statistics import median

from devtools import paths
from devtools.replay_file import FileProblem
from devtools.ui import say

from . import risk_file

TRAINED = 0.7
#: Upper ends of the bands of the calibration table.
CALIBRATION = (0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
#: Figures to compare with: (name, AUC, Brier, days of error, days by due date alone).
REFERENCE = (
    ("2,466 rows, 100 customers", 0.878, 0.120, 6.2, 11.1),
    ("40,000 rows, 1,056 customers", 0.842, 0.080, 2.64, 3.78),
)


def _tools():
    """The product's own formulas; loaded as a file, they need no Odoo."""
    path = paths.ROOT / "debt_recovery_insight" / "tools" / "behaviour.py"
    spec = importlib.util.spec_from_file_location("recovery_behaviour", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class History:
    """What is known of one customer, or of the whole book, on a day."""

    late: int = 0
    count: int = 0
    settled: list = field(default_factory=list)


class Book:
    """Lives through the file and answers from what is known so far."""

    def __init__(self, tools, grace):
        self._tools, self._grace = tools, grace
        self._events = []
        self._customers = defaultdict(History)
        self._all = History()

    def issue(self, number, row):
        """From now on its outcome will be known on the day it shows."""
        deadline = row.due + timedelta(days=self._grace + 1)
        known = min(row.settled, deadline)
        late = row.settled >= deadline
        heappush(self._events, (known, number, "known", row, late))
        heappush(self._events, (row.settled, number, "settled", row, late))

    def learn(self, day):
        """Everything that was known before that day."""
        while self._events and self._events[0][0] < day:
            _day, number, kind, row, late = heappop(self._events)
            histories = (self._customers[row.customer], self._all)
            for history in histories:
                if kind == "known":
                    history.count += 1
                    history.late += late
                else:
                    days = (row.settled - row.due).days
                    insort(history.settled, (row.due, number, days))

    def probability(self, row):
        """The estimate of the product."""
        own, book = self._customers[row.customer], self._all
        share = Decimal(book.late) / book.count if book.count else Decimal("0.5")
        return float(self._tools.late_probability(own.late, own.count, share))

    def expected(self, row):
        """The expected payment date of the product."""
        own, book = self._customers[row.customer], self._all
        return self._tools.expected_date(
            row.due, self._median(own), self._median(book, whole=True)
        )

    def _median(self, history, whole=False):
        latest = history.settled if whole else history.settled[-self._tools.LATEST :]
        days = [Decimal(days) for _due, _number, days in latest[-2000:]]
        return median(days) if days else None


def evaluate(rows, grace=3):
    """Figures of the judged invoices: ``auc``, ``brier``, ``error``, ``plain``,
    ``bands`` (mean estimate, share late, number) and the counts."""
    book, judged = Book(_tools(), grace), []
    edge = int(len(rows) * TRAINED)
    for number, row in enumerate(rows):
        book.learn(row.issued)
        if number >= edge:
            judged.append((row, book.probability(row), book.expected(row)))
        book.issue(number, row)
    pairs = [(p, (row.settled - row.due).days > grace) for row, p, _day in judged]
    errors = [abs((row.settled - day).days) for row, _p, day in judged]
    plain = [abs((row.settled - row.due).days) for row, _p, _day in judged]
    return {
        "rows": len(rows),
        "judged": len(judged),
        "late": sum(late for _p, late in pairs) / len(pairs),
        "auc": auc(pairs),
        "brier": sum((p - late) ** 2 for p, late in pairs) / len(pairs),
        "error": sum(errors) / len(errors),
        "plain": sum(plain) / len(plain),
        "bands": calibration(pairs),
    }


def auc(pairs):
    """Probability that a late invoice was estimated above one in time; ties count
    half. None when all are alike."""
    ranked = sorted(pairs)
    late = sum(is_late for _p, is_late in ranked)
    if not 0 < late < len(ranked):
        return None
    total, start = 0.0, 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        rank = (start + 1 + end) / 2
        total += rank * sum(is_late for _p, is_late in ranked[start:end])
        start = end
    return (total - late * (late + 1) / 2) / (late * (len(ranked) - late))


def calibration(pairs):
    """Per band of the estimate: (from, to, mean estimate, share late, number)."""
    rows, low = [], 0.0
    for high in CALIBRATION:
        inside = [(p, y) for p, y in pairs if low <= p < high or p == high == 1.0]
        if inside:
            mean = sum(p for p, _y in inside) / len(inside)
            share = sum(y for _p, y in inside) / len(inside)
            rows.append((low, high, mean, share, len(inside)))
        low = high
    return rows


def main(argv):
    """Print the figures of a file beside the reference."""
    parser = argparse.ArgumentParser(prog="./dev bench risk", description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--grace", type=int, default=3)
    options = parser.parse_args(argv)
    try:
        rows, left_out = risk_file.read(options.file)
    except FileProblem as problem:
        say(str(problem))
        return 1
    found = evaluate(rows, options.grace)
    say("\n".join(_lines(found, left_out, options.grace)))
    return 0


def _lines(found, left_out, grace):
    yield (
        f"{found['rows']:,} paid invoices, {left_out:,} lines left out; the last "
        f"{found['judged']:,} judged, {found['late']:.1%} of them more than {grace} "
        "days late."
    )
    yield ""
    yield f"{'':42}{'AUC':>8}{'Brier':>8}{'Days off':>10}{'By due date':>13}"
    auc_text = "–" if found["auc"] is None else f"{found['auc']:.3f}"
    yield (
        f"{'this file':42}{auc_text:>8}{found['brier']:8.3f}"
        f"{found['error']:10.2f}{found['plain']:13.2f}"
    )
    for name, auc_value, brier, error, plain in REFERENCE:
        title = f"reference: {name}"
        yield f"{title:42}{auc_value:8.3f}{brier:8.3f}{error:10.2f}{plain:13.2f}"
    yield ""
    yield f"{'estimate':12}{'mean':>8}{'late':>8}{'invoices':>10}"
    for low, high, mean, share, number in found["bands"]:
        yield f"{low:.0%}–{high:.0%}".ljust(12) + f"{mean:8.1%}{share:8.1%}{number:10,}"
