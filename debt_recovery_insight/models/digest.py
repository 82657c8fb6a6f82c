from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError


class DigestDigest(models.Model):
    """Receivables in the periodic e-mail: money recovered in its period, and what is
    overdue at its end. People outside of the receivables get neither."""

    _inherit = "digest.digest"

    kpi_recovery_recovered = fields.Boolean("Recovered on Overdue Items")
    kpi_recovery_recovered_value = fields.Monetary(
        compute="_compute_kpi_recovery_recovered_value"
    )
    kpi_recovery_overdue = fields.Boolean("Overdue Receivables")
    kpi_recovery_overdue_value = fields.Monetary(
        compute="_compute_kpi_recovery_overdue_value"
    )

    def _compute_kpi_recovery_recovered_value(self):
        for digest, answer in self._recovery_answers("recovered"):
            digest.kpi_recovery_recovered_value = float(answer["value"] or 0)

    def _compute_kpi_recovery_overdue_value(self):
        for digest, answer in self._recovery_answers("overdue_reduction"):
            digest.kpi_recovery_overdue_value = float(answer["parts"]["closing"])

    def _recovery_answers(self, code):
        """(digest, answer of the key figure over its period); the digest asks with the
        rights of its reader and leaves out what is refused."""
        if not self.env["debt.recovery.dashboard"]._sees_all():
            raise AccessError(
                self.env._("Only managers of the recovery get these figures by e-mail.")
            )
        start, end, _companies = self._get_kpi_compute_parameters()
        first = fields.Date.to_date(start)
        last = max(first, fields.Date.to_date(end) - timedelta(days=1))
        for digest in self:
            company = digest.company_id or self.env.company
            today = company._recovery_today()
            yield (
                digest,
                company._recovery_kpi(code, min(first, today), min(last, today)),
            )

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("debt_recovery.menu_debt_recovery_root").id
        board = "debt_recovery_insight.debt_recovery_dashboard_action"
        for name in ("kpi_recovery_recovered", "kpi_recovery_overdue"):
            actions[name] = f"{board}?menu_id={menu}"
        return actions
