from odoo import models

_FIGURE_FIELDS = frozenset({"date_maturity", "partner_id", "no_followup", "account_id"})


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "debt.recovery.limitation.facts.mixin"]

    def write(self, vals):
        if _FIGURE_FIELDS.isdisjoint(vals):
            return super().write(vals)
        before = self._recovery_posted_partners()
        result = super().write(vals)
        after = self._recovery_posted_partners()
        self.env["debt.recovery.case"]._mark_partners((before | after).ids)
        return result

    def _recovery_posted_partners(self):
        return self.filtered(lambda line: line.parent_state == "posted").partner_id
