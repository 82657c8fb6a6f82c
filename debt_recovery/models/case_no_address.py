from odoo import api, models

HOLD = "no_address"
#: By each of these a debtor can be spoken to.
CHANNELS = ("email", "phone", "letter")


class DebtRecoveryCaseNoAddress(models.AbstractModel):
    """Debtors nobody can reach: automatic steps wait (hold ``no_address``) until a
    contact is valid again; the hold ends by itself."""

    _name = "debt.recovery.case.no.address.mixin"
    _description = "Cases without a Valid Contact"

    def _unreachable(self):
        """Those of these cases in which nobody has a valid e-mail address, number or
        postal address. One query for all."""
        contacts = self._find_customer_contacts()
        return self.filtered(lambda case: not case._reachable_people(contacts))

    def _reachable_people(self, contacts):
        people = contacts.filtered(lambda p: p.commercial_partner_id == self.partner_id)
        return (people | self.contact_ids).filtered(
            lambda p: any(self._is_reachable(p, channel) for channel in CHANNELS)
        )

    def _check_reachable(self):
        """A mail came back: where nobody is left, the strategy waits."""
        live = self.sudo().filtered(lambda case: case.state != "closed")
        for case in live._unreachable() - live._no_address_holds().case_id:
            case._place_hold(
                HOLD,
                self.env._(
                    "The e-mail came back, and no contact has another valid address or "
                    "number."
                ),
            )

    @api.model
    def _find_unreachable(self, partner_ids):
        """Cases of these customers that wait for a valid contact."""
        domain = self._no_address_domain(self.env.company._recovery_today())
        holds = self.env["debt.recovery.hold"].search(
            [*domain, ("partner_id", "in", partner_ids)]
        )
        return holds.case_id

    def _end_no_address(self):
        """Somebody can be reached again: the strategy goes on."""
        found = self - self._unreachable()
        holds = found._no_address_holds()
        if holds:
            holds._release(self.env._("There is a valid contact again."))
            found._refresh_next_action()

    def _no_address_holds(self):
        day = self.company_id[:1]._recovery_today()
        domain = self._no_address_domain(day)
        return self.env["debt.recovery.hold"].search(
            [*domain, ("case_id", "in", self.ids)]
        )

    @api.model
    def _no_address_domain(self, day):
        holds = self.env["debt.recovery.hold"]
        return [("type_id.code", "=", HOLD), *holds._valid_domain(day)]
