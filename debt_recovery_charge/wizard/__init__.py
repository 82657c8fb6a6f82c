from . import charge_bill
from . import charge_calculate
from . import charge_waive
from . import dossier_make
from . import plan_build
