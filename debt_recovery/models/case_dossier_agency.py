from functools import partial

from odoo import models


class DebtRecoveryCaseDossierAgency(models.AbstractModel):
    """What of a dossier an agency may have: the parts its contract names, about the
    items that are placed; notes, outcomes, other items and files people put on records
    stay here (GDPR art. 5(1)(c))."""

    _name = "debt.recovery.case.dossier.agency.mixin"
    _description = "Dossier for an Agency"

    def _agency_sections(self, placement):
        """Sections like those of ``_dossier_sections``, for the agency of a
        placement."""
        collectors = self._agency_collectors()
        shared = placement.contract_id._shared_sections()
        return [
            (code, title, partial(collectors[code], placement))
            for code, title, _collect in self._dossier_sections()
            if code in shared and code in collectors
        ]

    def _agency_collectors(self):
        """Seam: ``{section: method(placement) that yields documents}``; what is not
        here never leaves."""
        return {
            "chronology": self._agency_chronology,
            "invoices": self._agency_invoices,
            "letters": self._agency_letters,
            "agreements": self._agency_agreements,
            "disputes": self._agency_disputes,
            "correspondence": lambda placement: self._dossier_correspondence(),
        }

    def _agency_chronology(self, placement):
        """When we wrote, called or came, without what was said."""
        actions = self._dossier_log()
        if not actions:
            return
        directions = dict(actions._fields["direction"]._description_selection(self.env))
        title = self.env._("Contacts until now")
        rows = [
            [
                self._format_day(action.date_done.date()),
                directions.get(action.direction, ""),
                action.channel_id.name,
            ]
            for action in actions
        ]
        head = [self.env._("Day"), self.env._("Direction"), self.env._("By")]
        customer = self.partner_id.display_name
        article = {"title": customer, "head": head, "rows": rows}
        yield title, "contacts.pdf", lambda: self._dossier_page(title, [article])

    def _agency_invoices(self, placement):
        return self._dossier_moves(placement.item_ids.move_line_id.move_id)

    def _agency_letters(self, placement):
        """Letters that claimed what is placed now."""
        placed = placement.item_ids.move_line_id
        return self._dossier_messages_sent(
            self._dossier_log().filtered(lambda x: x.line_ids.move_line_id & placed)
        )

    def _agency_agreements(self, placement):
        found = self._about_placed(self.agreement_ids, placement)
        return self._dossier_agreement_page(found, hidden=("note",))

    def _agency_disputes(self, placement):
        found = self._about_placed(self.dispute_ids, placement)
        return self._dossier_dispute_page(found, hidden=("note", "messages"))

    def _about_placed(self, records, placement):
        placed = placement.item_ids.move_line_id
        return records.filtered(lambda x: x.line_ids.move_line_id & placed).sorted("id")
