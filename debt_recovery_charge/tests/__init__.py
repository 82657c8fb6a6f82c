from . import test_charge
from . import test_charge_end
from . import test_demo
from . import test_tools_brackets
from . import test_tools_interest
