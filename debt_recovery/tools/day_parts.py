"""Parts of the day in which somebody was tried, and which one to try next.

Somebody who never answers at nine may answer at three: attempts go round the parts of
the day before another channel is taken.
"""

from collections.abc import Sequence
from datetime import time

MORNING, MIDDAY, AFTERNOON = PARTS = ("morning", "midday", "afternoon")
#: A part ends where the next begins.
MIDDAY_FROM, AFTERNOON_FROM = time(11), time(14)
ENOUGH_ATTEMPTS = 4


def part_of(hour: time) -> str:
    """The part of the day an hour of the debtor's day belongs to.

    >>> part_of(time(9, 30)), part_of(time(11)), part_of(time(18))
    ('morning', 'midday', 'afternoon')
    """
    if hour < MIDDAY_FROM:
        return MORNING
    return MIDDAY if hour < AFTERNOON_FROM else AFTERNOON


def next_part(tried: Sequence[str]) -> str:
    """The part tried least, and never the last one again.

    >>> next_part(["morning"]), next_part(["morning", "midday", "afternoon"])
    ('midday', 'morning')
    """
    others = [part for part in PARTS if not tried or part != tried[-1]]
    return min(others, key=lambda part: (tried.count(part), PARTS.index(part)))


def is_exhausted(tried: Sequence[str], enough: int = ENOUGH_ATTEMPTS) -> bool:
    """Whether calling has been tried often enough, at every part of the day."""
    return len(tried) >= enough and set(PARTS) <= set(tried)
