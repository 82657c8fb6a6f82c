from odoo import api, fields, models
from odoo.exceptions import UserError


class DebtRecoveryActionCorrect(models.TransientModel):
    """The log is not changed; what was wrong is put right by an entry of its own that
    names the wrong one."""

    _name = "debt.recovery.action.correct"
    _description = "Log a Correction"

    action_id = fields.Many2one("debt.recovery.action", "Corrects", required=True)
    was_note = fields.Text("Logged As", related="action_id.note")
    was_outcome_id = fields.Many2one(
        related="action_id.outcome_id", string="Logged Outcome"
    )
    note = fields.Text("What Is Right", required=True)
    outcome_id = fields.Many2one("debt.recovery.outcome", "Right Outcome")
    person = fields.Char(
        "Person Reached", compute="_compute_person", store=True, readonly=False
    )

    @api.depends("action_id")
    def _compute_person(self):
        for wizard in self:
            wizard.person = wizard.action_id.person

    def action_confirm(self):
        """Seal the correction into the log, beside the entry it corrects."""
        self.ensure_one()
        if self.action_id.state != "done":
            raise UserError(
                self.env._(
                    "“%(action)s” is not in the log yet: change it where it waits.",
                    action=self.action_id.display_name,
                )
            )
        entry = self.env["debt.recovery.action"].create(self._prepare_entry_vals())
        entry._set_done(
            user_id=self.env.uid,
            note=self.note,
            person=self.person,
            outcome_id=self.outcome_id.id,
        )
        return {"type": "ir.actions.act_window_close"}

    def _prepare_entry_vals(self):
        """Same contact, no step: a correction moves nothing on the strategy."""
        wrong = self.action_id
        return {
            "case_id": wrong.case_id.id,
            "partner_id": wrong.partner_id.id,
            "company_id": wrong.company_id.id,
            "strategy_id": wrong.strategy_id.id,
            "cycle": wrong.cycle,
            "channel_id": wrong.channel_id.id,
            "direction": wrong.direction,
            "origin": "manual",
            "mode": "task",
            "date_planned": wrong.company_id._recovery_today(),
            "correction_of_id": wrong.id,
            "reason": self.env._(
                "Correction of entry %(no)s of %(date)s",
                no=wrong.chain_no,
                date=fields.Date.to_string(wrong.date_done),
            ),
        }
