from odoo import api, fields, models


class DebtRecoveryMoveLimitation(models.AbstractModel):
    """When the claim of an invoice becomes time-barred, asked when it is opened."""

    _name = "debt.recovery.move.limitation.mixin"
    _description = "Limitation of an Invoice"

    recovery_limitation_text = fields.Char(
        "Limitation", compute="_compute_recovery_limitation", compute_sudo=True
    )
    recovery_limitation_why = fields.Char(
        compute="_compute_recovery_limitation", compute_sudo=True
    )

    @api.depends("state", "payment_state", "partner_id")
    @api.depends_context("recovery_today", "lang")
    def _compute_recovery_limitation(self):
        """The open item that ends first; nothing on what is paid or not posted."""
        case = self.env["debt.recovery.case"]
        trade = self.env["account.account"]._recovery_trade_account_ids()
        lines = self.line_ids.filtered(
            lambda line: (
                line.account_id.id in trade
                and line.parent_state == "posted"
                and line.amount_residual > 0
                and line.partner_id
            )
        )
        found = lines._recovery_limitation() if lines.ids else {}
        for move in self:
            items = [found[line] for line in lines if line.move_id == move]
            items = [item for item in items if item.date]
            item = min(items, key=lambda item: item.date, default=None)
            move.recovery_limitation_text = item and case._limitation_short(item)
            move.recovery_limitation_why = item and ". ".join(
                case._sentence(reason) for reason in item.reasons
            )
