import pytz

from odoo import fields, models


class ResCompany(models.Model):
    """Field work is a switch of the root company; what a visit may ask is optional and
    never in the way of saving."""

    _inherit = "res.company"

    recovery_field = fields.Boolean("Field Work")
    recovery_field_user_id = fields.Many2one("res.users", "Default Field Officer")
    recovery_field_location = fields.Boolean("Location on Arrival")
    recovery_field_photo = fields.Boolean("Photo of the Visit")
    recovery_field_signature = fields.Boolean("Signature for Documents")
    recovery_field_employer = fields.Boolean("Employer of Private Persons")

    def write(self, vals):
        result = super().write(vals)
        if "recovery_field" in vals:
            self._on_recovery_field_switched()
        return result

    def _on_recovery_field_switched(self):
        """The menus follow, and the strategy of visits becomes available."""
        self.env.registry.clear_cache()
        strategy = self.env.ref(
            "debt_recovery.strategy_field", raise_if_not_found=False
        )
        if strategy and any(self.mapped("recovery_field")):
            strategy.sudo().active = True

    def _recovery_unbanked(self, day):
        """Receipts that are not booked, and cheques whose day has come; a cheque that
        is held speaks for its receipt."""
        self.ensure_one()
        cheques = self.env["debt.recovery.instrument"].search(
            [
                ("company_id", "=", self.id),
                ("state", "=", "held"),
                ("date", "<=", day),
            ]
        )
        receipts = self.env["debt.recovery.receipt"].search(
            [
                ("company_id", "=", self.id),
                ("is_booked", "=", False),
                ("state", "!=", "void"),
                "|",
                ("instrument_id", "=", False),
                ("instrument_id.state", "!=", "held"),
            ]
        )
        return [
            *super()._recovery_unbanked(day),
            *(self._unbanked_receipt(receipt, day) for receipt in receipts),
            *(self._unbanked_cheque(cheque, day) for cheque in cheques),
        ]

    def _unbanked_receipt(self, receipt, day):
        zone = self._recovery_zone()
        taken = pytz.utc.localize(receipt.date).astimezone(zone).date()
        cashier = receipt.state == "confirmed"
        return self._unbanked_row(receipt, taken, day) | {
            "kind": "receipt",
            "name": receipt.name,
            "means": self._unbanked_label(receipt, "means"),
            "state": self._unbanked_label(receipt, "state"),
            "holder": self.env._("Cashier") if cashier else receipt.user_id.name,
        }

    def _unbanked_cheque(self, cheque, day):
        with_officer = cheque.location == "officer"
        place = self._unbanked_label(cheque, "location")
        return self._unbanked_row(cheque, cheque.date, day) | {
            "kind": "instrument",
            "name": cheque.display_name,
            "means": self._unbanked_label(cheque, "kind"),
            "state": place,
            "holder": cheque.user_id.name if with_officer else place,
        }

    def _unbanked_row(self, record, date, day):
        currency, own = record.currency_id, self.currency_id
        return {
            "partner": record.partner_id.display_name,
            "partner_id": record.partner_id.id,
            "user_id": record.user_id.id,
            "date": date,
            "days": max((day - date).days, 0),
            "amount": self._recovery_convert(record.amount, currency, day),
            "foreign": "" if currency == own else currency.format(record.amount),
        }

    def _unbanked_label(self, record, name):
        labels = dict(record._fields[name]._description_selection(self.env))
        return labels[record[name]]
