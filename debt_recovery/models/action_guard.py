from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

GUARD_KEY = "recovery_log_guard"
# A bare object: it cannot arrive over RPC, from an import or from a stored context.
GUARD = object()

OPEN_STATES = ("planned", "approved")
SEALED_STATES = (
    "queued",
    "done",
    "failed",
    "unclear",
    "skipped",
    "refused",
    "cancelled",
)
# States in which an action no longer occupies its key: the step may be planned again.
DEAD_STATES = ("failed", "skipped", "refused", "cancelled")
LIVE_KEY_SQL = (
    "origin = 'engine' AND state NOT IN ('failed', 'skipped', 'refused', 'cancelled')"
)
# Written by the system alone, whatever the state of the action.
SYSTEM_FIELDS = frozenset(
    {
        "state",
        "date_escalated",
        "date_queued",
        "date_done",
        "sealed_at",
        "approved_by_id",
        "address",
        "document_facts",
        "amount_claimed",
        "consequences",
        "cost",
        "duration",
        "protected_note",
        "failure",
        "verdict",
        "verdict_facts",
        "not_before",
        "override_reason",
        "override_user_id",
        "mail_message_id",
        "mail_mail_ref",
        "activity_id",
        "batch_id",
        "chain_no",
        "checksum",
        "previous_checksum",
        "purge_id",
        "purge_checksum",
        "delivery_ids",
    }
)
# Who and what an action is about; fixed when it is created.
KEY_FIELDS = frozenset(
    {
        "case_id",
        "partner_id",
        "company_id",
        "strategy_id",
        "step_id",
        "cycle",
        "channel_id",
        "origin",
        "direction",
        "create_date",
        "create_uid",
    }
)
# What the author of a note may mend in the form while it is not sealed.
MENDABLE_FIELDS = frozenset({"note", "person"})
MENDING_TIME = timedelta(minutes=15)


def is_guarded(env):
    """True when the system itself is writing the log."""
    return env.context.get(GUARD_KEY) is GUARD


class DebtRecoveryActionGuard(models.AbstractModel):
    """Permanence of the contact log.

    The check asks for an object, not for a right: superuser, RPC and import are held
    to it like everybody else. The only way round is raw SQL, and that shows in the
    checksums (``action_chain``).

    What the program sent or received is permanent at once. A note of a person (a call
    logged, a task done) can be mended or undone by its author for fifteen minutes,
    until ``sealed_at``; only then does it enter the chain. Code that mends or undoes
    asks ``_is_sealed`` and writes with ``_unsealed_write``.
    """

    _name = "debt.recovery.action.guard.mixin"
    _description = "Guard of the contact log"

    can_mend = fields.Boolean(
        compute="_compute_can_mend",
        help="Your own note, less than a quarter of an hour old.",
    )

    @api.depends_context("uid")
    def _compute_can_mend(self):
        for action in self:
            action.can_mend = (
                action.state == "done"
                and action.user_id == self.env.user
                and not action._is_sealed()
            )

    def _guarded(self):
        """The same records, allowed to write the log. Never hand them out."""
        return self.with_context(**{GUARD_KEY: GUARD})

    def _unguarded(self):
        """The same records without the permission."""
        if GUARD_KEY not in self.env.context:
            return self
        context = {k: v for k, v in self.env.context.items() if k != GUARD_KEY}
        return self.with_context(context)  # pylint: disable=context-overridden

    @api.model_create_multi
    def create(self, vals_list):
        if not is_guarded(self.env):
            for vals in vals_list:
                self._check_create_vals(vals)
        return super().create(vals_list)

    @api.model
    def _check_create_vals(self, vals):
        """Ordinary code creates plans, never facts and never the past."""
        if vals.get("state", "planned") not in OPEN_STATES:
            raise UserError(
                self.env._(
                    "An action enters the log as planned. It becomes done when it has "
                    "really left or was carried out; use Log a call for a call made."
                )
            )
        forbidden = [
            name
            for name in (SYSTEM_FIELDS | {"create_date", "create_uid"}) - {"state"}
            if vals.get(name)
        ]
        if forbidden:
            raise UserError(
                self.env._(
                    "These values of an action are recorded by the system and cannot "
                    "be set: %(fields)s.",
                    fields=", ".join(sorted(forbidden)),
                )
            )

    def write(self, vals):
        if vals and not is_guarded(self.env):
            fresh = self.filtered(lambda a: a.state == "done" and not a._is_sealed())
            fresh._check_mend()
            fresh._check_mend_vals(vals)
            (self - fresh)._check_not_sealed()
            (self - fresh)._check_write_vals(vals)
        return super().write(vals)

    # ------------------------------------------------------------------
    # Notes of people: a quarter of an hour
    # ------------------------------------------------------------------

    def _is_sealed(self):
        """Whether this entry can never change again: it left, was decided or
        received, or is a note whose quarter of an hour is over."""
        self.ensure_one()
        if self.state != "done":
            return self.state in SEALED_STATES
        return bool(
            self.checksum
            or not self.sealed_at
            or self.sealed_at <= fields.Datetime.now()
        )

    def _unsealed_write(self, vals):
        """Mend or undo notes that are not sealed yet, any field, state among them (an
        undone note becomes ``cancelled``, a task goes back to ``queued``).

        Sealing needs nothing more: the chain is written when the time is over.

        :raise UserError: a note is sealed, or was written by somebody else
        """
        self._check_mend()
        self._guarded().write(vals)

    def _has_mending_time(self, vals):
        """Only what a person wrote down; what left or came in is a fact at once, and
        a correction is the last word.

        :param vals: what is written when it becomes done
        """
        self.ensure_one()
        by_person = self.mode == "task" and (vals.get("user_id") or self.user_id)
        return bool(by_person and not self.correction_of_id)

    def _check_mend(self):
        """The author alone, and only in time."""
        for action in self.sudo():
            if action.state != "done" or action._is_sealed():
                action._check_not_sealed()
            elif action.user_id.id != self.env.uid:
                raise UserError(
                    self.env._(
                        "“%(action)s” was written by %(author)s, who alone can still "
                        "change it. Log a correcting entry instead.",
                        action=action.display_name,
                        author=action.user_id.name,
                    )
                )

    def _check_mend_vals(self, vals):
        forbidden = self and vals.keys() - MENDABLE_FIELDS
        if forbidden:
            raise UserError(
                self.env._(
                    "Only person and note of a contact can still be changed, not: "
                    "%(fields)s. Undo the entry and record it anew.",
                    fields=", ".join(sorted(forbidden)),
                )
            )

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_write_vals(self, vals):
        forbidden = (SYSTEM_FIELDS | KEY_FIELDS) & vals.keys()
        if forbidden:
            raise UserError(
                self.env._(
                    "These values of an action cannot be changed by hand: %(fields)s.",
                    fields=", ".join(sorted(forbidden)),
                )
            )

    def _check_not_sealed(self):
        """Refuse changes of what has left, or was decided, for everybody."""
        if is_guarded(self.env):
            return
        sealed = self.sudo().filtered(lambda action: action.state in SEALED_STATES)
        if sealed:
            raise UserError(
                self.env._(
                    "“%(action)s” is part of the contact log and cannot be changed or "
                    "deleted. Log a correcting entry instead.",
                    action=sealed[0].display_name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        self._check_not_sealed()

    def copy(self, default=None):  # pylint: disable=method-required-super
        """A second letter is a new plan, not a copy of what was sent."""
        raise UserError(self.env._("Actions of the contact log cannot be copied."))
