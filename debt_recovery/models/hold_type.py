from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

STOPS = [
    ("none", "Goes on"),
    ("automatic", "Stops what is automatic"),
    ("all", "Stops"),
]
#: A complaint waits for an answer: reminders go on, formal demands do not.
FIRM = ("firm", "Stops formal demands and legal steps")


class DebtRecoveryHoldType(models.Model):
    """A kind of hold and what it stops while it runs: contact, strategy, charges, legal
    steps, new orders. Days are calendar days, or working days where it says so."""

    _name = "debt.recovery.hold.type"
    _description = "Hold Type"
    _inherit = ["debt.recovery.code.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    scope = fields.Selection(
        [
            ("partner", "Customer, every company"),
            ("case", "Case"),
            ("invoice", "Invoice"),
            ("line", "Receivable line"),
        ],
        "Usual Scope",
        required=True,
        default="case",
    )
    stop_contact = fields.Selection(
        STOPS, "Contact", required=True, default="automatic"
    )
    stop_strategy = fields.Selection(
        [STOPS[0], FIRM, *STOPS[1:]], "Strategy", required=True, default="all"
    )
    stop_charges = fields.Boolean("Interest and Fees Stop")
    stop_legal = fields.Boolean("Legal Steps Stop")
    stay_legal = fields.Boolean(
        "Court Proceedings Stand Still",
        help="Of open legal cases: deadlines wait, nothing is filed or enforced.",
    )
    stop_sales = fields.Boolean("New Orders Stop")
    default_days = fields.Integer("Usual Days")
    officer_max_days = fields.Integer(
        "Longest for an Officer", help="Empty: the longest for everybody."
    )
    max_days = fields.Integer("Longest", help="Only a manager can go beyond it.")
    quarter_limit = fields.Integer(
        "Times a Quarter",
        help="So often per customer and quarter; beyond it a manager decides. "
        "Empty: any number.",
    )
    working_days = fields.Boolean()
    review_days = fields.Integer(
        "Review after (Days)",
        help="The hold stays until somebody ends it; after these days it is looked at.",
    )
    needs_end = fields.Boolean("Must Have an End")
    placed_by = fields.Selection(
        [
            ("officer", "Officer"),
            ("manager", "Manager"),
            ("legal", "Legal or manager"),
            ("salesperson", "Salesperson"),
            ("system", "The program"),
        ],
        required=True,
        default="officer",
    )
    is_hard = fields.Boolean(
        "Hard",
        help="Nobody contacts the debtor while it runs; only a manager or legal can "
        "end it.",
    )
    ends_when = fields.Char(translate=True)
    description = fields.Text(translate=True)

    _code_unique = models.Constraint(
        "UNIQUE (code)",
        "There is already a hold type with this code: use another code.",
    )

    @api.constrains("default_days", "max_days", "officer_max_days", "review_days")
    def _check_days(self):
        for hold_type in self:
            days = (
                hold_type.default_days,
                hold_type.max_days,
                hold_type.officer_max_days,
                hold_type.review_days,
            )
            if min(days) < 0:
                raise ValidationError(
                    self.env._(
                        "The hold type “%(type)s” has a negative number of days: enter "
                        "zero or more.",
                        type=hold_type.name,
                    )
                )
            if hold_type.max_days and hold_type.default_days > hold_type.max_days:
                raise ValidationError(
                    self.env._(
                        "The hold type “%(type)s” usually lasts %(usual)s days but "
                        "%(max)s at most: make the usual days shorter.",
                        type=hold_type.name,
                        usual=hold_type.default_days,
                        max=hold_type.max_days,
                    )
                )

    def _get_default_end(self, start, company):
        """Last day proposed for a hold that starts then; False where it has no end of
        its own (a type under review stays until somebody ends it)."""
        self.ensure_one()
        if not self.default_days or self.review_days:
            return False
        return self._add_days(start, self.default_days, company)

    def _get_latest_end(self, start, company, officer=True):
        """Last day an officer (or anybody) may choose; False without a limit. An
        officer gives the usual length; a type under review has none."""
        self.ensure_one()
        days = self.max_days
        if officer:
            usual = 0 if self.review_days else self.default_days
            days = self.officer_max_days or usual or self.max_days
        return self._add_days(start, days, company) if days else False

    def _add_days(self, start, number, company):
        """``number`` days from ``start``, counted as this type counts."""
        if not self.working_days:
            return start + timedelta(days=number)
        horizon = start + timedelta(days=3 * number + 14)
        calendar = company._recovery_calendar(start, horizon)
        return calendar.add_working_days(start, number)

    def _get_effect_sentence(self):
        """What stops, in words: “Stops: contact, strategy. Automatic only: …”."""
        self.ensure_one()
        labels = {
            fname: self._fields[fname]._description_string(self.env).lower()
            for fname in ("stop_contact", "stop_strategy")
        }
        stopped = [label for fname, label in labels.items() if self[fname] == "all"]
        automatic = [
            label for fname, label in labels.items() if self[fname] == "automatic"
        ]
        stopped += [
            label
            for fname, label in (
                ("stop_charges", self.env._("interest and fees")),
                ("stop_legal", self.env._("legal steps")),
                ("stay_legal", self.env._("court proceedings")),
                ("stop_sales", self.env._("new orders")),
            )
            if self[fname]
        ]
        sentences = []
        if self.stop_strategy == "firm":
            sentences.append(self.env._("Formal demands and legal steps wait."))
        if stopped:
            sentences.append(self.env._("Stops: %(what)s.", what=", ".join(stopped)))
        if automatic:
            sentences.append(
                self.env._("Stops when automatic: %(what)s.", what=", ".join(automatic))
            )
        return " ".join(sentences)
