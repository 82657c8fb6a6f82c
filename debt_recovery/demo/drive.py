"""Lives the demo story day by day with the real engine."""

from datetime import timedelta

from .clock import RUN_HOUR, Clock
from .desk import Desk
from .story import Money, Pay

#: Days between the first reminder before a due date and that date.
LEAD_DAYS = 8
WEEK = timedelta(days=7)
#: What is older was there before the story begins.
STORY_DAYS = 365


class Drive:
    """One company's story from the first step on its oldest bill to today."""

    def __init__(self, env, company, debtors, books, users):
        self.debtors = debtors
        self.books = books
        self.clock = Clock(env, company)
        self.desk = Desk(self.clock, books, users)
        self._answered = set()
        self._told = set()

    def live(self):
        """From the first day to today. The messages of the last working day wait for
        their hour, so that something waits on a weekend, too."""
        self.clock.company.recovery_release = "at_once"
        bills = (bill.due for debtor in self.debtors for bill in debtor.bills)
        first = max((due for due in bills if due < STORY_DAYS), default=0)
        for day in self.clock.working_days(first + LEAD_DAYS):
            self.clock.set(day)
            if day >= self.clock.last_working_day():
                self.clock.company.recovery_release = "hour"
            self._live_day()

    def _live_day(self):
        self._tell_events(money=True)
        self._refresh()
        self._confirm_books()
        self._run_engine()
        self.desk.let_leave(self.debtors)
        self._tell_events(money=False)
        if self.clock.is_working_day():
            self._give_answers()
            self._read_lists()
        self.desk.let_leave(self.debtors)
        self._refresh()
        self._stamp_queue()
        self.clock.stamp()

    def _refresh(self):
        """What the end of a transaction does, while its day lasts."""
        self.clock.env()["debt.recovery.case"]._refresh_marked()

    def _confirm_books(self):
        """The clerk says every morning that the bank has been booked."""
        self.clock.company.recovery_books_date = self.clock.day

    def _read_lists(self):
        """The manager works off the weekly lists of former weeks."""
        lists = self.clock.env()["mail.activity"].search(
            [
                ("res_model", "=", "debt.recovery.run"),
                ("date_deadline", "<", self.clock.day - WEEK),
            ]
        )
        lists.active = False

    def _run_engine(self):
        run = self.clock.env()["debt.recovery.run"]._start(self.clock.company)
        run._execute()
        moment = self.clock.moment(RUN_HOUR)
        run.write({"date_started": moment, "date_finished": moment})

    # THE STORY

    def _tell_events(self, money):
        """Events whose day has come; money arrives before the run."""
        for debtor in self.debtors:
            for number, (ago, event) in enumerate(debtor.events):
                key = (debtor.key, number)
                due = (self.clock.today - self.clock.day).days <= ago
                mine = isinstance(event, (Pay, Money)) is money
                if due and mine and key not in self._told:
                    self._told.add(key)
                    self.desk.do(debtor, event)

    def _give_answers(self):
        """What follows a step that was taken or proposed on an earlier day."""
        taken = self._find_taken()
        for debtor in self.debtors:
            partner = self.books.partners[debtor.key]
            for code, events in debtor.answers.items():
                key = (debtor.key, code)
                if key not in self._answered and (partner.id, code) in taken:
                    self._answered.add(key)
                    for event in events:
                        self.desk.do(debtor, event)

    def _find_taken(self):
        """Customers with the codes of the steps taken before this day."""
        actions = self.clock.env()["debt.recovery.action"].search(
            [
                ("company_id", "=", self.clock.company.id),
                ("date_planned", "<", self.clock.day),
            ]
        )
        return {(action.partner_id.id, action.step_id.code) for action in actions}

    def _stamp_queue(self):
        """Messages and tasks were handed over on their day, not now."""
        actions = self.clock.env()["debt.recovery.action"].search(
            [
                ("company_id", "=", self.clock.company.id),
                ("date_queued", ">", self.clock.moment()),
            ]
        )
        actions._guarded().write({"date_queued": self.clock.moment(RUN_HOUR)})
