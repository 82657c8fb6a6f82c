from odoo import fields, models


class DebtRecoveryStrategy(models.Model):
    """Whether messages of a strategy state the interest to date."""

    _inherit = "debt.recovery.strategy"

    state_interest = fields.Selection(
        [
            ("none", "Not mentioned"),
            ("demand", "In formal demands"),
            ("all", "In every message"),
        ],
        "Interest and Fees",
        required=True,
        default="none",
        help="Messages and statements say what interest and fees come to, and how much "
        "each further day adds, beside the claimed invoices.",
    )

    def _states_interest(self, step):
        """Whether a message of this step mentions interest."""
        firm = step._firmness() if step else ""
        return self.state_interest == "all" or (
            self.state_interest == "demand" and bool(firm)
        )
