"""The tables of ./dev bench, and how far each aim is reached."""

from devtools.ui import say

from .meter import Cost

RATIO_AIMS = {
    "first run against OCA's, times faster": (20, "at least"),
    "quiet run against OCA's, times faster": (20, "at least"),
    "first run against the SQL floor": (10, "at most"),
    "quiet run against the SQL floor": (10, "at most"),
    "messages against OCA's, times faster": (5, "at least"),
    "ledger twice as long, cost of the run": (1.3, "at most"),
    "night (behaviour, risk, snapshot), CPU s": (10, "at most"),
    "night against a plain aggregate": (10, "at most"),
    "dashboard, CPU s": (1, "at most"),
    "ageing as XLSX, CPU s": (10, "at most"),
    "ageing as XLSX, MB": (300, "at most"),
}


def ratio(one, other):
    """Processor seconds: the clock of a shared machine says little."""
    return one.cpu / other.cpu if other.cpu else 0.0


class Report:
    """Prints as the figures come in; remembers those the aims speak about."""

    def __init__(self):
        self.reached = {}
        self.cold = self.again = self.messages = None
        self.number = 0

    def book(self, size, seconds, compared, facts):
        overdue, late, open_lines = facts
        say(f"\nBook: {size.customers:,} customers, {size.invoices:,} documents")
        say(
            f"  {open_lines:,} open lines, {overdue:,} overdue, {late:,} customers late"
        )
        say(f"  made in {seconds:.0f} s; {compared} posted anew, no difference")

    def _line(self, label, cost):
        say(f"  {label:<34} {cost.wall:9.3f} {cost.cpu:9.3f} {cost.queries:9,}")

    def _head(self, title):
        say(f"\n{title:<36} {'seconds':>9} {'CPU s':>9} {'queries':>9}")

    def run(self, floor, runs, cases, message_cost, number):
        """:param runs: costs by phase of the ``first``, ``second``, ``quiet`` run"""
        self._head("Daily run before sending")
        self._line("SQL floor (one statement)", floor)
        for label, costs in runs.items():
            for phase, cost in costs.items():
                self._line(f"{label} run: {phase}", cost)
            self._line(f"{label} run", sum(costs.values(), Cost()))
        self._line(f"creating {number:,} messages, no PDF", message_cost)
        say(f"  {cases:,} cases")
        self.cold = sum(runs["first"].values(), Cost())
        self.again = sum(runs["quiet"].values(), Cost())
        self.messages, self.number = message_cost, number
        self.reached["first run against the SQL floor"] = ratio(self.cold, floor)
        self.reached["quiet run against the SQL floor"] = ratio(self.again, floor)

    def oca(self, costs, lines, made):
        self._head("OCA account_credit_control")
        for label, cost in costs.items():
            self._line(label, cost)
        say(f"  {lines:,} lines, {made:,} communications")
        if not self.cold or not made or not self.number:
            return
        theirs = (costs["communications"] + costs["mails"]).cpu / made
        ours = self.messages.cpu / self.number
        for label, run in (("first", self.cold), ("quiet", self.again)):
            key = f"{label} run against OCA's, times faster"
            self.reached[key] = ratio(costs["run"], run)
        self.reached["messages against OCA's, times faster"] = theirs / ours

    def screens(self, found):
        self._head("Screens, warm")
        for label, (cost, rows) in found.items():
            self._line(f"{label} ({rows:,} rows)", cost)

    def insight(self, floors, costs, screens, workbook, rows, megabytes):
        floor, paid = floors
        self._head("Insight")
        self._line("plain aggregate (one statement)", floor)
        self._line("the same with the days to payment", paid)
        for phase, cost in costs.items():
            self._line(f"night: {phase}", cost)
        night = sum(costs.values(), Cost())
        self._line("night", night)
        for label, cost in screens.items():
            self._line(f"{label}, warm", cost)
        self._line(f"ageing as XLSX, {rows:,} customers", workbook)
        say(f"  {megabytes:,.0f} MB of memory at most")
        self.reached |= {
            "night (behaviour, risk, snapshot), CPU s": night.cpu,
            "night against a plain aggregate": ratio(night, floor),
            "dashboard, CPU s": max(cost.cpu for cost in screens.values()),
            "ageing as XLSX, CPU s": workbook.cpu,
            "ageing as XLSX, MB": megabytes,
        }

    def posting(self, works):
        say(f"\n{'Books, per transaction':<36} {'without':>9} {'with':>9} {'ratio':>9}")
        for work, found in works.items():
            without, with_addon = found["queries without"], found["queries with"]
            say(
                f"  {work + ', queries':<34} {without:9.2f} {with_addon:9.2f}"
                f" {with_addon / without:9.3f}"
            )
            say(
                f"  {work + ', CPU ms':<34} {found['cpu ms without']:9.1f}"
                f" {found['cpu ms with']:9.1f} {found['cpu ratio']:9.3f}"
            )

    def growth(self, floor, again):
        self._head("Ledger twice as long, same overdue")
        self._line("SQL floor", floor)
        cost = sum(again.values(), Cost())
        self._line("again run", cost)
        if self.again:
            key = "ledger twice as long, cost of the run"
            self.reached[key] = ratio(cost, self.again)

    def verdicts(self):
        say(f"\n{'Aims (CPU seconds)':<44} {'measured':>9} {'aim':>14}")
        for label, (aim, word) in RATIO_AIMS.items():
            if label not in self.reached:
                continue
            found = self.reached[label]
            kept = found >= aim if word == "at least" else found <= aim
            mark = "kept" if kept else "MISSED"
            say(f"  {label:<42} {found:9.1f} {word + ' ' + str(aim):>14}  {mark}")
