import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .res_partner_screen import OFFICE

#: Time zones of the states that have one of their own; the others of such a country
#: may be in any of its zones.
STATE_ZONES = {
    "US": {
        "America/New_York": "CT DE DC GA ME MD MA NH NJ NY NC OH PA RI SC VT VA WV",
        "America/Chicago": "AL AR IL IA LA MN MS MO OK WI",
        "America/Denver": "CO MT NM UT WY",
        "America/Phoenix": "AZ",
        "America/Los_Angeles": "CA NV WA",
        "America/Anchorage": "AK",
        "Pacific/Honolulu": "HI",
    },
    "CA": {
        "America/Halifax": "NB NS PE",
        "America/Winnipeg": "MB",
        "America/Edmonton": "AB",
        "America/Regina": "SK",
        "America/St_Johns": "NL",
        "America/Toronto": "QC",
    },
    "AU": {
        "Australia/Sydney": "NSW ACT VIC TAS",
        "Australia/Brisbane": "QLD",
        "Australia/Adelaide": "SA",
        "Australia/Darwin": "NT",
        "Australia/Perth": "WA",
    },
}
#: Where nearly everybody of a wide country lives; the rest is told by the state. The
#: dialling code 1 alone says no more than that.
MAIN_ZONES = {
    "US": "New_York Chicago Denver Los_Angeles",
    "CA": "Halifax Toronto Winnipeg Edmonton Vancouver",
}


class ResPartnerContact(models.AbstractModel):
    """Where and what a debtor is, for the contact rules."""

    _name = "debt.recovery.partner.contact.mixin"
    _description = "Contact Facts of a Customer"

    recovery_debtor_type = fields.Selection(
        [
            ("consumer", "Consumer"),
            ("sole_trader", "Sole trader"),
            ("company", "Company"),
            ("public", "Public body"),
        ],
        "Kind of Debtor",
        help="Decides which contact rules hold. Empty: a company is a company, a "
        "person with a tax number a sole trader, any other person a consumer.",
    )
    recovery_tz = fields.Selection(
        lambda self: [(name, name) for name in pytz.common_timezones],
        "Stated Time Zone",
        help="Where the debtor says to be; otherwise address and phone number tell.",
    )
    recovery_preference_ids = fields.One2many(
        "debt.recovery.contact.preference",
        "partner_id",
        "Contact Preferences",
        groups=OFFICE,
    )

    @api.constrains("recovery_tz")
    def _check_recovery_tz(self):
        for partner in self:
            if partner.recovery_tz and partner.recovery_tz not in pytz.all_timezones:
                raise ValidationError(
                    self.env._(
                        "“%(zone)s” is no time zone: choose one of the list, such as "
                        "Europe/Brussels.",
                        zone=partner.recovery_tz,
                    )
                )

    def _recovery_debtor_kind(self):
        """The kind chosen by hand, else told by what the books know."""
        self.ensure_one()
        if self.recovery_debtor_type:
            return self.recovery_debtor_type
        if self.is_company:
            return "company"
        return "sole_trader" if self.vat else "consumer"

    def _recovery_zone_names(self, dialling):
        """Every time zone the debtor may plausibly be in: the one stated alone, else
        those of the address and of the country of the phone number.

        :param dialling: ``{dialling code: country codes}``
        """
        self.ensure_one()
        if self.recovery_tz:
            return [self.recovery_tz]
        country = self.country_id.code
        names = self._recovery_state_zones(country)
        called = self._recovery_phone_countries(dialling)
        if called and country not in called and (country, called) != ("CA", ["US"]):
            for code in called:
                names += self._recovery_country_zones(code)
        return list(dict.fromkeys(names))

    def _recovery_state_zones(self, country):
        """Zones of the address: of the state where it has one, else of the country."""
        state = self.state_id.code
        for zone, states in STATE_ZONES.get(country, {}).items():
            if state and state in states.split():
                return [zone]
        return self._recovery_country_zones(country)

    def _recovery_country_zones(self, country):
        if country in MAIN_ZONES:
            return [f"America/{name}" for name in MAIN_ZONES[country].split()]
        return list(pytz.country_timezones.get(country or "", []))

    def _recovery_phone_countries(self, dialling):
        """Countries of the number's dialling code; none without a “+”."""
        digits = "".join(c for c in (self.phone or "") if c.isdigit() or c == "+")
        if not digits.startswith("+"):
            return []
        for length in (3, 2, 1):
            code = digits[1 : 1 + length]
            if code == "1":
                return ["US"]
            if code.isdigit() and int(code) in dialling:
                return dialling[int(code)]
        return []
