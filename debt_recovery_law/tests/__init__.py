from . import test_before_action
from . import test_packs
