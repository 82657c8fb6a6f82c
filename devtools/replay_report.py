"""What the replay prints: a block for each month, the totals and the promises."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from .replay_check import PROMISES

#: Sentences shown in a month, the most frequent first; codes are all shown.
TOP = 6
REASON_WIDTH = 70


@dataclass
class Month:
    """Counters of one month; ``open`` and ``overdue`` are those of its last day."""

    name: str
    issued: int = 0
    paid: int = 0
    open: tuple = (0, Decimal(0))
    overdue: tuple = (0, Decimal(0))
    flow: Counter = field(default_factory=Counter)
    live: int = 0
    watching: int = 0
    messages: Counter = field(default_factory=Counter)
    tasks: Counter = field(default_factory=Counter)
    decisions: Counter = field(default_factory=Counter)
    ended: Counter = field(default_factory=Counter)

    def lines(self):
        """The block of this month."""
        yield (
            f"{self.name}  issued {self.issued}, paid {self.paid}"
            f" | open {items(self.open)} | overdue {items(self.overdue)}"
        )
        yield (
            f"  cases      {self.flow['opened']} opened, {self.flow['reopened']}"
            f" reopened, {self.flow['closed']} closed, {self.live} open,"
            f" {self.watching} watched"
        )
        for label, counter in self._counters():
            if counter:
                top = TOP if counter is self.ended else None
                yield f"  {label:<10} {listing(counter, top)}"

    def _counters(self):
        yield "messages", self.messages
        yield "tasks", self.tasks
        by_outcome = defaultdict(Counter)
        for (outcome, code), number in self.decisions.items():
            by_outcome[outcome][code] = number
        for outcome in ("wait", "stop", "idle", "failed"):
            yield outcome, by_outcome[outcome]
        yield "not sent", self.ended


@dataclass
class Report:
    """Sums the days up, month by month."""

    months: list = field(default_factory=list)

    def __post_init__(self):
        self._open, self._known = set(), set()

    def add(self, facts, issued, paid):
        """Take one day in; returns the month before when a new one begins."""
        name = facts.day.strftime("%Y-%m")
        finished = None
        if not self.months or self.months[-1].name != name:
            finished = self.months[-1] if self.months else None
            self.months.append(Month(name))
        month = self.months[-1]
        month.issued += issued
        month.paid += paid
        month.open = total(facts.items)
        month.overdue = total(i for i in facts.items if i.due and i.due < facts.day)
        self._add_cases(month, facts.cases)
        month.messages.update((m.step, m.channel) for m in facts.messages)
        month.tasks.update(facts.tasks)
        month.decisions.update(facts.decisions)
        month.ended.update(facts.ended)
        return finished

    def _add_cases(self, month, cases):
        now = {case.id for case in cases if case.state == "open"}
        month.flow["opened"] += len(now - self._known)
        month.flow["reopened"] += len((now & self._known) - self._open)
        month.flow["closed"] += len(self._open - now)
        month.live = len(now)
        month.watching = len(cases) - len(now)
        self._open, self._known = now, self._known | now

    def total_lines(self):
        """Sums over all months."""
        sums = Month("Total")
        for month in self.months:
            sums.issued += month.issued
            sums.paid += month.paid
            for name in ("flow", "messages", "tasks", "decisions", "ended"):
                getattr(sums, name).update(getattr(month, name))
        last = self.months[-1]
        sums.open, sums.overdue = last.open, last.overdue
        sums.live, sums.watching = last.live, last.watching
        return sums.lines()


def total(open_items):
    """Number and sum of open items."""
    residuals = [item.residual for item in open_items]
    return len(residuals), sum(residuals, Decimal(0))


def items(pair):
    number, amount = pair
    return f"{number:,} ({amount:,.2f})"


def listing(counter, top=None):
    """The most frequent entries first; beyond ``top`` only how many others."""
    ordered = sorted(counter.items(), key=lambda pair: (-pair[1], str(pair[0])))
    top = len(ordered) if top is None else top
    shown = [f"{words(key)} {number:,}" for key, number in ordered[:top]]
    rest = sum(number for _key, number in ordered[top:])
    return ", ".join([*shown, f"others {rest:,}"] if rest else shown)


def words(key):
    """A counter's key for people: a step with its channel, or a reason."""
    if isinstance(key, tuple):
        first, second = key
        return (
            f"{first}/{second}" if len(second) < 12 else f"{first} ({shorten(second)})"
        )
    return str(key)


def shorten(text):
    text = " ".join(text.split())
    return text if len(text) <= REASON_WIDTH else f"{text[: REASON_WIDTH - 3]}..."


def fault_lines(faults, path, shown=50):
    """Rows that were left out."""
    for fault in faults[:shown]:
        yield f"{path}, line {fault.line}: {fault.text}; skipped"
    if len(faults) > shown:
        yield f"... and {len(faults) - shown:,} more"
    if faults:
        rows = "1 row was" if len(faults) == 1 else f"{len(faults):,} rows were"
        yield f"{rows} skipped."


def promise_lines(checker):
    """One line for each promise, with the first violations under it."""
    looked = ", ".join(f"{n:,} {name}" for name, n in checker.looked_at.items())
    yield f"Checked: {looked or 'nothing'}"
    for promise, sentence in PROMISES.items():
        number = checker.counts[promise]
        yield f"  {'ok' if not number else 'BROKEN':<7}{sentence}" + (
            f": {number:,} violations" if number else ""
        )
        for example in checker.examples[promise]:
            yield f"         {example}"


def time_lines(times, days, worked):
    """Where the time went, and how much of it this process really worked."""
    whole = sum(times.values())
    yield (
        f"Time: {whole:.0f} s, {whole / max(days, 1) * 1000:.0f} ms a day "
        f"(processor time without the database {worked:.0f} s)"
    )
    for name, spent in sorted(times.items(), key=lambda pair: -pair[1]):
        share = spent / whole * 100 if whole else 0
        yield f"  {name:<22}{spent:7.1f} s {share:5.1f} %"
