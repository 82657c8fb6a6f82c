from odoo import models


class DebtRecoveryCompanyLoss(models.AbstractModel):
    """What reports and key figures ask about losses. The addon that writes off answers;
    without it there are none. Each answers with the rights of who asks: rows are plain
    dicts, amounts are in company currency, customers are commercial partners."""

    _name = "debt.recovery.company.loss.mixin"
    _description = "Losses of a Company"

    def _recovery_after_write_off(self, date_from, date_to):
        """Seam: money that came on what was written off before, both days included.

        :return: dicts ``partner_id``, ``user_id`` (officer of the case), ``customer``,
            ``name`` (of the write-off), ``date``, ``amount``, ``amount_tax``,
            ``amount_income``, ``move_id``
        """
        self.ensure_one()
        return []

    def _recovery_write_offs(self, date_from, date_to):
        """Seam: what was written off, both days included; also what was taken back
        since, with that day.

        :return: dicts ``partner_id``, ``user_id``, ``customer``, ``name``, ``date``,
            ``date_reversed`` (or None), ``reason``, ``approver``, ``amount``,
            ``amount_tax``, ``amount_loss``, ``amount_recovered``
        """
        self.ensure_one()
        return []

    def _recovery_tax_reliefs(self):
        """Seam: tax of bad debts that waits to be claimed back, the earliest first.

        :return: dicts ``partner_id``, ``user_id``, ``customer``, ``number``, ``name``
            (of the write-off), ``amount``, ``first`` and ``last`` day to claim (last is
            None where no deadline is known), ``has_evidence``, ``rule``,
            ``is_confirmed``
        """
        self.ensure_one()
        return []

    def _recovery_bad_debts(self):
        """Seam: open items that are candidates for a write-off, and what is proposed.

        :return: dicts ``partner_id``, ``user_id``, ``customer``, ``number``,
            ``date_due``, ``days``, ``amount``, ``reason``, ``why``, ``state`` (a word)
        """
        self.ensure_one()
        return []

    def _recovery_allowance(self, day):
        """Seam: the newest allowance for expected losses up to a day.

        :return: None, or a dict ``name``, ``date``, ``state`` (a word), ``method``,
            ``amount``, ``change`` and ``rows``: dicts ``bucket``, ``exposure``,
            ``rate`` (per cent), ``specific``, ``allowance``, ``previous``
        """
        self.ensure_one()
        return None
