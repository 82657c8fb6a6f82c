from odoo import api, fields, models

from ..models.hardship_relief import HOLD, VULNERABLE


class DebtRecoveryHardshipChoice(models.AbstractModel):
    """A plan for somebody in hardship: items that rest for that reason can be covered,
    and token payments cover no more than what will be paid."""

    _name = "debt.recovery.hardship.choice.mixin"
    _description = "Items of a Plan in Hardship"
    _inherit = "debt.recovery.total.choice.mixin"

    hardship_id = fields.Many2one("debt.recovery.hardship", readonly=True)

    @api.model
    def _choice_held(self, row):
        """The part of an item that rests for hardship alone."""
        others = self.env.context.get("recovery_other_holds")
        if others is None or others & {False, row.move_line_id.id}:
            return 0.0
        return row.amount_held_currency

    @api.model
    def _other_holds(self, case):
        """Items that rest for another reason, too; False among them: all."""
        holds = case._gate_hold_facts(case.company_id._recovery_today())[case]
        others = holds.filtered(lambda h: h.type_id.code not in (HOLD, VULNERABLE))
        items = others.move_line_id | others.move_id.line_ids
        wide = others.filtered(lambda hold: hold.scope in ("case", "partner"))
        return frozenset(items.ids) | ({False} if wide else set())

    @api.model
    def _prepare_choice_lines(self, case):
        """Oldest first, up to what token payments will bring."""
        self = self.with_context(recovery_other_holds=self._other_holds(case))
        lines = super()._prepare_choice_lines(case)
        left = self.env.context.get("default_cover")
        if not left:
            return lines
        for line in lines:
            currency = self.env["res.currency"].browse(line["currency_id"])
            part = min(left, line["amount"])
            line["selected"] = currency.compare_amounts(part, 0) > 0
            if line["selected"]:
                line["amount"] = part
                left = currency.round(left - part)
        return lines

    def _hardship_vals(self):
        """The assessment behind the plan."""
        return {"hardship_id": self.hardship_id.id}

    def action_negotiate(self):
        """Compare what the customer can pay before building anything."""
        self.ensure_one()
        return self.case_id.action_negotiate()
