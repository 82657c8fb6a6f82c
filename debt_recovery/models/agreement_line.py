from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL


class DebtRecoveryAgreementLine(models.Model):
    """One open item, or a part of it, covered by an agreement. ``agreed`` shrinks as
    money arrives because the residual at signing is kept."""

    _name = "debt.recovery.agreement.line"
    _description = "Agreed Item"
    _inherit = "debt.recovery.case.scope.line.mixin"
    _rec_name = "move_line_id"

    agreement_id = fields.Many2one(
        "debt.recovery.agreement", required=True, ondelete="cascade", index=True
    )
    residual_at_signing = fields.Monetary(
        compute="_compute_residual_at_signing",
        store=True,
        readonly=False,
        precompute=True,
        help="Open amount of the item when the agreement was made, in its currency.",
    )
    amount_covered = fields.Monetary(
        "Covered",
        compute="_compute_amount_covered",
        store=True,
        readonly=False,
        precompute=True,
        help="Part of the item that is agreed, in its currency.",
    )
    state = fields.Selection(related="agreement_id.state", store=True)
    amount_credited = fields.Monetary(
        "Credited", readonly=True, copy=False, help="Since the signing; no payment."
    )
    partial_mark = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="Last reconciliation of the item before the signing.",
    )

    _active_line_unique = models.UniqueIndex(
        "(move_line_id) WHERE state IN ('active', 'to_sign')",
        "This item is already in a running agreement; end that one first.",
    )

    @api.depends("move_line_id")
    def _compute_residual_at_signing(self):
        for line in self:
            line.residual_at_signing = line.residual_currency

    @api.depends("residual_at_signing")
    def _compute_amount_covered(self):
        for line in self:
            line.amount_covered = line.residual_at_signing

    @api.constrains("amount_covered", "residual_at_signing")
    def _check_amount_covered(self):
        for line in self:
            compare = line.currency_id.compare_amounts
            if not (
                compare(line.amount_covered, 0) > 0
                and compare(line.amount_covered, line.residual_at_signing) <= 0
            ):
                raise ValidationError(
                    self.env._(
                        "The agreed part of %(item)s must be above zero and at most "
                        "what is open.",
                        item=line.move_id.display_name,
                    )
                )

    def _begin(self):
        """From here on money counts."""
        self._check_not_disputed()
        self._mark_partials()

    def _check_not_disputed(self):
        """What the debtor contests is settled first: an agreement over it would hide
        the dispute."""
        self.env.flush_all()
        receivables = self.env["debt.recovery.receivable"].sudo()
        receivables.invalidate_model()
        rows = receivables.search([("move_line_id", "in", self.move_line_id.ids)])
        disputed = {row.move_line_id: row.amount_disputed_currency for row in rows}
        for line in self:
            contested = disputed.get(line.move_line_id, 0.0)
            free = line.residual_at_signing - contested
            too_much = line.currency_id.compare_amounts(line.amount_covered, free) > 0
            if contested and too_much:
                raise UserError(
                    self.env._(
                        "%(amount)s of %(item)s is disputed: settle the dispute first, "
                        "or agree on the rest.",
                        amount=line.currency_id.format(contested),
                        item=line.move_id.display_name,
                    )
                )

    def _mark_partials(self):
        """Remember where the reconciliations of the items stood."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT p.debit_move_id, MAX(p.id) FROM account_partial_reconcile p
                    WHERE p.debit_move_id IN %s GROUP BY p.debit_move_id""",
                tuple(self.move_line_id.ids) or (0,),
            )
        )
        marks = dict(rows)
        for line in self:
            line.sudo().partial_mark = marks.get(line.move_line_id.id, 0)
