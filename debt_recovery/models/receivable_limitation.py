from odoo import api, fields, models
from odoo.tools import SQL

from .limitation_rule import EFFECTS


class DebtRecoveryReceivableLimitation(models.AbstractModel):
    """When an open item becomes time-barred, beside its amounts."""

    _name = "debt.recovery.receivable.limitation.mixin"
    _description = "Limitation of Open Items"

    limitation_date = fields.Date(
        "Last Day to Sue", readonly=True, help="Judged by the daily run."
    )
    limitation_days = fields.Integer(
        "Days Left",
        readonly=True,
        aggregator="min",
        depends_context=("recovery_today",),
        help="Below zero it is over.",
    )
    limitation_rule_id = fields.Many2one("debt.recovery.limitation.rule", readonly=True)
    limitation_country_id = fields.Many2one("res.country", "Law Of", readonly=True)
    limitation_effect = fields.Selection(EFFECTS, "After the End", readonly=True)
    limitation_suspended = fields.Boolean("Stands Still", readonly=True)
    limitation_known = fields.Boolean("Limitation Judged", readonly=True)
    limitation_why = fields.Text(
        "Why This Day", compute="_compute_limitation_why", compute_sudo=True
    )

    @api.depends("limitation_date")
    @api.depends_context("recovery_today", "lang")
    def _compute_limitation_why(self):
        """From what is known now, which may be newer than the last run."""
        found = self.move_line_id._recovery_limitation()
        for row in self:
            item = found.get(row.move_line_id)
            case = self.env["debt.recovery.case"]
            row.limitation_why = item and ". ".join(
                [case._sentence(reason) for reason in item.reasons]
            )

    def action_open_limitation(self):
        """Why this day, in a dialog; the invoice is one click further."""
        self.ensure_one()
        view = self.env.ref(
            "debt_recovery.debt_recovery_receivable_view_form_limitation"
        )
        return self._get_records_action(
            views=[(view.id, "form")], target="new", name=self.env._("Limitation")
        )

    @api.model
    def _receivable_with_limitation(self, rows):
        """The rows and what the last run found; joined only where it is asked for."""
        return SQL(
            """SELECT r.*, t.date_end AS limitation_date,
                      t.date_end - (r.date_due + r.days_overdue) AS limitation_days,
                      t.rule_id AS limitation_rule_id,
                      t.country_id AS limitation_country_id,
                      t.effect AS limitation_effect,
                      COALESCE(t.suspended, FALSE) AS limitation_suspended,
                      t.id IS NOT NULL AS limitation_known
                 FROM (%s) r
                 LEFT JOIN debt_recovery_limitation t ON t.move_line_id = r.id""",
            rows,
        )
