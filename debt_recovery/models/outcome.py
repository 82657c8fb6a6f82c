from odoo import api, fields, models

NEEDS = [("optional", "Offered"), ("required", "Required")]
#: What a contact may have to tell, in the order in which it is asked.
NEED_FIELDS = (
    "date_need",
    "hour_need",
    "items_need",
    "amount_need",
    "category_need",
    "contact_need",
    "channel_need",
    "owner_need",
    "text_need",
)


class DebtRecoveryOutcome(models.Model):
    """What a contact ended in, what must be told for it, and what follows from it. The
    group tells whether anybody spoke; *right party* whether it was somebody who may be
    told about the debt. Days are working days unless they are those of a hold, which
    count as its type counts."""

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

    # what must be told
    date_need = fields.Selection(NEEDS, "Date")
    date_side = fields.Selection(
        [("future", "Today or later"), ("past", "Today or earlier")], "Date Is"
    )
    hour_need = fields.Selection(NEEDS, "Hour")
    items_need = fields.Selection(NEEDS, "Items")
    amount_need = fields.Selection(NEEDS, "Amount")
    category_need = fields.Selection(NEEDS, "Category")
    contact_need = fields.Selection(NEEDS, "New Contact")
    channel_need = fields.Selection(NEEDS, "Channels")
    owner_need = fields.Selection(NEEDS, "Owner")
    text_need = fields.Selection(NEEDS, "Text")
    text_label = fields.Char("Text Is", translate=True, help="“File number”.")

    # what follows
    promise_source = fields.Char(
        help="Takes a promise, with this source (officer, payment_run)."
    )
    sends_copies = fields.Boolean(help="The items are sent by e-mail at once.")
    hold_type_id = fields.Many2one(
        "debt.recovery.hold.type", "Hold", ondelete="restrict"
    )
    hold_days = fields.Integer("Days of the Hold", help="0: as its type says.")
    stop_channel_ids = fields.Many2many(
        "debt.recovery.channel",
        string="Channels Stopped",
        help="Empty: the hold stops what its type stops.",
    )
    people_only = fields.Boolean(
        "Hold for People Only",
        help="People get the hold and the task, companies the dialog.",
    )
    opens = fields.Selection([("plan", "Payment plan")], "Dialog")
    opens_people = fields.Selection(
        [("hardship", "Hardship assessment")], "Dialog for People"
    )
    opens_kind = fields.Selection(
        [("dispute", "Dispute"), ("enquiry", "Enquiry"), ("complaint", "Complaint")],
        "Opens",
        help="Enquiries and complaints have no amount.",
    )
    dispute_category_id = fields.Many2one(
        "debt.recovery.dispute.category", "Category of the Dispute", ondelete="restrict"
    )
    contact_role = fields.Selection(
        lambda self: self._selection_contact_role(), "Role of the New Contact"
    )
    invalidates_contact = fields.Boolean("Contact Point Is Wrong")
    jumps_step = fields.Boolean("Next Firmer Step", help="It waits for review.")
    priority_points = fields.Integer(
        help="Added to the priority of the case while it is the last conversation."
    )
    task_role = fields.Selection(
        [
            ("officer", "Officer"),
            ("manager", "Manager"),
            ("accountant", "Bookkeeper"),
            ("legal", "Legal"),
        ],
        "Task For",
    )
    task_days = fields.Integer("Task Within", help="Working days.")
    task_name = fields.Char("Task", translate=True)
    next_days = fields.Integer("Next Attempt After", help="Working days; 0: none.")
    other_daypart = fields.Boolean(
        "Another Part of the Day",
        help="After enough attempts another channel is proposed.",
    )
    is_served = fields.Boolean("Demand Delivered")
    is_unsafe = fields.Boolean("Safety Alert")
    protects_note = fields.Boolean(
        help="What was said is kept apart, for managers and legal."
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "There is already an outcome with this code: use another code."
    )

    @api.model
    def _selection_contact_role(self):
        role = self.env["res.partner"]._fields["recovery_contact_role"]
        return role._description_selection(self.env)

    def _panel_data(self):
        """What the call panel must know to ask for no more than is needed."""
        return [
            {
                "code": outcome.code,
                "name": outcome.name,
                "main": outcome.is_main,
                "visit": outcome.is_visit,
                "group": outcome.group,
                "hint": outcome.description or "",
                "side": outcome.date_side or "",
                "text_label": outcome.text_label or "",
                "promise": bool(outcome.promise_source),
                "needs": {
                    fname.removesuffix("_need"): outcome[fname]
                    for fname in NEED_FIELDS
                    if outcome[fname]
                },
            }
            for outcome in self
        ]
