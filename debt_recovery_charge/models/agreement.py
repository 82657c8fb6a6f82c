from odoo import api, fields, models

#: Interest rests in these states, and once the agreement was kept it is not claimed.
RESTING = ("active", "kept", "kept_late")
FAILED = ("broken", "partly_kept")
ENDED = ("cancelled", "replaced")
PAUSES = [
    ("none", "Goes on"),
    ("pause", "Rests while it is kept"),
    ("restore", "Rests, counted in full if it is broken"),
]


class DebtRecoveryAgreement(models.Model):
    """Whether late-payment interest rests on what is agreed. The covered part alone
    rests, from the day of the agreement until it is broken or ended."""

    _name = "debt.recovery.agreement"
    _inherit = ["debt.recovery.agreement.interest.mixin", "debt.recovery.agreement"]

    interest_pause = fields.Selection(
        PAUSES,
        "Late Interest",
        required=True,
        compute="_compute_interest_pause",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="On the agreed part of the items. When the agreement is broken, interest "
        "runs again from that day, or is counted for the whole time.",
    )
    date_rest_end = fields.Date("Interest Runs Again From", readonly=True, copy=False)

    @api.depends("company_id", "interest_kind")
    def _compute_interest_pause(self):
        """The company's rule; an agreement with interest of its own bears no other."""
        for agreement in self:
            company = (agreement.company_id or self.env.company)._recovery_root()
            usual = company.sudo().recovery_charge_pause
            own = agreement.interest_kind not in (False, "none")
            agreement.interest_pause = "pause" if own and usual == "none" else usual

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            for agreement in self:
                end = agreement._rest_end()
                if end != agreement.date_rest_end:
                    super(DebtRecoveryAgreement, agreement).write(
                        {"date_rest_end": end}
                    )
        return result

    def _rest_end(self):
        """The first day that bears interest again; none while it is kept."""
        today = self.company_id._recovery_today()
        if self.state in FAILED:
            return self.date_broken or self.date_verdict or today
        if self.state in ENDED:
            return self.date_rest_end or today
        return False

    def _interest_is_restored(self):
        """Nothing rests any more: the debtor did not keep to it."""
        self.ensure_one()
        gone = self.state in FAILED or self.cancelled_by == "debtor"
        return self.interest_pause == "restore" and gone
