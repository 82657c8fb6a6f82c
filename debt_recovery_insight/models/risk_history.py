from odoo import api, fields, models
from odoo.tools import SQL

from .snapshot import BANDS


class DebtRecoveryRiskHistory(models.Model):
    """The score of a customer at the first run of every month."""

    _name = "debt.recovery.risk.history"
    _description = "History of a Risk Score"
    _order = "date desc, id desc"
    _rec_name = "date"
    _log_access = False

    risk_id = fields.Many2one(
        "debt.recovery.risk", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="risk_id.partner_id")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    date = fields.Date("Month", required=True, readonly=True)
    score = fields.Float(digits=(16, 0), readonly=True, aggregator="avg")
    band = fields.Selection(BANDS, readonly=True)
    known_percent = fields.Float("Known (%)", digits=(16, 0), readonly=True)

    @api.model
    def _keep(self, company, today):
        """Write the month down once."""
        self.env.cr.execute(
            SQL(
                """INSERT INTO debt_recovery_risk_history
                          (risk_id, company_id, date, score, band, known_percent)
                   SELECT x.id, x.company_id, %(month)s, x.score, x.band,
                          x.known_percent
                     FROM debt_recovery_risk x
                    WHERE x.company_id = %(company)s AND x.score IS NOT NULL
                      AND NOT EXISTS (SELECT 1 FROM debt_recovery_risk_history h
                                       WHERE h.risk_id = x.id AND h.date = %(month)s)
                """,
                month=today.replace(day=1),
                company=company.id,
            )
        )
        self.invalidate_model()
