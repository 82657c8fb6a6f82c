from odoo import fields, models
from odoo.exceptions import UserError


class DebtRecoveryCaseDrop(models.AbstractModel):
    """Dragging a card on the board. Stages follow from facts, so a drop never writes
    one: it starts the work that would lead there, or says why there is none."""

    _name = "debt.recovery.case.drop.mixin"
    _description = "Dropping a Card of the Board"

    def action_drop(self, stage_id):
        """What dropping this card on a column means.

        :return: the dialog that leads there; ``{"confirm": sentence}`` where one
            question is enough and :meth:`action_escalate` follows
        :raise UserError: there is no such work, in one sentence
        """
        self.ensure_one()
        self._check_live()
        stage = self.env["debt.recovery.stage"].browse(stage_id)
        start = self._drop_actions().get(stage.code)
        if not start:
            raise UserError(
                self.env._(
                    "Stages follow from what was done: %(customer)s cannot be moved "
                    "to “%(stage)s” by hand.",
                    customer=self.partner_id.display_name,
                    stage=stage.name,
                )
            )
        return start()

    def _drop_actions(self):
        """Seam: stage code -> method that starts the work."""
        return {
            "reminder": self.action_send_next,
            "demand": self._drop_on_demand,
            "contact": self.action_log_call,
            "decision": self._drop_on_decision,
            "agreed": self.action_promise,
            "paused": self.action_place_hold,
            "closed_other": self.action_close,
        }

    def _drop_on_demand(self):
        """Only where the demand is the next step: nothing is left out."""
        if self.next_step_id.stage_id.code != "demand":
            raise UserError(
                self.env._(
                    "The formal demand is not the next step of %(customer)s; next "
                    "comes: %(step)s.",
                    customer=self.partner_id.display_name,
                    step=self.next_step_id.name or self.env._("nothing"),
                )
            )
        return self.action_send_next()

    def _drop_on_decision(self):
        manager = self.company_id.recovery_escalate_user_id
        return {
            "confirm": self.env._(
                "Escalate %(customer)s? %(manager)s decides how it goes on.",
                customer=self.partner_id.display_name,
                manager=manager.name or self.env._("The manager"),
            )
        }

    def action_escalate(self):
        """A manager decides how it goes on; the case waits in *Decision*."""
        stage = self.env["debt.recovery.stage"]._by_code("decision")
        for case in self:
            case._check_live()
            manager = case.company_id.recovery_escalate_user_id or case.user_id
            task = case.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=case.company_id._recovery_today(),
                summary=self.env._("Decide how it goes on"),
                user_id=(manager or self.env.user).id,
            )
            note = case.message_post(
                body=self.env._("Escalated by %(user)s.", user=self.env.user.name)
            )
            case.today_undo = {
                "kind": "escalate",
                "stage": case.reached_stage_id.id,
                "followers": task.ids,
                "messages": note.ids,
                "user": self.env.uid,
                "made": fields.Datetime.to_string(fields.Datetime.now()),
            }
            case.reached_stage_id = case._furthest_stage(stage)
        return True

    def action_escalate_undo(self):
        """Take the own escalation back while it is fresh."""
        for case in self:
            undo = case._check_undo("escalate")
            case._undo_leftovers(undo)
            case.write({"reached_stage_id": undo["stage"], "today_undo": False})
        return True
