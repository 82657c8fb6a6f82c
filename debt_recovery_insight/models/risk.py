import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from odoo.addons.debt_recovery.tools.money import to_decimal

from ..tools import risk
from .behaviour import MANY
from .snapshot import BANDS

DECISION = {"band_decided", "decision_reason", "decided_until"}


class DebtRecoveryRisk(models.Model):
    """Risk of one customer for one root company: a score from 0 to 100, its components,
    the band it recommends, and what a person decided instead. The score orders
    customers; it is no probability. Refreshed every night."""

    _name = "debt.recovery.risk"
    _description = "Customer Risk"
    _inherit = [
        "debt.recovery.risk.facts.mixin",
        "debt.recovery.risk.components.mixin",
        "mail.thread",
    ]
    _order = "is_scored desc, score desc, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    case_id = fields.Many2one("debt.recovery.case", "Open Case", readonly=True)
    score = fields.Float(
        digits=(16, 0), readonly=True, aggregator="avg", help="0 to 100, 100 is worst."
    )
    is_scored = fields.Boolean(
        "Enough Known",
        readonly=True,
        help="At least 40 % of the weight of the components has data.",
    )
    known_percent = fields.Float("Known (%)", digits=(16, 0), readonly=True)
    band_computed = fields.Selection(BANDS, "Recommended Band", readonly=True)
    band_decided = fields.Selection(BANDS, "Decided Band", tracking=True)
    decision_reason = fields.Char("Reason", tracking=True)
    decided_until = fields.Date(
        tracking=True, help="From the next day on the recommendation counts again."
    )
    decided_by_id = fields.Many2one("res.users", "By", readonly=True)
    date_decided = fields.Date("Decided On", readonly=True)
    band = fields.Selection(
        BANDS, readonly=True, help="What was decided, else what is recommended."
    )
    exposure = fields.Monetary(
        "Open", currency_field="company_currency_id", readonly=True
    )
    amount_overdue = fields.Monetary(
        "Overdue", currency_field="company_currency_id", readonly=True
    )
    external_score = fields.Float(
        "Score of an Agency",
        tracking=True,
        help="0 to 100, 100 is the highest risk; turn round a scale on which more is "
        "better. 0: none.",
    )
    external_date = fields.Date("Score Of", tracking=True)
    insured_limit = fields.Monetary(
        currency_field="company_currency_id",
        tracking=True,
        help="What the credit insurer covers; 0: not insured.",
    )
    date_computed = fields.Date(
        "Changed On",
        readonly=True,
        help="Scored every night; on this day something changed last.",
    )
    facts_key = fields.Char(readonly=True, help="Stands for the facts of the score.")
    history_ids = fields.One2many("debt.recovery.risk.history", "risk_id")
    alert_ids = fields.One2many("debt.recovery.alert", "risk_id")

    # THE HUMAN DECISION

    @api.constrains("band_decided", "decision_reason")
    def _check_decision_reason(self):
        for row in self:
            if row.band_decided and not (row.decision_reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "Why is %(customer)s in band %(band)s and not where the score "
                        "says? Enter a reason.",
                        customer=row.partner_id.display_name,
                        band=row.band_decided,
                    )
                )

    @api.constrains("external_score", "insured_limit")
    def _check_external(self):
        for row in self:
            if not 0 <= row.external_score <= 100 or row.insured_limit < 0:
                raise ValidationError(
                    self.env._(
                        "The score of an agency is 0 to 100 and an insured limit zero "
                        "or more: correct them for %(customer)s.",
                        customer=row.partner_id.display_name,
                    )
                )

    def write(self, vals):
        if DECISION & vals.keys():
            today = self.env.company._recovery_today()
            by = {"decided_by_id": self.env.uid, "date_decided": today}
            vals = vals | (by if vals.get("band_decided", True) else {})
        result = super().write(vals)
        if DECISION & vals.keys():
            self._refresh_bands()
        return result

    def _refresh_bands(self):
        """A decision holds until its last day."""
        for row in self:
            today = row.company_id._recovery_today()
            holds = not row.decided_until or row.decided_until >= today
            band = row.band_decided if holds and row.band_decided else row.band_computed
            if row.band != band:
                row.band = band
            row.case_id.sudo().risk_band = band

    # REFRESH

    @api.model
    def _refresh_company(self, company):
        """Score the customers of a root company of whom something changed: one read,
        pure rules, one write."""
        today = company._recovery_today()
        self = self.sudo()
        rows = self._risk_rows(company, today)
        borders = company._recovery_band_borders()
        values = [self._assess(row, borders) for row in rows]
        changed = [
            value
            for row, value in zip(rows, values, strict=True)
            if row["facts_key"] != row["known_key"]
        ]
        self.env.cr.execute(self._write_sql(company, today, changed))
        if self.env.cr.rowcount > MANY:  # the planner must know how many there are
            self.env.cr.execute("ANALYZE debt_recovery_risk")
        self.env.cr.execute(self._derive_sql(company, today))
        self.env.cr.execute(self._case_sql(company))
        self.env["debt.recovery.risk.history"]._keep(company, today)
        self.env["debt.recovery.case"].invalidate_model(["risk_band"])
        self.invalidate_model()
        self.env["debt.recovery.alert"]._refresh_company(company, rows, values)

    @api.model
    def _assess(self, row, borders):
        """(partner, case, score, known, recommended band, components, exposure,
        overdue, key of the facts) of one customer."""
        facts = {
            part.code: None if row[part.code] is None else to_decimal(row[part.code], 2)
            for part in risk.COMPONENTS
        }
        found = risk.assess(facts)
        parts = [self._plain_part(part) for part in found.parts]
        score = found.score
        return (
            row["partner_id"],
            row["case_id"],
            None if score is None else round(float(score), 1),
            float(found.known),
            risk.band(score, borders),
            json.dumps(parts),
            row["exposure"],
            row["overdue_amount"],
            row["facts_key"],
        )

    @api.model
    def _plain_part(self, part):
        plain = {"code": part.code, "weight": part.weight}
        if part.value is None:
            return plain | {"value": None, "points": None, "share": 0.0}
        points, share = round(float(part.points), 1), round(float(part.share), 1)
        return plain | {"value": float(part.value), "points": points, "share": share}

    @api.model
    def _write_sql(self, company, today, values):
        """Update the rows that exist, insert the others; rows of customers without
        anything left keep their last score and history."""
        columns = [list(column) for column in zip(*values, strict=True)] or [[]] * 9
        return SQL(
            """WITH fresh AS (
                   SELECT partner_id, case_id, score, known_percent, band_computed,
                          components::jsonb AS components, exposure, amount_overdue,
                          facts_key
                     FROM UNNEST(%s::int[], %s::int[], %s::numeric[], %s::numeric[],
                                 %s::varchar[], %s::text[], %s::numeric[],
                                 %s::numeric[], %s::varchar[])
                       AS n(partner_id, case_id, score, known_percent, band_computed,
                            components, exposure, amount_overdue, facts_key)),
               old AS (UPDATE debt_recovery_risk x
                   SET (case_id, score, known_percent, band_computed, components,
                        exposure, amount_overdue, facts_key, date_computed, is_scored,
                        band)
                     = (f.case_id, f.score, f.known_percent, f.band_computed,
                        f.components, f.exposure, f.amount_overdue, f.facts_key, %s,
                        f.score IS NOT NULL, %s)
                  FROM fresh f WHERE f.partner_id = x.partner_id
                   AND x.company_id = %s RETURNING x.partner_id)
               INSERT INTO debt_recovery_risk (partner_id, company_id, case_id, score,
                      known_percent, band_computed, components, exposure,
                      amount_overdue, facts_key, date_computed, is_scored, band)
               SELECT partner_id, %s, case_id, score, known_percent, band_computed,
                      components, exposure, amount_overdue, facts_key, %s,
                      score IS NOT NULL,
                      band_computed
                 FROM fresh WHERE NOT EXISTS (
                    SELECT 1 FROM old WHERE old.partner_id = fresh.partner_id)""",
            *columns,
            *(today, self._band_sql(today, SQL("f.band_computed"))),
            *(company.id, company.id, today),
        )

    @api.model
    def _band_sql(self, today, computed):
        """The band of a row ``x``: what was decided while it holds, else computed."""
        return SQL(
            """CASE WHEN COALESCE(x.decided_until, %(today)s) >= %(today)s
                    THEN COALESCE(x.band_decided, %(computed)s)
                    ELSE %(computed)s END""",
            today=today,
            computed=computed,
        )

    @api.model
    def _derive_sql(self, company, today):
        """Decisions that ended, also of customers without anything left."""
        return SQL(
            """UPDATE debt_recovery_risk x SET band = %(band)s
                WHERE x.company_id = %(company)s
                  AND x.band IS DISTINCT FROM %(band)s""",
            band=self._band_sql(today, SQL("x.band_computed")),
            company=company.id,
        )

    @api.model
    def _case_sql(self, company):
        return SQL(
            """UPDATE debt_recovery_case k SET risk_band = x.band
                 FROM debt_recovery_risk x
                WHERE x.partner_id = k.partner_id AND x.company_id = k.company_id
                  AND k.company_id = %s AND k.state <> 'closed'
                  AND k.risk_band IS DISTINCT FROM x.band""",
            company.id,
        )
