from odoo import models

from ..tools.handover import Facts, check
from ..tools.money import to_decimal

#: What a court needs to serve a claim.
ADDRESS = ("street", "city", "country_id")


class DebtRecoveryHandoverFacts(models.AbstractModel):
    """Reads what the checklist asks about from the case and its books."""

    _name = "debt.recovery.handover.facts.mixin"
    _description = "Facts of a Hand-over"

    def _judge(self):
        """The checklist of today: ``tools.handover.Outcome``."""
        self.ensure_one()
        rules = self.env["debt.recovery.handover.rule"]._for_case(
            self.case_id, self.target, self.type == "insolvency"
        )
        return check(rules._to_rules(), self._gather_facts())

    def _gather_facts(self):
        case = self.case_id.sudo()
        company = case.company_id
        digits = company.currency_id.decimal_places
        rows = case._legal_rows()
        # cost 0 is a decision only once somebody typed it
        cost = self.cost_estimate or self.cost_known
        return Facts(
            today=company._recovery_today(),
            claim=to_decimal(sum(map(case._legal_amount, rows)), digits),
            unit=company._recovery_units(1),
            demanded=case._legal_demanded(),
            holds=tuple(self._stopping_holds().mapped("name")),
            legal_gate=tuple(case._legal_gate_sentences()),
            disputed=to_decimal(sum(rows.mapped("amount_disputed")), digits),
            agreed=to_decimal(sum(rows.mapped("amount_agreed")), digits),
            limitations=case._legal_limitations(rows.move_line_id),
            documents=tuple(self._missing_documents(rows)),
            address=tuple(self._missing_address()),
            verified=self.date_address or None,
            percent=to_decimal(self.success_percent, 4),
            cost=to_decimal(self.cost_estimate, digits) if cost else None,
        )

    def _stopping_holds(self):
        """Holds that stop legal steps; a proof in an insolvency is lodged because of
        the insolvency."""
        case = self.case_id.sudo()
        holds = case._gate_hold_facts(case.company_id._recovery_today())[case]
        passed = ("insolvency",) if self.type == "insolvency" else ()
        return holds.filtered(
            lambda hold: hold.type_id.stop_legal and hold.type_id.code not in passed
        )

    def _missing_documents(self, rows):
        """Claimed invoices of which no document exists yet."""
        moves = rows.move_id.sudo()
        attached = (
            self.env["ir.attachment"]
            .sudo()
            ._read_group(
                [
                    ("res_model", "=", "account.move"),
                    ("res_id", "in", moves.ids),
                    ("res_field", "in", [False, "invoice_pdf_report_file"]),
                ],
                ["res_id"],
            )
        )
        there = {res_id for (res_id,) in attached}
        return [move.name for move in moves if move.id not in there]

    def _missing_address(self):
        partner = self.case_id.partner_id
        return [
            partner._fields[fname]._description_string(self.env)
            for fname in ADDRESS
            if not partner[fname]
        ]
