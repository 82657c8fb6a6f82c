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

    def _visit_verdict(self, when=None):
        """What the contact rules say about being there.

        :param when: moment in naive UTC; now by default
        """
        self.ensure_one()
        return self.case_id.sudo()._contact_verdict(
            "visit",
            when=when,
            person=self.address_id or None,
            automatic=False,
            step=self.sudo().action_id.step_id or None,
            override=bool(self.sudo().override_reason),
        )

    def _verdict_sentence(self, verdict):
        """Why nobody should be there, and from when; empty when it is allowed."""
        if not verdict or verdict.status == "allowed":
            return ""
        case = self.case_id.sudo()
        texts = [case._sentence(item) for item in verdict.reasons]
        if verdict.until:
            moment = case._gate_when(verdict.until)
            texts.append(self.env._("Allowed from %(moment)s", moment=moment))
        return ". ".join(text.rstrip(".") for text in texts) + "."

    def _check_may_visit(self):
        """Refuse to plan what the contact rules forbid, in one sentence."""
        for visit in self.filtered("is_open"):
            visit.case_id._check_live()
            why = visit._verdict_sentence(visit._visit_verdict(visit.start))
            if why:
                raise UserError(
                    self.env._(
                        "%(customer)s must not be visited on %(day)s: %(why)s",
                        customer=visit.partner_id.display_name,
                        day=format_date(self.env, visit.date),
                        why=why,
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
