from odoo import api, fields, models


class DebtRecoveryLegalCaseCost(models.AbstractModel):
    """What the case costs against what it brings, in company currency."""

    _name = "debt.recovery.legal.case.cost.mixin"
    _description = "Budget of a Legal Case"

    company_currency_id = fields.Many2one("res.currency")
    agreement_ids = fields.One2many(
        "debt.recovery.agreement",
        string="Settlements",
        compute="_compute_agreement_ids",
    )
    cost_ids = fields.One2many("debt.recovery.legal.cost", "legal_case_id", "Costs")
    budget = fields.Monetary(
        currency_field="company_currency_id",
        tracking=True,
        help="What the hand-over was decided on.",
    )
    cost_estimated = fields.Monetary(
        "Estimated Costs",
        compute="_compute_costs",
        currency_field="company_currency_id",
    )
    cost_actual = fields.Monetary(
        "Costs so far", compute="_compute_costs", currency_field="company_currency_id"
    )
    cost_recoverable = fields.Monetary(
        "Of which Recoverable",
        compute="_compute_costs",
        currency_field="company_currency_id",
    )
    budget_left = fields.Monetary(
        compute="_compute_result", currency_field="company_currency_id"
    )
    result = fields.Monetary(
        "Recovered less Costs",
        compute="_compute_result",
        currency_field="company_currency_id",
    )
    enforcement_ids = fields.One2many("debt.recovery.enforcement", "legal_case_id")
    amount_with_third = fields.Monetary(
        "With Third Parties",
        compute="_compute_with_third",
        currency_field="company_currency_id",
        help="Received by an employer, bailiff, lawyer or administrator and not "
        "remitted to us yet.",
    )

    @api.depends(
        "cost_ids.amount_company", "cost_ids.estimate_company", "cost_ids.recoverable"
    )
    def _compute_costs(self):
        for legal in self:
            costs = legal.cost_ids
            legal.cost_estimated = sum(costs.mapped("estimate_company"))
            legal.cost_actual = sum(costs.mapped("amount_company"))
            legal.cost_recoverable = sum(
                costs.filtered("recoverable").mapped("amount_company")
            )

    @api.depends("budget", "cost_actual", "amount_recovered")
    def _compute_result(self):
        for legal in self:
            legal.budget_left = legal.budget - legal.cost_actual
            legal.result = legal.amount_recovered - legal.cost_actual

    @api.depends("enforcement_ids.amount_with_third")
    def _compute_with_third(self):
        for legal in self:
            legal.amount_with_third = sum(
                legal.enforcement_ids.mapped("amount_with_third")
            )

    # OFFERS IN COURT

    @api.depends("case_id", "date_handed")
    def _compute_agreement_ids(self):
        """Agreements made since the hand-over."""
        for legal in self:
            legal.agreement_ids = legal.case_id.agreement_ids.filtered(
                lambda a, day=legal.date_handed: (
                    a.create_date
                    and a.kind != "promise"
                    and a.date_signed
                    and a.date_signed >= day
                )
            )

    def action_settle(self):
        """An offer in court: less than the claim, by a day."""
        self.ensure_one()
        self._check_is_open()
        return self.case_id.action_settlement()

    def action_court_fee(self):
        """Estimate the court fee from the table, as a cost of this case."""
        for legal in self:
            legal._check_is_open()
            self.env["debt.recovery.legal.cost"].create(legal._prepare_court_fee())

    def _prepare_court_fee(self):
        self.ensure_one()
        row, amount = self.env["debt.recovery.legal.fee"]._fee_of(
            self.company_id, self.type, self.amount_claimed, self.currency_id
        )
        return {
            "legal_case_id": self.id,
            "kind": "court",
            "name": row.display_name,
            "currency_id": row.currency_id.id,
            "estimate": amount,
            "recoverable": True,
        }
