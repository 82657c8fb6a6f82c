from odoo import fields, models


class DebtRecoveryOutcome(models.Model):
    """What a contact ended in. The group tells whether anybody spoke; *right party*
    whether it was somebody who may be told about the debt."""

    _name = "debt.recovery.outcome"
    _description = "Contact Outcome"
    _inherit = ["debt.recovery.code.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_main = fields.Boolean(
        "Button", help="Shown as one of the buttons; the others are under More."
    )
    is_visit = fields.Boolean("Visits Only")
    group = fields.Selection(
        [
            ("spoke", "Spoke"),
            ("no_contact", "No contact"),
            ("other", "Other"),
            ("stop", "Stop"),
        ],
        required=True,
        default="spoke",
    )
    is_rpc = fields.Boolean(
        "Right Party Contacted",
        help="Somebody who may speak for the debtor was reached.",
    )
    description = fields.Text("Consequence", translate=True)

    _code_unique = models.Constraint(
        "UNIQUE (code)", "There is already an outcome with this code: use another code."
    )
