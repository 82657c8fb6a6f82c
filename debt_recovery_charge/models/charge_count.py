from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ..tools.appropriation import PRINCIPAL
from ..tools.interest import Claim, interest
from ..tools.rates import MissingRateError

BATCH = 500


class DebtRecoveryChargeCount(models.AbstractModel):
    """Counts what late payment costs, item by item, from the ledger: payments by their
    day, days without interest from holds, disputes and agreements. What was waived or
    billed stays."""

    _name = "debt.recovery.charge.count.mixin"
    _description = "Counting of Charges"

    @api.model
    def _refresh_company(self, company):
        """Count every overdue item of a company and what was begun before.

        Nothing happens in a company that chose no rule.
        """
        for lines in self._batches(company):
            lines._recovery_refresh_charges(company, company.recovery_charge_rule_ids)

    @api.model
    def _batches(self, company, after=0):
        """The items to be counted today, in portions; those ``after`` an id."""
        rules = company.recovery_charge_rule_ids
        if not rules:
            return
        rows = self.env["debt.recovery.receivable"].search(self._rows_domain(company))
        ids = set(rows.move_line_id.ids)
        ids |= set(self.search(self._begun_domain(company)).move_line_id.ids)
        ids |= set(self._fee_line_ids(company, rules))
        left = sorted(line_id for line_id in ids if line_id > after)
        for part in split_every(BATCH, left):
            yield self.env["account.move.line"].browse(part)

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
        """What still moves, and what a payment ended that was undone since."""
        return Domain(
            [
                ("company_id", "=", company.id),
                ("kind", "in", ("interest", "fee")),
                "|",
                ("is_final", "=", False),
                ("move_line_id.amount_residual", "!=", 0),
            ]
        )

    # FACTS

    @api.model
    def _payments_of(self, lines):
        """``{line id: [(day, amount in the line's currency)]}`` of everything posted
        that is matched with it. What was credited was never owed: a credit note counts
        from the due date on."""
        self.env["account.partial.reconcile"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT p.debit_move_id,
                          CASE WHEN m.move_type = 'out_refund'
                               THEN LEAST(c.date, COALESCE(d.date_maturity, d.date))
                               ELSE c.date END AS day,
                          p.debit_amount_currency
                     FROM account_partial_reconcile p
                     JOIN account_move_line c ON c.id = p.credit_move_id
                     JOIN account_move m ON m.id = c.move_id
                     JOIN account_move_line d ON d.id = p.debit_move_id
                    WHERE p.debit_move_id IN %s AND c.parent_state = 'posted'
                    ORDER BY day, p.id""",
                tuple(lines.ids) or (0,),
            )
        )
        payments = {}
        for line_id, day, amount in rows:
            payments.setdefault(line_id, []).append((day, Decimal(str(amount))))
        return payments

    # AMOUNTS

    @api.model
    def _count(self, rule, line, until, facts, costs=(), settled=0.0):
        """Amount, detail and problem of one rule on one item; fees come from actions.

        :param facts: ``_recovery_charge_facts`` of the items
        :param costs: ``[(day, amount)]`` claimed beside it
        :param settled: interest that was waived or billed
        """
        if rule.kind == "interest":
            return self._count_interest(rule, line, until, facts, costs, settled)
        day = line.date_maturity or line.date
        amount = self._count_fixed(
            rule,
            facts["terms"][rule],
            line,
            abs(line.amount_currency),
            line.currency_id,
            day,
        )
        return {"amount": amount, "detail": False, "problem": False}

    @api.model
    def _count_interest(self, rule, line, until, facts, costs, settled):
        try:
            found = self._interest_on(rule, line, until, facts, costs, settled)
        except MissingRateError as error:
            sentence = rule.reference_id._missing_sentence(error)
            return {"problem": sentence}
        return {
            "amount": float(found.total),
            "detail": [self._plain_segment(segment) for segment in found.segments],
            "payment_uses": self._plain_uses(found) or False,
            "problem": False,
        }

    @api.model
    def _interest_on(self, rule, line, until, facts, costs=(), settled=0.0):
        """:raises MissingRateError: when a rate is needed that nobody has entered"""
        terms, payments = facts["terms"][rule], facts["payments"].get(line.id, ())
        claim = Claim(
            Decimal(str(line.amount_currency)),
            line.date_maturity or line.date,
            payments,
            facts["stops"][line.id],
            costs,
            Decimal(str(settled)),
        )
        if terms.regime.order != PRINCIPAL:
            until = self._until_paid(claim, until)
        digits = line.currency_id.decimal_places
        return interest(claim, terms.regime, terms.table, until, digits)

    @api.model
    def _until_paid(self, claim, until):
        """What the books show as paid bears no more interest, whatever its payments
        were counted on: a rest would grow that nobody can pay."""
        left = claim.amount
        for day, amount in sorted(claim.payments):
            left -= amount
            if left <= 0:
                return min(day, until)
        return until

    @api.model
    def _plain_uses(self, found):
        """What each payment was counted on, as JSON knows it."""
        return [
            {
                "day": use.day.isoformat(),
                **{
                    part: str(getattr(use, part))
                    for part in ("amount", "costs", "interest", "principal", "rest")
                },
            }
            for use in found.uses
        ]

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
    def _count_fixed(self, rule, terms, line, amount, currency, day):
        """A sum by the size of an amount, in the line's currency; rates of ``day``."""
        own, company = rule.currency_id or line.currency_id, line.company_id
        size = currency._convert(amount, own, company, day)
        found = rule._fixed_sum(Decimal(str(size)), terms.brackets, own.decimal_places)
        return own._convert(float(found), line.currency_id, company, day)

    @api.model
    def _is_stopped(self, line, day, stops):
        """Whether no new charge arises on that day: a hold says so, or all that is open
        is contested or agreed."""
        running = [stop for stop in stops if stop.date_from <= day <= stop.date_to]
        if any(stop.amount is None for stop in running):
            return True
        rest = line.amount_residual_currency - float(
            sum(stop.amount for stop in running)
        )
        return bool(running) and line.currency_id.compare_amounts(rest, 0) <= 0
