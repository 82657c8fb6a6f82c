from . import test_provision
from . import test_tools_provision
from . import test_tools_relief
from . import test_write_off
from . import test_write_off_refused
from . import test_write_off_batch
from . import test_relief
from . import test_demo
