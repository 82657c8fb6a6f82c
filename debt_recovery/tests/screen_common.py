from datetime import date

from odoo.tests import Form, tagged

from .common import DebtRecoveryCommon

MONDAY = date(2025, 3, 3)


@tagged("post_install", "-at_install", "debt_recovery")
class CaseScreenCommon(DebtRecoveryCommon):
    """A case of 10,000 overdue on a Monday, opened by its officer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = MONDAY
        cls.env = cls.env(context={**cls.env.context, "recovery_today": MONDAY})
        cls.old = cls._overdue_invoice(cls.debtor, 5800, 41)
        cls.young = cls._overdue_invoice(cls.debtor, 3000, 20)
        cls.odd = cls._overdue_invoice(cls.debtor, 1200, 12)
        cls._overdue_invoice(cls.debtor, 2100, -10)
        cls._credit_note(cls.debtor, 400)
        cls.record = cls._case(user_id=cls.officer.id)
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.case = self.as_user(self.officer)

    def as_user(self, user):
        case = self.record.with_user(user)
        return case.with_context(recovery_today=MONDAY)

    def _wizard(self, action, **vals):
        """The dialog a button opens, filled in and saved as a person would."""
        model = self.case.env[action["res_model"]].with_context(**action["context"])
        form = Form(model)
        for name, value in vals.items():
            form[name] = value
        return form

    def _terms(self):
        self.case.invalidate_recordset()
        bridge = self.case.bridge
        return {
            term["name"]: term["text"] for term in bridge["terms"] + bridge["beside"]
        }

    def _amounts(self):
        self.env.flush_all()
        self.case.invalidate_recordset()
        names = ("overdue", "disputed", "agreed", "held", "collectable")
        totals = self.case._bridge_totals()[self.case.company_id.id, self.debtor.id]
        return [totals[name] for name in names]
