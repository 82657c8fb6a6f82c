from odoo import api, fields, models

from odoo.addons.debt_recovery.tools.money import to_decimal
from odoo.addons.debt_recovery.tools.settlement import tax_shares

from ..tools.relief import relief_dates

RELIEF = [
    ("none", "No relief"),
    ("waiting", "To claim"),
    ("claimed", "Claimed"),
    ("repaid", "Repaid"),
]


class DebtRecoveryWriteOffLine(models.Model):
    """One item given up, with the tax inside it and when that may be claimed back.
    Amounts in company currency."""

    _name = "debt.recovery.write.off.line"
    _description = "Written-off Item"
    _inherit = "debt.recovery.vat.relief.mixin"
    _order = "date_due, id"

    write_off_id = fields.Many2one(
        "debt.recovery.write.off", required=True, index=True, ondelete="cascade"
    )
    move_line_id = fields.Many2one(
        "account.move.line", "Item", required=True, index=True, ondelete="restrict"
    )
    move_id = fields.Many2one(related="move_line_id.move_id", string="Document")
    move_name = fields.Char("Number", compute="_compute_document", store=True)
    date_due = fields.Date("Due Date", compute="_compute_document", store=True)
    partner_id = fields.Many2one(related="write_off_id.partner_id", store=True)
    case_id = fields.Many2one(related="write_off_id.case_id", store=True)
    company_id = fields.Many2one(
        related="write_off_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="write_off_id.state", store=True)
    reason_id = fields.Many2one(related="write_off_id.reason_id", store=True)
    date = fields.Date(related="write_off_id.date", store=True)
    amount = fields.Monetary("Open", compute="_compute_amount", store=True)
    amount_tax = fields.Monetary(
        "Tax to Claim Back", compute="_compute_amount", store=True
    )
    vat_relief_amount = fields.Monetary("Tax Relief", readonly=True)
    vat_relief_eligible_date = fields.Date("Claim From", readonly=True, index=True)
    vat_relief_deadline = fields.Date("Claim Until", readonly=True)
    vat_relief_state = fields.Selection(
        RELIEF, "Relief", required=True, readonly=True, default="none", index=True
    )
    vat_relief_repaid = fields.Monetary("Repaid", readonly=True)
    relief_rule_id = fields.Many2one(
        "debt.recovery.vat.relief.rule", "Rule", readonly=True
    )
    date_claimed = fields.Date("Claimed On", readonly=True)
    claim_move_id = fields.Many2one(
        "account.move",
        "Claim Entry",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    evidence_ids = fields.Many2many("ir.attachment")
    is_late = fields.Boolean("Lapsed", compute="_compute_is_late")
    is_ripe = fields.Boolean(compute="_compute_is_late")

    @api.depends("move_line_id")
    def _compute_document(self):
        for line in self.sudo():
            item = line.move_line_id
            line.move_name = item.move_id.name
            line.date_due = item.date_maturity or item.date

    @api.depends("move_line_id")
    def _compute_amount(self):
        """As long as it is open; frozen by :meth:`_freeze` when it is decided."""
        for line in self.sudo():
            line.update(line._prepare_amounts())

    @api.depends("vat_relief_state", "vat_relief_deadline", "vat_relief_eligible_date")
    def _compute_is_late(self):
        for line in self:
            today = line.company_id._recovery_today()
            waits = line.vat_relief_state == "waiting"
            last = line.vat_relief_deadline
            line.is_late = waits and bool(last) and last < today
            first = line.vat_relief_eligible_date
            line.is_ripe = waits and bool(first) and first <= today and not line.is_late

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        allowed = {"write_off_id", "move_line_id", "evidence_ids"}
        if not self.env.su and set().union(*vals_list) - allowed:
            raise self.env["debt.recovery.write.off"]._not_by_hand_error()
        lines = super().create(vals_list)
        lines._check_draft()
        return lines

    def write(self, vals):
        """Evidence may come at any time; the rest is counted."""
        if not self.env.su and set(vals) - {"evidence_ids"}:
            raise self.env["debt.recovery.write.off"]._not_by_hand_error()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self._check_draft()

    def _check_draft(self):
        if any(line.write_off_id.state != "draft" for line in self):
            raise self.env["debt.recovery.write.off"]._not_by_hand_error()

    # AMOUNTS

    def _prepare_amounts(self):
        tax = sum(self._relief_shares())
        return {"amount": self.move_line_id.amount_residual, "amount_tax": float(tax)}

    def _relief_shares(self):
        """The taxes inside the open rest that may come back, in company currency."""
        if not self._has_relief():
            return ()
        item, digits = self.move_line_id, self.currency_id.decimal_places
        taxes = item.move_id.line_ids.filtered("tax_line_id").filtered(
            lambda row: row.tax_line_id.tax_exigibility != "on_payment"
        )
        return tax_shares(
            to_decimal(item.amount_residual, digits),
            to_decimal(abs(item.move_id.amount_total_signed), digits),
            [to_decimal(-tax.balance, digits) for tax in taxes],
            digits,
        )

    def _has_relief(self):
        """Whether the rule of the company gives anything back for this item."""
        rule = self.company_id.sudo().recovery_relief_rule_id
        item = self.move_line_id
        if not rule or not item.move_id.is_sale_document(True):
            return False
        if not rule.minimum or item.partner_id.commercial_partner_id.is_company:
            return True
        return abs(item.move_id.amount_untaxed_signed) > rule.minimum

    def _freeze(self):
        """Write down what is open today, and the days of the relief."""
        for line in self.sudo():
            vals = line._prepare_amounts()
            line.write(vals | line._prepare_relief(vals["amount_tax"]))

    def _prepare_relief(self, tax):
        if self.currency_id.is_zero(tax):
            return {"vat_relief_state": "none", "vat_relief_amount": 0.0}
        rule = self.company_id.recovery_relief_rule_id
        move = self.move_id
        relief = relief_dates(
            rule._to_rule(),
            move.delivery_date or move.invoice_date or move.date,
            self.date_due,
            self.write_off_id._booking_day(),
        )
        return {
            "vat_relief_state": "waiting",
            "vat_relief_amount": tax,
            "vat_relief_eligible_date": relief.first,
            "vat_relief_deadline": relief.last,
            "relief_rule_id": rule.id,
        }

    def _prepare_candidate_row(self):
        """Plain values of ``res.company._recovery_bad_debts``."""
        today = self.company_id._recovery_today()
        states = dict(self._fields["state"]._description_selection(self.env))
        record = self.write_off_id
        return {
            "partner_id": self.partner_id.id,
            "user_id": self.case_id.user_id.id,
            "customer": self.partner_id.sudo().display_name,
            "number": self.move_name,
            "date_due": self.date_due,
            "days": max(0, (today - self.date_due).days),
            "amount": self.amount,
            "reason": self.reason_id.name,
            "why": record.note or "",
            "state": f"{record.name}: {states[self.state]}",
        }

    # PROBLEMS

    def _find_problem(self, row):
        """Why this item cannot be written off.

        :param row: its receivable row today; empty where nothing is open
        """
        name = self.move_name
        if not row or row.is_credit:
            return self.env._(
                "%(item)s is not open (any more): take it off the list.", item=name
            )
        if row.partner_id != self.write_off_id.partner_id:
            return self.env._(
                "%(item)s belongs to %(customer)s: write off one customer at a time.",
                item=name,
                customer=row.partner_id.name,
            )
        for fname, sentence in self._obstacles().items():
            if amount := row[fname]:
                return sentence % {
                    "item": name,
                    "amount": self.currency_id.format(amount),
                }
        return self._find_other()

    def _obstacles(self):
        """Seam: parts of an item that keep it from being written off."""
        return {
            "amount_disputed": self.env._(
                "%(item)s is disputed with %(amount)s: decide the dispute first."
            ),
            "amount_agreed": self.env._(
                "%(item)s is agreed with %(amount)s in a promise, plan or settlement: "
                "end that first."
            ),
            "amount_in_payment": self.env._(
                "%(item)s has %(amount)s on the way: wait for the money."
            ),
        }

    def _find_other(self):
        other = self.sudo().search(
            [
                ("move_line_id", "=", self.move_line_id.id),
                ("write_off_id", "!=", self.write_off_id._origin.id),
                ("state", "=", "waiting"),
            ],
            limit=1,
        )
        return other and self.env._(
            "%(item)s waits for approval in %(other)s already.",
            item=self.move_name,
            other=other.write_off_id.name,
        )
