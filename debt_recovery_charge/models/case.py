from odoo import api, fields, models


class DebtRecoveryCase(models.Model):
    """Charges beside the debt: counted, shown, never in the way of closing a case."""

    _inherit = "debt.recovery.case"

    charge_ids = fields.One2many("debt.recovery.charge", "case_id", "Charges")
    amount_charges = fields.Monetary(
        "Charges (Memo)",
        currency_field="company_currency_id",
        compute="_compute_amount_charges",
        help="Interest, compensation and fees that are claimed but not billed.",
    )

    @api.depends("charge_ids.amount_open")
    def _compute_amount_charges(self):
        sums = self.env["debt.recovery.charge"]._open_by_case(self)
        for case in self:
            case.amount_charges = sums.get(case.id, 0.0)

    @api.depends("charge_ids.amount_open")
    def _compute_bridge(self):
        result = super()._compute_bridge()
        for case in self.filtered(lambda c: c.bridge and c.amount_charges):
            case.bridge = {
                **case.bridge,
                "beside": [*case.bridge["beside"], case._bridge_charges_term()],
            }
        return result

    def _bridge_charges_term(self):
        field = self._fields["amount_charges"]
        return {
            "name": "charges",
            "label": field._description_string(self.env),
            "help": field._description_help(self.env),
            "sign": "",
            "zero": False,
            "text": self.company_currency_id.format(self.amount_charges),
        }

    def action_open_receivables(self):
        """The charges open as their own list."""
        if self.env.context.get("recovery_bridge") == "charges":
            return self.action_open_charges()
        return super().action_open_receivables()

    def action_open_charges(self):
        """Charges of the case."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery_charge.debt_recovery_charge_action"
        )
        return {**action, "domain": [("case_id", "in", self.ids)], "context": {}}

    def _merge_into(self, target):
        """Charges follow their invoices to the case that goes on."""
        charges = self.charge_ids.sudo()
        charges.write({"case_id": target.id, "partner_id": target.partner_id.id})
        waivers = self.env["debt.recovery.charge.waiver"].sudo()
        waivers.search([("case_id", "in", self.ids)]).write({"case_id": target.id})
        return super()._merge_into(target)
