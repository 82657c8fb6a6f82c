from . import test_behaviour
from . import test_expected_cash
from . import test_kpi
from . import test_risk
from . import test_snapshot
from . import test_tools_behaviour
from . import test_tools_kpi
from . import test_tools_risk
