from odoo import fields, models
from odoo.fields import Command


class DebtRecoveryCaseDispute(models.AbstractModel):
    """Disputes, enquiries and complaints of a case."""

    _name = "debt.recovery.case.dispute.mixin"
    _description = "Disputes of a Recovery Case"

    dispute_ids = fields.One2many("debt.recovery.dispute", "case_id", "Disputes")

    def _open_dispute(self, kind="dispute", category=None, items=(), **vals):
        """Open a dispute, an enquiry or a complaint; who answers and until when
        follows from the category unless ``vals`` says otherwise.

        :param category: ``debt.recovery.dispute.category``
        :param items: pairs (``account.move.line``, amount in its currency), for
            disputes only
        :return: ``debt.recovery.dispute``
        """
        self.ensure_one()
        if category:
            vals["category_id"] = category.id
        lines = [
            Command.create({"move_line_id": item.id, "amount_currency": amount})
            for item, amount in items
        ]
        dispute = self.env["debt.recovery.dispute"].create(
            {"case_id": self.id, "kind": kind, "line_ids": lines, **vals}
        )
        self.message_post(body=self._dispute_opened_text(dispute))
        self._refresh_next_action()
        return dispute

    def action_reconcile(self):
        """The account of the customer on the reconciliation desk."""
        self.ensure_one()
        desk = self.env["debt.recovery.reconcile"]
        return desk._open_desk(self.partner_id, self.company_id)

    def _dispute_opened_text(self, dispute):
        kinds = dict(dispute._fields["kind"]._description_selection(self.env))
        parts = (dispute.name, dispute.amount_text, dispute.note)
        return self.env._(
            "%(kind)s opened: %(what)s. %(owner)s answers by %(date)s.",
            kind=kinds[dispute.kind],
            what=", ".join(filter(None, parts)),
            owner=dispute.user_id.name,
            date=self._format_day(dispute.date_due),
        )
