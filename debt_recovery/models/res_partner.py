from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.bounces import HARD

#: By which somebody is reached; what is new there ends the hold ``no_address``.
POINT_FIELDS = {"email", "phone", "street", "city", "zip", "active"}


class ResPartner(models.Model):
    """What people decide about a customer's recovery, per company, and the part a
    contact plays at the debtor. No totals: installing must not slow the books."""

    _name = "res.partner"
    _inherit = [
        "res.partner",
        "debt.recovery.partner.screen.mixin",
        "debt.recovery.partner.agreement.mixin",
        "debt.recovery.partner.hardship.mixin",
        "debt.recovery.partner.statement.mixin",
        "debt.recovery.partner.contact.mixin",
        "debt.recovery.partner.point.mixin",
        "debt.recovery.partner.limitation.mixin",
    ]

    recovery_strategy_id = fields.Many2one(
        "debt.recovery.strategy",
        company_dependent=True,
        copy=False,
        help="Chosen by hand for this customer; empty: the rules choose.",
    )
    recovery_user_id = fields.Many2one(
        "res.users", "Recovery Officer", company_dependent=True, copy=False
    )
    recovery_contact_role = fields.Selection(
        [
            ("ap", "Accounts payable"),
            ("ap_head", "Head of accounts payable"),
            ("cfo", "Finance director"),
            ("owner", "Owner or director"),
            ("legal", "Legal department"),
        ],
        "Recovery Role",
        help="Role at the debtor: messages for this role go to this contact.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recovery_case(self):
        """The log outlives the contact; say so instead of naming a table."""
        case = (
            self.env["debt.recovery.case"]
            .sudo()
            .search([("partner_id", "in", self.ids)], limit=1)
        )
        if case:
            raise UserError(
                self.env._(
                    "%(customer)s has the recovery case %(case)s with its contact log "
                    "and cannot be deleted: archive the contact instead.",
                    customer=case.partner_id.display_name,
                    case=case.name,
                )
            )

    def _message_receive_bounce(self, email, partner):
        """One soft bounce passes nobody over; the counter of Odoo knows no kinds."""
        result = super()._message_receive_bounce(email, partner)
        self._recovery_note_bounce(self.env.context.get("recovery_bounce", HARD))
        return result

    def _message_reset_bounce(self, email):
        """Whoever writes from an address can be reached there."""
        result = super()._message_reset_bounce(email)
        self.sudo()._recovery_clear_point("email")
        self._recovery_find_again()
        return result

    # The commercial partner carries the case: follow it when it changes.

    def write(self, vals):
        if "email" in vals and "message_bounce" not in vals:
            repaired = self.filtered(
                lambda p: p.message_bounce and p.email != vals["email"]
            )
            repaired.message_bounce = 0  # a new address has not bounced yet
        if {"parent_id", "is_company"}.isdisjoint(vals):
            result = super().write(vals)
            if POINT_FIELDS & vals.keys():
                self._recovery_find_again()
            return result
        before = self.commercial_partner_id
        result = super().write(vals)
        cases = self.env["debt.recovery.case"].sudo()
        cases._follow_commercial_partner(before)
        cases._mark_partners((before | self.commercial_partner_id).ids)
        return result
