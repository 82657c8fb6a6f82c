from odoo import api, fields, models


class DebtRecoveryFigureSource(models.AbstractModel):
    """Rows that move amounts of the bridge: live amounts read before a change are stale
    after it, the stored ones follow when the transaction flushes."""

    _name = "debt.recovery.figure.source.mixin"
    _description = "Row Behind the Bridge"

    partner_id = fields.Many2one("res.partner")

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._recovery_touch()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._recovery_touch()
        return result

    def unlink(self):
        self._recovery_touch()
        return super().unlink()

    def _recovery_touch(self):
        self.env["debt.recovery.receivable"].invalidate_model()
        self.env["debt.recovery.case"]._mark_partners(self.partner_id.ids)


class DebtRecoveryCaseScope(models.AbstractModel):
    """What disputes and agreements have in common: they belong to a case, take part of
    its open items out of chasing, and the figures follow in the same transaction."""

    _name = "debt.recovery.case.scope.mixin"
    _description = "Part of a Recovery Case"
    _inherit = "debt.recovery.figure.source.mixin"

    case_id = fields.Many2one(
        "debt.recovery.case", required=True, ondelete="restrict", index=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self.env.user
    )
    note = fields.Text()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            case = self.env["debt.recovery.case"].browse(vals.get("case_id"))
            vals.setdefault("partner_id", case.partner_id.id)
            vals.setdefault("company_id", case.company_id.id)
        return super().create(vals_list)


class DebtRecoveryCaseScopeLine(models.AbstractModel):
    """One open item covered by a dispute or an agreement."""

    _name = "debt.recovery.case.scope.line.mixin"
    _description = "Open Item in a Dispute or Agreement"
    _inherit = "debt.recovery.figure.source.mixin"

    move_line_id = fields.Many2one(
        "account.move.line", "Open Item", required=True, ondelete="cascade", index=True
    )
    move_id = fields.Many2one(related="move_line_id.move_id")
    date_due = fields.Date(related="move_line_id.date_maturity")
    currency_id = fields.Many2one(related="move_line_id.currency_id")
    residual_currency = fields.Monetary(
        "Open", related="move_line_id.amount_residual_currency"
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", ondelete="restrict", index=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            line = self.env["account.move.line"].browse(vals.get("move_line_id"))
            vals.setdefault("partner_id", line.partner_id.commercial_partner_id.id)
        return super().create(vals_list)
