from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..tools.payment_run import next_payment_run, parse_month_days

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class DebtRecoveryPayerProfile(models.Model):
    """How a customer pays: when its payment runs are, what an invoice needs to get into
    one, whom to ask and how. One per customer and root company; lead time in calendar
    days."""

    _name = "debt.recovery.payer.profile"
    _description = "How a Customer Pays"
    _inherit = ["mail.thread"]
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.company.root_id,
    )
    run_rule = fields.Selection(
        [("weekdays", "On weekdays"), ("month_days", "On days of the month")],
        "Payment Runs",
        tracking=True,
    )
    mon = fields.Boolean()
    tue = fields.Boolean()
    wed = fields.Boolean()
    thu = fields.Boolean()
    fri = fields.Boolean()
    sat = fields.Boolean()
    sun = fields.Boolean()
    month_days = fields.Char("Days of the Month", help="Such as: 10, 25 and last.")
    lead_days = fields.Integer(
        "Approved Before (Days)",
        help="Calendar days an invoice must be approved before the run.",
    )
    method = fields.Selection(
        [
            ("transfer", "Bank transfer"),
            ("debit", "Direct debit"),
            ("card", "Card"),
            ("cheque", "Cheque"),
            ("cash", "Cash"),
        ],
        "Pays By",
    )
    needs_po = fields.Boolean("Purchase Order Needed")
    portal_url = fields.Char("Their Supplier Portal")
    best_hours = fields.Char(help="When somebody answers, such as 9 to 11.")
    note = fields.Text("How to Deal with Them", tracking=True)
    safety_note = fields.Text(
        help="Read before anybody calls or visits.", tracking=True
    )
    date_reviewed = fields.Date("Reviewed On", readonly=True)
    reviewed_by_id = fields.Many2one("res.users", "Reviewed by Whom", readonly=True)
    next_run = fields.Date("Next Payment Run", compute="_compute_next_run")

    @api.depends("run_rule", "month_days", "lead_days", *WEEKDAYS)
    @api.depends_context("recovery_today")
    def _compute_next_run(self):
        for profile in self:
            profile.next_run = profile._next_payment_run()

    @api.constrains("partner_id", "company_id")
    def _check_single(self):
        """Two cards would tell two stories. No constraint of the database: merging two
        customers re-points both, and the older one counts then."""
        for profile in self:
            others = self.search_count(
                [
                    ("partner_id", "=", profile.partner_id.id),
                    ("company_id", "=", profile.company_id.id),
                    ("id", "!=", profile.id),
                ],
                limit=1,
            )
            if others:
                raise ValidationError(
                    self.env._(
                        "“How %(customer)s pays” is written down already: change that "
                        "card.",
                        customer=profile.partner_id.display_name,
                    )
                )

    @api.constrains("month_days", "lead_days", "run_rule", *WEEKDAYS)
    def _check_run_rule(self):
        for profile in self:
            if profile.lead_days < 0:
                raise ValidationError(
                    self.env._("Days of approval cannot be negative: zero or more.")
                )
            try:
                days = parse_month_days(profile.month_days)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "“%(piece)s” is no day of the month: enter days from 1 to 31 "
                        "or “last”, such as 10, 25 and last.",
                        piece=str(error),
                    )
                ) from None
            known = days if profile.run_rule == "month_days" else profile._weekdays()
            if profile.run_rule and not known:
                raise ValidationError(
                    self.env._(
                        "On which days are the payment runs? Choose at least one."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        today = self.env.company._recovery_today()
        return super().create(
            [self._reviewed_vals(today) | self._own_vals(vals) for vals in vals_list]
        )

    def write(self, vals):
        if not {"date_reviewed", "reviewed_by_id"} & vals.keys():
            vals = self._reviewed_vals(self.env.company._recovery_today()) | vals
        return super().write(vals)

    @api.model
    def _own_vals(self, vals):
        """The card belongs to the commercial partner and the root company."""
        partner = self.env["res.partner"].browse(vals.get("partner_id"))
        company = self.env["res.company"].browse(
            vals.get("company_id") or self.env.company.id
        )
        return vals | {
            "partner_id": partner.commercial_partner_id.id,
            "company_id": company.root_id.id,
        }

    def _reviewed_vals(self, today):
        return {"date_reviewed": today, "reviewed_by_id": self.env.uid}

    def action_reviewed(self):
        """Nothing has changed: it is as written."""
        self.write(self._reviewed_vals(self.env.company._recovery_today()))
        return True

    # READING

    def _weekdays(self):
        """Days of the week of the runs; Monday is 0."""
        return [number for number, name in enumerate(WEEKDAYS) if self[name]]

    def _next_payment_run(self, today=None):
        """First run an invoice approved today can still make, or False."""
        self.ensure_one()
        today = today or self.company_id._recovery_today()
        by_week = self.run_rule == "weekdays"
        calendar = self.company_id._recovery_calendar(
            today, fields.Date.add(today, days=120 + max(self.lead_days, 0))
        )
        try:
            month_days = parse_month_days(self.month_days)
        except ValueError:  # half typed in the form
            return False
        return (
            next_payment_run(
                today,
                self._weekdays() if by_week else (),
                month_days if self.run_rule == "month_days" else (),
                self.lead_days,
                calendar,
            )
            or False
        )

    def _run_text(self):
        """“Tue, Fri, approved 3 days before”."""
        labels = {
            name: self._fields[name]._description_string(self.env) for name in WEEKDAYS
        }
        text = {
            "weekdays": ", ".join(labels[name] for name in WEEKDAYS if self[name]),
            "month_days": self.env._("on the %(days)s", days=self.month_days or ""),
        }.get(self.run_rule, "")
        if text and self.lead_days:
            text = self.env._(
                "%(runs)s; approved %(days)s days before",
                runs=text,
                days=self.lead_days,
            )
        return text

    def _card_rows(self):
        """Rows of the card: ``[icon, label, text]``, what is known only."""
        self.ensure_one()
        methods = dict(self._fields["method"]._description_selection(self.env))
        next_run = self.next_run and format_date(self.env, self.next_run)
        rows = [
            ("fa-calendar", self.env._("Runs"), self._run_text()),
            ("fa-arrow-right", self.env._("Next run"), next_run),
            ("fa-bank", self.env._("By"), methods.get(self.method)),
            ("fa-file-o", self.env._("Needs"), self._needs_text()),
            ("fa-clock-o", self.env._("Best hours"), self.best_hours),
            ("fa-users", self.env._("People"), self._people_text()),
        ]
        return [[icon, label, text] for icon, label, text in rows if text]

    def _needs_text(self):
        parts = [self.needs_po and self.env._("purchase order"), self.portal_url]
        return ", ".join(filter(None, parts))

    def _people_text(self):
        """Contacts by role, as the steps find them."""
        contacts = self.partner_id.sudo().child_ids.filtered("recovery_contact_role")
        roles = dict(
            contacts._fields["recovery_contact_role"]._description_selection(self.env)
        )
        return "; ".join(
            f"{contact.name} ({roles[contact.recovery_contact_role].lower()})"
            for contact in contacts
        )
