from odoo import models


class DebtRecoveryCompanyLoss(models.AbstractModel):
    """What reports and key figures ask about losses. The addon that writes off answers;
    without it there are none. Each answers with the rights of who asks: rows are plain
    dicts, amounts are in company currency, customers are commercial partners."""

    _name = "debt.recovery.company.loss.mixin"
    _description = "Losses of a Company"

    def _recovery_after_write_off(self, date_from, date_to):
        """Seam: money that came on what was written off before, both days included.

        :return: dicts ``partner_id``, ``customer``, ``name`` (of the write-off),
            ``date``, ``amount``, ``amount_tax``, ``amount_income``, ``move_id``
        """
        self.ensure_one()
        return []
