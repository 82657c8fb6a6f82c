from datetime import timedelta

from .approval_common import MONDAY, ApprovalCommon


class AgreementCommon(ApprovalCommon):
    """Agreements over a debt of 5,800, judged day by day as the run does."""

    def _promise(self, days=7, user=None, **kw):
        case = self._as(user or self.officer)
        return case._take_promise(MONDAY + timedelta(days=days), **kw).sudo()

    def _judge(self, agreement, days):
        """The verdict of that day. What the books noted before is settled first."""
        self.env.cr.flush()
        agreement = self._at(agreement, days)
        agreement._judge()
        return agreement.state

    def _sign(self, agreement, user=None, **vals):
        """Somebody enters the signed copy that came back."""
        user = user or self.officer
        action = self._as(user, agreement).action_accept()
        self._dialog(user, action, **vals).action_confirm()

    def _day(self, days):
        return MONDAY + timedelta(days=days)

    def _matched(self, invoice):
        """What was reconciled with the invoice."""
        return self._receivable_line(invoice).matched_credit_ids
