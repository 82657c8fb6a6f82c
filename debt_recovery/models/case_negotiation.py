from odoo import models

from .case_behaviour import KEPT, NOT_KEPT

#: What came of an agreed instalment whose day has passed.
PAID, UNPAID = ("paid", "paid_late"), ("missed",)


class DebtRecoveryCaseNegotiation(models.AbstractModel):
    """What helps to answer a debtor who says what he can pay."""

    _name = "debt.recovery.case.negotiation.mixin"
    _description = "Negotiation About a Case"

    def action_negotiate(self):
        """Enter what the customer can pay, see the answers side by side."""
        self.ensure_one()
        self._check_live()
        return self._screen_wizard(
            "debt.recovery.negotiation", self.env._("What Can Be Paid"), case_id=self.id
        )

    def _payment_history(self):
        """``(kept, judged)``: agreed payments of this customer in this company whose
        day has passed. Late money is money."""
        self.ensure_one()
        case = self.sudo()
        counts = {}
        for model, field, states, kinds in (
            (
                "debt.recovery.agreement",
                "state",
                KEPT + NOT_KEPT,
                ("promise", "settlement"),
            ),
            ("debt.recovery.instalment", "state", PAID + UNPAID, ("plan",)),
        ):
            domain = [
                ("partner_id", "=", case.partner_id.id),
                ("company_id", "=", case.company_id.id),
                ("kind", "in", kinds),
                (field, "in", states),
            ]
            for state, count in case.env[model]._read_group(
                domain, [field], ["__count"]
            ):
                counts[state] = counts.get(state, 0) + count
        kept = sum(counts.get(state, 0) for state in KEPT + PAID)
        return kept, sum(counts.values())
