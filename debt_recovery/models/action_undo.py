from odoo import fields, models

from .dispute import LIVE

#: How the records that a contact made are taken back; ``point`` and ``finished`` are
#: no records of their own.
TAKE_BACK = {
    "debt.recovery.hold": "_take_back_holds",
    "debt.recovery.agreement": "_take_back_agreements",
    "debt.recovery.dispute": "_take_back_disputes",
    "debt.recovery.action": "_take_back_actions",
    "mail.activity": "_take_back_activities",
    "res.partner": "_take_back_contacts",
    "point": "_take_back_point",
    "finished": "_take_back_finished",
}


class DebtRecoveryActionUndo(models.AbstractModel):
    """Undoing a note before it is sealed: the entry stays as an undone one, everything
    that followed from it is taken back, and a task it answered waits again."""

    _name = "debt.recovery.action.undo.mixin"
    _description = "Undo of a recovery action"

    consequences = fields.Json(
        readonly=True,
        copy=False,
        help="References to what followed from the outcome: [[model, id], …].",
    )

    def action_undo(self):
        """Take back my own entry of the last quarter of an hour, with all that followed
        from it."""
        self.ensure_one()
        self._check_mend()
        reason = self.env._("Undone by %(user)s.", user=self.env.user.name)
        refs = self.sudo().consequences or []
        if self.step_id and self.origin != "manual":
            self._reopen_task()
        else:
            vals = {"state": "cancelled", "failure": reason, "cost": 0}
            self._unsealed_write(vals)
        by_kind = {}
        for kind, record_id in refs:
            by_kind.setdefault(kind, []).append(record_id)
        for kind, record_ids in by_kind.items():
            getattr(self.sudo(), TAKE_BACK[kind])(record_ids, reason)
        case = self.case_id.sudo()
        case._on_action_undone()
        case._refresh_next_action()
        return True

    def _reopen_task(self):
        """The task of the strategy waits again, as if nobody had called."""
        activity = self.sudo().with_context(active_test=False).activity_id
        self.sudo()._unsealed_write(
            {
                "state": "queued",
                "date_done": False,
                "sealed_at": False,
                "outcome_id": False,
                "person": False,
                "note": False,
                "protected_note": False,
                "duration": 0,
                "cost": 0,
                "verdict": False,
                "verdict_facts": False,
                "consequences": False,
            }
        )
        activity._recovery_reopen()

    # What followed, run as the program: the author may undo what the entry did.

    def _existing(self, model, record_ids):
        return (
            self.env[model].with_context(active_test=False).browse(record_ids).exists()
        )

    def _take_back_holds(self, record_ids, reason):
        self._existing("debt.recovery.hold", record_ids)._release(reason)

    def _take_back_agreements(self, record_ids, reason):
        agreements = self._existing("debt.recovery.agreement", record_ids)
        agreements.filtered(lambda a: a.state != "cancelled").action_cancel()

    def _take_back_disputes(self, record_ids, reason):
        disputes = self._existing("debt.recovery.dispute", record_ids)
        for dispute in disputes.filtered(lambda d: d.state in LIVE):
            dispute._decide("withdrawn")

    def _take_back_actions(self, record_ids, reason):
        """Messages that have left cannot be called back."""
        self._existing("debt.recovery.action", record_ids)._cancel(reason)

    def _take_back_activities(self, record_ids, reason):
        self._existing("mail.activity", record_ids).filtered("active").unlink()

    def _take_back_contacts(self, record_ids, reason):
        contacts = self._existing("res.partner", record_ids)
        self.case_id.contact_ids -= contacts
        contacts.active = False

    def _take_back_point(self, record_ids, reason):
        contacts = self._existing("res.partner", record_ids)
        contacts._recovery_clear_point(self.channel)

    def _take_back_finished(self, record_ids, reason):
        self._existing("mail.activity", record_ids)._recovery_reopen()
