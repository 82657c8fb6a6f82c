from odoo import models
from odoo.exceptions import UserError


class DebtRecoveryInstrumentMove(models.AbstractModel):
    """The way of a cheque: presented, cleared, returned, given back."""

    _name = "debt.recovery.instrument.move.mixin"
    _description = "Way of a Cheque"

    # BUTTONS

    def action_present(self):
        """Taken to the bank."""
        for instrument in self:
            instrument._check_state("held", "returned")
            today = instrument.company_id._recovery_today()
            if instrument.date > today:
                raise UserError(
                    self.env._(
                        "%(instrument)s is dated %(day)s and cannot be presented "
                        "before.",
                        instrument=instrument.display_name,
                        day=instrument.date,
                    )
                )
            instrument._record(
                {
                    "state": "presented",
                    "location": "bank",
                    "date_presented": today,
                    "date_settled": False,
                    "presentations": instrument.presentations + 1,
                }
            )
        return True

    def action_clear(self):
        """The bank has paid."""
        for instrument in self:
            instrument._check_state("presented")
            today = instrument.company_id._recovery_today()
            instrument._record({"state": "cleared", "date_settled": today})
        return True

    def action_unclear(self):
        """Cleared or presented by mistake: a step back."""
        for instrument in self:
            instrument._check_state("cleared", "presented")
            back = "presented" if instrument.state == "cleared" else "held"
            instrument._record({"state": back, "date_settled": False})
            if back == "held":
                instrument._record({"location": "safe"})
        return True

    def action_return(self):
        """Ask for the bank's reason and fee."""
        self.ensure_one()
        self._check_state("presented", "cleared")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Returned Unpaid"),
            "res_model": "debt.recovery.instrument.return",
            "view_mode": "form",
            "target": "new",
            "context": {"default_instrument_id": self.id},
        }

    def action_give_back(self):
        """Back to the customer: paid otherwise, or replaced."""
        self._give_back(self.env._("Given back by %(user)s", user=self.env.user.name))
        return True

    # HELPERS

    def _promise_its_day(self):
        """A post-dated cheque is a promise for its day, where something is left that
        can be promised."""
        for instrument in self.filtered("post_dated"):
            case = instrument.case_id
            parts = case._promise_parts()
            open_amount = sum(part for _item, part in parts)
            if parts and instrument.amount <= open_amount:
                instrument.agreement_id = case._take_promise(
                    instrument.date,
                    amount=instrument.amount,
                    source="visit",
                    note=instrument.display_name,
                )

    def _give_back(self, reason):
        for instrument in self:
            instrument._check_state("held", "returned")
            instrument._record({"state": "given_back", "location": "customer"})
            instrument.message_post(body=reason)

    def _set_returned(self, reason, fee=0.0):
        """The bank did not pay: the promise is broken, the case is told and gets the
        step for returned payments.

        :param fee: what the bank charged us, in the instrument's currency
        """
        for instrument in self:
            instrument._check_state("presented", "cleared")
            instrument._record(
                {
                    "state": "returned",
                    "location": "safe",
                    "return_reason": reason,
                    "return_fee": instrument.return_fee + fee,
                    "date_settled": instrument.company_id._recovery_today(),
                }
            )
            case = instrument.case_id.sudo()
            case.message_post(body=instrument._returned_sentence())
            instrument.agreement_id.sudo()._break_by_return(instrument)
            instrument.receipt_ids.sudo()._mark_under_way()
            case._recovery_event("returned")
            case._refresh_next_action()

    def _record(self, vals):
        self.check_access("write")
        self.sudo().write(vals)

    def _returned_sentence(self):
        return self.env._(
            "%(instrument)s over %(amount)s was returned unpaid: %(reason)s",
            instrument=self.display_name,
            amount=self.currency_id.format(self.amount),
            reason=self.return_reason,
        )

    def _check_state(self, *states):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for instrument in self:
            if instrument.state not in states:
                raise UserError(
                    self.env._(
                        "%(instrument)s is “%(state)s”; this is not possible any more.",
                        instrument=instrument.display_name,
                        state=labels[instrument.state],
                    )
                )
