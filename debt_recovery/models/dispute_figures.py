from odoo import api, fields, models


class DebtRecoveryDisputeFigures(models.AbstractModel):
    """Figures of disputes for reports: how long they take, how much was justified, and
    where the cause lies. Company amounts are those of the day of opening, converted at
    the rate of the ledger, so that a report of last year does not move."""

    _name = "debt.recovery.dispute.figures.mixin"
    _description = "Figures of a Dispute"

    company_id = fields.Many2one("res.company")
    company_currency_id = fields.Many2one(
        "res.currency", related="company_id.currency_id"
    )
    amount = fields.Monetary(
        "Disputed", currency_field="company_currency_id", readonly=True
    )
    amount_accepted = fields.Monetary(
        "Accepted", currency_field="company_currency_id", readonly=True
    )
    amount_live = fields.Monetary(
        "Still Disputed",
        currency_field="company_currency_id",
        compute="_compute_amount_live",
        help="Not chased today, in company currency.",
    )
    share_accepted = fields.Float(
        "Share Accepted (%)",
        aggregator="avg",
        compute="_compute_share_accepted",
        store=True,
    )
    days_to_resolve = fields.Integer(
        aggregator="avg",
        compute="_compute_days_to_resolve",
        store=True,
        help="Calendar days from opening to the decision; empty while undecided.",
    )
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")

    @api.depends("amount", "amount_accepted")
    def _compute_share_accepted(self):
        for dispute in self:
            dispute.share_accepted = (
                100 * dispute.amount_accepted / dispute.amount if dispute.amount else 0
            )

    @api.depends("date_opened", "date_resolved")
    def _compute_days_to_resolve(self):
        for dispute in self:
            closed = dispute.date_resolved
            dispute.days_to_resolve = closed and (closed - dispute.date_opened).days

    @api.depends("line_ids.amount_live")
    def _compute_amount_live(self):
        for dispute in self:
            dispute.amount_live = sum(
                dispute._in_company_currency(line, line.amount_live)
                for line in dispute.line_ids
            )

    @api.depends("date_due", "state")
    @api.depends_context("recovery_today")
    def _compute_is_late(self):
        late = self.filtered_domain(self._search_is_late("in", [True]))
        for dispute in self:
            dispute.is_late = dispute in late

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "=", "open"), ("date_due", "<", self._today())]

    def _note_amounts(self):
        """Freeze the contested amounts in company currency."""
        for dispute in self:
            dispute.amount = sum(
                dispute._in_company_currency(line, line.amount_currency)
                for line in dispute.line_ids
            )

    @api.model
    def _in_company_currency(self, line, amount):
        """At the rate at which the item is booked."""
        item = line.move_line_id.sudo()
        if not item.amount_currency or item.currency_id == item.company_currency_id:
            return amount
        rate = item.balance / item.amount_currency
        return item.company_currency_id.round(amount * rate)
