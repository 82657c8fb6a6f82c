from odoo import fields, models


class DebtRecoveryDispute(models.Model):
    """What the debtor contests. Only the disputed part of each item leaves the
    collectable amount; the rest is still chased."""

    _name = "debt.recovery.dispute"
    _description = "Dispute"
    _inherit = [
        "debt.recovery.case.scope.mixin",
        "debt.recovery.case.scope.screen.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"

    name = fields.Char("Reason", required=True, tracking=True)
    state = fields.Selection(
        [("open", "Open"), ("resolved", "Resolved"), ("withdrawn", "Withdrawn")],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        tracking=True,
    )
    line_ids = fields.One2many("debt.recovery.dispute.line", "dispute_id", "Items")

    def action_resolve(self):
        """Settled: the items are collectable again unless credited."""
        self.write({"state": "resolved"})

    def action_withdraw(self):
        """The debtor no longer contests: the items are collectable again."""
        self.write({"state": "withdrawn"})

    def action_reopen(self):
        """Undo a resolution or withdrawal."""
        self.write({"state": "open"})
