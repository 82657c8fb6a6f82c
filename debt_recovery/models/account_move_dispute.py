from odoo import api, fields, models
from odoo.exceptions import UserError


class DebtRecoveryMoveDispute(models.AbstractModel):
    """Disputes of an invoice: how many there are, and how to open one from it."""

    _name = "debt.recovery.move.dispute.mixin"
    _description = "Disputes of an Invoice"

    recovery_dispute_count = fields.Integer(
        "Disputes", compute="_compute_recovery_dispute_count", compute_sudo=True
    )

    @api.depends("state")
    def _compute_recovery_dispute_count(self):
        counts = {}
        if self.ids:
            groups = self.env["debt.recovery.dispute.line"]._read_group(
                [("move_line_id.move_id", "in", self.ids)],
                ["move_line_id"],
                ["dispute_id:array_agg"],
            )
            for item, disputes in groups:
                counts.setdefault(item.move_id.id, set()).update(disputes)
        for move in self:
            move.recovery_dispute_count = len(counts.get(move.id, ()))

    def action_recovery_disputes(self):
        """Disputes about this invoice."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery.debt_recovery_dispute_action"
        )
        return action | {
            "domain": [("line_ids.move_line_id.move_id", "=", self.id)],
            "context": {},
        }

    def action_recovery_dispute(self):
        """The customer contests this invoice, perhaps before it is due."""
        self.ensure_one()
        if self.state != "posted" or self.payment_state in ("paid", "reversed"):
            raise UserError(
                self.env._(
                    "Nothing is open on %(invoice)s, so there is nothing to dispute.",
                    invoice=self.display_name,
                )
            )
        case = self.commercial_partner_id._recovery_live_case(self.company_id)
        items = self.env["debt.recovery.receivable"].search([("move_id", "=", self.id)])
        action = case.action_dispute()
        return action | {
            "context": {
                **action["context"],
                "active_model": "debt.recovery.receivable",
                "active_ids": items.ids,
            }
        }
