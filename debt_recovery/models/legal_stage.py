from odoo import api, fields, models
from odoo.exceptions import UserError

from .legal_event_kind import KINDS

PHASES = [
    ("prepare", "Before filing"),
    ("court", "In court"),
    ("enforce", "Enforcement"),
    ("won", "Satisfied"),
    ("lost", "Closed without success"),
]
CLOSED = ("won", "lost")


class DebtRecoveryLegalStage(models.Model):
    """A column of the legal board. Names, order and number are the company's; the
    phase says what the program may rely on, the event which fact leads here."""

    _name = "debt.recovery.legal.stage"
    _description = "Legal Stage"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    phase = fields.Selection(PHASES, required=True, default="court")
    event_kind = fields.Selection(
        KINDS,
        "Reached By",
        help="A case moves here when this happens, unless it is further on already.",
    )
    fold = fields.Boolean("Folded")
    description = fields.Text(translate=True)

    _kind_unique = models.UniqueIndex(
        "(event_kind) WHERE event_kind IS NOT NULL",
        "Another stage is reached by this event already: choose one of them.",
    )

    @api.model
    def _first(self, phase):
        """The first stage of a phase, in the order of the board."""
        return self.sudo().search([("phase", "=", phase)], limit=1)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_last(self):
        """Every phase keeps a column, else cases have nowhere to go."""
        left = self.sudo().search([("id", "not in", self.ids)])
        missing = set(self.mapped("phase")) - set(left.mapped("phase"))
        if missing:
            labels = dict(self._fields["phase"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "“%(phase)s” would have no stage left: add another one first.",
                    phase=labels[missing.pop()],
                )
            )
