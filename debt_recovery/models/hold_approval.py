from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import date_utils, format_date

from ..tools.approvals import Facts

# A bare object: it cannot arrive over RPC, from an import or from a stored context.
WAITING = object()
WAITING_KEY = "recovery_hold_waiting"


class DebtRecoveryHoldApproval(models.AbstractModel):
    """A hold longer than its user may place: it is written down at once, counts for
    nothing, and starts to count when somebody says yes."""

    _name = "debt.recovery.hold.approval.mixin"
    _description = "Approval of holds"
    _inherit = "debt.recovery.approvable.mixin"

    approval_state = fields.Selection(
        [
            ("waiting", "Waits for approval"),
            ("approved", "Approved"),
            ("refused", "Not approved"),
        ],
        "Approval",
        readonly=True,
        copy=False,
        help="A hold that waits or was not approved stops nothing.",
    )

    @api.model
    def _approved_domain(self):
        """Holds that nobody has to agree to (any more)."""
        return ("approval_state", "not in", ("waiting", "refused"))

    # GUARD

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get(WAITING_KEY) is not WAITING:
            self._check_approval_state(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_approval_state([vals])
        return super().write(vals)

    @api.model
    def _check_approval_state(self, vals_list):
        """Nobody approves by writing a field."""
        if not self.env.su and any(vals.get("approval_state") for vals in vals_list):
            raise UserError(
                self.env._("A hold is approved in the Approvals room, not by hand.")
            )

    # ASKING

    @api.model
    def _place(self, vals_list):
        """Place what the user may place, ask for the rest.

        :return: the holds and the requests made
        """
        needs = [self._vals_need_approval(vals) for vals in vals_list]
        alone = [v for v, asks in zip(vals_list, needs, strict=True) if not asks]
        asked = [
            {**v, "approval_state": "waiting"}
            for v, asks in zip(vals_list, needs, strict=True)
            if asks
        ]
        holds = self.create(alone)
        waiting = self.with_context(**{WAITING_KEY: WAITING}).create(asked)
        waiting = waiting.with_env(self.env)
        approvals = self.env["debt.recovery.approval"]
        for hold in waiting:
            approvals |= hold._request_approval(hold.reason)
        return holds | waiting, approvals

    @api.model
    def _vals_need_approval(self, vals):
        """Judged before anything is written, on a hold in memory."""
        return not self.new(self._prepare_hold_vals(dict(vals)))._approval_is_mine()

    # SEAMS

    def _approval_kind(self):
        return "hold"

    def _approval_case(self):
        """A hold on an invoice may have no case of its own."""
        return self.case_id or self._find_case()

    def _find_case(self):
        company = self.company_id or self.env.company._recovery_root()
        return self.env["debt.recovery.case"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", company.id),
                ("state", "!=", "closed"),
            ],
            limit=1,
        )

    def _approval_company(self):
        company = self.company_id or self._approval_case().company_id
        return company or self.env.company._recovery_root()

    def _prepare_approval_vals(self, reason, payload=None):
        vals = super()._prepare_approval_vals(reason, payload)
        return {**vals, "partner_id": self.partner_id.id}

    def _approval_amount(self):
        """What would not be chased: the items it covers, company currency."""
        domain = {
            "line": [("id", "=", self.move_line_id.id)],
            "invoice": [("move_id", "=", self.move_id.id)],
            "case": [("case_id", "=", self.case_id.id)],
        }.get(self.scope, [("partner_id", "=", self.partner_id.id)])
        domain.append(("root_company_id", "=", self._approval_company().id))
        rows = self.env["debt.recovery.receivable"].sudo().search(domain)
        return sum(rows.mapped("amount_collectable"))

    def _approval_facts(self):
        days = self.date_to and (self.date_to - self.date_from).days
        return Facts(
            days=days or (0 if self.date_to else None), count=self._count_in_quarter()
        )

    def _count_in_quarter(self):
        """How often the customer would have had this type in the quarter it starts."""
        start, end = date_utils.get_quarter(self.date_from)
        return 1 + self.sudo().search_count(
            [
                ("id", "!=", self._origin.id),
                ("type_id", "=", self.type_id.id),
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "in", [False, self._approval_company().id]),
                ("date_from", ">=", start),
                ("date_from", "<=", end),
                self._approved_domain(),
            ]
        )

    def _approval_limits(self):
        """Days as the type counts them; a type without that length does not limit."""
        company = self._approval_company()
        rows = self.env["debt.recovery.approval.limit"]._for_subject("hold", company)
        return [
            replace(
                row._to_limit(company),
                days=self._limit_days(row, company),
                count=self._limit_count(row),
            )
            if row.hold_basis
            else row._to_limit(company)
            for row in rows
        ]

    def _limit_days(self, row, company):
        latest = self.type_id._get_latest_end(
            self.date_from, company, officer=row.hold_basis == "default"
        )
        return (latest - self.date_from).days if latest else None

    def _limit_count(self, row):
        """Managers may go beyond what the type allows in a quarter."""
        return row.hold_basis == "default" and self.type_id.quarter_limit or None

    def _approval_effect(self, approval=None):
        if self.date_to:
            return self.env._(
                "%(type)s from %(start)s to %(end)s. %(effect)s",
                type=self.type_id.name,
                start=format_date(self.env, self.date_from),
                end=format_date(self.env, self.date_to),
                effect=self.type_id._get_effect_sentence(),
            )
        return self.env._(
            "%(type)s from %(start)s, without end. %(effect)s",
            type=self.type_id.name,
            start=format_date(self.env, self.date_from),
            effect=self.type_id._get_effect_sentence(),
        )

    def _approval_problem(self, approval):
        today = self._approval_company()._recovery_today()
        if self.date_released:
            return self.env._("The hold was ended meanwhile.")
        if self.date_to and self.date_to < today:
            return self.env._(
                "The last day of the hold, %(day)s, has passed.",
                day=format_date(self.env, self.date_to),
            )
        return False

    def _on_approved(self, approval):
        self.write({"approval_state": "approved"})

    def _on_refused(self, approval):
        self.write({"approval_state": "refused"})
