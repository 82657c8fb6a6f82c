from odoo import models
from odoo.tools import format_date


class DebtRecoveryWriteOffCheck(models.AbstractModel):
    """What stands in the way of a write-off."""

    _name = "debt.recovery.write.off.check.mixin"
    _description = "Checks of a Write-off"

    def _find_problem(self):
        """Why it cannot be booked, in one sentence; False where nothing stands in the
        way."""
        self.ensure_one()
        return (
            self._find_problem_of_setup()
            or self._find_problem_of_items()
            or self._find_problem_of_period()
            or False
        )

    def _find_problem_of_setup(self):
        company = self.company_id.sudo()
        if not company.recovery_loss_account_id:
            return self.env._(
                "Choose the account for bad debts of %(company)s first: Settings, "
                "Write-offs.",
                company=company.name,
            )
        if not self.line_ids:
            return self.env._("Nothing is chosen: add the items to write off.")
        return False

    def _find_problem_of_items(self):
        rows = self.env["debt.recovery.receivable"].sudo()
        rows.invalidate_model()
        found = {
            row.id: row
            for row in rows.search([("id", "in", self.line_ids.move_line_id.ids)])
        }
        for line in self.line_ids:
            row = found.get(line.move_line_id.id)
            if problem := line._find_problem(row):
                return problem
        return False

    def _find_problem_of_period(self):
        company = self.company_id.sudo()
        locks = company._get_lock_date_violations(
            self._booking_day(), fiscalyear=True, sale=False, purchase=False, tax=True
        )
        if locks:
            return self.env._(
                "The books of %(company)s are locked until %(day)s: choose a later "
                "accounting date.",
                company=company.name,
                day=format_date(self.env, max(day for day, _field in locks)),
            )
        return False
