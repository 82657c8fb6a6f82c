"""Working-day arithmetic on a small frozen calendar.

The caller reads weekdays and public holidays once from ``resource.calendar``; nothing
here knows a time zone or the present day.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
MONDAY_TO_FRIDAY = frozenset(range(5))


class NoWorkingDayError(ValueError):
    """The calendar never opens, so no working day can be found."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Weekdays worked (Monday is 0) less the holidays, which are single dates."""

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: frozenset[date] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        """Whether people work on that day."""
        return day.weekday() in self.weekdays and day not in self.holidays

    def next_working(self, day: date) -> date:
        """The day itself if it is worked, else the first worked day after it.

        Raises :class:`NoWorkingDayError` if the calendar never opens.
        """
        return self._walk(day, ONE_DAY)

    def add_working_days(self, day: date, number: int) -> date:
        """The ``number``-th working day strictly after ``day`` (before, if negative).

        Zero gives ``next_working(day)``. A Saturday plus one is Monday.
        Raises :class:`NoWorkingDayError` if the calendar never opens.
        """
        if not number:
            return self.next_working(day)
        step = ONE_DAY if number > 0 else -ONE_DAY
        for _count in range(abs(number)):
            day = self._walk(day + step, step)
        return day

    def _walk(self, day: date, step: timedelta) -> date:
        """From ``day`` on in steps of one day to the first worked one."""
        if self.weekdays.isdisjoint(range(7)):
            raise NoWorkingDayError(
                "The working calendar has no working day: choose at least one weekday."
            )
        while not self.is_working(day):
            day += step
        return day


def next_working(calendar: WorkCalendar | None, day: date) -> date:
    """``calendar.next_working``; without a calendar every day is worked."""
    return calendar.next_working(day) if calendar else day
