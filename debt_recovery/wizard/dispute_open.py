from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.dispute import KINDS


class DebtRecoveryDisputeOpen(models.TransientModel):
    """Write down what the debtor contests: which items, how much of each, and why.
    Only that leaves the collectable amount; the rest is still chased. An enquiry or a
    complaint has no items."""

    _name = "debt.recovery.dispute.open"
    _description = "Open a Dispute"
    _inherit = "debt.recovery.item.choice.mixin"

    kind = fields.Selection(KINDS, required=True, default="dispute")
    category_id = fields.Many2one("debt.recovery.dispute.category")
    name = fields.Char(
        "Subject", compute="_compute_name", store=True, readonly=False, required=True
    )
    note = fields.Text("Details")
    user_id = fields.Many2one(
        "res.users",
        "Answered by",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        domain="[('share', '=', False)]",
    )
    answer_days = fields.Integer(related="category_id.answer_days")
    evidence = fields.Char(related="category_id.evidence")
    line_ids = fields.One2many("debt.recovery.dispute.open.line", "wizard_id", "Items")
    complaints_before = fields.Integer(compute="_compute_complaints_before")

    @api.depends("case_id", "kind")
    def _compute_complaints_before(self):
        disputes = self.env["debt.recovery.dispute"]
        for wizard in self:
            counted = wizard.kind == "complaint" and wizard.case_id
            wizard.complaints_before = (
                disputes._complaints_before(wizard.case_id) if counted else 0
            )

    @api.depends("category_id")
    def _compute_name(self):
        """The category's name, unless somebody wrote another subject."""
        categories = self.env["debt.recovery.dispute.category"]
        names = set(categories.search([("name", "!=", False)]).mapped("name"))
        for wizard in self:
            if not wizard.name or wizard.name in names:
                wizard.name = wizard.category_id.name

    @api.depends("kind", "category_id", "line_ids.selected")
    def _compute_user_id(self):
        """As the category says, from the invoices ticked; a complaint goes up."""
        disputes = self.env["debt.recovery.dispute"]
        for wizard in self:
            moves = wizard._chosen_lines().move_line_id.sudo().move_id
            wizard.user_id = disputes._find_answerer(
                wizard.case_id, wizard.kind, wizard.category_id, moves
            )

    @api.model
    def _choice_amount(self, row):
        """Everything on the item that is not disputed yet, due or not."""
        lines = self.env["debt.recovery.dispute.line"].sudo()
        taken = lines.search(
            [("move_line_id", "=", row.id), ("amount_blocked", ">", 0)]
        )
        return row.amount_residual_currency - sum(taken.mapped("amount_live"))

    @api.model
    def _is_ticked(self, row):
        """The officer says which; nothing is disputed by accident."""
        return False

    def action_confirm(self):
        """Open the dispute; the figures follow in the same transaction."""
        self.ensure_one()
        lines = self._chosen_lines() if self.kind == "dispute" else self.line_ids[:0]
        if self.kind == "dispute" and not lines:
            raise UserError(self.env._("Tick the items that the debtor contests."))
        self._check_amounts(lines)
        self.case_id._open_dispute(
            self.kind,
            self.category_id,
            [(line.move_line_id, line.amount) for line in lines],
            **self._prepare_dispute_vals(),
        )
        return {"type": "ir.actions.act_window_close"}

    def _check_amounts(self, lines):
        """More than what is open cannot be contested."""
        for line in lines:
            if line.currency_id.compare_amounts(line.amount, line.amount_open) > 0:
                raise UserError(
                    self.env._(
                        "Of %(item)s only %(open)s is open, so %(amount)s cannot be "
                        "disputed.",
                        item=line.name,
                        open=line.currency_id.format(line.amount_open),
                        amount=line.currency_id.format(line.amount),
                    )
                )

    def _prepare_dispute_vals(self):
        return {
            "name": self.name,
            "note": self.note,
            "user_id": self.user_id.id,
        }


class DebtRecoveryDisputeOpenLine(models.TransientModel):
    """One item of the dispute; amounts in the currency of the item."""

    _name = "debt.recovery.dispute.open.line"
    _description = "Contested Item"
    _inherit = "debt.recovery.item.choice.line.mixin"

    wizard_id = fields.Many2one(
        "debt.recovery.dispute.open", required=True, ondelete="cascade"
    )
