from datetime import UTC, datetime, time

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.contact_rules import (
    Blackout,
    Consent,
    OptOut,
    Permission,
    minutes,
)

DAYS = {
    "every": range(7),
    "week": range(5),
    "weekend": (5, 6),
    **{str(day): (day,) for day in range(7)},
}


def plain_address(text):
    """An e-mail address or number as it is compared: without case and spaces."""
    text = (text or "").strip().lower()
    return text if "@" in text else "".join(c for c in text if c.isdigit() or c == "+")


class DebtRecoveryContactPreference(models.Model):
    """What a debtor said about being contacted: not at this hour, not by this channel,
    yes to that address. Hours are the debtor's own. It ends by its date; it is kept
    because it explains why somebody was, or was not, contacted."""

    _name = "debt.recovery.contact.preference"
    _description = "Contact Preference"
    _order = "date_from desc, id desc"

    partner_id = fields.Many2one(
        "res.partner", "Contact", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("optout", "Does not want it"),
            ("window", "Not at these hours"),
            ("permission", "Agreed"),
            ("consent", "Asked to be contacted"),
        ],
        required=True,
        default="optout",
    )
    channel_ids = fields.Many2many(
        "debt.recovery.channel", string="Channels", help="Empty: every channel."
    )
    address = fields.Char(
        help="Only this number or address; empty: all of the contact."
    )
    days = fields.Selection(
        [
            ("every", "Every day"),
            ("week", "Monday to Friday"),
            ("weekend", "Weekend"),
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        default="every",
        required=True,
    )
    hour_from = fields.Float("From Hour")
    hour_to = fields.Float("To Hour", default=24.0)
    date_from = fields.Date(
        "Since", required=True, default=lambda self: self.env.company._recovery_today()
    )
    date_to = fields.Date("Until", help="Empty: until the debtor says otherwise.")
    source = fields.Char("How We Know", help="Call of 3 March, e-mail, form …")

    @api.constrains("kind", "hour_from", "hour_to", "date_from", "date_to")
    def _check_order(self):
        for wish in self:
            if wish.kind == "window" and not (0 <= wish.hour_from < wish.hour_to <= 24):
                raise ValidationError(
                    self.env._(
                        "The hours of %(contact)s end before they begin: enter times "
                        "from 0:00 to 24:00, the earlier one first.",
                        contact=wish.partner_id.display_name,
                    )
                )
            if wish.date_to and wish.date_to < wish.date_from:
                raise ValidationError(
                    self.env._(
                        "The wish of %(contact)s ends before it begins: change one of "
                        "the dates.",
                        contact=wish.partner_id.display_name,
                    )
                )

    @api.model
    def _record_optout(self, partner, channel, address, source):
        """Somebody asked us not to use this address any more; said twice, kept once."""
        channel = self.env["debt.recovery.channel"]._by_code(channel)
        vals = {
            "partner_id": partner.id,
            "kind": "optout",
            "address": address,
        }
        domain = [(name, "=", value) for name, value in vals.items()]
        running = [("date_to", "=", False), ("channel_ids", "in", channel.ids)]
        return self.search([*domain, *running], limit=1) or self.create(
            {**vals, "channel_ids": [(6, 0, channel.ids)], "source": source}
        )

    # FOR THE JUDGE

    def _to_facts(self, everywhere):
        """These wishes as fields of ``tools.contact_rules.Debtor``.

        :param everywhere: codes of all channels, for wishes about every channel
        """
        facts = {"blackouts": [], "optouts": [], "permissions": [], "consents": []}
        for wish in self:
            channels = wish.channel_ids.mapped("code")
            getattr(wish, f"_add_{wish.kind}")(facts, channels, channels or everywhere)
        return {name: tuple(items) for name, items in facts.items()}

    def _since(self):
        """The beginning of the day as a moment; earlier is safer than later."""
        return datetime.combine(self.date_from, time(), UTC)

    def _address_for(self, channel):
        """Address the wish is about; that of the person, or all of the debtor's."""
        person = self.partner_id if self.partner_id.parent_id else None
        known = person and (person.email if channel == "email" else person.phone)
        return plain_address(self.address or known)

    def _add_window(self, facts, channels, everywhere):
        facts["blackouts"].append(
            Blackout(
                frozenset(DAYS[self.days]),
                minutes(self.hour_from),
                minutes(self.hour_to),
                frozenset(channels),
                self.date_to or None,
            )
        )

    def _add_optout(self, facts, channels, everywhere):
        facts["optouts"] += [
            OptOut(channel, self._since(), self._address_for(channel))
            for channel in everywhere
        ]

    def _add_permission(self, facts, channels, everywhere):
        facts["permissions"] += [
            Permission(channel, self.date_from, self._address_for(channel))
            for channel in everywhere
        ]

    def _add_consent(self, facts, channels, everywhere):
        facts["consents"].append(Consent(self._since(), channels=frozenset(channels)))
