from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("planned", "Planned"),
    ("on_way", "On the Way"),
    ("done", "Done"),
    ("cancelled", "Cancelled"),
]
OPEN_STATES = ("planned", "on_way")
#: Written by the buttons and by the phone form alone.
RECORDED = frozenset(
    {
        "state",
        "action_id",
        "event_id",
        "arrived_at",
        "latitude",
        "longitude",
        "date_done",
        "outcome_id",
        "person",
        "note",
        "verdict",
        "cancel_reason",
        "photo",
        "signature",
        "demand_served",
        "submit_key",
        "submit_result",
    }
)


class DebtRecoveryVisitState(models.AbstractModel):
    """What may be changed when: a visit that took place stays as it was."""

    _name = "debt.recovery.visit.state.mixin"
    _description = "Permanence of a Visit"

    is_open = fields.Boolean(compute="_compute_is_open")

    @api.depends("state")
    def _compute_is_open(self):
        for visit in self:
            visit.is_open = visit.state in OPEN_STATES

    def _check_recorded(self, vals):
        """What happened is recorded by the form, not typed into a list."""
        if not self.env.su and any(vals.get(name) for name in RECORDED & vals.keys()):
            raise UserError(
                self.env._(
                    "What happened at a visit is recorded with the visit form and "
                    "cannot be changed by hand."
                )
            )

    def _record(self, vals):
        """Write what only the system writes, for who may write the visit."""
        self.check_access("write")
        self.sudo().write(vals)

    def _check_open(self):
        for visit in self:
            if not visit.is_open:
                raise UserError(
                    self.env._(
                        "The visit of %(customer)s is over and cannot be changed: plan "
                        "a new one.",
                        customer=visit.partner_id.display_name,
                    )
                )
