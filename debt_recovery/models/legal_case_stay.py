from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

#: What goes on although the proceedings stand still: a title ends all the same.
KEPT = ("renewal", "proof")


class DebtRecoveryLegalCaseStay(models.AbstractModel):
    """An insolvency or a moratorium stays the proceedings of a single creditor: the
    deadlines stand still and are later by its length when it ends, nothing is filed or
    enforced. Which holds do that says their type. A proof of debt is lodged because of
    the insolvency: it is never stayed."""

    _name = "debt.recovery.legal.case.stay.mixin"
    _description = "Stay of a Legal Case"

    date_stayed = fields.Date("Stayed Since", readonly=True, copy=False, tracking=True)
    stay_reason = fields.Char(readonly=True, copy=False)
    stay_code = fields.Char(readonly=True, copy=False, help="Of the hold's type.")
    stay_text = fields.Char(compute="_compute_stay_text")

    @api.depends("date_stayed", "stay_reason")
    def _compute_stay_text(self):
        for legal in self:
            legal.stay_text = legal.date_stayed and self.env._(
                "Stayed since %(day)s: %(reason)s. Deadlines stand still until the "
                "hold ends.",
                day=format_date(self.env, legal.date_stayed),
                reason=legal.stay_reason,
            )

    # FOLLOWING THE HOLDS

    def _sync_stay(self):
        """Stand still or go on, as the holds of the customer say today."""
        for legal in self.filtered("is_open"):
            hold = legal._staying_hold()
            if hold and not legal.date_stayed:
                legal._stay(hold)
            elif legal.date_stayed and not hold:
                legal._resume()

    def _staying_hold(self):
        self.ensure_one()
        case = self.case_id.sudo()
        holds = case._gate_hold_facts(self._today())[case]
        if self.type == "insolvency":
            return holds.browse()
        return holds.filtered("type_id.stay_legal")[:1]

    def _stay(self, hold):
        self.ensure_one()
        planned = self.event_ids.filtered(
            lambda event: event.state == "planned" and event.kind not in KEPT
        )
        planned.state = "paused"
        reason = hold.type_id.name
        self.write(
            {
                "date_stayed": hold.date_from,
                "stay_reason": reason,
                "stay_code": hold.type_id.code,
            }
        )
        self._record_event("stay", hold.date_from, f"{reason}: {hold.reason}")

    def _resume(self):
        """What stood still is due later by the length of the stay."""
        self.ensure_one()
        today = self._today()
        days = timedelta(days=max(0, (today - self.date_stayed).days))
        for event in self.event_ids.filtered(lambda event: event.state == "paused"):
            start = event.start and event.start + days
            event.write(
                {
                    "state": "planned",
                    "date": max(event.date + days, today),
                    "start": start,
                }
            )
        self._end_stay()
        self.message_post(
            body=self.env._(
                "The stay has ended: the deadlines go on, %(days)s days later. Ask the "
                "court for new dates of hearings.",
                days=days.days,
            )
        )

    def _end_stay(self):
        self.event_ids.filtered(
            lambda event: event.state == "planned" and event.kind == "proof"
        ).action_drop()
        self._clear_stay()

    def _clear_stay(self):
        self.write(dict.fromkeys(("date_stayed", "stay_reason", "stay_code"), False))

    # WHAT MAY NOT BE DONE

    def _check_not_stayed(self):
        """A single creditor files nothing meanwhile."""
        for legal in self.filtered("date_stayed"):
            raise UserError(
                self.env._(
                    "%(customer)s: %(reason)s since %(day)s. Nothing is filed now: "
                    "%(instead)s.",
                    customer=legal.partner_id.display_name,
                    reason=legal.stay_reason,
                    day=format_date(self.env, legal.date_stayed),
                    instead=legal._stay_instead(),
                )
            )

    def _stay_instead(self):
        if self.stay_code == "insolvency":
            return self.env._("lodge the claim as an insolvency proof")
        return self.env._("wait until the hold ends")

    # PROOF

    def action_insolvency_proof(self):
        """Before the filing the case becomes a proof; a filed claim stands still, and
        the proof is lodged as a measure of its own."""
        self.ensure_one()
        self._check_is_open()
        if self.date_filed:
            return self.action_enforce()
        self.type = "insolvency"
        self._drop_planned()
        self._clear_stay()
        handed = self.event_ids.filtered(lambda event: event.kind == "handover")[:1]
        self._plan_following(handed)
        self.message_post(body=self.env._("Goes on as an insolvency proof."))
        return True
