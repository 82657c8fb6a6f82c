from odoo import fields, models


class DebtRecoveryPlacementStatementBill(models.AbstractModel):
    """The commission of a statement that agrees with ours as a vendor bill, one line
    for each claim."""

    _name = "debt.recovery.placement.statement.bill.mixin"
    _description = "Bill of an Agency Statement"
    _inherit = ["debt.recovery.bill.mixin"]

    bill_id = fields.Many2one(
        "account.move",
        "Vendor Bill",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    bill_name = fields.Char("Bill", compute="_compute_bill_name", compute_sudo=True)

    def _compute_bill_name(self):
        states = self.env["account.move"]._fields["state"]
        labels = dict(states._description_selection(self.env))
        for statement in self:
            bill = statement._live_bill()
            number = bill.name or bill.ref or ""
            statement.bill_name = (
                f"{number} ({labels[bill.state]})".strip() if bill else False
            )

    def _bill_vendor(self):
        return self.contract_id.partner_id

    def _bill_words(self):
        words = {"ref": self.name}
        if self.contract_id.remit == "net":
            words["narration"] = self.env._(
                "The agency kept this commission back: set it off, do not pay it."
            )
        return words

    def _bill_lines(self):
        contract = self.contract_id.sudo()
        chosen = {
            "product_id": contract.bill_product_id.id,
            "account_id": contract.bill_account_id.id,
        }
        placements = self.env["debt.recovery.placement"]
        return [
            {
                "name": self.env._(
                    "Commission %(placement)s",
                    placement=placements.browse(key).display_name,
                ),
                "price_unit": float(row.commission),
                **{name: value for name, value in chosen.items() if value},
            }
            for key, row in self._their_rows().items()
            if row.commission
        ]

    def _bill_problem(self):
        if self.difference_count:
            return self.env._(
                "The statement %(name)s differs from our books: settle the "
                "differences first, then bill the commission.",
                name=self.name,
            )
        if other := self._billed_before():
            return self.env._(
                "The commission of these days was billed with statement %(other)s "
                "already: correct the days of one of them.",
                other=other.name,
            )
        return super()._bill_problem()

    def _billed_before(self):
        """Another statement of the same days that has its bill."""
        others = self.sudo().search(
            [
                ("contract_id", "=", self.contract_id.id),
                ("id", "!=", self.id),
                ("date_from", "<=", self.date_to),
                ("date_to", ">=", self.date_from),
                ("bill_id", "!=", False),
            ]
        )
        return others.filtered(lambda other: other._live_bill())[:1]
