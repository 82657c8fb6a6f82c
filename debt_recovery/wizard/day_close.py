from odoo import api, fields, models
from odoo.tools import format_date, format_datetime


class DebtRecoveryDayClose(models.TransientModel):
    """*Close my day*: shows what was handled and what stays; one confirmation moves
    the rest to the next working day. Tasks keep their deadlines, nothing is called
    done, and it can be taken back on Today."""

    _name = "debt.recovery.day.close"
    _description = "Close My Day"

    handled_count = fields.Integer(
        "Handled Today", default=lambda self: len(self._cases()._find_handled())
    )
    stay_ids = fields.Many2many(
        "debt.recovery.case",
        "debt_recovery_day_close_rel",
        string="Stays",
        default=lambda self: self._default_stay_ids(),
    )
    stay_count = fields.Integer(compute="_compute_stay")
    next_day = fields.Date("Comes Back On", default=lambda self: self._default_day())
    missed = fields.Text("Callbacks Not Made", compute="_compute_stay")

    @api.model
    def _default_stay_ids(self):
        return self._cases().search(self._cases()._my_work_domain())

    @api.model
    def _cases(self):
        return self.env["debt.recovery.case"]

    @api.model
    def _default_day(self):
        company = self.env.company.root_id
        return self._cases().new({"company_id": company.id})._working_day_after(1)

    @api.depends("stay_ids")
    def _compute_stay(self):
        for wizard in self:
            wizard.stay_count = len(wizard.stay_ids)
            agreed = wizard.stay_ids.filtered("appointment_at")
            wizard.missed = "\n".join(
                f"{self._hour(case.appointment_at)} · {case.partner_id.display_name}"
                for case in agreed.sorted("appointment_at")
            )

    def _hour(self, moment):
        """On the clock of the user, as the list shows it."""
        return format_datetime(self.env, moment, dt_format="EEE d MMM, HH:mm")

    def action_confirm(self):
        """Move what stays."""
        self.ensure_one()
        for case in self.stay_ids:
            case._put_off(case._working_day_after(1), "close")
        message = self.env._(
            "Day closed: %(handled)s handled, %(stays)s come back on %(day)s.",
            handled=self.handled_count,
            stays=self.stay_count,
            day=format_date(self.env, self.next_day),
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
