from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

LENGTH = timedelta(minutes=30)


class DebtRecoveryVisitPlan(models.AbstractModel):
    """Planning a visit: the contact rules are asked, the calendar is told."""

    _name = "debt.recovery.visit.plan.mixin"
    _description = "Planning of a Visit"

    # GATE

    def _visit_verdict(self, day=None):
        """What the contact rules say about being there on that day."""
        self.ensure_one()
        return self.case_id.sudo()._contact_verdict(
            "visit",
            when=day or self.date,
            person=self.address_id or None,
            automatic=False,
        )

    def _check_may_visit(self):
        """Refuse to plan what the contact rules forbid, in one sentence."""
        for visit in self.filtered("is_open"):
            visit.case_id._check_live()
            verdict = visit._visit_verdict()
            if verdict.status != "allowed":
                raise UserError(
                    self.env._(
                        "%(customer)s must not be visited on %(day)s: %(why)s",
                        customer=visit.partner_id.display_name,
                        day=format_date(self.env, visit.date),
                        why=visit.case_id._gate_sentence(verdict),
                    )
                )

    # CALENDAR

    def _sync_event(self):
        """The calendar of the officer shows the visit; the debtor is never invited."""
        for visit in self:
            vals = visit._prepare_event_vals()
            event = visit.sudo().event_id.with_context(recovery_visit_sync=True)
            if event:
                event.write(vals)
            else:
                event = event.with_context(
                    no_mail_to_attendees=True, mail_create_nolog=True
                ).create(vals)
                visit.sudo().event_id = event

    def _prepare_event_vals(self):
        self.ensure_one()
        return {
            "name": self.env._(
                "Visit: %(customer)s", customer=self.partner_id.display_name
            ),
            "start": self.start,
            "stop": self.start + LENGTH,
            "location": self.address,
            "user_id": self.user_id.id,
            "partner_ids": [(6, 0, self.user_id.partner_id.ids)],
            "privacy": "confidential",
        }
