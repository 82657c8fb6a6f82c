"""One rule's no."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ..results import Reason, reason
from .facts import Rule


@dataclass(frozen=True, slots=True)
class Objection:
    """A rule objects, for this ground. From ``until`` on it has to be asked again; it
    would have objected all the time before. None: nothing but a change of the facts
    helps."""

    rule: Rule
    ground: Reason
    until: datetime | None = None

    def as_reason(self) -> Reason:
        """The ground with the rule behind it: what screens and log show."""
        return reason(
            self.ground.code,
            **self.ground.values,
            rule=self.rule.code,
            name=self.rule.name or self.rule.code,
            citation=self.rule.citation,
        )


Check = Callable[..., Objection | None]
