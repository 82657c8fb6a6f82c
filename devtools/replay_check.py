"""The promises of the product, judged from plain values of one day after the other.

Nothing here asks the engine: the file says who owed what on which day, the ledger's
journal items are added up anew, and what left is known from the mail sink.
"""

from collections import Counter, defaultdict, namedtuple
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

#: How many violations of one promise are shown.
SHOWN = 5

#: An open item of the ledger, in company currency; credits are below zero.
Item = namedtuple("Item", "partner number due residual")

#: A live case with the stored figures (``figures``: name -> Decimal).
Case = namedtuple("Case", "id name partner state figures_date figures")

#: What a message says is owed.
Claim = namedtuple("Claim", "number due amount")

PROMISES = {
    "claims": "Nobody was contacted about a paid or not-yet-due item",
    "repeats": "No step was taken twice in a cycle",
    "quiet": "Quiet days were kept between messages",
    "totals": "The cases' figures equal the ledger every day",
    "tie_out": "The tie-out to the ledger shows no difference",
    "ledger": "The ledger equals the file",
    "complete": "Whoever is overdue has a case, whoever has one is overdue",
    "mails": "Every mail that left is one message of the log, and the reverse",
    "runs": "Every run came to its end and no customer failed",
    "log": "The log's checksums hold",
}


@dataclass(frozen=True)
class Message:
    """One message that left, as the log has it. ``day`` is what the log says."""

    id: int
    day: object
    partner: int
    case: int
    cycle: int
    step: str
    step_day: int
    channel: str
    mode: str
    origin: str
    address: str
    message_id: str
    claims: tuple = ()

    @property
    def key(self):
        return self.case, self.cycle, self.step, self.channel

    @property
    def text(self):
        return f"{self.day} {self.step} by {self.channel} (action {self.id})"


@dataclass(frozen=True)
class Facts:
    """What one evening looks like. ``mails`` are what the sink took that day,
    ``failures`` sentences about runs and customers that failed. The counters are for
    the report: ``decisions`` by outcome and reason code, ``tasks`` by step and channel,
    ``ended`` (messages that did not leave) by state and sentence."""

    day: object
    items: tuple = ()
    cases: tuple = ()
    messages: tuple = ()
    mails: tuple = ()
    tie_out: Decimal = Decimal(0)
    failures: tuple = ()
    decisions: Counter = field(default_factory=Counter)
    tasks: Counter = field(default_factory=Counter)
    ended: Counter = field(default_factory=Counter)


@dataclass
class Rules:
    """Settings of the company that the promises depend on."""

    quiet_days: int = 6
    grace_days: int = 3
    open_minimum: Decimal = Decimal(0)


