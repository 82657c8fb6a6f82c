"""Builders for the tests of the log and the channels."""

from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common import DebtRecoveryCommon


@tagged("post_install", "-at_install", "debt_recovery")
class DebtRecoveryChannelCommon(DebtRecoveryCommon, MailCase):
    """A debtor with two overdue invoices and an open case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._init_mail_gateway()
        cls.company.recovery_sender_email = "recovery@us.example.com"
        cls.company.recovery_release = "at_once"
        cls.invoice = cls._overdue_invoice(cls.debtor, 1000.0, 30, ref="PO 4711")
        cls.invoice_2 = cls._overdue_invoice(cls.debtor, 250.0, 10)
        cls.case = cls._case(strategy_id=cls.strategy.id, user_id=cls.officer.id)
        cls.rem1 = cls.env.ref("debt_recovery.step_rem1")
        cls.demand = cls.env.ref("debt_recovery.step_demand")
        cls.email = cls.env.ref("debt_recovery.channel_email")
        cls.letter = cls.env.ref("debt_recovery.channel_letter")
        cls.phone = cls.env.ref("debt_recovery.channel_phone")
        cls.rem1.attach_invoices = False

    @classmethod
    def _plan(cls, case=None, step=None, channel=None, **vals):
        """Plan one action the way the engine does."""
        case = case or cls.case
        step = cls.rem1 if step is None else step
        return cls.env["debt.recovery.action"]._plan_from_decisions(
            [
                {
                    "case_id": case.id,
                    "step_id": step.id or None,
                    "cycle": case.cycle,
                    "channel_id": (channel or cls.email).id,
                    "mode": step.mode or "auto",
                    **vals,
                }
            ]
        )

    @classmethod
    def _log_call(cls, case=None, seal=True, **vals):
        """A call in the contact log, as the call panel writes it, a quarter of an hour
        later (or fresh)."""
        case = case or cls.case
        call = case._record_contact(
            {
                "outcome": "no_answer",
                "person": "Ms Payable",
                "note": "Will pay on Friday",
                **vals,
            }
        )
        if seal:
            call._guarded().write({"sealed_at": call.date_done})
            call._seal_due()
        return call

    def _sent(self):
        """The one message that left."""
        self.assertEqual(len(self._mails), 1)
        return self._mails[0]

    def _release(self, action):
        """Release and let the mail queue work; the outgoing mails are recorded."""
        action._release()
        self._run_mail_queue(action)
        return action

    def _run_mail_queue(self, actions):
        mails = actions._action_mails().filtered(lambda m: m.state == "outgoing")
        mails.send()
