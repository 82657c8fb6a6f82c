from odoo import api, models

# Whom to take when nobody has the wanted role: never somebody more junior than needed
# before the others of the same level have been tried.
ROLE_FALLBACK = {
    "ap": ("ap",),
    "ap_head": ("ap_head", "ap"),
    "cfo": ("cfo", "owner", "ap_head", "ap"),
    "owner": ("owner", "cfo", "ap_head", "ap"),
    "legal": ("legal", "cfo", "owner", "ap_head", "ap"),
}
INTERNAL_ROLES = ("salesperson", "manager", "officer")


class DebtRecoveryCaseRecipients(models.AbstractModel):
    """Who gets a message.

    Case contacts come first, then the customer's collections contacts by role, then
    the invoice address, then the company itself. Somebody who cannot be reached on
    the channel is passed over; if nobody can be reached, the last candidate is
    returned all the same, so that the failure shows up with a name on it.
    """

    _name = "debt.recovery.case.recipients.mixin"
    _description = "Recipients of a recovery case"
    _inherit = "debt.recovery.case.claim.mixin"

    def _get_recipients(self, role, channel):
        """Recipients of one case, as partners (of users for internal roles)."""
        self.ensure_one()
        return self._recipients_by_case(role, channel)[self.id]

    def _recipients_by_case(self, role, channel, strict=False):
        """Recipients of many cases with a fixed number of queries.

        :param strict: only people who really have the role (for copies)
        :return: {case id: partners}
        """
        if role in INTERNAL_ROLES:
            users = self._internal_users_by_case(role)
            return {case.id: users[case.id].sudo().partner_id for case in self}
        contacts = self._find_customer_contacts()
        blocked = self._find_blocked_emails(contacts) if channel == "email" else set()
        people = contacts.grouped("commercial_partner_id")
        return {
            case.id: case._choose_recipients(
                role,
                channel,
                people.get(case.partner_id, contacts.browse()) - case.partner_id,
                blocked,
                strict,
            )
            for case in self
        }

    def _find_customer_contacts(self):
        """All active people of these customers, one query."""
        return self.env["res.partner"].search(
            [("commercial_partner_id", "in", self.partner_id.ids)],
            order="commercial_partner_id, id",
        )

    def _find_blocked_emails(self, contacts):
        """Which of these addresses are on the blacklist, one query."""
        partners = contacts | self.contact_ids | self.partner_id
        emails = [email for email in partners.mapped("email_normalized") if email]
        blacklist = self.env["mail.blacklist"].sudo()
        return set(blacklist.search([("email", "in", emails)]).mapped("email"))

    def _choose_recipients(self, role, channel, contacts, blocked, strict):
        """Walk down the order for one case and its contacts; the first level with
        somebody reachable wins."""
        self.ensure_one()
        none = self.env["res.partner"]
        last = none
        for level in self._recipient_levels(role, contacts, strict):
            reachable = level.filtered(
                lambda p: (
                    self._is_reachable(p, channel) and p.email_normalized not in blocked
                )
            )
            if reachable:
                return reachable
            last = level or last
        return none if strict else last

    def _recipient_levels(self, role, contacts, strict):
        """Groups of partners in the order in which they are asked."""
        roles = (role,) if strict else ROLE_FALLBACK.get(role, ("ap",))
        own = self.contact_ids.filtered("active")
        levels = [self._with_role(own, name) for name in roles]
        if not strict:
            levels.append(own)
        levels += [self._with_role(contacts, name) for name in roles]
        if not strict:
            levels += [
                contacts.filtered(lambda p: p.type == "invoice")[:1],
                self.partner_id,
            ]
        return levels

    @api.model
    def _is_reachable(self, partner, channel):
        """Has this partner what the channel needs, and nobody told us it is wrong?"""
        if partner.sudo()._recovery_is_wrong(channel):
            return False
        if channel == "email":
            return bool(partner.email_normalized)
        if channel == "sms":  # without a number it goes by e-mail
            return bool(partner.phone or partner.email_normalized)
        if channel == "letter":
            return bool(partner.street and (partner.city or partner.zip))
        if channel == "phone":
            return bool(partner.phone)
        return True

    def _with_role(self, partners, role):
        return partners.filtered(lambda partner: partner.recovery_contact_role == role)

    # ------------------------------------------------------------------
    # Our own people
    # ------------------------------------------------------------------

    def _get_internal_user(self, role):
        """The colleague a task goes to."""
        self.ensure_one()
        return self._internal_users_by_case(role)[self.id]

    def _internal_users_by_case(self, role):
        """{case id: user}; the officer stands in for a missing colleague."""
        sales = self._salespeople_by_case() if role == "salesperson" else {}
        users = {}
        for case in self:
            company = case.company_id
            user = self.env["res.users"]
            if role == "salesperson":
                user = sales.get(case.id, user)
            elif role == "manager":
                user = company.recovery_escalate_user_id
            candidates = (user, case.user_id, company.recovery_user_id, self.env.user)
            active = [u for u in candidates if u.sudo().active]
            user = active[0] if active else company.recovery_escalate_user_id
            users[case.id] = user._recovery_present(company) or user
        return users

    def _salespeople_by_case(self):
        """Salesperson of the customer, else of the open invoices."""
        found = {
            case.id: case.partner_id.user_id
            for case in self
            if case.partner_id.user_id.active
        }
        missing = self.filtered(lambda case: case.id not in found)
        if missing:
            rows = self.env["debt.recovery.receivable"]._read_group(
                [("case_id", "in", missing.ids), ("invoice_user_id", "!=", False)],
                ["case_id"],
                ["invoice_user_id:recordset"],
            )
            found |= {
                case.id: users.filtered("active")[-1:]
                for case, users in rows
                if users.filtered("active")
            }
        return found
