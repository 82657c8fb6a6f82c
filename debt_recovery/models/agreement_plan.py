from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class DebtRecoveryAgreementPlan(models.AbstractModel):
    """Several instalments: how they were reckoned, how the debtor accepted, which
    version it is."""

    _name = "debt.recovery.agreement.plan.mixin"
    _description = "Payment Plan"
    _inherit = "debt.recovery.agreement.hardship.mixin"

    rhythm = fields.Selection(
        [
            ("monthly", "Monthly"),
            ("fortnightly", "Every two weeks"),
            ("weekly", "Weekly"),
            ("custom", "Dates of their own"),
        ],
        readonly=True,
    )
    interest_kind = fields.Selection(
        [
            ("none", "None"),
            ("fixed", "Fixed amount"),
            ("annuity", "Even payments with yearly rate"),
            ("dated", "By days, yearly rate"),
        ],
        default="none",
        readonly=True,
    )
    interest_rate = fields.Float("Yearly Rate (%)", readonly=True, aggregator=None)
    version = fields.Integer(default=1, readonly=True, copy=False, aggregator=None)
    acknowledges = fields.Boolean(
        "Acknowledgement of Debt",
        readonly=True,
        help="The document says that the customer acknowledges the debt; in many "
        "places that starts limitation anew.",
    )
    version_count = fields.Integer("Versions", compute="_compute_version_count")

    @api.depends("version", "replaced_by_id")
    def _compute_version_count(self):
        for agreement in self:
            agreement.version_count = len(agreement._versions())

    def _versions(self):
        """This agreement in all its versions, the first one first."""
        first = self
        while first.replaces_id:
            first = first.replaces_id
        versions = first
        while versions[-1:].replaced_by_id:
            versions += versions[-1:].replaced_by_id
        return versions | self

    def action_open_versions(self):
        """Every version as it was agreed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery.debt_recovery_agreement_action"
        )
        return action | {
            "name": self.env._("Versions"),
            "display_name": self.env._("Versions"),
            "domain": [("id", "in", self._versions().ids)],
            "context": {"recovery_versions": True},
        }

    def _submit(self, reason=None):
        """Make a draft count, or ask for approval where the user may not alone.

        :return: the requests
        """
        self.ensure_one()
        if self.state != "draft":
            raise UserError(
                self.env._("%(name)s is no draft any more.", name=self.name)
            )
        if self._approval_is_mine():
            self._start()
            return self.env["debt.recovery.approval"]
        self.sudo().state = "to_approve"
        self.case_id._end_plan_calls()
        return self._request_approval(reason or self._plan_effect())

    def action_submit(self):
        """From draft to counting."""
        approvals = self._submit(self.note)
        return self._approval_asked_notice(approvals) if approvals else None

    def _saved_action(self, approvals):
        """What the person sees after the dialog."""
        if approvals:
            return self._approval_asked_notice(approvals)
        return {"type": "ir.actions.act_window_close"}

    def _start(self):
        """Make it count: at once, or after signature and down payment."""
        for agreement in self.sudo():
            if agreement.replaces_id:
                agreement._replace_former()
            agreement.write(agreement._prepare_start_vals())
            agreement._sign()
            agreement.hardship_id._on_agreed()
            if agreement.state == "to_sign" and agreement.signature_needed:
                agreement._send_to_sign()
            agreement._judge()
            agreement.case_id._refresh_next_action()

    def _prepare_start_vals(self):
        """Where it begins to count."""
        if not self._waits_for_debtor():
            return {"state": "active"}
        company = self.company_id
        days = company._recovery_root().recovery_plan_sign_days
        until = self.date_valid or company._recovery_today() + timedelta(days=days)
        return {"state": "to_sign", "date_until": until}

    def _waits_for_debtor(self):
        down = self.instalment_ids.filtered(lambda row: not row.number)
        unsigned = self.signature_needed and not self.date_accepted
        return self.kind != "promise" and bool(unsigned or down)

    def _replace_former(self):
        """A new version takes the place of the old one, which stays readable."""
        former = self.replaces_id
        former.write({"state": "replaced", "replaced_by_id": self.id})
        former._cancel_messages()
        self.env.flush_all()  # an item is in one running agreement at a time

    def action_reschedule(self):
        """The same debt, new dates: this version stays."""
        self.ensure_one()
        if self.state not in ("active", "broken", "to_sign"):
            raise UserError(
                self.env._(
                    "%(name)s is over (%(state)s): make a new plan from the case.",
                    name=self.name,
                    state=self._state_label().lower(),
                )
            )
        self.case_id._check_live()
        return self.case_id._screen_wizard(
            "debt.recovery.plan.build",
            self.env._("Reschedule"),
            case_id=self.case_id.id,
            replaces_id=self.id,
        )

    def _plan_effect(self):
        """What an approver says yes to."""
        if self.kind == "settlement":
            return self._settlement_effect()
        rows = self.instalment_ids
        if waived := self._waive_text():
            return self.env._(
                "%(amount)s in %(count)s payments from %(first)s to %(last)s; kept, "
                "%(waived)s of it are waived.",
                amount=self.amount_text,
                count=len(rows),
                first=format_date(self.env, min(rows.mapped("date_due"))),
                last=format_date(self.env, self.date_agreed),
                waived=waived,
            )
        return self.env._(
            "%(amount)s in %(count)s payments from %(first)s to %(last)s; not chased "
            "while they are paid.",
            amount=self.amount_text,
            count=len(rows),
            first=format_date(self.env, min(rows.mapped("date_due"))),
            last=format_date(self.env, self.date_agreed),
        )
