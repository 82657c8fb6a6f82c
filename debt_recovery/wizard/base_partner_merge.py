from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    """Odoo merges partners in raw SQL: a second live case of the kept partner would
    break the unique key, so cases are merged first."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        self._recovery_merge_cases(src_partners, dst_partner)
        self.env.flush_all()
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["debt.recovery.case"]._mark_partners(dst_partner.ids)
        return result

    @api.model
    def _recovery_merge_cases(self, src_partners, dst_partner):
        owner = dst_partner.commercial_partner_id
        cases = (
            self.env["debt.recovery.case"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", [*src_partners.ids, owner.id]),
                    ("state", "!=", "closed"),
                ],
                order="id",
            )
        )
        for group in cases.grouped("company_id").values():
            kept = group.filtered(lambda case: case.partner_id == owner)[:1]
            kept = kept or group[:1]
            for case in group - kept:
                case._merge_into(kept)
