from odoo import api, fields, models


class DebtRecoveryChannel(models.Model):
    """A way to reach the debtor or a colleague. Messages leave the house by
    themselves; the other channels become tasks for people."""

    _name = "debt.recovery.channel"
    _description = "Recovery Channel"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="The handler that carries the message, e.g. email."
    )
    sequence = fields.Integer(default=10)
    icon = fields.Char(help="Font Awesome class, e.g. fa-envelope.")
    is_message = fields.Boolean(
        "Leaves the House",
        help="The engine can send it: quiet days and the unmatched-credit brake apply.",
    )

    cost_units = fields.Float(
        "Cost of One (Units)",
        digits=(12, 4),
        help="In money units of the company: postage, fees and the time it takes; of a "
        "text message, one part. An estimate of yours; 0: nothing. The contact log "
        "notes it, the cost to collect counts it.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "There is already a channel with this code: use another code."
    )

    @api.model
    def _by_code(self, code):
        """The channel of that code, or an empty record."""
        return self.search([("code", "=", code)], limit=1)
