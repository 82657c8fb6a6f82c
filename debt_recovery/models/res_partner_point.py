import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools.bounces import is_dead
from .res_partner_screen import OFFICE

LABELS = {"phone": "phone", "sms": "phone", "email": "email"}


class DebtRecoveryPartnerPoint(models.AbstractModel):
    """Contact points found to be wrong. The wrong number itself is remembered, so that
    the mark vanishes with it: whoever enters a new one need not tell us."""

    _name = "debt.recovery.partner.point.mixin"
    _description = "Wrong Contact Points"

    recovery_wrong_points = fields.Json(
        copy=False, groups=OFFICE, help="{channel: [wrong value, day it was found]}"
    )
    recovery_soft_bounce = fields.Json(
        copy=False, groups=OFFICE, help="[address, day]: its last soft bounce."
    )
    recovery_wrong_text = fields.Char(
        "Wrong Contact Point",
        compute="_compute_recovery_wrong_text",
        compute_sudo=True,
        groups=OFFICE,
    )

    @api.depends("recovery_wrong_points", "phone", "email", "contact_address")
    def _compute_recovery_wrong_text(self):
        for partner in self:
            texts = [
                self.env._(
                    "%(value)s is wrong (found on %(day)s).",
                    value=" ".join(value.split()),
                    day=format_date(self.env, day),
                )
                for channel, (value, day) in (
                    partner.recovery_wrong_points or {}
                ).items()
                if partner._recovery_is_wrong(channel)
            ]
            partner.recovery_wrong_text = " ".join(texts)

    def _recovery_point(self, channel):
        """What is used to reach this contact: number, e-mail address or address."""
        self.ensure_one()
        if channel in LABELS:
            return self[LABELS[channel]] or ""
        return (self.contact_address or "").strip()

    @api.model
    def _recovery_dialable(self, number, country, form="INTERNATIONAL"):
        """The number as it can be dialled from anywhere, or False: without a country
        code and without a known country nobody can tell.

        :param form: ``INTERNATIONAL`` for people, as far as the library for it is
            installed; ``E164`` for machines, without a space
        """
        number = (number or "").strip()
        if not number.startswith(("+", "00")) and not country:
            return False
        try:
            found = self._phone_format(
                number=number,
                country=country,
                force_format=form,
                raise_exception=True,
            )
        except UserError:
            return False
        if form != "E164":
            return found
        # without the library that knows the countries the number comes back unchanged
        plain = re.sub(r"[\s().\-/]", "", found or "")
        plain = re.sub(r"^00", "+", plain)
        return plain if re.fullmatch(r"\+\d{8,15}", plain) else False

    def _recovery_country(self, company):
        """In whose way the number of this contact is written when it names no
        country."""
        self.ensure_one()
        country = self.country_id or self.commercial_partner_id.country_id
        return country or company.sudo().country_id

    def _recovery_is_wrong(self, channel):
        wrong = (self.recovery_wrong_points or {}).get(LABELS.get(channel, "address"))
        return bool(wrong and wrong[0] == self._recovery_point(channel))

    def _recovery_mark_point(self, channel):
        """Nobody is reached there any more."""
        for partner in self.filtered(lambda p: p._recovery_point(channel)):
            today = fields.Date.to_string(self.env.company._recovery_today())
            mark = {
                LABELS.get(channel, "address"): [
                    partner._recovery_point(channel),
                    today,
                ]
            }
            partner.recovery_wrong_points = {
                **(partner.recovery_wrong_points or {}),
                **mark,
            }

    def _recovery_note_bounce(self, kind):
        """A mail came back: an address that takes none at all is wrong, and so is one
        whose mails came back twice within a fortnight.

        :param kind: ``"hard"`` or ``"soft"`` (``tools.bounces``)
        """
        today = self.env.company._recovery_today()
        for partner in self.sudo():
            point = partner._recovery_point("email")
            address, day = partner.recovery_soft_bounce or (None, None)
            earlier = fields.Date.to_date(day) if address == point else None
            if is_dead(kind, today, earlier):
                partner._recovery_mark_point("email")
            else:
                partner.recovery_soft_bounce = [point, fields.Date.to_string(today)]

    def _recovery_find_again(self):
        """A contact point has changed: whoever had none may be reached now."""
        cases = self.env["debt.recovery.case"].sudo()
        cases._find_unreachable(self.commercial_partner_id.ids)._end_no_address()

    def _recovery_clear_point(self, channel):
        for partner in self:
            points = dict(partner.recovery_wrong_points or {})
            points.pop(LABELS.get(channel, "address"), None)
            partner.recovery_wrong_points = points or False
