from odoo import api, fields, models

from .hardship_relief import HOLD, VULNERABLE
from .res_partner_screen import OFFICE


class DebtRecoveryPartnerHardship(models.AbstractModel):
    """The flag of a vulnerable customer, read when the form is opened; the reason
    stays with few."""

    _name = "debt.recovery.partner.hardship.mixin"
    _description = "Care for a Customer"

    recovery_care_text = fields.Char(
        "Care",
        compute="_compute_recovery_care_text",
        compute_sudo=True,
        groups=OFFICE,
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "lang", "recovery_today")
    def _compute_recovery_care_text(self):
        company = self.env.company._recovery_root()
        holds = self.env["debt.recovery.hold"]
        found = holds.search(
            [
                ("partner_id", "in", self.commercial_partner_id.ids),
                ("company_id", "in", [False, company.id]),
                ("type_id.code", "in", (HOLD, VULNERABLE)),
                *holds._valid_domain(company._recovery_today()),
            ]
        ).grouped("partner_id")
        for partner in self:
            mine = found.get(partner.commercial_partner_id, holds)
            partner.recovery_care_text = " · ".join(
                mine.type_id.sorted("sequence").mapped("name")
            )
