from odoo import models

#: Messages that ask for money: true only while it is missing.
ASKING = ("reminder", "overdue", "breach")


class DebtRecoveryAgreementOverdue(models.AbstractModel):
    """A friendly word after an agreed payment that did not come, before anybody speaks
    of a breach. What waits to leave is asked of the ledger again: nobody is reminded
    of what came in meanwhile."""

    _name = "debt.recovery.agreement.overdue.mixin"
    _description = "Reminder of an Unpaid Instalment"

    def _chase(self):
        """Once for each unpaid payment, in one message for all of a day."""
        for agreement in self.filtered(
            lambda a: a.state == "active" and a.chase_days > 0 and not a.date_breach
        ):
            rows = agreement.instalment_ids.filtered(lambda row: row._is_chase_day())
            if (
                rows
                and agreement._is_told("overdue")
                and not agreement._is_on_its_way()
            ):
                rows.write({"chased": True})
                agreement._plan_message("overdue", origin="event")

    def _is_on_its_way(self):
        """Money that is not in the books yet speaks for the debtor."""
        return bool(self._read_under_way().get(self.id))

    def _still_asks(self, occasion):
        """Whether what a waiting message asks for is missing still.

        :param occasion: one of ``ASKING``
        """
        rows = self.instalment_ids.filtered("amount_open")
        if occasion == "breach":
            return bool(self.date_breach)
        return any(rows.mapped("reminded" if occasion == "reminder" else "chased"))
