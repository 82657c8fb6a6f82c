from datetime import datetime, time

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

#: What only the buttons change.
DECIDED = frozenset(
    (
        *("state", "move_id", "date", "date_reversed", "closed_case", "recovery_ids"),
        *("partner_id", "company_id", "case_id", "small", "amount", "amount_tax"),
        *("amount_loss", "amount_recovered", "name", "told_line_id"),
    )
)
#: What may be changed while it is a draft.
DRAFTED = frozenset(("reason_id", "line_ids", "date_planned"))
STATES = [
    ("draft", "Draft"),
    ("waiting", "Waits for approval"),
    ("booked", "Booked"),
    ("reversed", "Taken back"),
]


class DebtRecoveryWriteOff(models.Model):
    """Giving up open items of one customer: a reason, a decision by amount, an entry
    that closes the items, and a way back."""

    _name = "debt.recovery.write.off"
    _description = "Write-off"
    _inherit = [
        "debt.recovery.write.off.check.mixin",
        "debt.recovery.write.off.entry.mixin",
        "debt.recovery.write.off.approval.mixin",
        "debt.recovery.write.off.money.mixin",
        "mail.thread",
    ]
    _order = "id desc"
    _mail_post_access = "read"

    name = fields.Char(readonly=True, copy=False, default="/")
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    case_id = fields.Many2one(
        "debt.recovery.case", readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    reason_id = fields.Many2one(
        "debt.recovery.write.off.reason", required=True, ondelete="restrict"
    )
    note = fields.Text("Explanation")
    small = fields.Boolean("Small Balance", readonly=True)
    rule_id = fields.Many2one(
        "debt.recovery.write.off.rule", "Proposed By", readonly=True
    )
    line_ids = fields.One2many("debt.recovery.write.off.line", "write_off_id", "Items")
    amount = fields.Monetary(compute="_compute_amounts", store=True)
    amount_tax = fields.Monetary(
        "Tax to Claim Back", compute="_compute_amounts", store=True
    )
    amount_loss = fields.Monetary("Loss", compute="_compute_amounts", store=True)
    amount_recovered = fields.Monetary(
        "Recovered", compute="_compute_recovered", store=True
    )
    state = fields.Selection(
        STATES, required=True, readonly=True, default="draft", index=True, copy=False
    )
    date_planned = fields.Date(
        "Accounting Date", help="Empty: the day on which it is approved."
    )
    date = fields.Date("Booked On", readonly=True, copy=False)
    date_reversed = fields.Date("Taken Back On", readonly=True, copy=False)
    move_id = fields.Many2one(
        "account.move",
        "Entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    closed_case = fields.Boolean(readonly=True, copy=False)
    recovery_ids = fields.One2many(
        "debt.recovery.write.off.recovery", "write_off_id", "Recovered Afterwards"
    )
    problem = fields.Char("Missing", compute="_compute_problem", compute_sudo=True)

    @api.depends("line_ids.amount", "line_ids.amount_tax")
    def _compute_amounts(self):
        for record in self:
            record.amount = sum(record.line_ids.mapped("amount"))
            record.amount_tax = sum(record.line_ids.mapped("amount_tax"))
            record.amount_loss = record.amount - record.amount_tax

    @api.depends("recovery_ids.amount", "recovery_ids.state")
    def _compute_recovered(self):
        for record in self:
            booked = record.recovery_ids.filtered(lambda row: row.state == "booked")
            record.amount_recovered = sum(booked.mapped("amount"))

    @api.depends("state", "line_ids", "date_planned")
    def _compute_problem(self):
        for record in self:
            asks = record.state in ("draft", "waiting")
            record.problem = asks and record._find_problem()

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not self.env.su and vals.get("state", "draft") != "draft":
                raise self._not_by_hand_error()
            if vals.get("name", "/") == "/":
                sequence = self.env["ir.sequence"].sudo()
                vals["name"] = sequence.next_by_code("debt.recovery.write.off") or "/"
        return super().create(vals_list)

    def write(self, vals):
        """What was decided stays as it was decided."""
        drafts = all(record.state == "draft" for record in self)
        if not self.env.su and (
            DECIDED & set(vals) or DRAFTED & set(vals) and not drafts
        ):
            raise self._not_by_hand_error()
        return super().write(vals)

    @api.model
    def _not_by_hand_error(self):
        return UserError(
            self.env._(
                "Only reason, items and day of a draft can be changed: use the "
                "buttons, withdraw the request first, or take the write-off back."
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        for record in self.filtered(lambda row: row.state != "draft"):
            raise UserError(
                self.env._(
                    "%(name)s shows what became of a claim and cannot be deleted: take "
                    "it back instead.",
                    name=record.name,
                )
            )

    @api.model
    def _prepare_write_off(self, items, reason, **vals):
        """Values of a write-off of these journal items, all of one customer."""
        partner = items.partner_id.commercial_partner_id
        if len(partner) != 1:
            raise UserError(
                self.env._(
                    "These items belong to several customers: write off one customer "
                    "at a time."
                )
            )
        company = items.company_id._recovery_root()
        if len(company) != 1:
            raise UserError(
                self.env._("These items belong to several companies: take one.")
            )
        case = self.env["debt.recovery.case"].search(
            [("partner_id", "=", partner.id), ("company_id", "=", company.id)],
            order="state desc, id desc",
            limit=1,
        )
        return {
            "partner_id": partner.id,
            "company_id": company.id,
            "case_id": case.id,
            "reason_id": reason.id,
            "line_ids": [Command.create({"move_line_id": item.id}) for item in items],
            **vals,
        }

    # OTHERS OF THE SAME CUSTOMER

    def _recent(self):
        """What was written off for this customer in the past twelve months."""
        since = self.company_id._recovery_today() - relativedelta(years=1)
        return self.sudo().search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "booked"),
                ("date", ">", since),
                ("id", "not in", self.ids),
            ]
        )

    def _today_of_user(self):
        """Small rests this person wrote off today."""
        today = datetime.combine(self.company_id._recovery_today(), time.min)
        return self.sudo().search(
            [
                ("small", "=", True),
                ("state", "=", "booked"),
                ("create_uid", "=", self.env.uid),
                ("date", "=", today.date()),
                ("company_id", "=", self.company_id.id),
                ("id", "not in", self.ids),
            ]
        )

    # BUTTONS

    def action_submit(self):
        """Book it, or ask whoever may decide on that much."""
        for record in self:
            if record.state != "draft":
                raise UserError(
                    self.env._("%(name)s is not a draft any more.", name=record.name)
                )
            if problem := record.sudo()._find_problem():
                raise UserError(problem)
        self.sudo().line_ids._freeze()
        approvals = self.env["debt.recovery.approval"]
        for record in self:
            reason = record.note or record.reason_id.name
            asked = record._request_approval(reason)
            if asked:
                record.sudo().state = "waiting"
                approvals |= asked
            else:
                record._book()
        return approvals and self._approval_asked_notice(
            approvals, {"type": "ir.actions.client", "tag": "soft_reload"}
        )

    def action_reverse(self):
        """Take it back: whoever may give up that much may take it back."""
        for record in self:
            if record.state != "booked":
                raise UserError(
                    self.env._(
                        "%(name)s is not booked: nothing to take back.",
                        name=record.name,
                    )
                )
            if not self.env.user.has_group("debt_recovery.group_manager"):
                raise UserError(
                    self.env._("A recovery manager takes write-offs back: ask yours.")
                )
        self._reverse()
        return True

    def action_receive(self):
        """Book money that came after the write-off."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Money Received"),
            "res_model": "debt.recovery.write.off.receive",
            "view_mode": "form",
            "target": "new",
            "context": {"default_write_off_id": self.id},
        }

    def action_open_entry(self):
        """The entry behind it."""
        self.ensure_one()
        return self.move_id.get_formview_action()

    def action_open_case(self):
        """The case it belongs to."""
        self.ensure_one()
        return self.case_id.get_formview_action()
