from . import (
    test_instrument,
    test_receipt,
    test_tools_cash,
    test_visit,
    test_visit_submit,
)
