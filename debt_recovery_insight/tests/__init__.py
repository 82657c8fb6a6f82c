from . import test_behaviour
from . import test_expected_cash
from . import test_snapshot
from . import test_tools_behaviour
