from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.kpi import dso

#: Days of the figure beside Odoo's own, which looks back to the first invoice.
DSO_DAYS = 90


class ResPartner(models.Model):
    """Odoo's days sales outstanding grow with the age of the customer; ours stand
    beside them."""

    _inherit = "res.partner"

    recovery_dso_text = fields.Char(
        "DSO (Last 90 Days)",
        compute="_compute_recovery_dso_text",
        compute_sudo=True,
        help="What is open today ÷ net credit sales of the last 90 days × 90. Odoo's "
        "own divides by all sales since the first invoice.",
    )

    @api.depends_context("company", "lang", "recovery_today")
    def _compute_recovery_dso_text(self):
        root = self.env.company._recovery_root().sudo()
        rows = self._read_recovery_dso(root)
        reader = self.env["debt.recovery.kpi.reader"]
        for partner in self:
            row = rows.get(partner.commercial_partner_id._origin.id)
            answer = row and dso.balance(row["net"], row["sales"], DSO_DAYS)
            text = reader._unit_text("days", answer and answer.value, root)
            if answer and answer.notes:
                text = reader._sentence(answer.notes[0], root)
            partner.recovery_dso_text = text

    def _read_recovery_dso(self, root):
        """{commercial partner id: open today and sales of the days before}"""
        reader = self.env["debt.recovery.kpi.reader"]
        behaviour = self.env["debt.recovery.behaviour"]
        rows = reader._kpi_rows(
            SQL(
                """SELECT a.commercial_partner_id AS id,
                          COALESCE(SUM(l.amount_residual), 0) AS net,
                          COALESCE(SUM(l.balance) FILTER (WHERE l.date > %s::date - %s
                            AND m.move_type IN ('out_invoice', 'out_refund',
                                                'out_receipt')), 0) AS sales
                     FROM res_partner a
                     JOIN account_move_line l ON l.partner_id = a.id
                      AND l.no_followup IS NOT TRUE
                     JOIN account_move m ON m.id = l.move_id
                    WHERE a.commercial_partner_id IN %s AND %s GROUP BY 1""",
                root._recovery_today(),
                DSO_DAYS,
                tuple(self.commercial_partner_id._origin.ids) or (0,),
                SQL(" AND ").join(behaviour._behaviour_ledger_conditions(root)),
            )
        )
        return {row["id"]: row for row in rows}
