from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ..tools.allocation import Fact, Item
from ..tools.money import to_decimal


class DebtRecoveryAgreementFacts(models.AbstractModel):
    """Cash facts: partial reconciliations of the covered items since the signing, with
    posted counterparts, dated by them. Credit notes and our own write-offs lower the
    debt but pay nothing; exchange differences are neither."""

    _name = "debt.recovery.agreement.facts.mixin"
    _description = "Cash Facts of Agreements"

    def _read_items(self):
        """The covered items as ``tools`` reads them, one query for all agreements:
        ``{agreement id: [(agreement line, Item)]}``."""
        self.env.flush_all()
        rows = self.env.execute_query_dict(self._facts_sql())
        facts = defaultdict(lambda: {"cash": [], "credit": []})
        lines = {}
        for row in rows:
            lines[row["id"]] = row
            for kind, amount in self._split_fact(row):
                facts[row["id"]][kind].append((row["day"], amount))
        items = defaultdict(list)
        for line_id, row in lines.items():
            line = self.env["debt.recovery.agreement.line"].browse(line_id)
            digits = line.currency_id.decimal_places
            item = self._prepare_item(row, facts[line_id], digits)
            items[row["agreement_id"]].append((line, item))
        return items

    @api.model
    def _split_fact(self, row):
        """A payment with our own write-off in its entry is both: what came in, and
        what we gave up."""
        if row["kind"] == "credit" and row["amount"]:
            return [("credit", row["amount"])]
        if row["kind"] != "cash" or not row["amount"]:
            return []
        currency = self.env["res.currency"].browse(row["currency_id"])
        given_up = currency.round(row["amount"] * float(row["own_share"] or 0))
        parts = [("cash", row["amount"] - given_up), ("credit", given_up)]
        return [(kind, part) for kind, part in parts if not currency.is_zero(part)]

    @api.model
    def _prepare_item(self, row, facts, digits):
        def exact(pairs):
            return tuple(Fact(day, to_decimal(amount, digits)) for day, amount in pairs)

        credits = exact(facts["credit"])
        signed = to_decimal(row["residual_at_signing"], digits)
        if not row["posted"]:  # the document was cancelled: nothing is owed on it
            credits = (Fact(row["day_item"], signed),)
        return Item(
            covered=to_decimal(row["amount_covered"], digits),
            signed=signed,
            residual=max(Decimal(0), to_decimal(row["residual"], digits)),
            cash=exact(facts["cash"]),
            credits=credits,
        )

    def _facts_sql(self):
        return SQL(
            """SELECT x.id, x.agreement_id, x.amount_covered, x.residual_at_signing,
                      l.amount_residual_currency AS residual,
                      l.date AS day_item, l.parent_state = 'posted' AS posted,
                      l.currency_id, c.date AS day, p.debit_amount_currency AS amount,
                      own.share AS own_share, %s AS kind
                 FROM debt_recovery_agreement_line x
                 JOIN account_move_line l ON l.id = x.move_line_id
                 LEFT JOIN account_partial_reconcile p ON p.debit_move_id = l.id
                      AND p.id > x.partial_mark
                 LEFT JOIN account_move_line c ON c.id = p.credit_move_id
                 LEFT JOIN account_move m ON m.id = c.move_id
                 LEFT JOIN LATERAL (%s) own ON TRUE
                WHERE x.agreement_id IN %s
                ORDER BY x.agreement_id, x.id, p.id""",
            self._facts_kind(),
            self._facts_own_share(),
            tuple(self.ids) or (0,),
        )

    @api.model
    def _facts_kind(self):
        """What a reconciliation is: ``cash``, ``credit`` or nothing. The index of
        exchange entries leaves out what has none."""
        return SQL(
            """CASE WHEN p.id IS NULL OR c.parent_state <> 'posted' THEN NULL
                    WHEN EXISTS (SELECT 1 FROM account_partial_reconcile e
                                  WHERE e.exchange_move_id = c.move_id
                                    AND e.exchange_move_id IS NOT NULL) THEN NULL
                    WHEN %s THEN 'credit' ELSE 'cash' END""",
            SQL(" OR ").join(self._facts_credit_conditions()),
        )

    @api.model
    def _facts_own_share(self):
        """Seam: the part of an entry that we paid ourselves: an early-payment discount
        or a write-off, with its tax, beside or instead of money."""
        accounts = self.env["account.account"]
        receivable = self.env["debt.recovery.tie.out"]._tie_out_accounts()
        return SQL(
            """SELECT LEAST(1, GREATEST(0, SUM(o.balance) FILTER (
                          WHERE o.account_id IN %s
                             OR o.tax_repartition_line_id IS NOT NULL))
                      / NULLIF(SUM(o.credit) FILTER (
                          WHERE o.account_id IN %s), 0)) AS share
                 FROM account_move_line o WHERE o.move_id = c.move_id""",
            accounts._recovery_result_account_ids() or (0,),
            receivable or (0,),
        )

    @api.model
    def _facts_credit_conditions(self):
        """Seam: counterparts ``m`` that lower the debt without paying it."""
        refund = SQL("m.move_type = 'out_refund'")
        return [refund, *self._facts_write_off_conditions()]

    @api.model
    def _facts_write_off_conditions(self):
        """Seam: counterparts ``m`` with which whole items were written off."""
        return []

    @api.model
    def _facts_never_owed_conditions(self):
        """Seam: entries ``b`` whose receivable item nobody owed: what takes the money
        that came on an item written off before."""
        return []

    def _read_under_way(self):
        """Money under way on the covered items, ``{agreement id: {currency: sum}}``."""
        self.env.flush_all()
        receivables = self.env["debt.recovery.receivable"]
        rows = self.env.execute_query(
            SQL(
                """SELECT x.agreement_id, l.currency_id, SUM(way.amount)
                     FROM debt_recovery_agreement_line x
                     JOIN account_move_line l ON l.id = x.move_line_id
                     JOIN %s ON way.line_id = l.id
                    WHERE x.agreement_id IN %s
                    GROUP BY x.agreement_id, l.currency_id""",
                receivables._receivable_under_way(self.partner_id.ids),
                tuple(self.ids) or (0,),
            )
        )
        sums = defaultdict(dict)
        for agreement_id, currency_id, amount in rows:
            currency = self.env["res.currency"].browse(currency_id)
            exact = to_decimal(amount, currency.decimal_places)
            sums[agreement_id][currency] = exact
        return sums
