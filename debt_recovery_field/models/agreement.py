from odoo import models


class DebtRecoveryAgreement(models.Model):
    """A promise given with a cheque falls with it."""

    _inherit = "debt.recovery.agreement"

    def _break_by_return(self, instrument):
        """The cheque of the promise was returned unpaid: nothing is covered any more
        and the case gets the step for broken promises."""
        for agreement in self.filtered(lambda agreement: agreement.state == "active"):
            agreement.action_cancel()
            agreement.message_post(body=instrument._returned_sentence())
            agreement.case_id._recovery_event("broken")
