from odoo import api, fields, models
from odoo.exceptions import UserError


class DebtRecoveryVisitCard(models.AbstractModel):
    """Buttons of a visit, and the paper that goes along."""

    _name = "debt.recovery.visit.card.mixin"
    _description = "Buttons and Paper of a Visit"

    safety_note = fields.Char(compute="_compute_safety_note")

    @api.depends_context("uid")
    def _compute_safety_note(self):
        for visit in self:
            visit.safety_note = visit.partner_id.sudo().recovery_safety_note

    def action_start(self):
        """The officer sets out."""
        self._check_open()
        self._record({"state": "on_way"})
        return True

    def action_stay(self):
        """Turned back before arriving."""
        self._check_open()
        self._record({"state": "planned"})
        return True

    def action_cancel(self):
        """Nobody goes there; the step of the strategy is cancelled with it."""
        self._cancel(self.env._("Cancelled by %(user)s", user=self.env.user.name))
        return True

    def _cancel(self, reason):
        """Take the visit out of the round and out of the calendar."""
        self._check_open()
        self._record({"state": "cancelled", "cancel_reason": reason})
        self.sudo().event_id.with_context(recovery_visit_sync=True).unlink()
        tasks = self.sudo().action_id.filtered(lambda a: a.state == "queued")
        tasks._cancel(reason)
        self.case_id.sudo()._refresh_next_action()

    def action_open_map(self):
        """The address on a public map; nothing but the address is passed on."""
        self.ensure_one()
        if not self.map_url:
            raise UserError(
                self.env._(
                    "%(customer)s has no address: enter street and city.",
                    customer=self.partner_id.display_name,
                )
            )
        return {"type": "ir.actions.act_url", "url": self.map_url, "target": "new"}

    def action_print_sheet(self):
        """The visit sheet with the call-back card."""
        report = self.env.ref("debt_recovery_field.report_visit")
        return report.report_action(self)

    def action_open_phone(self):
        """The form that works on a phone, on this visit."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "debt_recovery_field.round",
            "name": self.env._("My Round"),
            "params": {"visit_id": self.id},
        }

    def action_open_case(self):
        self.ensure_one()
        return self.case_id._get_records_action()

    # PAPER

    def _sheet_lines(self):
        """Open items the visit is about, oldest first."""
        self.ensure_one()
        receivables = self.env["debt.recovery.receivable"].sudo()
        receivables.invalidate_model()
        return receivables.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("root_company_id", "=", self.company_id.id),
                ("status", "=", "collectable"),
            ],
            order="date_due, id",
        )

    def _sheet_contacts(self):
        """The last five entries of the contact log, in words."""
        self.ensure_one()
        case = self.case_id.sudo()
        done = case.action_ids.filtered(lambda action: action.state == "done")
        latest = done.sorted("date_done", reverse=True)[:5]
        return [case._contact_sentence(action) for action in latest]

    def _sheet_script(self):
        """What the strategy wants to be said."""
        return self.sudo().action_id.step_id.script

    def _sheet_qr(self):
        """Picture of a code that opens this visit on the officer's phone."""
        self.ensure_one()
        return f"{self.get_base_url()}/odoo/debt-visits/{self.id}"
