from datetime import timedelta
from urllib.parse import quote_plus

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from .visit_state import STATES

#: A new visit stands behind those that somebody has put in order.
UNORDERED = 1000


class DebtRecoveryVisit(models.Model):
    """One visit of a field officer to a debtor: planned, perhaps on the way, done with
    what came out of it, or cancelled. A visit that took place is part of the contact
    log (``action_id``) and is not changed any more."""

    _name = "debt.recovery.visit"
    _description = "Visit"
    _inherit = [
        "debt.recovery.field.case.mixin",
        "debt.recovery.visit.card.mixin",
        "debt.recovery.visit.plan.mixin",
        "debt.recovery.visit.state.mixin",
        "debt.recovery.visit.round.mixin",
        "debt.recovery.visit.read.mixin",
        "debt.recovery.visit.money.mixin",
        "debt.recovery.visit.submit.mixin",
    ]
    _order = "date desc, user_id, sequence, zip, id"
    _check_company_auto = True

    name = fields.Char("Number", readonly=True, copy=False, default="/")
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        "Field Officer",
        required=True,
        index=True,
        domain="[('share', '=', False)]",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    start = fields.Datetime(
        "Date and Hour",
        required=True,
        default=lambda self: self._default_start(),
    )
    date = fields.Date("Day", compute="_compute_date", store=True, index=True)
    sequence = fields.Integer(default=UNORDERED, aggregator=None)
    address_id = fields.Many2one(
        "res.partner",
        "Where",
        compute="_compute_address_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('commercial_partner_id', '=', partner_id)]",
    )
    zip = fields.Char("Postcode", related="address_id.zip", store=True)
    city = fields.Char(related="address_id.city")
    address = fields.Char(compute="_compute_address")
    map_url = fields.Char("Map", compute="_compute_address")
    state = fields.Selection(
        STATES, required=True, default="planned", readonly=True, copy=False, index=True
    )
    purpose = fields.Char(help="What this visit is for, e.g. hand over the demand.")
    override_reason = fields.Char(
        "Why in Spite of the Rules",
        groups="debt_recovery.group_manager,debt_recovery.group_auditor",
        help="A manager may leave soft contact rules aside and says why.",
    )
    action_id = fields.Many2one(
        "debt.recovery.action",
        "Log Entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The task of the strategy, then the entry of the contact log.",
    )
    event_id = fields.Many2one(
        "calendar.event", readonly=True, copy=False, index="btree_not_null"
    )
    arrived_at = fields.Datetime("Arrived", readonly=True, copy=False)
    latitude = fields.Float(digits=(10, 6), readonly=True, copy=False, aggregator=None)
    longitude = fields.Float(digits=(10, 6), readonly=True, copy=False, aggregator=None)
    date_done = fields.Datetime("Done at", readonly=True, copy=False)
    outcome_id = fields.Many2one(
        "debt.recovery.outcome", readonly=True, copy=False, ondelete="restrict"
    )
    person = fields.Char("Person Met", readonly=True, copy=False)
    note = fields.Text(readonly=True, copy=False)
    verdict = fields.Char("Contact Rules", readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False)
    photo = fields.Image(readonly=True, copy=False, max_width=1920, max_height=1920)
    signature = fields.Image(readonly=True, copy=False, max_width=1024, max_height=1024)
    demand_served = fields.Boolean("Demand Handed Over", readonly=True, copy=False)
    submit_key = fields.Char(readonly=True, copy=False)
    submit_result = fields.Json(readonly=True, copy=False)
    amount_collectable = fields.Monetary(
        related="case_id.amount_collectable", currency_field="company_currency_id"
    )
    receipt_ids = fields.One2many("debt.recovery.receipt", "visit_id", "Receipts")
    instrument_ids = fields.One2many(
        "debt.recovery.instrument", "visit_id", "Instruments"
    )
    proposal_ids = fields.One2many(
        "debt.recovery.data.proposal", "visit_id", "Corrected Data"
    )

    _submit_key_unique = models.UniqueIndex(
        "(submit_key) WHERE submit_key IS NOT NULL", "This visit was already sent."
    )
    _action_unique = models.UniqueIndex(
        "(action_id) WHERE action_id IS NOT NULL AND state <> 'cancelled'",
        "There is already a visit for this step.",
    )

    @api.model
    def _default_start(self):
        """The next working day, at ten o'clock where the company is."""
        company = self.env.company._recovery_root()
        today = company._recovery_today()
        calendar = company._recovery_calendar(today, today + timedelta(days=30))
        return self._local_start(company, calendar.add_working_days(today, 1), 10)

    @api.model
    def _local_start(self, company, day, hour):
        """That hour of the company's day, in UTC."""
        zone = company._recovery_zone()
        local = zone.localize(fields.Datetime.to_datetime(day) + timedelta(hours=hour))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    # COMPUTE

    @api.depends("case_id")
    def _compute_user_id(self):
        """The officer of the case when in the field, else the company's."""
        field_group = self.env.ref("debt_recovery.group_field").sudo()
        for visit in self.filtered(lambda visit: not visit.user_id):
            officer = visit.case_id.user_id
            if officer not in field_group.all_user_ids:
                company = visit.company_id.sudo()
                officer = company.recovery_field_user_id.filtered("active") or officer
            visit.user_id = officer or self.env.user

    @api.depends("case_id")
    def _compute_address_id(self):
        """Where the debtor is: the address for deliveries, else its own."""
        for visit in self.filtered(lambda visit: not visit.address_id):
            partner = visit.case_id.partner_id
            places = partner.address_get(["delivery"]) if partner else {}
            visit.address_id = places.get("delivery", False)

    @api.depends("start", "company_id")
    def _compute_date(self):
        for visit in self:
            company = visit.company_id or self.env.company
            start = visit.start and pytz.utc.localize(visit.start)
            visit.date = start and start.astimezone(company._recovery_zone()).date()

    @api.depends("address_id")
    def _compute_address(self):
        for visit in self:
            place = visit.sudo().address_id
            text = place._display_address(without_company=True) if place else ""
            visit.address = ", ".join(filter(None, map(str.strip, text.splitlines())))
            visit.map_url = visit.address and (
                "https://www.openstreetmap.org/search?query="
                f"{quote_plus(visit.address)}"
            )

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for visit in self:
            names = (visit.partner_id.display_name, (visit.name or "").strip("/"))
            visit.display_name = " · ".join(filter(None, names))

    # CONSTRAINTS

    @api.constrains("start", "state")
    def _check_start(self):
        for visit in self.filtered(lambda visit: visit.state == "planned"):
            if visit.date < visit.company_id._recovery_today():
                raise ValidationError(
                    self.env._(
                        "The visit of %(customer)s would be on %(day)s, which is over: "
                        "choose today or a later day.",
                        customer=visit.partner_id.display_name,
                        day=format_date(self.env, visit.date),
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_recorded(vals)
            if vals.get("name", "/") == "/":
                sequence = self.env["ir.sequence"].sudo()
                vals["name"] = sequence.next_by_code(self._name) or "/"
        visits = super().create(vals_list)
        if not self.env.context.get("recovery_gate_asked"):
            visits._check_may_visit()
        visits._sync_event()
        return visits

    def write(self, vals):
        self._check_recorded(vals)
        if {"case_id", "start", "user_id", "address_id", "purpose"} & vals.keys():
            self._check_open()
        result = super().write(vals)
        if "start" in vals:
            self._check_may_visit()
        if {"start", "user_id", "address_id"} & vals.keys():
            self._sync_event()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        raise UserError(self.env._("Visits are not deleted: cancel the visit instead."))
