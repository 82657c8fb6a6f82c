from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty


class DebtRecoveryActionAdd(models.TransientModel):
    """Plan something the strategy does not foresee: an extra letter, a call on a
    certain day. It stands beside the ladder and does not move it."""

    _name = "debt.recovery.action.add"
    _description = "Plan an Extra Step"

    case_ids = fields.Many2many("debt.recovery.case", string="Cases", required=True)
    channel_id = fields.Many2one("debt.recovery.channel", required=True)
    is_message = fields.Boolean(related="channel_id.is_message")
    date_planned = fields.Date(
        "On", required=True, default=lambda self: self.env.company._recovery_today()
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    tone = fields.Selection(
        [
            ("friendly", "Friendly"),
            ("firm", "Firm"),
            ("formal", "Formal"),
            ("neutral", "Neutral"),
        ],
        default="neutral",
    )
    subject = fields.Char()
    body = fields.Html("Text", help="Empty: the standard text of that tone.")
    note = fields.Char("Why", required=True)

    @api.onchange("channel_id")
    def _onchange_channel_id(self):
        if not self.is_message:
            self.body = False

    def action_plan(self):
        """Plan one action per case; messages wait in Outgoing for a last look."""
        self.ensure_one()
        self._check_date()
        vals_list = [self._prepare_action_vals(case) for case in self.case_ids]
        actions = self.env["debt.recovery.action"]._plan_from_decisions(vals_list)
        actions._prepare_messages()
        due = actions.filtered(
            lambda a: (
                a.mode == "task" and a.date_planned <= a.company_id._recovery_today()
            )
        )
        due._release()
        return {"type": "ir.actions.act_window_close"}

    def _check_date(self):
        for case in self.case_ids:
            if self.date_planned < case.company_id._recovery_today():
                raise UserError(
                    self.env._("The day is in the past: choose today or a later day.")
                )

    def _prepare_action_vals(self, case):
        written = self.is_message and not is_html_empty(self.body)
        return {
            "case_id": case.id,
            "strategy_id": case.strategy_id.id or None,
            "cycle": case.cycle,
            "channel_id": self.channel_id.id,
            "origin": "manual",
            "mode": "review" if self.is_message else "task",
            "date_planned": self.date_planned,
            "user_id": self.user_id.id,
            "tone": self.tone if self.is_message else None,
            "subject": self.subject or self.note,
            "body": self.body if written else None,
            "custom_text": written,
            "reason": self.note,
        }
