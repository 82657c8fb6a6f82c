from . import write_off_batch
from . import write_off_receive
