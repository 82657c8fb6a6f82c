from odoo import api, fields, models


class DebtRecoveryCase(models.Model):
    """Visits, receipts and cheques of a case."""

    _inherit = "debt.recovery.case"

    visit_ids = fields.One2many("debt.recovery.visit", "case_id", "Visits")
    receipt_ids = fields.One2many("debt.recovery.receipt", "case_id", "Receipts")
    instrument_ids = fields.One2many(
        "debt.recovery.instrument", "case_id", "Instruments"
    )
    field_work = fields.Boolean(compute="_compute_field_work", compute_sudo=True)
    visit_count = fields.Integer(compute="_compute_visit_count")

    @api.depends("company_id.recovery_field")
    def _compute_field_work(self):
        for case in self:
            case.field_work = case.company_id.recovery_field

    @api.depends("visit_ids.state")
    def _compute_visit_count(self):
        counts = dict(
            self.env["debt.recovery.visit"]._read_group(
                [("case_id", "in", self.ids), ("state", "!=", "cancelled")],
                ["case_id"],
                ["__count"],
            )
        )
        for case in self:
            case.visit_count = counts.get(case._origin, 0)

    def action_plan_visit(self):
        """Send somebody there."""
        self.ensure_one()
        self._check_live()
        action = self._screen_wizard(
            "debt.recovery.visit", self.env._("Plan a Visit"), case_id=self.id
        )
        view = self.env.ref("debt_recovery_field.debt_recovery_visit_view_form_plan")
        return {**action, "views": [(view.id, "form")]}

    def action_open_visits(self):
        """Everything that was or will be done there."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Visits"),
            "res_model": "debt.recovery.visit",
            "view_mode": "list,form",
            "domain": [("case_id", "in", self.ids)],
            "context": {"default_case_id": self.id if len(self) == 1 else False},
        }

    def _close(self, reason, note=None):
        """Nobody travels to a debtor whose case is closed."""
        result = super()._close(reason, note)
        visits = self.sudo().visit_ids.filtered("is_open")
        if visits:
            visits._cancel(self.env._("The case was closed."))
        return result

    # CONTACTS

    def _prepare_contact_vals(self, vals, told, action):
        """A visit enters the log with its own hour and the verdict of that hour: the
        phone may tell of it much later."""
        known = {k: vals[k] for k in ("date_done", "verdict") if vals.get(k)}
        return {**super()._prepare_contact_vals(vals, told, action), **known}

    def _promise_source(self, told):
        source = super()._promise_source(told)
        return "visit" if source == "officer" and told["channel"] == "visit" else source
