from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime

from ..tools.rhythm import Rhythm, RhythmError, next_moment
from .report_ageing import EDGES

#: What moves the next sending.
RHYTHM_FIELDS = {"is_on", "every", "day_first", "day_last", "hour", "company_id"}


class DebtRecoverySubscription(models.Model):
    """A report that leaves by itself: what, to whom, how often. People get it with
    their own rights, so that an officer receives the customers of the own cases;
    customers get their own statement, through the gate and into the log."""

    _name = "debt.recovery.subscription"
    _description = "Report Subscription"
    _inherit = [
        "debt.recovery.subscription.send.mixin",
        "debt.recovery.subscription.shipped.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "company_id, report_id, id"

    report_id = fields.Many2one(
        "debt.recovery.report", required=True, ondelete="cascade", index=True
    )
    description = fields.Text(related="report_id.description")
    code = fields.Char(related="report_id.code")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company._recovery_root(),
        domain="[('parent_id', '=', False)]",
        ondelete="cascade",
    )
    is_on = fields.Boolean("On", tracking=True)

    # RHYTHM
    every = fields.Selection(
        [
            ("day", "Day"),
            ("week", "Week"),
            ("month", "Month"),
            ("quarter", "Quarter"),
            ("half", "Half-year"),
            ("year", "Year"),
        ],
        required=True,
        default="week",
    )
    day_first = fields.Integer(
        "On Working Day",
        default=1,
        help="1 is the first working day of the period, 2 the second; -1 the last. "
        "Public holidays of the company's working hours are no working days.",
    )
    day_last = fields.Integer(
        "Until Working Day",
        help="From -5 until -1 sends on each of the last five working days. Empty: "
        "once in the period.",
    )
    hour = fields.Float(default=7.0, help="In the time zone of the company.")
    rhythm_text = fields.Char("Rhythm", compute="_compute_rhythm_text")
    after_snapshot = fields.Boolean(
        "Wait for the Month-End",
        help="Leaves when the figures of the last month-end are frozen, at the latest "
        "a day later.",
    )
    only_overdue = fields.Boolean(
        "Only if Something Is Overdue", help="Else it is left out without a word."
    )

    # WHO AND WHAT
    audience = fields.Selection(
        [
            ("people", "People of choice"),
            ("officers", "Every officer, own cases"),
            ("salespeople", "Every salesperson, own customers"),
            ("customers", "Customers: their statement"),
        ],
        "To",
        required=True,
        default="people",
    )
    user_ids = fields.Many2many(
        "res.users", string="People", domain="[('share', '=', False)]"
    )
    to_text = fields.Char("Recipients", compute="_compute_to_text")
    partner_ids = fields.Many2many(
        "res.partner",
        string="Customers",
        help="Who gets the statement; for reports to people: only these customers.",
    )
    officer_ids = fields.Many2many(
        "res.users",
        "debt_recovery_subscription_officer_rel",
        string="Of Officers",
        domain="[('share', '=', False)]",
        help="Only the customers of these officers. Empty: of all.",
    )
    edges = fields.Char("Buckets Until (Days)", default=EDGES)
    format = fields.Selection(
        [
            ("mail", "In the e-mail"),
            ("pdf", "PDF"),
            ("xlsx", "XLSX"),
            ("both", "PDF and XLSX"),
            ("activity", "An activity to do"),
        ],
        required=True,
        default="mail",
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        help="Empty: that of each recipient.",
    )

    # STATE
    date_next = fields.Datetime("Next On", readonly=True, copy=False, index=True)
    date_sent = fields.Datetime("Last Sent", readonly=True, copy=False, tracking=True)
    problem = fields.Char(readonly=True, copy=False, tracking=True)
    status_text = fields.Char("Status", compute="_compute_status_text")

    @api.depends("report_id", "company_id")
    def _compute_display_name(self):
        for row in self:
            names = (row.report_id.name, row.company_id.name)
            row.display_name = ", ".join(filter(None, names))

    @api.depends("every", "day_first", "day_last", "hour")
    def _compute_rhythm_text(self):
        periods = dict(self._fields["every"]._description_selection(self.env))
        for row in self:
            row.rhythm_text = row._rhythm_words((periods.get(row.every) or "").lower())

    @api.depends("audience", "user_ids", "partner_ids")
    def _compute_to_text(self):
        kinds = dict(self._fields["audience"]._description_selection(self.env))
        for row in self:
            names = {"people": row.user_ids.sudo(), "customers": row.partner_ids.sudo()}
            people = names.get(row.audience, row.user_ids.browse())
            row.to_text = ", ".join(people.mapped("name")) or kinds.get(row.audience)

    def _rhythm_words(self, period):
        hour = "{:02d}:{:02d}".format(*divmod(round((self.hour or 0) * 60), 60))
        first, last = self.day_first, self.day_last or self.day_first
        values = {"hour": hour, "period": period, "first": first, "last": last}
        if self.every == "day":
            return self.env._("Every working day, %(hour)s", **values)
        if first == last and first < 0:
            values["first"] = -first
            return self.env._(
                "Working day %(first)s before the end of the %(period)s, %(hour)s",
                **values,
            )
        if first == last:
            return self.env._(
                "Working day %(first)s of the %(period)s, %(hour)s", **values
            )
        if last == -1:
            values["first"] = -first
            return self.env._(
                "The last %(first)s working days of the %(period)s, %(hour)s", **values
            )
        return self.env._(
            "Working days %(first)s to %(last)s of the %(period)s, %(hour)s", **values
        )

    @api.depends("is_on", "date_next", "problem", "user_ids", "audience")
    @api.depends_context("tz", "lang")
    def _compute_status_text(self):
        for row in self:
            row.status_text = row._status_words()

    def _status_words(self):
        if not self.is_on:
            return self.env._("Ready, off")
        if self._lacks_recipients():
            return self.env._("Waits: choose who gets it")
        if self.problem:
            return self.problem
        zone = self.company_id._recovery_zone().zone
        when = self.date_next and format_datetime(
            self.env, self.date_next, tz=zone, dt_format="EEE d MMM HH:mm"
        )
        return self.env._("Leaves %(when)s", when=when) if when else ""

    # CHECKS

    def _lacks_recipients(self):
        self.ensure_one()
        if self.audience == "people":
            return not self.user_ids
        return self.audience == "customers" and not self.partner_ids

    @api.constrains("is_on", "audience", "user_ids", "partner_ids")
    def _check_recipients(self):
        """What is shipped switched on waits until somebody is chosen."""
        if self.env.context.get("recovery_shipped"):
            return
        for row in self.filtered("is_on"):
            if not row._lacks_recipients():
                continue
            if row.audience == "customers":
                raise ValidationError(
                    self.env._(
                        "Nobody would get this statement: choose at least one customer."
                    )
                )
            raise ValidationError(
                self.env._(
                    "Nobody would get “%(report)s”: choose at least one person.",
                    report=row.report_id.name,
                )
            )

    @api.constrains("every", "day_first", "day_last", "hour")
    def _check_rhythm(self):
        for row in self:
            try:
                row._rhythm()
            except RhythmError:
                raise ValidationError(
                    self.env._(
                        "The working days %(first)s to %(last)s make no rhythm: count "
                        "both from the beginning (1, 2, …) or both from the end "
                        "(-5 to -1).",
                        first=row.day_first,
                        last=row.day_last or row.day_first,
                    )
                ) from None
            if not 0 <= row.hour < 24:
                raise ValidationError(
                    self.env._("Enter an hour between 0:00 and 23:59.")
                )

    @api.constrains("report_id", "audience", "edges")
    def _check_content(self):
        for row in self:
            if (row.audience == "customers") != (row.code == "statement"):
                raise ValidationError(
                    self.env._(
                        "Customers get their statement and nothing else: choose the "
                        "report “Statement” for them, and people for all others."
                    )
                )
            if row.code == "ageing":
                row.report_id._edges(row.edges)

    # RHYTHM

    def _rhythm(self):
        self.ensure_one()
        return Rhythm(self.every, self.day_first, self.day_last or None)

    def _next_moment(self, after):
        """:rtype: datetime | None"""
        company = self.company_id
        today = company._recovery_today()
        calendar = company._recovery_calendar(today, fields.Date.add(today, days=800))
        zone = ZoneInfo(company._recovery_zone().zone)
        try:
            return next_moment(self._rhythm(), self.hour, zone, after, calendar)
        except RhythmError:
            return False

    def _plan(self):
        """Set the next sending; missed ones are not made up for."""
        now = fields.Datetime.now()
        for row in self:
            row.date_next = row.is_on and row._next_moment(now)
        if moments := [row.date_next for row in self if row.date_next]:
            cron = self.env.ref("debt_recovery_insight.ir_cron_subscription")
            cron.sudo()._trigger(moments)

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._plan()
        return rows

    def write(self, vals):
        result = super().write(vals)
        if RHYTHM_FIELDS & vals.keys():
            self._plan()
        return result
