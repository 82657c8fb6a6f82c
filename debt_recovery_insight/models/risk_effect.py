from dataclasses import replace

from odoo import models

from .snapshot import BANDS

#: Priority rules count the bands from 1 (A) to 5 (E).
ORDER = {code: number for number, (code, _label) in enumerate(BANDS, 1)}


def band_tag(env, band):
    """Customer tag that stands for a band in rules of strategies and officers."""
    if not band:
        return None
    xmlid = f"debt_recovery_insight.partner_category_risk_{band.lower()}"
    return env.ref(xmlid, raise_if_not_found=False)


class DebtRecoveryStrategy(models.Model):
    """A strategy may be for a risk band: its tag counts as if the customer had it."""

    _inherit = "debt.recovery.strategy"

    def _debtor_fields(self):
        return [*super()._debtor_fields(), "risk_band"]

    def _prepare_debtor(self, case, place):
        debtor = super()._prepare_debtor(case, place)
        tag = band_tag(self.env, case.risk_band)
        return replace(debtor, tags=debtor.tags | {tag.id}) if tag else debtor


class DebtRecoveryAssignmentRule(models.Model):
    """So may an officer."""

    _inherit = "debt.recovery.assignment.rule"

    def _debtors(self, cases):
        bands = {case.id: case.risk_band for case in cases}
        for debtor in super()._debtors(cases):
            tag = band_tag(self.env, bands.get(debtor.id))
            yield replace(debtor, tags=debtor.tags | {tag.id}) if tag else debtor
