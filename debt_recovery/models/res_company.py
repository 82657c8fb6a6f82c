from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.calendars import MONDAY_TO_FRIDAY, WorkCalendar
from ..tools.ladder_facts import Settings
from ..tools.money import money_unit, to_decimal

#: A public holiday stops work when it covers the heart of the day.
HEART_OF_DAY = (time(10), time(16))


class ResCompany(models.Model):
    """Settings of the engine. They live on the *root* company: branches reconcile
    inside it and share its cases, so they read its values. Amounts in ``..._units``
    are multiples of the money unit, days are calendar days unless said otherwise."""

    _name = "res.company"
    _inherit = [
        "res.company",
        "debt.recovery.company.release.mixin",
        "debt.recovery.company.contact.mixin",
        "debt.recovery.company.retention.mixin",
        "debt.recovery.company.currency.mixin",
        "debt.recovery.company.switch.mixin",
        "debt.recovery.company.limitation.mixin",
        "debt.recovery.company.loss.mixin",
        "debt.recovery.company.hardship.mixin",
    ]

    recovery_money_unit = fields.Monetary(
        "Money Unit",
        currency_field="currency_id",
        compute="_compute_recovery_money_unit",
        store=True,
        readonly=False,
        help="Every default amount is a multiple of this unit (50 EUR, 5,000 JPY). "
        "Zero means that the exchange rate is unknown: fill it in once.",
    )
    recovery_floor_units = fields.Float("Floor of the Driver Line (Units)", default=0.2)
    recovery_floor_percent = fields.Float("Floor of the Driver Line (%)", default=5.0)
    recovery_open_units = fields.Float("Minimum to Open a Case (Units)", default=0.5)
    recovery_send_units = fields.Float("Minimum to Send (Units)", default=0.5)
    recovery_grace_days = fields.Integer("Grace before a Case Opens", default=3)
    recovery_quiet_days = fields.Integer("Quiet Days between Messages", default=6)
    recovery_credit_percent = fields.Float("Unmatched-Credit Brake (%)", default=50.0)
    recovery_reset_percent = fields.Float("Reset by Payment (%)", default=50.0)
    recovery_tolerance_units = fields.Float("Rest within Tolerance (Units)")
    recovery_books_date = fields.Date(
        "Books Confirmed On",
        help="Day on which a clerk said that all money is in the books.",
    )
    recovery_autopay_days = fields.Integer("Wait for Automatic Collection", default=10)
    recovery_max_attachments = fields.Integer("Attachments per Message", default=10)
    recovery_max_attachment_mb = fields.Float("Size of Attachments (MB)", default=8.0)
    recovery_user_id = fields.Many2one("res.users", "Default Officer")
    recovery_escalate_user_id = fields.Many2one("res.users", "Manager for Escalations")
    recovery_ar_user_id = fields.Many2one(
        "res.users",
        "Accounts Receivable",
        help="Matches payments and writes credit notes for officers who may not.",
    )
    recovery_final_approver_id = fields.Many2one(
        "res.users",
        "Final Approver",
        help="Decides what is beyond a manager. Empty: any manager but the asker.",
    )
    recovery_demand_approval = fields.Boolean(
        "Approve Formal Demands",
        help="A formal demand released by an officer leaves after a manager's yes.",
    )
    recovery_sender_email = fields.Char("Sender Address")
    recovery_test_recipient_id = fields.Many2one(
        "res.users",
        "All Messages to Me",
        help="While a strategy is in shadow, its messages go to this user instead of "
        "to the customers.",
    )
    recovery_capacity = fields.Integer(
        "Tasks per Officer and Day",
        default=40,
        help="What a person can do in a day; the what-if compares with it.",
    )
    recovery_jurisdiction = fields.Char(
        "Rules Followed",
        help="Whose rules your messages follow, such as your house policy for "
        "companies. A note for the people who go live, not legal advice.",
    )

    @api.depends("currency_id")
    def _compute_recovery_money_unit(self):
        """The table of currencies, else 50 EUR at the book's rate rounded to 1-2-5; no
        rate gives zero, which the settings show as a question."""
        for company in self:
            code = company.currency_id.name
            unit = money_unit(code, company._recovery_eur_rate()) if code else None
            company.recovery_money_unit = unit or 0.0

    def _recovery_eur_rate(self):
        """How many units of the company's currency one euro buys; None if unknown."""
        self.ensure_one()
        euro = self.env.ref("base.EUR", raise_if_not_found=False)
        if not euro:
            return None
        owners = [False, *self._origin._recovery_root().ids]
        known = self.env["res.currency.rate"].sudo()
        currencies = (euro | self.currency_id).ids
        if not known.search_count(
            [("currency_id", "in", currencies), ("company_id", "in", owners)], limit=1
        ):
            return None
        rate = self.env["res.currency"]._get_conversion_rate(
            euro, self.currency_id, self, self._recovery_today()
        )
        return Decimal(str(rate)) if rate else None

    # CONSTRAINTS

    @api.constrains(
        "recovery_user_id", "recovery_escalate_user_id", "recovery_final_approver_id"
    )
    def _check_recovery_users(self):
        roles = {
            "recovery_user_id": "debt_recovery.group_officer",
            "recovery_escalate_user_id": "debt_recovery.group_manager",
            "recovery_final_approver_id": "debt_recovery.group_manager",
        }
        for company in self:
            for fname, group in roles.items():
                user = company[fname].sudo()
                label = company._fields[fname]._description_string(self.env)
                if user and not user.active:
                    raise ValidationError(
                        self.env._(
                            "%(user)s is archived and cannot be the %(role)s: choose "
                            "an active user.",
                            user=user.name,
                            role=label.lower(),
                        )
                    )
                if user and not user.has_group(group):
                    raise ValidationError(
                        self.env._(
                            "%(user)s has no debt recovery right for “%(role)s”: give "
                            "the user the group %(group)s first.",
                            user=user.name,
                            role=label,
                            group=self.env.ref(group).sudo().full_name,
                        )
                    )

    @api.constrains(lambda self: self._recovery_not_negative_fields())
    def _check_recovery_not_negative(self):
        for company in self:
            for fname in self._recovery_not_negative_fields():
                if company[fname] < 0:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” is %(value)s: enter zero or more.",
                            field=company._fields[fname]._description_string(self.env),
                            value=company[fname],
                        )
                    )

    @api.model
    def _recovery_not_negative_fields(self):
        return [
            *super()._recovery_not_negative_fields(),
            "recovery_money_unit",
            "recovery_floor_units",
            "recovery_floor_percent",
            "recovery_open_units",
            "recovery_send_units",
            "recovery_grace_days",
            "recovery_quiet_days",
            "recovery_credit_percent",
            "recovery_reset_percent",
            "recovery_tolerance_units",
            "recovery_autopay_days",
            "recovery_max_attachments",
            "recovery_max_attachment_mb",
            "recovery_capacity",
        ]

    # READING (private API of the engine)

    def _recovery_root(self):
        """Root companies of these companies: the owners of settings and cases."""
        return self.root_id.with_env(self.env)

    def _recovery_branches(self):
        """Every company of the tree: credits of the whole tree feed the brake."""
        roots = self._recovery_root()
        return self.sudo().search([("id", "child_of", roots.ids)]).with_env(self.env)

    def _recovery_today(self):
        """The company's own day. Never the user's, or two users would see two days."""
        today = self.env.context.get("recovery_today")
        if today:
            return fields.Date.to_date(today)
        now = pytz.utc.localize(fields.Datetime.now())
        return now.astimezone(self._recovery_zone()).date()

    def _recovery_zone(self):
        """Time zone of the root company's working hours (UTC if there are none)."""
        root = self._recovery_root().sudo()[:1]
        return pytz.timezone(
            root.resource_calendar_id.tz or root.partner_id.tz or "UTC"
        )

    def _recovery_units(self, units):
        """That many money units as an exact amount in company currency."""
        self.ensure_one()
        root = self._recovery_root().sudo()
        amount = Decimal(str(units or 0)) * Decimal(str(root.recovery_money_unit))
        return to_decimal(amount, root.currency_id.decimal_places)

    def _recovery_calendar(self, start, end):
        """Working days of the root company between two dates, public holidays of its
        working calendar taken out; plain values for ``tools``."""
        calendar = self._recovery_root().sudo().resource_calendar_id
        weekdays = {int(day) for day in calendar.attendance_ids.mapped("dayofweek")}
        return WorkCalendar(
            weekdays=frozenset(weekdays) or MONDAY_TO_FRIDAY,
            holidays=frozenset(self._recovery_holidays(start, end)),
        )

    def _recovery_holidays(self, start, end):
        """Days off for the whole company, as dates."""
        zone = self._recovery_zone()
        days = set()
        for leave in self._recovery_leaves(start, end):
            first = pytz.utc.localize(leave.date_from).astimezone(zone)
            last = pytz.utc.localize(leave.date_to).astimezone(zone)
            day = first.date()
            while day <= last.date():
                opens, closes = (
                    zone.localize(datetime.combine(day, hour)) for hour in HEART_OF_DAY
                )
                if first <= opens and closes <= last:
                    days.add(day)
                day += timedelta(days=1)
        return days

    def _recovery_leaves(self, start, end):
        """Public holidays: time off of no resource, of this calendar or of all."""
        root = self._recovery_root().sudo()
        domain = [
            ("resource_id", "=", False),
            ("time_type", "=", "leave"),
            ("company_id", "in", [root.id, False]),
            ("calendar_id", "in", [root.resource_calendar_id.id, False]),
            ("date_from", "<", datetime.combine(end + timedelta(days=2), time.min)),
            ("date_to", ">", datetime.combine(start - timedelta(days=2), time.min)),
        ]
        return self.env["resource.calendar.leaves"].sudo().search(domain)

    def _recovery_settings(self, today: date | None = None):
        """What the pure ladder needs of this page."""
        self.ensure_one()
        root = self._recovery_root().sudo()
        today = today or self._recovery_today()
        return Settings(
            floor=root._recovery_units(root.recovery_floor_units),
            floor_percent=Decimal(str(root.recovery_floor_percent)),
            quiet_days=root.recovery_quiet_days,
            grace_days=root.recovery_grace_days,
            send_minimum=root._recovery_units(root.recovery_send_units),
            credit_percent=Decimal(str(root.recovery_credit_percent)),
            reset_percent=Decimal(str(root.recovery_reset_percent)),
            tolerance=root._recovery_units(root.recovery_tolerance_units),
            calendar=self._recovery_calendar(
                today - timedelta(days=400), today + timedelta(days=400)
            ),
        )

    def _recovery_ar_user(self):
        """Who is asked to match and to credit: the person named, else the manager."""
        root = self._recovery_root().sudo()
        users = root.recovery_ar_user_id | root.recovery_escalate_user_id
        user = users.filtered("active")[:1] or self.env.user
        return user.with_env(self.env)

    def _recovery_default_officer(self):
        """Officer of new cases; a user archived since is nobody."""
        user = self._recovery_root().sudo().recovery_user_id
        return (user if user.active else user.browse()).with_env(self.env)
