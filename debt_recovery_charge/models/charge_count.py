from datetime import date
from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ..tools.interest import Claim, Stop, interest
from ..tools.rates import MissingRateError

BATCH = 500


class DebtRecoveryChargeCount(models.AbstractModel):
    """Counts what late payment costs, item by item, from the ledger: payments by their
    day, days without interest from holds and disputes. What was waived or billed
    stays."""

    _name = "debt.recovery.charge.count.mixin"
    _description = "Counting of Charges"

    @api.model
    def _refresh_company(self, company):
        """Count every overdue item of a company and what was begun before.

        Nothing happens in a company that chose no rule.
        """
        rules = company.recovery_charge_rule_ids
        if not rules:
            return
        rows = self.env["debt.recovery.receivable"].search(self._rows_domain(company))
        begun = self.search(self._begun_domain(company)).move_line_id
        for ids in split_every(BATCH, (rows.move_line_id | begun).ids):
            lines = self.env["account.move.line"].browse(ids)
            lines._recovery_refresh_charges(company, rules)

    @api.model
    def _rows_domain(self, company):
        """Overdue invoices; what bills a charge bears none itself."""
        return Domain(
            [
                ("root_company_id", "=", company.id),
                ("is_credit", "=", False),
                ("days_overdue", ">", 0),
                ("move_id.move_type", "=", "out_invoice"),
                ("move_id.recovery_bills_charges", "=", False),
                ("case_id", "!=", False),
            ]
        )

    @api.model
    def _begun_domain(self, company):
        return Domain(
            [
                ("company_id", "=", company.id),
                ("kind", "=", "interest"),
                ("is_final", "=", False),
            ]
        )

    # FACTS

    @api.model
    def _payments_of(self, lines):
        """``{line id: [(day, amount in the line's currency)]}`` of everything posted
        that is matched with it, credit notes among it."""
        self.env["account.partial.reconcile"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT p.debit_move_id, c.date, p.debit_amount_currency
                     FROM account_partial_reconcile p
                     JOIN account_move_line c ON c.id = p.credit_move_id
                    WHERE p.debit_move_id IN %s AND c.parent_state = 'posted'
                    ORDER BY c.date, p.id""",
                tuple(lines.ids) or (0,),
            )
        )
        payments = {}
        for line_id, day, amount in rows:
            payments.setdefault(line_id, []).append((day, Decimal(str(amount))))
        return payments

    @api.model
    def _stops_of(self, lines, company):
        """``{line id: [Stop]}`` from holds that stop charges and from disputes."""
        holds = self.env["debt.recovery.hold"].search(
            [
                ("type_id.stop_charges", "=", True),
                ("partner_id", "in", lines.partner_id.commercial_partner_id.ids),
                ("company_id", "in", [False, company.id]),
                self.env["debt.recovery.hold"]._approved_domain(),
            ]
        )
        stops = {line.id: [] for line in lines}
        for line in lines:
            for hold in holds:
                if self._hold_covers(hold, line):
                    stops[line.id].append(self._hold_stop(hold))
        for row in self._disputed_rows(lines):
            stops[row.move_line_id.id].append(self._dispute_stop(row))
        return stops

    @api.model
    def _hold_covers(self, hold, line):
        if hold.partner_id != line.partner_id.commercial_partner_id:
            return False
        target = {"invoice": line.move_id, "line": line}.get(hold.scope)
        return target is None or target in (hold.move_id, hold.move_line_id)

    @api.model
    def _hold_stop(self, hold):
        """Days of a hold; the day of its release bears interest again."""
        last = hold.date_to or date.max
        if hold.date_released:
            last = min(last, fields.Date.subtract(hold.date_released, days=1))
        return Stop(hold.date_from, max(last, hold.date_from))

    @api.model
    def _disputed_rows(self, lines):
        return self.env["debt.recovery.dispute.line"].search(
            [("move_line_id", "in", lines.ids), ("amount_blocked", ">", 0)]
        )

    @api.model
    def _dispute_stop(self, row):
        """The contested part bears none while it is contested; once it is rejected, all
        days count."""
        return Stop(
            row.dispute_id.date_opened, date.max, Decimal(str(row.amount_blocked))
        )

    # AMOUNTS

    @api.model
    def _count(self, rule, line, until, payments, stops):
        """Amount, detail and problem of one rule on one item."""
        if rule.kind == "interest":
            return self._count_interest(rule, line, until, payments, stops)
        amount = self._count_fixed(rule, line, abs(line.amount_currency))
        return {"amount": amount, "detail": False, "problem": False}

    @api.model
    def _count_interest(self, rule, line, until, payments, stops):
        claim = Claim(
            Decimal(str(line.amount_currency)),
            line.date_maturity or line.date,
            payments,
            stops,
        )
        digits = line.currency_id.decimal_places
        try:
            found = interest(claim, rule._to_regime(), rule._to_table(), until, digits)
        except MissingRateError as error:
            sentence = rule.reference_id._missing_sentence(error)
            return {"problem": sentence}
        return {
            "amount": float(found.total),
            "detail": [self._plain_segment(segment) for segment in found.segments],
            "problem": False,
        }

    @api.model
    def _plain_segment(self, segment):
        """A segment as JSON knows it."""
        return {
            "from": segment.date_from.isoformat(),
            "to": segment.date_to.isoformat(),
            "days": segment.days,
            "rate": str(segment.rate),
            "principal": str(segment.principal),
            "interest": str(segment.interest),
        }

    @api.model
    def _count_fixed(self, rule, line, amount):
        """A sum by size, in the line's currency."""
        currency, own = line.currency_id, rule.currency_id or line.currency_id
        day = line.date_maturity or line.date
        size = currency._convert(amount, own, line.company_id, day)
        found = rule._fixed_sum(Decimal(str(size)), own.decimal_places)
        return own._convert(float(found), currency, line.company_id, day)
