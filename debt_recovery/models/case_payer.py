from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date


class DebtRecoveryCasePayer(models.AbstractModel):
    """The card “How this customer pays” on the case, in the call panel and on the
    visit sheet."""

    _name = "debt.recovery.case.payer.mixin"
    _description = "How the Customer of a Case Pays"
    _inherit = "debt.recovery.case.behaviour.mixin"

    payer_profile_id = fields.Many2one(
        "debt.recovery.payer.profile", compute="_compute_payer_profile_id"
    )
    payer_card = fields.Json("How This Customer Pays", compute="_compute_payer_card")

    @api.depends("partner_id", "company_id")
    def _compute_payer_profile_id(self):
        profiles = self.env["debt.recovery.payer.profile"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
            ],
            order="id desc",
        )
        found = {(p.partner_id.id, p.company_id.id): p for p in profiles}
        for case in self:
            key = (case.partner_id.id, case.company_id.id)
            case.payer_profile_id = found.get(key, False)

    @api.depends("payer_profile_id")
    @api.depends_context("recovery_today", "lang")
    def _compute_payer_card(self):
        for case in self:
            profile = case.payer_profile_id
            case.payer_card = {
                "rows": profile._card_rows() if profile else [],
                "note": profile.note or "",
                "safety": profile.safety_note or "",
                "reviewed": self.env._(
                    "Reviewed on %(day)s by %(who)s",
                    day=format_date(self.env, profile.date_reviewed),
                    who=profile.reviewed_by_id.name,
                )
                if profile
                else "",
            }

    def _payer_profile(self, create=False):
        """The card of the customer, empty or made now."""
        self.ensure_one()
        if self.payer_profile_id or not create:
            return self.payer_profile_id
        profile = self.payer_profile_id.create(
            {"partner_id": self.partner_id.id, "company_id": self.company_id.id}
        )
        self.invalidate_recordset(["payer_profile_id", "payer_card"])
        return profile

    def _promise_date(self):
        """The day proposed for a promise: the next payment run, else a week ahead on a
        working day."""
        run = self.payer_profile_id.next_run
        if run:
            return run
        day = self.company_id._recovery_today() + timedelta(days=7)
        calendar = self.company_id._recovery_calendar(day, day + timedelta(days=30))
        return calendar.next_working(day)

    def action_open_payer_profile(self):
        """Write down how this customer pays."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("How %(customer)s Pays", customer=self.partner_id.name),
            "res_model": "debt.recovery.payer.profile",
            "res_id": self.payer_profile_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_partner_id": self.partner_id.id,
                "default_company_id": self.company_id.id,
            },
        }
