from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class DebtRecoveryDisputeResolve(models.TransientModel):
    """The officer decides: how much of each item is justified, and why. All accepted,
    a part, or nothing follows from the amounts."""

    _name = "debt.recovery.dispute.resolve"
    _description = "Decide a Dispute"

    dispute_id = fields.Many2one("debt.recovery.dispute", required=True)
    kind = fields.Selection(related="dispute_id.kind")
    answer = fields.Text(related="dispute_id.answer", string="The Owner Says")
    proposal = fields.Selection(related="dispute_id.proposal")
    decision = fields.Selection(
        [("accepted", "Accept"), ("partly", "Accept a part"), ("rejected", "Reject")],
        required=True,
        default=lambda self: self._default_decision(),
    )
    remedy = fields.Selection(
        [("credit", "Credit note"), ("corrected", "Corrected without credit")],
        "Settled by",
        default="credit",
        required=True,
    )
    upheld = fields.Selection([("yes", "Yes"), ("no", "No")], default="yes")
    reason = fields.Text("Reasons")
    line_ids = fields.One2many(
        "debt.recovery.dispute.resolve.line",
        "wizard_id",
        "Items",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.model
    def _default_decision(self):
        dispute = self.env["debt.recovery.dispute"].browse(
            self.env.context.get("default_dispute_id")
        )
        proposed = {"accept": "accepted", "part": "partly", "reject": "rejected"}
        return proposed.get(dispute.proposal, "accepted")

    @api.depends("dispute_id", "decision")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear()] + [
                Command.create(
                    {
                        "line_id": line.id,
                        "amount": 0.0
                        if wizard.decision == "rejected"
                        else line.amount_live,
                    }
                )
                for line in wizard.dispute_id.line_ids
            ]

    def action_confirm(self):
        """Write the decision with its consequences."""
        self.ensure_one()
        dispute = self.dispute_id
        if dispute.kind != "dispute":
            self._check_answered()
            dispute._decide("closed", self.reason or dispute.answer, upheld=self.upheld)
            return {"type": "ir.actions.act_window_close"}
        if self.decision == "rejected" and not (self.reason or "").strip():
            raise UserError(
                self.env._("Give the reasons: the customer gets them in a letter.")
            )
        amounts = self._check_amounts()
        dispute._decide(
            self._decided_state(amounts),
            self.reason,
            amounts,
            remedy=False if self.decision == "rejected" else self.remedy,
        )
        if dispute.needs_credit:
            return dispute.action_credit_note()
        return {"type": "ir.actions.act_window_close"}

    def _decided_state(self, amounts):
        """All of it, or a part: the amounts say so."""
        if self.decision == "rejected":
            return "rejected"
        less = any(
            line.currency_id.compare_amounts(amount, line.amount_live) < 0
            for line, amount in amounts.items()
        )
        return "partly" if less else "accepted"

    def _check_answered(self):
        if not (self.reason or self.dispute_id.answer or "").strip():
            raise UserError(self.env._("Write what was answered to the customer."))

    def _check_amounts(self):
        """Accepted amounts between nothing and what is disputed; a part is a part."""
        if self.decision == "rejected":
            return {}
        amounts = {item.line_id: item.amount for item in self.line_ids}
        for line, amount in amounts.items():
            compare = line.currency_id.compare_amounts
            if compare(amount, 0) < 0 or compare(amount, line.amount_currency) > 0:
                raise UserError(
                    self.env._(
                        "Of %(item)s %(disputed)s is disputed, so %(amount)s cannot be "
                        "accepted.",
                        item=line.move_name,
                        disputed=line.currency_id.format(line.amount_currency),
                        amount=line.currency_id.format(amount),
                    )
                )
        if not any(amounts.values()):
            raise UserError(
                self.env._("Enter the amount that you accept, or choose Reject.")
            )
        return amounts


class DebtRecoveryDisputeResolveLine(models.TransientModel):
    """What is accepted of one item, in its currency."""

    _name = "debt.recovery.dispute.resolve.line"
    _description = "Decided Item"

    wizard_id = fields.Many2one(
        "debt.recovery.dispute.resolve", required=True, ondelete="cascade"
    )
    line_id = fields.Many2one("debt.recovery.dispute.line", required=True)
    name = fields.Char(related="line_id.move_name")
    currency_id = fields.Many2one(related="line_id.currency_id")
    amount_live = fields.Monetary("Disputed", related="line_id.amount_live")
    amount = fields.Monetary("Accepted")
