"""Key figures. Each function takes plain facts and returns a :class:`~.result.Result`:
a value, or why there is none. Percentages run from 0 to 100, days are calendar days,
amounts are in company currency."""

from . import ageing
from . import cost
from . import dso
from . import recovery
from . import result
from . import work
