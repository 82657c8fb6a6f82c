from . import cash