@dataclass
class Checker:
    """Collects violations. ``rows`` is the file: invoice number -> row; ``owners``
    says whose mail address is whose."""

    rows: dict
    owners: dict = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)
    scale: int = 1

    def __post_init__(self):
        self.counts = Counter(dict.fromkeys(PROMISES, 0))
        self.examples = defaultdict(list)
        self.looked_at = Counter()
        self._taken = {}
        self._told = {}

    def fail(self, promise, text):
        """Note one violation."""
        self.counts[promise] += 1
        if len(self.examples[promise]) < SHOWN:
            self.examples[promise].append(text)

    @property
    def broken(self):
        """Promises that were not kept."""
        return [promise for promise in PROMISES if self.counts[promise]]

    def check_day(self, facts):
        """Judge one day."""
        self.looked_at["days"] += 1
        open_items = {item.number: item for item in facts.items}
        for message in facts.messages:
            self.looked_at["messages"] += 1
            self._check_claims(facts.day, message, open_items)
            self._check_repeat(message)
        self._check_quiet(facts)
        self._check_totals(facts)
        self._check_ledger(facts)
        self._check_complete(facts)
        self._check_mails(facts)
        for failure in facts.failures:
            self.fail("runs", f"{facts.day} {failure}")
        if facts.tie_out:
            self.fail("tie_out", f"{facts.day}: difference {facts.tie_out}")

    # MESSAGES

    def _check_claims(self, day, message, open_items):
        if not message.claims:
            self.fail("claims", f"{message.text} claims nothing")
        if message.day != day:
            self.fail("claims", f"{message.text} is logged on a day other than {day}")
        for claim in message.claims:
            self.looked_at["claims"] += 1
            problem = self._claim_problem(day, message, claim, open_items)
            if problem:
                self.fail("claims", f"{message.text}: {claim.number} {problem}")

    def _claim_problem(self, day, message, claim, open_items):
        """What is wrong with claiming this item today, by ledger and by file."""
        row, item = self.rows.get(claim.number), open_items.get(claim.number)
        if row is None:
            return "is not in the file"
        if item is None or (row.settled and row.settled <= day):
            return f"was paid on {row.settled}"
        if message.step_day >= 0 and not (claim.due == row.due < day):
            return f"is due on {row.due} (the message says {claim.due})"
        if claim.amount != row.amount * self.scale or claim.amount > item.residual:
            return f"is {item.residual}, not {claim.amount}"
        return "is another customer's" if item.partner != message.partner else None

    def _check_repeat(self, message):
        if message.origin != "engine":
            return
        former = self._taken.setdefault(message.key, message)
        if former is not message:
            text = f"{message.text} repeats {former.text}, cycle {message.cycle}"
            self.fail("repeats", text)

    def _check_quiet(self, facts):
        """Messages of one day are one contact: a demand goes by mail and by letter."""
        first = {}
        for message in facts.messages:
            first.setdefault(message.partner, message)
        for partner, message in first.items():
            former = self._told.get(partner)
            pause = timedelta(days=self.rules.quiet_days)
            if former and facts.day - former.day <= pause:
                self.fail("quiet", f"{message.text} follows {former.text}")
            self._told[partner] = message

    def _check_mails(self, facts):
        written = {m.message_id: m for m in facts.messages if m.channel == "email"}
        left = Counter()
        for mail in facts.mails:
            readers = {self.owners.get(address) for address in mail.addresses} - {None}
            if not readers:
                continue  # a notice to a colleague
            self.looked_at["mails"] += 1
            left[mail.message_id] += 1
            message = written.get(mail.message_id)
            if message is None:
                text = f'{mail.day} "{mail.subject}" left without a message in the log'
                self.fail("mails", text)
            elif readers != {message.partner}:
                self.fail("mails", f"{message.text} left to somebody else")
        for message_id, message in written.items():
            if left[message_id] != 1:
                self.fail("mails", f"{message.text} left {left[message_id]} times")

    # FIGURES

    def _check_totals(self, facts):
        live = sum_items(facts.items, facts.day)
        for case in facts.cases:
            self.looked_at["figures"] += 1
            wrong = compare(case.figures, live.get(case.partner, NOTHING))
            if case.figures_date != facts.day:
                wrong.append(f"are of {case.figures_date}")
            if wrong:
                self.fail("totals", f"{facts.day} {case.name}: {', '.join(wrong)}")

    def _check_ledger(self, facts):
        ours = sum(
            row.amount * self.scale
            for row in self.rows.values()
            if row.issued <= facts.day and (not row.settled or row.settled > facts.day)
        )
        books = sum(item.residual for item in facts.items)
        if ours != books:
            self.fail("ledger", f"{facts.day}: the file has {ours}, the books {books}")

    def _check_complete(self, facts):
        cases = {case.partner: case for case in facts.cases if case.state == "open"}
        grace = timedelta(days=self.rules.grace_days)
        for partner, sums in sum_items(facts.items, facts.day).items():
            wanted = (
                sums["overdue"] >= max(self.rules.open_minimum, Decimal("0.01"))
                and sums["oldest"] < facts.day - grace
            )
            if wanted and partner not in cases:
                text = f"{facts.day} customer {partner} owes {sums['overdue']}: no case"
                self.fail("complete", text)
        for case in cases.values():
            if not case.figures["overdue"]:
                self.fail("complete", f"{facts.day} {case.name} has nothing overdue")


NOTHING = {
    "overdue": Decimal(0),
    "not_due": Decimal(0),
    "credit": Decimal(0),
    "oldest": None,
}


def sum_items(items, day):
    """Figures of each customer from the open items; due today is not overdue."""
    sums = {}
    for item in items:
        mine = sums.setdefault(item.partner, dict(NOTHING))
        if item.residual < 0:
            mine["credit"] += item.residual
        elif item.due < day:
            mine["overdue"] += item.residual
            mine["oldest"] = min(mine["oldest"] or item.due, item.due)
        else:
            mine["not_due"] += item.residual
    return sums


def compare(figures, live):
    """Where the stored figures of a case differ from the ledger, in words."""
    wrong = [
        f"{name} {figures[name]} is {live[name]}"
        for name in ("overdue", "not_due", "credit", "oldest")
        if figures[name] != live[name]
    ]
    parts = ("collectable", "disputed", "agreed", "held")
    bridge = sum(figures[name] for name in parts)
    if bridge != figures["overdue"]:
        wrong.append(f"its parts make {bridge}, not {figures['overdue']}")
    return wrong
