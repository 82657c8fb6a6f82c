from odoo import models


class DebtRecoveryHold(models.Model):
    """What an officer may hold without asking also depends on the risk band."""

    _inherit = "debt.recovery.hold"

    def _band_rule(self):
        """The rule of the customer's band; empty where the type does not ask for it."""
        rules = self.env["debt.recovery.hold.band"]
        band = self.type_id.by_band and self._approval_case().sudo().risk_band
        return rules._for_band(band, self._approval_company()) if band else rules

    def _limit_days(self, row, company):
        days = super()._limit_days(row, company)
        rule = self._band_rule() if row.hold_basis == "default" else None
        if not rule or rule.rule == "type":
            return days
        # below zero: even a hold of one day is beyond it
        longest = -1 if rule.rule == "ask" else rule.days
        return longest if days is None else min(days, longest)

    def _longest_sentence(self):
        rule = self._band_rule()
        if rule.rule == "ask":
            return self.env._(
                "%(customer)s is in risk band %(band)s: a hold “%(type)s” asks a "
                "manager. Use “Place Hold” to ask for it.",
                customer=self.partner_id.display_name,
                band=rule.band,
                type=self.type_id.name,
            )
        if rule.rule == "days":
            return self.env._(
                "%(customer)s is in risk band %(band)s: a hold “%(type)s” may last "
                "%(days)s days. Choose an earlier day or ask a manager.",
                customer=self.partner_id.display_name,
                band=rule.band,
                type=self.type_id.name,
                days=rule.days,
            )
        return super()._longest_sentence()
