from odoo import fields, models

from .risk_effect import ORDER
from .snapshot import BANDS


class DebtRecoveryCase(models.Model):
    """The card “Behaviour” also says how likely the next invoice is paid late and which
    risk the customer is; the band counts in the priority."""

    _inherit = "debt.recovery.case"

    risk_band = fields.Selection(
        BANDS, readonly=True, copy=False, help="Refreshed with the risk every night."
    )

    def _behaviour_facts(self):
        facts = super()._behaviour_facts()
        for company, cases in self.grouped("company_id").items():
            rows = self.env["debt.recovery.behaviour"]._of_partners(
                cases.partner_id, company
            )
            for case in cases._origin:
                row = rows.get(case.partner_id.id)
                if row:
                    facts.setdefault(case.id, {})["estimate"] = row
        return facts

    def _behaviour_rows(self, facts):
        rows = super()._behaviour_rows(facts)
        estimate = facts.get("estimate")
        if estimate:
            likely = estimate.is_known and estimate.probability > 0.5
            tone = "danger" if likely else ""
            rows.append(
                [
                    "fa-line-chart",
                    self.env._("Likely late"),
                    estimate._estimate_text(),
                    tone,
                ]
            )
        if self.risk_band:
            label = dict(BANDS)[self.risk_band]
            tone = "danger" if ORDER[self.risk_band] > 3 else ""
            rows.append(["fa-shield", self.env._("Risk"), label, tone])
        return rows

    def _priority_facts(self, company, today):
        facts = super()._priority_facts(company, today)
        for case in self:
            if case.id in facts:
                facts[case.id]["risk"] = ORDER.get(case.risk_band)
        return facts
