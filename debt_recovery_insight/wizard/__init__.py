from . import report_make
