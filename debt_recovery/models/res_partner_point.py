from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

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
    def _recovery_dialable(self, number, country):
        """The number as it can be dialled from anywhere, or False: without a country
        code and without a known country nobody can tell. Written internationally as
        far as the library for it is installed."""
        international = number.strip().startswith(("+", "00"))
        if not international and not country:
            return False
        try:
            return self._phone_format(
                number=number,
                country=country,
                force_format="INTERNATIONAL",
                raise_exception=True,
            )
        except UserError:
            return False

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

    def _recovery_clear_point(self, channel):
        for partner in self:
            points = dict(partner.recovery_wrong_points or {})
            points.pop(LABELS.get(channel, "address"), None)
            partner.recovery_wrong_points = points or False
