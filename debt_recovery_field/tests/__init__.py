from . import (
    test_demo,
    test_field_tours,
    test_instrument,
    test_receipt,
    test_tools_cash,
    test_visit,
    test_visit_submit,
)
