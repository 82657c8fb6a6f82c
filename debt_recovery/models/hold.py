from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

#: What a hold is about is written once; only its end and its reason may change.
FIXED_FIELDS = {
    "type_id",
    "scope",
    "case_id",
    "partner_id",
    "company_id",
    "move_id",
    "move_line_id",
    "date_from",
    "user_id",
}


class DebtRecoveryHold(models.Model):
    """Why and until when something is not chased. Valid on a day when the day lies
    between ``date_from`` and ``date_to`` (both included, no ``date_to``: no end) and
    the hold was not ended on or before it. No flag says so: the dates do.

    One row has one scope. Customer and root company are always filled, except the
    company of a hold on the customer, which counts in every company."""

    _name = "debt.recovery.hold"
    _description = "Recovery Hold"
    _inherit = ["debt.recovery.hold.check.mixin", "debt.recovery.hold.approval.mixin"]
    _order = "date_from desc, id desc"

    name = fields.Char(compute="_compute_name")
    type_id = fields.Many2one(
        "debt.recovery.hold.type",
        required=True,
        index=True,
        ondelete="restrict",
    )
    scope = fields.Selection(
        [
            ("partner", "Customer, every company"),
            ("case", "Case"),
            ("invoice", "Invoice"),
            ("line", "Receivable line"),
        ],
        required=True,
        default="case",
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company",
        ondelete="restrict",
        help="Root company; empty: the hold counts in every company.",
    )
    case_id = fields.Many2one(
        "debt.recovery.case", index="btree_not_null", ondelete="restrict"
    )
    move_id = fields.Many2one(
        "account.move", "Invoice", index="btree_not_null", ondelete="cascade"
    )
    move_line_id = fields.Many2one(
        "account.move.line",
        "Receivable Line",
        index="btree_not_null",
        ondelete="cascade",
    )
    channel_ids = fields.Many2many(
        "debt.recovery.channel",
        string="Only These Channels",
        help="Empty: contact stops as the type says; else by these channels alone.",
    )
    date_from = fields.Date(
        "From", required=True, default=lambda self: self.env.company._recovery_today()
    )
    date_to = fields.Date("Last Day", help="Empty: until somebody ends it.")
    date_review = fields.Date("Review On", compute="_compute_date_review")
    reason = fields.Text(required=True)
    user_id = fields.Many2one(
        "res.users", "Placed By", default=lambda self: self.env.user, readonly=True
    )
    date_released = fields.Date("Ended On", readonly=True, copy=False)
    release_reason = fields.Text("Why Ended", readonly=True, copy=False)
    representative_id = fields.Many2one(
        "res.partner",
        "Speak With",
        index="btree_not_null",
        ondelete="restrict",
        help="Lawyer, administrator or executor: may be contacted instead of the "
        "debtor.",
    )
    active_today = fields.Boolean(
        "Runs Today", compute="_compute_active_today", search="_search_active_today"
    )
    is_hard = fields.Boolean(related="type_id.is_hard")
    stop_contact = fields.Selection(related="type_id.stop_contact")

    @api.depends("type_id", "date_to", "channel_ids")
    def _compute_name(self):
        for hold in self:
            name = hold.type_id.name or ""
            if hold.channel_ids:
                name = f"{name} ({', '.join(hold.channel_ids.mapped('name'))})"
            if hold.date_to:
                name = self.env._(
                    "%(type)s until %(day)s",
                    type=name,
                    day=format_date(self.env, hold.date_to),
                )
            hold.name = name

    @api.depends("date_from", "type_id.review_days")
    def _compute_date_review(self):
        for hold in self:
            days = hold.type_id.review_days
            hold.date_review = days and fields.Date.add(hold.date_from, days=days)

    @api.depends("date_from", "date_to", "date_released", "approval_state")
    @api.depends_context("recovery_today", "company")
    def _compute_active_today(self):
        domain = self._valid_domain(self.env.company._recovery_today())
        valid = self.filtered_domain(domain)
        for hold in self:
            hold.active_today = hold in valid

    def _search_active_today(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._valid_domain(self.env.company._recovery_today())

    @api.model
    def _valid_domain(self, day):
        """The one definition of a hold that runs on ``day``."""
        return [
            self._approved_domain(),
            ("date_from", "<=", day),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", day),
            "|",
            ("date_released", "=", False),
            ("date_released", ">", day),
        ]

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._prepare_hold_vals(dict(vals)) for vals in vals_list]
        holds = super().create(vals_list)
        holds._check_rights(self._fields)
        holds._log_on_case(self.env._("Hold placed"))
        holds._refresh_amounts()
        holds._tell_agencies()
        return holds

    def write(self, vals):
        fixed = FIXED_FIELDS & vals.keys()
        if fixed and not self.env.su:
            for hold in self:
                self._check_unchanged(hold, {key: vals[key] for key in fixed})
        result = super().write(vals)
        self._check_rights(vals)
        if "date_to" in vals and "date_released" not in vals:
            self._log_on_case(self.env._("Hold changed"))
        self._refresh_amounts()
        return result

    def unlink(self):
        self._refresh_amounts()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        """A hold explains why somebody was not chased: it ends, it never vanishes."""
        raise UserError(
            self.env._(
                "The hold “%(hold)s” explains why nobody chased and cannot be deleted: "
                "end it instead.",
                hold=self[:1].name,
            )
        )

    @api.model
    def _prepare_hold_vals(self, vals):
        """Fill customer and root company from what the hold is placed on."""
        line = self.env["account.move.line"].browse(vals.get("move_line_id"))
        move = self.env["account.move"].browse(vals.get("move_id")) or line.move_id
        case = self.env["debt.recovery.case"].browse(vals.get("case_id"))
        if not vals.get("scope"):
            found = {"line": line, "invoice": move, "case": case}
            vals["scope"] = next(
                (scope for scope, target in found.items() if target), "partner"
            )
        partner = (
            case.partner_id
            or line.partner_id
            or move.partner_id
            or self.env["res.partner"].browse(vals.get("partner_id"))
        ).commercial_partner_id
        company = case.company_id or move.company_id
        if not company:
            company = self.env["res.company"].browse(vals.get("company_id"))
        if vals["scope"] in ("invoice", "line") and move:
            vals["move_id"] = move.id
        if not partner:
            raise UserError(
                self.env._("This hold has no customer: choose what it is placed on.")
            )
        vals["partner_id"] = partner.id
        everywhere = vals["scope"] == "partner"
        vals["company_id"] = False if everywhere else company._recovery_root().id
        return vals

    def _refresh_amounts(self):
        """Live amounts read before are stale; the stored ones follow at the flush."""
        self.env["debt.recovery.receivable"].invalidate_model()
        self.env["debt.recovery.case"]._mark_partners(self.partner_id.ids)
        self._stay_legal_cases()

    def _tell_agencies(self):
        """Whoever placed a claim decides what the agency does in an insolvency."""
        for hold in self.filtered("type_id.stay_legal"):
            self.env["debt.recovery.placement"].sudo().search(
                [("state", "=", "placed"), ("partner_id", "=", hold.partner_id.id)]
            )._tell_stay(hold)

    def _stay_legal_cases(self):
        """Court proceedings stand still from now on, or go on."""
        if any(self.type_id.mapped("stay_legal")):
            self.env["debt.recovery.legal.case"].sudo().search(
                [("is_open", "=", True), ("partner_id", "in", self.partner_id.ids)]
            )._sync_stay()

    def _refresh_next_action(self):
        """A person changed something: show at once what comes next."""
        cases = self.env["debt.recovery.case"].search(
            [("partner_id", "in", self.partner_id.ids), ("state", "=", "open")]
        )
        cases._refresh_next_action()

    def _log_on_case(self, what):
        """One silent note, so that the story of the case can be read in one place."""
        for hold in self.filtered("case_id"):
            hold.case_id._message_log(
                body=self.env._(
                    "%(what)s: %(hold)s. %(reason)s",
                    what=what,
                    hold=hold.name,
                    reason=hold.reason or "",
                )
            )

    # ACTIONS

    def action_release(self):
        """Ask why, then end the hold."""
        return {
            "name": self.env._("End Hold"),
            "type": "ir.actions.act_window",
            "res_model": "debt.recovery.hold.release",
            "view_mode": "form",
            "target": "new",
            "context": {"default_hold_ids": self.ids},
        }

    def _release(self, reason, day=None):
        """End running holds; ``day`` is the first day they no longer count."""
        for hold in self.filtered(lambda hold: not hold.date_released):
            company = hold.company_id or self.env.company
            hold.write(
                {
                    "date_released": day or company._recovery_today(),
                    "release_reason": reason,
                }
            )
        self._log_on_case(self.env._("Hold ended"))
