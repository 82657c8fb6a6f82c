from datetime import date, timedelta

from freezegun import freeze_time

from odoo.tests import Form

from .common import DebtRecoveryCommon

MONDAY = date(2025, 3, 3)


class ApprovalCommon(DebtRecoveryCommon):
    """An officer who asks and managers who decide, on a Monday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = MONDAY
        cls.env = cls.env(
            su=True, context={**cls.env.context, "recovery_today": MONDAY}
        )
        cls.invoice = cls._overdue_invoice(cls.debtor, 5800, 41)
        cls.record = cls._case(user_id=cls.officer.id)
        cls.second = cls._recovery_user("manager", login="dr_second")
        for name in (
            "company",
            "debtor",
            "officer",
            "other_officer",
            "manager",
            "strategy",
        ):
            setattr(cls, name, getattr(cls, name).with_env(cls.env))
        # the accountant who runs the tests is a manager, too: no longer
        group = cls.env.ref("debt_recovery.group_manager")
        others = group.all_user_ids - cls.manager - cls.second
        others.write({"group_ids": [(3, group.id)]})
        cls.env.flush_all()

    def _as(self, user, record=None, days=0):
        record = self.record if record is None else record
        day = MONDAY + timedelta(days=days)
        return record.with_user(user).with_context(recovery_today=day)

    def _dialog(self, user, action, **vals):
        """A dialog a button opens, filled in as a person would."""
        env = self._as(user).env
        form = Form(env[action["res_model"]].with_context(**action["context"]))
        for name, value in vals.items():
            form[name] = value
        return form.save()

    def _ask_hold(self, days=20, user=None, code="goodwill", **vals):
        user = user or self.officer
        wizard = self._dialog(
            user,
            self._as(user).action_place_hold(),
            type_id=self.env.ref(f"debt_recovery.hold_type_{code}"),
            reason="Director is abroad",
            date_to=days and MONDAY + timedelta(days=days),
            **vals,
        )
        self.assertTrue(wizard.needs_approval)
        notice = wizard.action_place()
        self.assertEqual(notice["tag"], "display_notification")
        return self.env["debt.recovery.approval"].search([], order="id desc", limit=1)

    def _ask_promise(self, days, user=None):
        user = user or self.officer
        wizard = self._dialog(
            user,
            self._as(user).action_promise(),
            date_agreed=MONDAY + timedelta(days=days),
        )
        self.assertTrue(wizard.needs_approval)
        wizard.action_confirm()
        return self.env["debt.recovery.approval"].search([], order="id desc", limit=1)

    def _ask_close(self, user=None):
        user = user or self.officer
        self._dialog(
            user,
            self._as(user).action_close(),
            reason="uncollectable",
            note="Bankrupt",
        ).action_close()
        return self.env["debt.recovery.approval"].search([], order="id desc", limit=1)

    def _answer(self, user, approval, mode, text):
        button = "action_refuse" if mode == "refuse" else "action_ask"
        action = getattr(self._as(user, approval), button)()
        self._dialog(user, action, text=text).action_answer()

    def _follow_up(self, days):
        """The daily run of that day, as the scheduler runs it."""
        day = MONDAY + timedelta(days=days)
        run = self.env["debt.recovery.run"].with_context(recovery_today=day)
        with freeze_time(f"{day} 09:00:00"):
            run._start(self.company)._execute()
        self.env.invalidate_all()

    def _mails_to(self, user, approval):
        """Notices of a request to one person, latest first."""
        return self.env["mail.message"].search(
            [
                ("model", "=", approval._name),
                ("res_id", "=", approval.id),
                ("notified_partner_ids", "in", user.partner_id.ids),
            ]
        )

    def _amount(self, fname):
        self.env.cr.flush()
        self.env.invalidate_all()
        return self.record[fname]
