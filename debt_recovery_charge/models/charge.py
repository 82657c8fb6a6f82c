from odoo import api, fields, models
from odoo.tools import SQL


class DebtRecoveryCharge(models.Model):
    """What one rule claims for one overdue item: a memo beside the books until it is
    billed, waived or given up. Paying the invoice does not end the claim."""

    _name = "debt.recovery.charge"
    _description = "Charge for Late Payment"
    _inherit = [
        "debt.recovery.charge.stop.mixin",
        "debt.recovery.charge.count.mixin",
        "debt.recovery.charge.fee.mixin",
        "debt.recovery.charge.claim.mixin",
        "debt.recovery.charge.certificate.mixin",
        "mail.thread",
    ]
    _order = "date_due, id"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", compute_sudo=True)
    case_id = fields.Many2one(
        "debt.recovery.case",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(related="case_id.user_id", store=True, string="Officer")
    move_line_id = fields.Many2one(
        "account.move.line",
        "Item",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=False,
    )
    move_id = fields.Many2one(related="move_line_id.move_id", string="Invoice")
    date_due = fields.Date(
        related="move_line_id.date_maturity", store=True, string="Due"
    )
    rule_id = fields.Many2one(
        "debt.recovery.charge.rule", required=True, readonly=True, ondelete="restrict"
    )
    kind = fields.Selection(related="rule_id.kind", store=True)
    legal_basis = fields.Char(related="rule_id.legal_basis")
    date_until = fields.Date("Counted Until", readonly=True)
    detail = fields.Json(readonly=True, help="How interest came about, by segment.")
    payment_uses = fields.Json(
        "Payments", readonly=True, help="What each payment was counted on."
    )
    problem = fields.Char(readonly=True, help="Why it could not be counted.")
    action_id = fields.Many2one(
        "debt.recovery.action",
        "Arose With",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The message or task that a fee was charged for.",
    )
    is_final = fields.Boolean(
        "Final", readonly=True, help="The invoice is paid: the amount grows no more."
    )
    currency_id = fields.Many2one(related="move_line_id.currency_id", store=True)
    amount = fields.Monetary("Claimed", readonly=True)
    amount_waived = fields.Monetary("Waived", readonly=True, copy=False)
    bill_line_ids = fields.One2many("account.move.line", "recovery_charge_id", "Bills")
    amount_billed = fields.Monetary(
        "Billed", compute="_compute_amount_billed", store=True, compute_sudo=True
    )
    amount_open = fields.Monetary("Open", compute="_compute_amount_open", store=True)

    _line_rule_unique = models.Constraint(
        "UNIQUE (move_line_id, rule_id)", "This item has a charge of this rule already."
    )

    @api.depends("rule_id", "move_id.name")
    def _compute_name(self):
        for charge in self:
            charge.name = f"{charge.rule_id.name} · {charge.move_id.name}"

    @api.depends(
        "bill_line_ids.price_subtotal",
        "bill_line_ids.parent_state",
        "bill_line_ids.move_id.move_type",
    )
    def _compute_amount_billed(self):
        """Debit notes less what was credited again; cancelled ones do not count."""
        for charge in self:
            lines = charge.bill_line_ids.filtered(
                lambda row: row.parent_state != "cancel"
            )
            charge.amount_billed = sum(
                -line.price_subtotal
                if line.move_id.move_type == "out_refund"
                else line.price_subtotal
                for line in lines
            )

    @api.depends("amount", "amount_waived", "amount_billed")
    def _compute_amount_open(self):
        for charge in self:
            rest = charge.amount - charge.amount_waived - charge.amount_billed
            charge.amount_open = max(rest, 0.0)

    def _follow(self, vals, today):
        """Take over a new count; without a change nothing is written."""
        self.ensure_one()
        line = self.move_line_id
        paid = line.currency_id.is_zero(line.amount_residual_currency)
        vals = {**vals, "is_final": paid}
        now = self.read(vals, load=None)[0]
        changed = {key: val for key, val in vals.items() if now[key] != val}
        if changed:
            self.write({**changed, "date_until": today})

    def _certificate_facts(self):
        facts = super()._certificate_facts()
        return [*facts[:2], (self.env._("Invoice"), self.move_id.name), *facts[2:]]

    # SUMS

    @api.model
    def _open_by_case(self, cases):
        """``{case id: open charges in company currency}``, in one query."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT c.case_id, c.currency_id, SUM(c.amount_open)
                     FROM debt_recovery_charge c
                    WHERE c.case_id IN %s AND c.amount_open > 0
                    GROUP BY c.case_id, c.currency_id""",
                tuple(cases.ids) or (0,),
            )
        )
        sums = {}
        for case_id, currency_id, amount in rows:
            company = self.env["debt.recovery.case"].browse(case_id).company_id
            currency = self.env["res.currency"].browse(currency_id)
            value = currency._convert(
                amount, company.currency_id, company, company._recovery_today()
            )
            sums[case_id] = sums.get(case_id, 0.0) + value
        return sums

    # BUTTONS

    def action_waive(self):
        """Ask how much is given up, and why."""
        return self._dialog("debt.recovery.charge.waive", self.env._("Waive Charges"))

    def action_bill(self):
        """Ask for the day and journal of the debit note."""
        return self._dialog("debt.recovery.charge.bill", self.env._("Bill Charges"))

    def _dialog(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_charge_ids": self.ids},
        }
