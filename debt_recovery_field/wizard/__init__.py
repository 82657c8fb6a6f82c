from . import account_payment_register, instrument_return, receipt_void
