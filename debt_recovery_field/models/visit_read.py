import base64
import binascii
from datetime import datetime, timedelta

import pytz

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.image import base64_to_image

#: Bytes of a picture after the phone made it smaller.
MAX_PICTURE = 10 * 1024 * 1024
#: Clocks of phones are not ours.
CLOCK_DRIFT = timedelta(minutes=10)


class DebtRecoveryVisitRead(models.AbstractModel):
    """Reading what a phone sends: wrong values are refused in one sentence, a wrong
    clock is put right."""

    _name = "debt.recovery.visit.read.mixin"
    _description = "Reading a Submitted Visit"

    # READING

    def _read_time(self, text):
        """A moment the phone names, in UTC; now where it is missing or wrong."""
        now = fields.Datetime.now()
        try:
            moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        except (AttributeError, ValueError):
            return now
        if moment.tzinfo:
            moment = moment.astimezone(pytz.utc).replace(tzinfo=None)
        moment = moment.replace(microsecond=0)
        return moment if moment <= now + CLOCK_DRIFT else now

    def _read_picture(self, data, what):
        """A picture as the phone sends it, refused when it is none or too large."""
        if not data:
            return False
        data = data.split(",", 1)[-1] if isinstance(data, str) else ""
        try:
            content = base64.b64decode(data, validate=True)
            if len(content) <= MAX_PICTURE:
                base64_to_image(data.encode())
                return data
        except (binascii.Error, UserError, ValueError) as error:
            raise UserError(
                self.env._(
                    "%(what)s is not a picture: take it again or leave it out.",
                    what=what,
                )
            ) from error
        raise UserError(
            self.env._(
                "%(what)s is larger than %(size)s MB: take it again in a lower quality "
                "or leave it out.",
                what=what,
                size=MAX_PICTURE // 1024**2,
            )
        )

    def _prepare_arrival_vals(self, data):
        """When and, where the phone says so, where."""
        vals = {"arrived_at": self._read_time(data.get("at"))}
        for name, most in (("latitude", 90), ("longitude", 180)):
            value = data.get(name)
            if isinstance(value, (int, float)) and abs(value) <= most:
                vals[name] = value
        return vals

    def _prepare_done_vals(self, data, done_at, why_not):
        """What the visit itself keeps."""
        arrival = data.get("arrival") or {}
        return {
            **(self._prepare_arrival_vals(arrival) if arrival else {}),
            "state": "done",
            "date_done": done_at,
            "outcome_id": self._find_outcome(data).id,
            "person": data.get("person") or False,
            "note": data.get("note") or False,
            "verdict": why_not or False,
            "photo": self._read_picture(data.get("photo"), self.env._("The photo")),
            "signature": self._read_picture(
                data.get("signature"), self.env._("The signature")
            ),
            "demand_served": data["outcome"] == "visit_served",
        }

    def _read_amount(self, text):
        """An amount as typed on a phone; a comma is a point."""
        try:
            return float(str(text or 0).replace(" ", "").replace(",", "."))
        except ValueError as error:
            raise UserError(
                self.env._(
                    "“%(text)s” is no amount: type digits only, e.g. 120.50.", text=text
                )
            ) from error

    def _read_day(self, text):
        try:
            return fields.Date.to_date(text)
        except ValueError as error:
            raise UserError(
                self.env._("“%(text)s” is no date: choose a day.", text=text)
            ) from error

    def _read_promise_day(self, data):
        if not data.get("promise_date"):
            raise UserError(self.env._("A promise needs the day of payment."))
        return self._read_day(data["promise_date"])
