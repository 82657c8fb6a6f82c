from dataclasses import replace

from odoo import models

from .snapshot import BANDS

#: Priority rules count the bands from 1 (A) to 5 (E).
ORDER = {code: number for number, (code, _label) in enumerate(BANDS, 1)}


def band_tags(env):
    """``{band: id of the customer tag that stands for it}`` in rules of strategies and
    officers; a deleted tag stands for nothing."""
    found = {
        code: env.ref(
            f"debt_recovery_insight.partner_category_risk_{code.lower()}",
            raise_if_not_found=False,
        )
        for code, _label in BANDS
    }
    return {code: tag.id for code, tag in found.items() if tag}


class DebtRecoveryAssignmentRule(models.Model):
    """An officer may be for a risk band: its tag counts as if the customer had it."""

    _inherit = "debt.recovery.assignment.rule"

    def _debtors(self, cases):
        bands = {case.id: case.risk_band for case in cases}
        tags = band_tags(self.env)
        for debtor in super()._debtors(cases):
            tag = tags.get(bands.get(debtor.id))
            yield replace(debtor, tags=debtor.tags | {tag}) if tag else debtor
