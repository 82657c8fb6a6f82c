from odoo import api, fields, models

from .bulk import insert_links, insert_rows
from .reason_labels import OTHER, selection


class DebtRecoveryRunLine(models.Model):
    """What one run decided for one customer, in words."""

    _name = "debt.recovery.run.line"
    _description = "Recovery Run Line"
    _order = "id"
    _log_access = False  # the run says when and who; thousands of rows a day
    _rec_name = "reason"

    run_id = fields.Many2one(
        "debt.recovery.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company")
    date = fields.Date(index=True)
    case_id = fields.Many2one("debt.recovery.case", ondelete="cascade", index=True)
    partner_id = fields.Many2one("res.partner", "Customer", index=True)
    phase = fields.Char()
    outcome = fields.Selection(
        [
            ("act", "Acted"),
            ("shadow", "Would Act"),
            ("wait", "Waiting"),
            ("stop", "Stopped"),
            ("idle", "Nothing to do"),
            ("opened", "Opened"),
            ("watched", "Watching"),
            ("reopened", "Reopened"),
            ("closed", "Closed"),
            ("failed", "Failed"),
        ],
    )
    reason_code = fields.Selection(
        selection=lambda self: selection(self.env), string="Kind of Reason"
    )
    reason = fields.Char()
    step_id = fields.Many2one("debt.recovery.strategy.step")
    test_mail = fields.Boolean("Shown by Mail", help="Sent to the test recipient.")
    action_ids = fields.Many2many(
        "debt.recovery.action", "debt_recovery_run_line_action_rel"
    )

    until = fields.Date(
        "Stands Until",
        help="First day on which time alone may change the decision; empty: it is "
        "decided anew in every run.",
    )
    facts = fields.Char(help="Checksum of what the decision rests on.")

    _run_case_idx = models.Index("(run_id, phase, case_id)")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_codes(vals_list)
        return super().create(vals_list)

    @api.model
    def _check_codes(self, vals_list):
        """A code that nobody named never stops a run."""
        known = dict(selection(self.env))
        for vals in vals_list:
            if vals.get("reason_code") and vals["reason_code"] not in known:
                vals["reason_code"] = OTHER

    @api.model
    def _insert_lines(self, vals_list):
        """Lines of a batch in one statement.

        :param vals_list: stored columns; ``action_ids`` is a list of ids
        """
        vals_list = [dict(vals) for vals in vals_list]
        self._check_codes(vals_list)
        acted = [(vals["case_id"], vals.pop("action_ids", ())) for vals in vals_list]
        line_ids = {
            case: line for line, case in insert_rows(self, vals_list, "case_id")
        }
        insert_links(
            self,
            "action_ids",
            [(line_ids[case], action) for case, actions in acted for action in actions],
        )
        self.env["debt.recovery.run"].invalidate_model(["line_ids"], flush=False)

    def action_open_case(self):
        """The case behind the decision."""
        self.ensure_one()
        return self.case_id._get_records_action()
