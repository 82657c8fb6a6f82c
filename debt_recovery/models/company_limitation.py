from odoo import api, fields, models


class DebtRecoveryCompanyLimitation(models.AbstractModel):
    """Whose law the limitation of a company's claims follows, and when it warns."""

    _name = "debt.recovery.company.limitation.mixin"
    _description = "Limitation in a Company"

    recovery_limitation_law = fields.Selection(
        [
            ("own", "Ours; a consumer's own for consumers"),
            ("debtor", "The debtor's"),
        ],
        "Law of the Contracts",
        required=True,
        default="own",
        help="Where nothing else is agreed with the customer.",
    )
    recovery_limitation_warn_days = fields.Integer(
        "Warn the Officer (Days Before)", default=180
    )
    recovery_limitation_urgent_days = fields.Integer(
        "Warn the Manager (Days Before)", default=90
    )

    def write(self, vals):
        result = super().write(vals)
        if "recovery_limitation_law" in vals:
            self._forget_limitation()
        return result

    def _forget_limitation(self):
        """The law of these companies changed: the next run judges all items anew."""
        if self:
            self.env["debt.recovery.limitation"]._forget(
                [("move_line_id.company_id", "child_of", self.ids)]
            )

    @api.model
    def _recovery_not_negative_fields(self):
        return [
            *super()._recovery_not_negative_fields(),
            "recovery_limitation_warn_days",
            "recovery_limitation_urgent_days",
        ]
