from odoo import models


class DebtRecoveryAgreement(models.Model):
    """A promise given with a cheque falls with it."""

    _inherit = "debt.recovery.agreement"

    def _break_by_return(self, instrument):
        """The cheque of the promise was returned unpaid: nothing is covered any more
        and the strategy answers as to any broken promise. The verdict is final; the
        day that was promised can no longer save it."""
        for agreement in self.filtered(lambda agreement: agreement.state == "active"):
            today = agreement.company_id._recovery_today()
            agreement.write(
                {
                    "state": "broken",
                    "date_broken": today,
                    "date_verdict": today,
                    "locked": True,
                }
            )
            agreement._on_verdict()
            agreement.message_post(body=instrument._returned_sentence())
