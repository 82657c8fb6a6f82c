from functools import partial

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from ..tools import strategy_choice
from ..tools.money import to_decimal


class DebtRecoveryStrategyChoice(models.AbstractModel):
    """Which strategy a case follows: chosen on the case, on the customer, else by the
    rules in their order. Read in batches: one query for the customers' tags, one for
    the turnover of each root company, none per case."""

    _name = "debt.recovery.strategy.choice.mixin"
    _description = "Choice of the strategy"

    @api.model
    def _strategy_for_cases(self, cases):
        """``{case_id: strategy}`` for every case (an empty record if there is none)."""
        chosen = {}
        for root, root_cases in cases.grouped("company_id").items():
            chosen.update(self._strategy_for_company(root, root_cases))
        return chosen

    @api.model
    def _strategy_for_company(self, root, cases):
        rules = self._get_rules(root)
        places = self._get_turnover_ranks(root, rules)
        exact = partial(to_decimal, digits=root.sudo().currency_id.decimal_places)
        chosen = {}
        for row in self._debtor_rows(root, cases.sudo()):
            chosen[row["id"]] = row["explicit"] or strategy_choice.choose(
                rules, self._prepare_debtor(row, places.get(row["partner_id"]), exact)
            )
        found = {choice: self.browse(choice) for choice in {*chosen.values()}}
        return {case_id: found[choice] for case_id, choice in chosen.items()}

    @api.model
    def _debtor_rows(self, root, cases):
        """Seam: facts of the choice, plain values of each case: its columns, ``tags``
        and ``is_company`` of the customer, the strategy it counts as ``current`` and
        the one that a person chose (``explicit``)."""
        partners = cases.partner_id.with_company(root)
        partners.fetch(["is_company", "category_id", "recovery_strategy_id"])
        debtors = {
            partner.id: {
                "is_company": partner.is_company,
                "tags": frozenset(partner.category_id._ids),
                "explicit": partner.recovery_strategy_id.filtered("active").id,
            }
            for partner in partners
        }
        active = set(cases.strategy_id.filtered("active").ids)
        rows = cases.read(self._debtor_fields(), load=None)
        for row in rows:
            row |= debtors[row["partner_id"]]
            row["current"] = row["strategy_id"] or None
            if row["strategy_manual"] and row["strategy_id"] in active:
                row["explicit"] = row["strategy_id"]
        return rows

    @api.model
    def _debtor_fields(self):
        """Columns of the case that the choice reads: a run reads them of all cases."""
        return [
            "partner_id",
            "company_id",
            "strategy_id",
            "strategy_manual",
            "amount_collectable",
            "amount_overdue",
            "amount_not_due",
        ]

    @api.model
    def _get_rules(self, root):
        """Rules in order, the company's own before the shared ones. Strategies without
        steps would do nothing and are passed over; only a person may choose one."""
        strategies = self.sudo().search(self._company_strategies_domain(root))
        strategies = strategies.filtered("step_ids").sorted(
            lambda strategy: (not strategy.company_id, strategy.sequence, strategy.id)
        )
        default = strategies.filtered("is_default")[:1]
        return [
            strategy._prepare_rule(root, is_default=strategy == default)
            for strategy in strategies
        ]

    @api.model
    def _prepare_debtor(self, row, place, exact):
        """Facts of one case. Where nothing is collectable yet (not due, disputed, on
        hold) the choice looks at all that is open, so that a case does not turn into a
        small debt because of a dispute."""
        rank, ranked = place or (None, 0)
        return strategy_choice.Debtor(
            amount=exact(
                row["amount_collectable"]
                or (row["amount_overdue"] + row["amount_not_due"])
            ),
            is_company=row["is_company"],
            tags=row["tags"],
            rank=rank,
            ranked=ranked,
            current=row["current"],
        )

    # TURNOVER

    @api.model
    def _get_turnover_ranks(self, root, rules=None):
        """``{partner_id: (rank, number of customers)}`` of those in the largest share
        that a rule asks for, by the turnover of the twelve months before the company's
        day; one query, none if no rule asks. Equals share the lower place: where all
        buy the same, nobody is a key account. Who chooses in batches asks before the
        first and gives ``{root_id: ranks}`` in the context ``recovery_ranks``."""
        known = self.env.context.get("recovery_ranks") or {}
        if root.id in known:
            return known[root.id]
        rules = self._get_rules(root) if rules is None else rules
        top = max((rule.top_percent for rule in rules), default=0)
        if not top:
            return {}
        self.env["account.move"].flush_model(
            ["commercial_partner_id", "amount_untaxed_signed", "state", "invoice_date"]
        )
        rows = self.env.execute_query(self._turnover_sql(root, top))
        return {partner_id: (rank, ranked) for partner_id, rank, ranked in rows}

    @api.model
    def _turnover_sql(self, root, percent):
        today = root._recovery_today()
        return SQL(
            """
            SELECT partner_id, rank, ranked FROM (
                SELECT m.commercial_partner_id AS partner_id,
                       COUNT(*) OVER (ORDER BY SUM(m.amount_untaxed_signed) DESC)
                       AS rank, COUNT(*) OVER () AS ranked
                  FROM account_move m
                 WHERE m.company_id IN %s
                   AND m.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
                   AND m.state = 'posted'
                   AND m.invoice_date > %s AND m.invoice_date <= %s
                   AND m.commercial_partner_id IS NOT NULL
              GROUP BY m.commercial_partner_id
                HAVING SUM(m.amount_untaxed_signed) > 0
            ) places
            WHERE rank * 100 <= %s * ranked
            """,
            tuple(root._recovery_branches().ids),
            today - relativedelta(years=1),
            today,
            percent,
        )
