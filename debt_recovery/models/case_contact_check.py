from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class DebtRecoveryCaseContactCheck(models.AbstractModel):
    """What a person tells about a contact, read and checked before anything is written:
    what is missing or impossible is said in one sentence."""

    _name = "debt.recovery.case.contact.check.mixin"
    _description = "Check of what a contact told"

    def _read_told(self, vals):
        """The told values as records and dates."""
        self.ensure_one()
        outcome = self._find_outcome(vals.get("outcome"))
        items = vals.get("item_ids")
        return {
            "outcome": outcome,
            "channel": vals.get("channel") or "phone",
            "date": self._read_date(vals.get("date")),
            "hour": self._read_hour(vals.get("hour")),
            "amount": vals.get("amount") or None,
            "items": None
            if items is None
            else self.env["account.move.line"].browse(items).exists(),
            "category": self.env["debt.recovery.dispute.category"].browse(
                vals.get("category_id") or outcome.dispute_category_id.id
            ),
            "contact": self.env["res.partner"].browse(vals.get("contact_id")),
            "owner": self.env["res.users"].browse(vals.get("owner_id")),
            "channels": self.env["debt.recovery.channel"].browse(
                vals.get("channel_ids") or outcome.stop_channel_ids.ids
            ),
            "new_contact": vals.get("new_contact") or {},
            "text": (vals.get("text") or "").strip(),
            "note": (vals.get("note") or "").strip(),
            "person": vals.get("person"),
            "confirm": bool(vals.get("confirm")),
        }

    def _find_outcome(self, code):
        outcome = self.env["debt.recovery.outcome"].search([("code", "=", code)])
        if not code or not outcome:
            raise UserError(
                self.env._(
                    "What came of it? Choose an outcome, such as “No answer / busy”."
                )
            )
        return outcome

    def _read_date(self, value):
        try:
            return fields.Date.to_date(value) or None
        except ValueError:
            raise UserError(
                self.env._(
                    "“%(value)s” is no date: enter it as 2025-03-31.", value=value
                )
            ) from None

    def _read_hour(self, value):
        """Date and time in UTC."""
        try:
            return fields.Datetime.to_datetime(value) or None
        except ValueError:
            raise UserError(
                self.env._(
                    "“%(value)s” is no date with an hour: enter it as "
                    "2025-03-31 14:30:00.",
                    value=value,
                )
            ) from None

    def _check_told(self, told):
        """One sentence for the first thing that is missing or cannot be."""
        self._check_needs(told)
        self._check_told_dates(told)
        self._check_told_items(told)
        if told["amount"] is not None and told["amount"] <= 0:
            raise UserError(
                self.env._(
                    "The amount %(amount)s is not above zero: enter what was named.",
                    amount=told["amount"],
                )
            )
        contact = told["contact"]
        if contact and contact.commercial_partner_id != self.partner_id:
            raise UserError(
                self.env._(
                    "%(contact)s does not belong to %(customer)s: choose one of the "
                    "customer's own contacts.",
                    contact=contact.display_name,
                    customer=self.partner_id.display_name,
                )
            )

    def _check_needs(self, told):
        outcome = told["outcome"]
        named = {
            "date": (told["date"], self.env._("a date")),
            "hour": (told["hour"], self.env._("a day and an hour")),
            "amount": (told["amount"], self.env._("an amount")),
            "items": (told["items"] is None or told["items"], self.env._("items")),
            "category": (told["category"], self.env._("a category")),
            "contact": (told["new_contact"].get("name"), self.env._("a name")),
            "channel": (told["channels"], self.env._("a channel")),
            "owner": (told["owner"], self.env._("somebody who answers it")),
            "text": (
                told["text"] or told["note"],
                outcome.text_label or self.env._("a note"),
            ),
        }
        for need, (value, label) in named.items():
            if outcome[f"{need}_need"] == "required" and not value:
                raise UserError(
                    self.env._(
                        "“%(outcome)s” needs %(what)s: enter it and save again.",
                        outcome=outcome.name,
                        what=label,
                    )
                )

    def _check_told_dates(self, told):
        today = self.company_id._recovery_today()
        day, side = told["date"], told["outcome"].date_side
        if day and side == "future" and day < today:
            raise UserError(
                self.env._(
                    "The date %(date)s is in the past: enter today or a later day.",
                    date=format_date(self.env, day),
                )
            )
        if day and side == "past" and day > today:
            raise UserError(
                self.env._(
                    "The date %(date)s is still to come: enter the day on which it "
                    "happened, or choose “Promises to pay”.",
                    date=format_date(self.env, day),
                )
            )
        hour = told["hour"]
        if hour and self._local_moment(hour).date() < today:
            raise UserError(
                self.env._("That hour is over: choose a later one to call back.")
            )

    def _check_told_items(self, told):
        """Ticked items are open items of this customer in this company."""
        items = told["items"]
        if not items:
            return
        foreign = items.filtered(
            lambda item: (
                item.partner_id.commercial_partner_id != self.partner_id
                or item.company_id.root_id != self.company_id
            )
        )
        if foreign:
            raise UserError(
                self.env._(
                    "%(item)s is no open item of %(customer)s: tick the items of this "
                    "case.",
                    item=foreign[0].move_id.display_name,
                    customer=self.partner_id.display_name,
                )
            )

    def _hour_text(self, moment):
        """“15:30” on the clock of the company; with its zone where the user's clock
        shows another hour."""
        local = self._local_moment(moment)
        own = fields.Datetime.context_timestamp(self, moment)
        same = own.utcoffset() == local.utcoffset()
        return local.strftime("%H:%M" if same else "%H:%M %Z")

    def _local_moment(self, moment):
        """A moment (UTC) on the clock of the company."""
        zone = self.company_id._recovery_zone()
        return fields.Datetime.context_timestamp(
            self.with_context(tz=zone.zone), moment
        )
