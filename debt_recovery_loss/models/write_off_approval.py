from odoo import models

from odoo.addons.debt_recovery.tools.approvals import Facts
from odoo.addons.debt_recovery.tools.money import to_decimal


class DebtRecoveryWriteOffApproval(models.AbstractModel):
    """Who decides on a write-off: by what one customer is let off within a year, so
    that nobody cuts a claim into small parts."""

    _name = "debt.recovery.write.off.approval.mixin"
    _description = "Approval of Write-offs"
    _inherit = "debt.recovery.approvable.mixin"

    def _approval_kind(self):
        return "small_write_off" if self.small else "write_off"

    def _approval_company(self):
        return self.company_id

    def _prepare_approval_vals(self, reason, payload=None):
        vals = super()._prepare_approval_vals(reason, payload)
        return vals | {"partner_id": self.partner_id.id}

    def _approval_amount(self):
        return self.amount

    def _approval_facts(self):
        others = sum(self._recent().mapped("amount"))
        digits = self.currency_id.decimal_places
        return Facts(amount=to_decimal(self.amount + others, digits))

    def _approval_role(self):
        """An officer writes small rests off alone, line by line and up to a sum a day;
        what is beyond goes by the customer."""
        if self.small and self._is_small_for_officer():
            return "officer"
        if self.small:
            facts, limits = self._approval_facts(), self._approval_limits()
            rows = [limit for limit in limits if limit.role != "officer"]
            manager = [limit for limit in rows if limit.role == "manager"]
            within = manager and (
                manager[0].amount is None or facts.amount <= manager[0].amount
            )
            return "manager" if within else "final"
        return super()._approval_role()

    def _is_small_for_officer(self):
        limits = self.env["debt.recovery.approval.limit"]
        row = limits._for_subject("small_write_off", self.company_id).filtered(
            lambda limit: limit.role == "officer"
        )
        if row.rule != "limited":
            return row.rule == "always"
        company = self.company_id
        line = float(company._recovery_units(row.amount_units))
        day = float(company._recovery_units(row.day_units))
        today = self._today_of_user() | self
        compare = self.currency_id.compare_amounts
        return all(
            compare(amount, line) <= 0 for amount in self.line_ids.mapped("amount")
        ) and (not day or compare(sum(today.mapped("amount")), day) <= 0)

    def _find_approvers(self):
        """``{write-off: who decided}``; who needed no yes decided alone."""
        approvals = self.env["debt.recovery.approval"].sudo()
        found = approvals.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("state", "=", "approved"),
            ]
        )
        deciders = {row.res_id: row.decided_by_id for row in found}
        return {row: deciders.get(row.id) or row.sudo().create_uid for row in self}

    def _prepare_report_rows(self):
        """Plain values of ``res.company._recovery_write_offs``."""
        approvers = self._find_approvers()
        return [
            {
                "partner_id": record.partner_id.id,
                "user_id": record.case_id.user_id.id,
                "customer": record.partner_id.sudo().display_name,
                "name": record.name,
                "date": record.date,
                "date_reversed": record.date_reversed or None,
                "reason": record.reason_id.name,
                "approver": approvers[record].sudo().name,
                "amount": record.amount,
                "amount_tax": record.amount_tax,
                "amount_loss": record.amount_loss,
                "amount_recovered": record.amount_recovered,
            }
            for record in self
        ]

    def _approval_effect(self, approval=None):
        return self.env._(
            "%(amount)s of %(customer)s are written off (%(reason)s): %(items)s.",
            amount=self.currency_id.format(self.amount),
            customer=self.partner_id.name,
            reason=self.reason_id.name,
            items=", ".join(
                f"{line.move_name} {self.currency_id.format(line.amount)}"
                for line in self.line_ids
            ),
        )

    def _approval_problem(self, approval):
        if self.state != "waiting":
            return self.env._("It was booked or given up meanwhile.")
        return self._find_problem()

    def _on_approved(self, approval):
        self._book()

    def _on_refused(self, approval):
        if self.state == "waiting":
            self.state = "draft"
