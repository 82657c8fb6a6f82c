from odoo import api, fields, models
from odoo.exceptions import UserError


class DebtRecoveryPlanBuildScreen(models.AbstractModel):
    """The live right-hand side of the builder, and its refusals in words."""

    _name = "debt.recovery.plan.build.screen.mixin"
    _description = "Screen of the Plan Builder"
    _inherit = "debt.recovery.plan.build.words.mixin"

    preview = fields.Html(compute="_compute_preview", sanitize=False)
    problem = fields.Char(compute="_compute_preview")
    offers_interest = fields.Boolean(compute="_compute_offers_interest")

    @api.depends("case_id")
    def _compute_offers_interest(self):
        for wizard in self:
            wizard.offers_interest = wizard._books_interest()

    def _books_interest(self):
        """Seam: whether interest and fees of a plan come into the books when it
        starts. Without a document nobody owes them, nobody can pay them, and the
        ledger could not judge them."""
        return False

    @api.depends(
        "line_ids.selected",
        "line_ids.amount",
        "number",
        "date_first",
        "rhythm",
        "month_end",
        "working_day",
        "down_payment",
        "date_ids.date",
        "discount",
        "grace_days",
        "breach_late_days",
        "breach_arrears",
        "cure_days",
        "last_amount",
        "interest_kind",
        "interest_rate",
        "charge",
    )
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = wizard.problem = False
            try:
                rows = wizard._rows()
            except UserError as error:
                wizard.problem = str(error)
                continue
            wizard.preview = wizard._render_preview(rows)

    def _preview_values(self, rows):
        discount = self.discount and self.currency_id.format(self.discount)
        return super()._preview_values(rows) | {"discount": discount}

    def _quiet_rows(self, **changes):
        """The payments, or nothing while they cannot be reckoned."""
        try:
            return self._rows(**changes)
        except UserError:
            return ()

    def _check_choice(self):
        """What the person must mend first, in one sentence."""
        if not self._chosen_lines():
            raise UserError(
                self.env._("Nothing is covered: tick at least one open item.")
            )
        if not self.currency_id:
            raise UserError(
                self.env._(
                    "The ticked items are in several currencies: make one plan for "
                    "each."
                )
            )
        if self.interest_kind != "none" and not self.offers_interest:
            raise UserError(
                self.env._(
                    "Interest and fees are not in the books: bill them first, then "
                    "cover the bill with the plan."
                )
            )
        if not self.date_first or self.date_first < self._today():
            raise UserError(
                self.env._("The first payment is before today: choose a later day.")
            )
        self._check_custom_dates()
        self._check_terms()
        for line in self._chosen_lines():
            if not 0 < line.amount <= line.amount_open:
                raise UserError(
                    self.env._(
                        "%(item)s: the covered part is above zero and at most "
                        "%(open)s.",
                        item=line.name,
                        open=line.currency_id.format(line.amount_open),
                    )
                )
