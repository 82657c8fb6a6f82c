from odoo import api, models
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
        "date_queued",
        "date_done",
        "approved_by_id",
        "address",
        "document_facts",
        "amount_claimed",
        "failure",
        "verdict",
        "mail_message_id",
        "mail_mail_ref",
        "activity_id",
        "chain_no",
        "checksum",
        "previous_checksum",
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


def is_guarded(env):
    """True when the system itself is writing the log."""
    return env.context.get(GUARD_KEY) is GUARD


class DebtRecoveryActionGuard(models.AbstractModel):
    """Permanence of the contact log.

    The check asks for an object, not for a right: superuser, RPC and import are held
    to it like everybody else. The only way round is raw SQL, and that shows in the
    checksums (``action_chain``).
    """

    _name = "debt.recovery.action.guard.mixin"
    _description = "Guard of the contact log"

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
            self._check_not_sealed()
            self._check_write_vals(vals)
        return super().write(vals)

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
