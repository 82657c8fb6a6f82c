from . import ageing_report
