"""Pure Python: facts and dates in, figures with reasons out. Never imports odoo."""

from . import behaviour
from . import kpi
from . import problem
from . import risk
from . import split_test
