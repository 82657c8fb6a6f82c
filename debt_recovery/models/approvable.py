from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools.approvals import Facts, is_enough, needed_role


class DebtRecoveryApprovable(models.AbstractModel):
    """What may need a decision. A model that inherits this says what kind it is, how
    large, and what happens on yes and no; limits, people and the room come with it.

    ``approval`` is empty while somebody asks; once the request exists it is handed to
    every method, so that one record may have requests of several kinds."""

    _name = "debt.recovery.approvable.mixin"
    _description = "Subject of an Approval"

    # SEAMS

    def _approval_kind(self):
        """Subject of the limits this record falls under."""
        raise NotImplementedError

    def _approval_case(self):
        """The case it belongs to."""
        return self.case_id

    def _approval_amount(self):
        """What it is about in company currency, for the reader and the limits."""
        return 0.0

    def _approval_effect(self, approval=None):
        """What happens on yes, in one sentence."""
        raise NotImplementedError

    def _approval_facts(self):
        """Its size, measured as the limits measure it."""
        return Facts()

    def _approval_limits(self):
        """The limits it is held against."""
        company = self._approval_company()
        limits = self.env["debt.recovery.approval.limit"]
        rows = limits._for_subject(self._approval_kind(), company)
        return rows._to_limits(company)

    def _approval_fingerprint(self, approval=None):
        """Changes when the record is no longer what the approver was shown."""
        return self._approval_effect(approval)

    def _approval_problem(self, approval):
        """Why a yes could not be carried out any more, in one sentence; else False."""
        return False

    def _on_approved(self, approval):
        """Carry it out. Runs as the system; the decision is checked already."""

    def _on_refused(self, approval):
        """It was refused, withdrawn or overtaken: tidy up."""

    # ASKING

    def _approval_company(self):
        return self._approval_case().company_id

    def _approval_role(self):
        """The lowest role that may decide this."""
        return needed_role(self._approval_limits(), self._approval_facts())

    def _approval_is_mine(self):
        """Whether the user may do it without asking. The program may, unless it writes
        down what the user himself took (``recovery_own_limits``)."""
        if self.env.su and not self.env.context.get("recovery_own_limits"):
            return True
        approvals = self.env["debt.recovery.approval"]
        role = approvals._role_of(self.env.user, self._approval_company())
        return is_enough(role, self._approval_role())

    def _request_approval(self, reason, payload=None):
        """Ask for a decision where the limits do not let the user decide alone.

        :return: the new requests; empty for records the user may decide alone
        """
        asking = self.filtered(lambda record: not record._approval_is_mine())
        vals_list = [asked._prepare_approval_vals(reason, payload) for asked in asking]
        asking._check_not_waiting()
        approvals = self.env["debt.recovery.approval"].sudo()
        return approvals._ask(vals_list).sudo(self.env.su)

    def _prepare_approval_vals(self, reason, payload=None):
        self.ensure_one()
        case = self._approval_case()
        return {
            "kind": self._approval_kind(),
            "res_model": self._name,
            "res_id": self.id,
            "case_id": case.id,
            "partner_id": case.partner_id.id,
            "company_id": self._approval_company().id,
            "amount": self._approval_amount(),
            "level": self._approval_role(),
            "reason": reason,
            "payload": payload,
            "requested_by_id": self.env.uid,
        }

    def _check_not_waiting(self):
        """Asking twice does not make it faster."""
        for approval in self._waiting_approvals():
            raise UserError(
                self.env._(
                    "“%(what)s” waits for a decision since %(day)s already: %(who)s.",
                    what=approval.name,
                    day=format_date(self.env, approval.date_asked),
                    who=", ".join(approval.asked_ids.mapped("name")),
                )
            )

    def action_open_approval(self):
        """The request that waits for a decision."""
        self.ensure_one()
        approval = self._waiting_approvals()[:1].sudo(False)
        if not approval:
            raise UserError(self.env._("Nothing waits for a decision here."))
        return approval._get_records_action()

    def _waiting_approvals(self):
        return (
            self.env["debt.recovery.approval"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("state", "=", "waiting"),
                ]
            )
        )

    @api.model
    def _approval_asked_notice(self, approvals, following=None):
        """Tell the person who pressed the button what became of it."""
        names = approvals.sudo().asked_ids.mapped("name")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Sent for approval"),
                "message": self.env._(
                    "Nothing happens before the decision. Asked: %(who)s.",
                    who=", ".join(names),
                ),
                "type": "info",
                "next": following or {"type": "ir.actions.act_window_close"},
            },
        }
