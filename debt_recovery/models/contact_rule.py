from odoo import api, fields, models

from ..tools.contact_rules import CHECKS

RULE_TYPES = [
    ("contact_window", "Hours for contacts"),
    ("debtor_window", "Hours the debtor asked for"),
    ("attempt_cap", "Number of attempts"),
    ("min_gap", "Gap between attempts"),
    ("cooloff", "Pause after a conversation"),
    ("channel_optout", "Opt-out of a channel"),
    ("channel_permission", "Permission for a channel"),
    ("cease", "Asked not to be contacted"),
    ("attorney", "Represented by a lawyer"),
    ("insolvency", "Insolvency"),
    ("moratorium", "Moratorium"),
    ("deceased", "Deceased"),
    ("disputed", "Disputed"),
    ("vulnerable", "Vulnerable person"),
    ("fraud", "Fraud or identity theft"),
    ("third_party_disclosure", "Other people"),
    ("notice_gate", "Notice first"),
    ("required_text", "Required words"),
    ("visit_rule", "Visits"),
    ("licence_required", "Licence"),
]
#: Kind of debtor → the box that says whether a rule is about it.
DEBTOR_BOXES = {
    "consumer": "for_consumer",
    "sole_trader": "for_sole_trader",
    "company": "for_company",
    "public": "for_public",
}


class DebtRecoveryContactRule(models.Model):
    """One rule about contacting debtors, as dated and sourced data. Several versions of
    a code may follow each other. What is not confirmed warns and stops nobody. Hours
    are the debtor's own; days are calendar days and the day of the event is day 1."""

    _name = "debt.recovery.contact.rule"
    _description = "Contact Rule"
    _inherit = [
        "debt.recovery.code.mixin",
        "debt.recovery.contact.rule.check.mixin",
        "debt.recovery.contact.rule.words.mixin",
        "debt.recovery.contact.rule.plain.mixin",
        "debt.recovery.contact.rule.what.if.mixin",
    ]
    _order = "sequence, code, date_from, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    pack_id = fields.Many2one(
        "debt.recovery.contact.pack", index=True, ondelete="cascade", required=True
    )
    rule_type = fields.Selection(
        lambda self: [item for item in RULE_TYPES if item[0] in CHECKS],
        "Kind",
        required=True,
    )
    severity = fields.Selection(
        [("block", "Stops"), ("warn", "Warns"), ("log", "Only noted")],
        required=True,
        default="block",
    )
    overridable = fields.Boolean(
        "Manager May Override", help="A manager may go beyond it and says why."
    )
    confirmed = fields.Boolean(
        help="Somebody checked it against its source. Until then it only warns."
    )
    date_from = fields.Date("In Force From")
    date_to = fields.Date("In Force Until")
    citation = fields.Char(help="Where it is written: statute, article, guideline.")
    source_url = fields.Char("Source")
    last_review = fields.Date("Reviewed On", copy=False)
    note = fields.Text(translate=True)
    # for whom
    company_ids = fields.Many2many(
        "res.company",
        "debt_recovery_rule_company_rel",
        "rule_id",
        "company_id",
        "Only These Companies",
    )
    country_ids = fields.Many2many("res.country", string="Debtors In")
    state_ids = fields.Many2many("res.country.state", string="States")
    cities = fields.Char(help="Names of cities, separated by commas; empty: all.")
    for_consumer = fields.Boolean("Consumers")
    for_sole_trader = fields.Boolean("Sole Traders")
    for_company = fields.Boolean("Companies")
    for_public = fields.Boolean("Public Bodies")
    collector_role = fields.Selection(
        [("first", "Own invoices"), ("third", "For clients")],
        "Collecting",
        help="Whom it binds; empty: both.",
    )
    channel_ids = fields.Many2many(
        "debt.recovery.channel", string="Channels", help="Empty: every channel."
    )
    # hours
    hour_from = fields.Float("Monday to Friday From", default=8.0)
    hour_to = fields.Float("Monday to Friday To", default=18.0)
    saturday_from = fields.Float()
    saturday_to = fields.Float()
    sunday_from = fields.Float()
    sunday_to = fields.Float()
    open_on_holidays = fields.Boolean("Also on Public Holidays")
    # how often
    limit = fields.Integer("At Most", default=1)
    days = fields.Integer("In Days", default=7)
    gap_minutes = fields.Integer("Minutes Between", default=60)
    counter = fields.Selection(
        [
            ("attempts", "Attempts"),
            ("connected", "Messages left and conversations"),
            ("contacts", "Contacts really made"),
        ],
        "What Counts",
        default="attempts",
        required=True,
    )
    scope = fields.Selection(
        [
            ("debtor", "Per debtor"),
            ("case", "Per case"),
            ("debt", "Per invoice"),
        ],
        default="debtor",
        required=True,
    )
    after_conversation = fields.Boolean("Only after the First Conversation")
    consent_lifts = fields.Boolean("Not if the Debtor Asked for It", default=True)
    broken_promise_lifts = fields.Boolean("Ends with a Broken Promise")
    # addresses
    one_reply = fields.Boolean("One Answer if the Debtor Writes", default=True)
    max_age_days = fields.Integer("Permission Good For (Days)")
    # papers
    notice_step_id = fields.Many2one(
        "debt.recovery.strategy.step",
        "Notice",
        domain=[("event", "=", "notice")],
        ondelete="restrict",
        help="The step that sends the notice; the engine plans it by itself.",
    )
    gates = fields.Selection(
        [
            ("all", "Every contact"),
            ("demand", "Formal demands and legal steps"),
            ("legal", "Legal steps"),
        ],
        "Waits for the Notice",
        default="all",
        required=True,
    )
    wait = fields.Integer("Waiting Period (Days)")
    wait_unit = fields.Selection(
        [("calendar", "Calendar days"), ("business", "Working days")],
        default="calendar",
        required=True,
    )
    wait_from = fields.Selection(
        [
            ("sent", "Sent"),
            ("assumed", "Assumed receipt"),
            ("delivered", "Delivery"),
        ],
        "Counted From",
        default="sent",
        required=True,
    )
    assumed_post = fields.Integer("Post Arrives After (Working Days)")
    assumed_electronic = fields.Integer("E-mail Arrives After (Working Days)")
    first_day_counts = fields.Boolean()
    required_text = fields.Text(translate=True)
    licence_no = fields.Char("Licence Number", company_dependent=True)

    @api.depends("name", "date_from")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = rule.name
            if rule.date_from and rule.date_to:
                rule.display_name = f"{rule.name} ({rule.date_from} – {rule.date_to})"

    def action_reviewed(self):
        """Somebody read the source again today and the rule is right."""
        today = self.env.company._recovery_today()
        self.write({"last_review": today, "confirmed": True})
        return True
