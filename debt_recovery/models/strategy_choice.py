from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from ..tools import strategy_choice


class DebtRecoveryStrategyChoice(models.AbstractModel):
    """Which strategy a case follows: chosen on the case, on the customer, else by the
    rules in their order. Read in batches: one query for the customers' tags, one for
    the turnover of each root company, none per case."""

    _name = "debt.recovery.strategy.choice.mixin"
    _description = "Choice of the strategy"

    @api.model
    def _strategy_for_cases(self, cases, ranks=None):
        """``{case_id: strategy}`` for every case (an empty record if there is none).

        ``ranks`` (``{root_id: {partner_id: (rank, ranked)}}``) spares a run that works
        in batches the turnover query of each batch.
        """
        chosen = {}
        for root, root_cases in cases.grouped("company_id").items():
            chosen.update(self._strategy_for_company(root, root_cases, ranks))
        return chosen

    @api.model
    def _strategy_for_company(self, root, cases, ranks=None):
        cases = cases.sudo()
        cases.fetch(self._debtor_fields())
        partners = cases.partner_id.with_company(root).sudo()
        partners.fetch(["is_company", "category_id", "recovery_strategy_id"])
        on_partner = {
            partner.id: partner.recovery_strategy_id
            for partner in partners
            if partner.recovery_strategy_id.active
        }
        rules = self._get_rules(root)
        places = (ranks or {}).get(root.id)
        if places is None:
            places = self._get_turnover_ranks(root, partners, rules)
        tags = self._debtor_tags(cases)
        by_id = {rule.id: self.browse(rule.id) for rule in rules} | {
            None: self.browse()
        }
        chosen = {}
        for case in cases:
            partner_id = case.partner_id.id
            explicit = case.strategy_manual and case.strategy_id.filtered("active")
            if explicit := explicit or on_partner.get(partner_id):
                chosen[case.id] = explicit.with_env(self.env)
                continue
            debtor = self._prepare_debtor(case, places.get(partner_id), tags[case.id])
            chosen[case.id] = by_id[strategy_choice.choose(rules, debtor)]
        return chosen

    @api.model
    def _debtor_tags(self, cases):
        """Seam: what the rules take for the customer's tags: ``{case id: tag ids}``."""
        return {case.id: frozenset(case.partner_id.category_id._ids) for case in cases}

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
    def _prepare_debtor(self, case, place, tags):
        """Facts of one case. Where nothing is collectable yet (not due, disputed, on
        hold) the choice looks at all that is open, so that a case does not turn into a
        small debt because of a dispute."""
        amount = case.amount_collectable or (case.amount_overdue + case.amount_not_due)
        rank, ranked = place or (None, 0)
        return strategy_choice.Debtor(
            amount=self._prepare_amount(amount, case.company_id),
            is_company=case.partner_id.is_company,
            tags=tags,
            rank=rank,
            ranked=ranked,
            current=case.strategy_id.id or None,
        )

    # TURNOVER

    @api.model
    def _get_turnover_ranks(self, root, partners=None, rules=None):
        """``{partner_id: (rank, number of customers)}`` by the turnover of the twelve
        months before the company's day; one query, none if no rule asks. Equals share
        the lower place: where all buy the same, nobody is a key account."""
        rules = self._get_rules(root) if rules is None else rules
        if not any(rule.top_percent for rule in rules):
            return {}
        self.env["account.move"].flush_model(
            ["commercial_partner_id", "amount_untaxed_signed", "state", "invoice_date"]
        )
        rows = self.env.execute_query(self._turnover_sql(root, partners))
        return {partner_id: (rank, ranked) for partner_id, rank, ranked in rows}

    @api.model
    def _turnover_sql(self, root, partners=None):
        today = root._recovery_today()
        return SQL(
            """
            SELECT ranked.* FROM (
                SELECT m.commercial_partner_id AS partner_id,
                       COUNT(*) OVER (ORDER BY SUM(m.amount_untaxed_signed) DESC),
                       COUNT(*) OVER ()
                  FROM account_move m
                 WHERE m.company_id IN %s
                   AND m.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
                   AND m.state = 'posted'
                   AND m.invoice_date > %s AND m.invoice_date <= %s
                   AND m.commercial_partner_id IS NOT NULL
              GROUP BY m.commercial_partner_id
                HAVING SUM(m.amount_untaxed_signed) > 0
            ) ranked
            WHERE %s
            """,
            tuple(root._recovery_branches().ids),
            today - relativedelta(years=1),
            today,
            SQL("TRUE")
            if partners is None
            else SQL("ranked.partner_id IN %s", tuple(partners.ids) or (0,)),
        )
