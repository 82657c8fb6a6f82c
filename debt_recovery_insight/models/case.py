from odoo import models


class DebtRecoveryCase(models.Model):
    """The card “Behaviour” also says how likely the next invoice is paid late."""

    _inherit = "debt.recovery.case"

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
        if estimate and estimate.is_known:
            tone = "danger" if estimate.probability > 0.5 else ""
            rows.append(
                [
                    "fa-line-chart",
                    self.env._("Likely late"),
                    estimate._estimate_text(),
                    tone,
                ]
            )
        return rows
