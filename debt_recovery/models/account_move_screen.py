from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

OFFICE = (
    "debt_recovery.group_officer,debt_recovery.group_legal,debt_recovery.group_auditor"
)
STATUSES = [
    ("held", "On hold"),
    ("disputed", "Disputed"),
    ("agreed", "Promised"),
    ("recovery", "In recovery"),
]


class DebtRecoveryMoveScreen(models.AbstractModel):
    """What the invoice shows of its recovery. Nothing is stored on the invoice: one
    query per page reads the open items, so that posting costs nothing."""

    _name = "debt.recovery.move.screen.mixin"
    _description = "Recovery of an Invoice"

    recovery_case_id = fields.Many2one(
        "debt.recovery.case",
        compute="_compute_recovery_status",
        search="_search_recovery_case_id",
        compute_sudo=True,
    )
    recovery_status = fields.Selection(
        STATUSES,
        compute="_compute_recovery_status",
        search="_search_recovery_status",
        compute_sudo=True,
    )
    recovery_step_id = fields.Many2one(
        "debt.recovery.strategy.step",
        "Last Recovery Step",
        compute="_compute_recovery_step_id",
        search="_search_recovery_step_id",
        compute_sudo=True,
        help="Last step that claimed this invoice.",
    )
    recovery_action_count = fields.Integer(
        "Recovery Actions", compute="_compute_recovery_step_id", compute_sudo=True
    )

    # STATUS

    @api.depends("state", "payment_state", "partner_id", "move_type")
    @api.depends_context("recovery_today")
    def _compute_recovery_status(self):
        moves = self.filtered(
            lambda move: move.state == "posted" and move.is_sale_document(True)
        )
        rows = {}
        if moves.ids:
            partners = moves.commercial_partner_id
            query = SQL(
                "%s HAVING r.move_id IN %s",
                self._recovery_status_sql(partners.ids),
                tuple(moves.ids),
            )
            rows = {row[0]: row[1:] for row in self.env.execute_query(query)}
        for move in self:
            move.recovery_case_id, move.recovery_status = rows.get(
                move.id, (False, False)
            )

    @api.model
    def _recovery_status_sql(self, partner_ids=None):
        """(move, case, status) of every document with open items; what needs a look
        first gives the word."""
        receivables = self.env["debt.recovery.receivable"].sudo()
        self.env.flush_all()
        return SQL(
            """SELECT r.move_id, MAX(r.case_id) AS case_id,
                      CASE WHEN SUM(r.amount_held) > 0 THEN 'held'
                           WHEN SUM(r.amount_disputed) > 0 THEN 'disputed'
                           WHEN SUM(r.amount_agreed) > 0 THEN 'agreed'
                           WHEN SUM(r.amount_collectable) > 0 AND MAX(r.case_id) > 0
                           THEN 'recovery' END AS status
                 FROM (%s) r GROUP BY r.move_id""",
            receivables._receivable_sql(
                fields.Date.to_date(self.env.context.get("recovery_today")),
                receivables._receivable_all_companies(),
                partner_ids=partner_ids,
            ),
        )

    def _search_recovery_status(self, operator, value):
        if operator != "in" or not all(value):
            return NotImplemented
        return self._recovery_move_domain(SQL("s.status IN %s", tuple(value)))

    def _search_recovery_case_id(self, operator, value):
        if operator == "any" or (operator == "in" and all(value)):
            cases = self.env["debt.recovery.case"].sudo()
            domain = value if operator == "any" else Domain("id", "in", list(value))
            ids = cases.search(domain).ids
            return self._recovery_move_domain(
                SQL("s.case_id IN %s", tuple(ids) or (0,))
            )
        return NotImplemented

    @api.model
    def _recovery_move_domain(self, where):
        return Domain(
            "id",
            "in",
            SQL(
                "(SELECT s.move_id FROM (%s) s WHERE %s)",
                self._recovery_status_sql(),
                where,
            ),
        )

    # HISTORY

    @api.depends("state")
    def _compute_recovery_step_id(self):
        rows = {}
        if self.ids:
            query = SQL(
                "SELECT s.* FROM (%s) s WHERE s.move_id IN %s",
                self._recovery_step_sql(),
                tuple(self.ids),
            )
            rows = {row[0]: row[1:] for row in self.env.execute_query(query)}
        for move in self:
            move.recovery_step_id, move.recovery_action_count = rows.get(
                move.id, (False, 0)
            )

    @api.model
    def _recovery_step_sql(self):
        """(move, last step, number of actions) from the contact log."""
        return SQL(
            """SELECT x.move_id,
                      (ARRAY_AGG(a.step_id ORDER BY a.date_done DESC, a.id DESC)
                          FILTER (WHERE a.step_id IS NOT NULL))[1] AS step_id,
                      COUNT(DISTINCT a.id) AS actions
                 FROM debt_recovery_action_line x
                 JOIN debt_recovery_action a ON a.id = x.action_id
                WHERE a.state = 'done' AND x.move_id IS NOT NULL
                GROUP BY x.move_id"""
        )

    def _search_recovery_step_id(self, operator, value):
        if operator != "in" or not all(value):
            return NotImplemented
        query = SQL(
            "(SELECT s.move_id FROM (%s) s WHERE s.step_id IN %s)",
            self._recovery_step_sql(),
            tuple(value) or (0,),
        )
        return Domain("id", "in", query)

    # ACTIONS

    def action_recovery_history(self):
        """Every message and call that claimed this invoice."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Recovery of %(invoice)s", invoice=self.name),
            "res_model": "debt.recovery.action",
            "view_mode": "list,form",
            "domain": [("line_ids.move_id", "=", self.id)],
            "context": {"create": False},
        }

    def action_recovery_open_case(self):
        """The case that chases this invoice."""
        self.ensure_one()
        return self.recovery_case_id.with_env(self.env)._get_records_action()
