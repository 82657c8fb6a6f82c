from odoo.tests import Form

from .agreement_common import AgreementCommon


class HardshipCommon(AgreementCommon):
    """A person who owes 1,000 and cannot pay, met by an officer on a Monday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.record
        cls.human = cls._debtor(
            "Hugo Human",
            email="hugo@example.com",
            is_company=False,
            phone="+1 555 0100",
        )
        cls.bill = cls._overdue_invoice(cls.human, 1000, 20)
        cls.record = cls._case(cls.human, user_id=cls.officer.id)
        cls.company.recovery_hardship_budget = True
        cls.reader = cls._recovery_user("manager", login="dr_reader")
        cls.reader.group_ids |= cls.env.ref("debt_recovery.group_sensitive")
        cls.env.flush_all()

    def _open(self, user=None, **vals):
        """The dialog, filled in; with 90 a month left to pay unless told otherwise."""
        case = self._as(user or self.officer)
        action = case.action_hardship()
        form = Form(
            case.env["debt.recovery.hardship"].with_context(**action["context"]),
            view="debt_recovery.debt_recovery_hardship_view_form_dialog",
        )
        budget = {"income_work": 1500, "out_home": 900, "out_living": 500}
        for name, value in {**budget, **vals}.items():
            form[name] = value
        return form

    def _assess(self, user=None, **vals):
        return self._open(user, **vals).save()

    def _cards(self, record):
        return {card["code"]: card for card in record.proposals}

    def _builder(self, action, env):
        return Form(env[action["res_model"]].with_context(**action["context"]))

    def _on(self, record, days):
        return record.with_context(recovery_today=self._day(days))

    def _running(self):
        self.env.invalidate_all()
        holds = self.record.hold_ids.filtered("active_today")
        return sorted(holds.type_id.mapped("code"))
