from odoo import api, fields, models

from .risk_effect import band_tags


class DebtRecoveryStrategy(models.Model):
    """A strategy may be for a risk band: its tag counts as if the customer had it. A
    split test gives some customers of a strategy another one."""

    _inherit = "debt.recovery.strategy"

    split_note = fields.Char(compute="_compute_split_note", compute_sudo=True)

    @api.depends_context("company", "lang")
    def _compute_split_note(self):
        tests = self.env["debt.recovery.split.test"]._acting(
            self.env.company, "strategy"
        )
        for strategy in self:
            mine = tests.filtered(
                lambda test, strategy=strategy: (
                    strategy._origin in (test.strategy_id, test.strategy_b_id)
                )
            )
            strategy.split_note = mine[:1]._effect_sentence()

    def _strategy_for_company(self, root, cases):
        tests = self.env["debt.recovery.split.test"]._acting(root, "strategy")
        if not tests:
            return super()._strategy_for_company(root, cases)
        same = {test.strategy_b_id.id: test.strategy_id.id for test in tests}
        asked = self.with_context(recovery_split_same=same)
        chosen = super(DebtRecoveryStrategy, asked)._strategy_for_company(root, cases)
        chosen = {key: found.with_env(self.env) for key, found in chosen.items()}
        for test in tests:
            test._divert(cases, chosen)
        return chosen

    def _debtor_fields(self):
        return [*super()._debtor_fields(), "risk_band", "date_opened"]

    def _debtor_rows(self, root, cases):
        """Borders between strategies count B of a test as A: it stands in for it."""
        rows = super()._debtor_rows(root, cases)
        tags = band_tags(self.env)
        same = self.env.context.get("recovery_split_same") or {}
        for row in rows:
            row["current"] = same.get(row["current"], row["current"])
            if tag := tags.get(row["risk_band"]):
                row["tags"] |= {tag}
        return rows
