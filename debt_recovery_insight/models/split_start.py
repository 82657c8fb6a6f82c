from odoo import models
from odoo.exceptions import UserError


class DebtRecoverySplitStart(models.AbstractModel):
    """The beginning of a split test: whatever would spoil the answer is refused."""

    _name = "debt.recovery.split.start.mixin"
    _description = "Beginning of a Split Test"

    def action_start(self):
        """Begin, after everything that would spoil the answer was looked at."""
        for test in self.filtered(lambda test: test.state == "draft"):
            if problem := test._start_problem():
                raise UserError(problem)
            today = test.company_id._recovery_today()
            test.write({"date_start": max(test.date_start, today), "state": "running"})

    def _start_problem(self):
        """Why the test cannot begin, in one sentence; False if it can."""
        if self._find_rival():
            return self.env._(
                "“%(rival)s” already decides about the same thing: end or archive it "
                "first.",
                rival=self._find_rival().name,
            )
        if self.kind == "template":
            return self._text_problem()
        return self._strategy_problem()

    def _text_problem(self):
        if not self.step_id or not self.template_b_id:
            return self.env._("Choose the step and its second text.")
        if self.template_id == self.template_b_id:
            return self.env._("Both texts are the same: choose another one for B.")
        return False

    def _strategy_problem(self):
        first, second = (
            strategy.with_company(self.company_id)
            for strategy in (self.strategy_id, self.strategy_b_id)
        )
        if not first or not second:
            return self.env._("Choose both strategies.")
        if first == second:
            return self.env._("A and B are the same strategy: choose another for B.")
        if not second.active or not second.step_count:
            return self.env._(
                "“%(strategy)s” is archived or has no steps.", strategy=second.name
            )
        if first.state != second.state:
            return self.env._(
                "One of the strategies is live and the other in shadow: let both act, "
                "or none."
            )
        rule = second._prepare_rule(self.company_id, second.is_default)
        if second.is_default or not rule.says_nothing:
            return self.env._(
                "“%(strategy)s” has conditions of its own, so customers would follow "
                "it without the test: take its conditions away.",
                strategy=second.name,
            )
        return False

    def _find_rival(self):
        """Another test that decides about the same strategies or the same step."""
        others = self._acting(self.company_id, self.kind) - self
        if self.kind == "template":
            return others.filtered(lambda test: test.step_id == self.step_id)[:1]
        mine = self.strategy_id | self.strategy_b_id
        return others.filtered(
            lambda test: (test.strategy_id | test.strategy_b_id) & mine
        )[:1]
