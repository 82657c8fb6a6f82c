from odoo.tests import Form

from .agreement_common import AgreementCommon


class PlanCommon(AgreementCommon):
    """A debt of 4,800 in one invoice, paid in parts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice.button_draft()
        cls.invoice.invoice_line_ids.price_unit = 4800
        cls.invoice.action_post()
        cls.record._refresh_figures()

    def _form(self, user=None, **vals):
        action = self._as(user or self.officer).action_plan()
        env = self._as(user or self.officer).env
        form = Form(env[action["res_model"]].with_context(**action["context"]))
        for name, value in vals.items():
            form[name] = value
        return form

    def _plan(self, user=None, **vals):
        self._form(user, **vals).save().action_activate()
        return self.record.agreement_ids[:1].sudo()

    def _amounts(self, plan):
        return plan.instalment_ids.sorted().mapped("amount")
