from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

#: While the answer is awaited the contested part is not chased; an accepted part is
#: not chased either until its credit note has arrived.
AWAITED = ("open", "answered")
ACCEPTED = ("accepted", "partly")


class DebtRecoveryDisputeLine(models.Model):
    """A contested amount of one open item, in the item's currency. The amount that
    counts is live: what was credited since the dispute was opened is taken off, and it
    never exceeds what is open. Undoing the credit brings it back."""

    _name = "debt.recovery.dispute.line"
    _description = "Disputed Item"
    _inherit = "debt.recovery.case.scope.line.mixin"
    _rec_name = "move_line_id"

    dispute_id = fields.Many2one(
        "debt.recovery.dispute", required=True, ondelete="cascade", index=True
    )
    move_name = fields.Char("Number", related="move_line_id.move_name")
    amount_currency = fields.Monetary(
        "Disputed",
        required=True,
        compute="_compute_amount_currency",
        store=True,
        readonly=False,
        precompute=True,
        help="Contested amount in the currency of the item; all that is open unless "
        "changed.",
    )
    amount_accepted = fields.Monetary(
        "Accepted", readonly=True, help="Part that we found justified."
    )
    credited_before = fields.Monetary(
        readonly=True,
        compute="_compute_credited_before",
        store=True,
        precompute=True,
        help="Credit notes matched with the item before it was disputed.",
    )
    amount_blocked = fields.Monetary(
        compute="_compute_amount_blocked",
        store=True,
        help="Part that is not chased, before credit notes are taken off.",
    )
    amount_live = fields.Monetary(
        "Still Disputed",
        compute="_compute_amount_live",
        help="Not chased today: follows credit notes and payments, never negative.",
    )
    state = fields.Selection(related="dispute_id.state", store=True)

    _blocked_line_idx = models.Index("(move_line_id) WHERE amount_blocked > 0")

    # COMPUTE

    @api.depends("move_line_id")
    def _compute_amount_currency(self):
        for line in self:
            line.amount_currency = line.residual_currency

    @api.depends("move_line_id")
    def _compute_credited_before(self):
        credited = self._credited_amounts()
        for line in self:
            line.credited_before = credited.get(line.move_line_id.id, 0.0)

    @api.depends("state", "amount_currency", "amount_accepted", "dispute_id.remedy")
    def _compute_amount_blocked(self):
        for line in self:
            dispute = line.dispute_id
            if dispute.state in AWAITED:
                line.amount_blocked = line.amount_currency
            elif dispute.state in ACCEPTED and dispute.remedy == "credit":
                line.amount_blocked = line.amount_accepted
            else:
                line.amount_blocked = 0.0

    @api.depends("amount_blocked", "credited_before", "residual_currency")
    def _compute_amount_live(self):
        credited = self._credited_amounts()
        for line in self:
            since = credited.get(line.move_line_id.id, 0.0) - line.credited_before
            rest = line.amount_blocked - max(since, 0.0)
            line.amount_live = max(0.0, min(rest, line.residual_currency))

    def _credited_amounts(self):
        """``{journal item id: credited so far}`` by posted credit notes, in the
        currency of the item."""
        ids = self.move_line_id.ids
        if not ids:
            return {}
        self.env["account.partial.reconcile"].flush_model()
        query = self.env["debt.recovery.receivable"]._receivable_credited()
        rows = self.env.execute_query(
            SQL("%s AND p.debit_move_id IN %s GROUP BY 1", query, tuple(ids))
        )
        return {line_id: float(amount) for line_id, amount in rows}

    # CONSTRAINTS

    @api.constrains("amount_currency", "move_line_id")
    def _check_amount_currency(self):
        for line in self:
            if line.currency_id.compare_amounts(line.amount_currency, 0) <= 0:
                raise ValidationError(
                    self.env._(
                        "The disputed amount of %(item)s must be above zero.",
                        item=line.move_id.display_name,
                    )
                )
            if line.state in AWAITED:
                line._check_disputable()

    def _check_disputable(self):
        """Only what this customer really owes can be contested, and only once."""
        self.ensure_one()
        item = self.move_line_id
        name = self.move_id.display_name
        error = None
        if item.parent_state != "posted":
            error = self.env._(
                "%(item)s is not posted, so it cannot be disputed.", item=name
            )
        elif item.partner_id.commercial_partner_id != self.dispute_id.partner_id:
            error = self.env._(
                "%(item)s belongs to another customer: open a dispute there.", item=name
            )
        elif item.company_id.root_id != self.dispute_id.company_id:
            error = self.env._(
                "%(item)s belongs to another company: open a dispute there.", item=name
            )
        elif self.currency_id.compare_amounts(self.residual_currency, 0) <= 0:
            error = self.env._(
                "Nothing is open on %(item)s, so there is nothing to dispute.",
                item=name,
            )
        if error:
            raise ValidationError(error)
        self._check_room(name)

    def _check_room(self, name):
        """Several disputes may share an item, but not the same money."""
        taken = self._other_disputed()
        room = max(self.residual_currency - taken, 0.0)
        if self.currency_id.compare_amounts(self.amount_currency, room) <= 0:
            return
        money = self.currency_id.format
        if taken:
            raise ValidationError(
                self.env._(
                    "%(taken)s of %(item)s is disputed already: no more than %(room)s "
                    "can be added.",
                    taken=money(taken),
                    item=name,
                    room=money(room),
                )
            )
        raise ValidationError(
            self.env._(
                "Of %(item)s only %(open)s is open, so %(amount)s cannot be disputed.",
                item=name,
                open=money(room),
                amount=money(self.amount_currency),
            )
        )

    def _other_disputed(self):
        """What other disputes take of the same item now, in its currency."""
        others = self.sudo().search(
            [
                ("move_line_id", "=", self.move_line_id.id),
                ("amount_blocked", ">", 0),
                ("id", "!=", self._origin.id),
            ]
        )
        return sum(others.mapped("amount_live"))
