"""Pure Python: values and dates in, amounts and segments out. Never imports odoo."""

from . import appropriation
from . import brackets
from . import day_count
from . import interest
from . import rates
from . import regime
