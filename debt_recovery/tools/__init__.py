"""Pure Python: values and dates in, values and reasons out. Never imports odoo."""

from . import ageing
from . import agreements
from . import allocation
from . import calendars
from . import hardship
from . import ladder
from . import ladder_choice
from . import ladder_claim
from . import ladder_cycle
from . import ladder_facts
from . import ladder_gates
from . import money
from . import negotiation
from . import negotiation_facts
from . import replies
from . import results
from . import schedule
from . import settlement
from . import sms_text
