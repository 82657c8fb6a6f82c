from odoo import fields, models


class DebtRecoveryStep(models.Model):
    """A split test gives some customers another text."""

    _inherit = "debt.recovery.strategy.step"

    split_test_ids = fields.One2many("debt.recovery.split.test", "step_id")

    def _template_for(self, case):
        template = super()._template_for(case)
        tests = self.sudo().split_test_ids.filtered(
            lambda test: test.company_id == case.company_id and test.kind == "template"
        )
        for test in tests.sorted("id"):
            if test.state == "draft":
                continue
            today = case.company_id._recovery_today()
            if test._variant_of(case.partner_id, today) == "b":
                template = test.template_b_id.with_env(template.env)
        return template
