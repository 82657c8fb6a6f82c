from . import test_charge
from . import test_charge_agreement
from . import test_charge_claim
from . import test_charge_end
from . import test_charge_fee
from . import test_demo
from . import test_tools_brackets
from . import test_tools_interest
