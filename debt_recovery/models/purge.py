from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

#: So many cases are proposed at once: a person has to look through them.
PROPOSE_LIMIT = 200


class DebtRecoveryPurge(models.Model):
    """Old closed cases whose personal content goes: proposed by the weekly job, looked
    through by a manager, decided by the final approver. What remains can still be
    verified; what went does not come back."""

    _name = "debt.recovery.purge"
    _description = "Purge of Old Cases"
    _inherit = ["debt.recovery.approvable.mixin"]
    _order = "date desc, id desc"

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company._recovery_root(),
    )
    date = fields.Date(
        "Proposed",
        required=True,
        readonly=True,
        default=lambda self: self.env.company._recovery_today(),
    )
    case_ids = fields.Many2many(
        "debt.recovery.case",
        string="Cases",
        domain="[('company_id', '=', company_id), ('state', '=', 'closed'), "
        "('date_purged', '=', False)]",
    )
    case_count = fields.Integer("Number of Cases", compute="_compute_case_count")
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("waiting", "Waits for Approval"),
            ("done", "Purged"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="proposed",
        copy=False,
    )
    date_done = fields.Date("Purged On", readonly=True, copy=False)
    user_id = fields.Many2one("res.users", "Confirmed By", readonly=True, copy=False)

    @api.depends("date")
    def _compute_name(self):
        for purge in self:
            purge.name = self.env._(
                "Purge of %(day)s", day=format_date(self.env, purge.date)
            )

    @api.depends("case_ids")
    def _compute_case_count(self):
        for purge in self:
            purge.case_count = len(purge.case_ids)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(
            vals.get("state", "proposed") != "proposed" for vals in vals_list
        ):
            raise UserError(self.env._("A purge begins as a proposal."))
        return super().create(vals_list)

    def write(self, vals):
        """People change the cases of a proposal, nothing else."""
        if not self.env.su and (
            vals.keys() - {"case_ids"} or set(self.mapped("state")) - {"proposed"}
        ):
            raise UserError(self.env._("Only the cases of a proposal can be changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        raise UserError(
            self.env._("A purge shows what was taken away, and by whom: cancel it.")
        )

    # BUTTONS

    def action_confirm(self):
        """Purge, or ask whoever decides about it."""
        self.ensure_one()
        self.check_access("write")
        self._check_confirm()
        approvals = self._request_approval(self._approval_effect())
        self.sudo().write({"user_id": self.env.uid})
        if approvals:
            self.sudo().state = "waiting"
            return self._approval_asked_notice(approvals)
        self.sudo()._carry_out()
        return True

    def action_cancel(self):
        """Nothing is purged; the weekly job may propose the cases again."""
        self.check_access("write")
        for purge in self:
            if purge.state != "proposed":
                raise UserError(
                    self.env._("%(purge)s is no proposal any more.", purge=purge.name)
                )
        self.sudo().state = "cancelled"
        return True

    def _check_confirm(self):
        """
        :raise UserError: it was decided already, is empty, or names a case that has to
            be kept
        """
        if self.state != "proposed":
            raise UserError(
                self.env._("%(purge)s is no proposal any more.", purge=self.name)
            )
        if not self.case_ids:
            raise UserError(self.env._("Choose the cases to purge first."))
        problem = self._find_obstacle()
        if problem:
            raise UserError(problem)

    def _find_obstacle(self):
        """The first reason against it, in one sentence; else False."""
        day = self.company_id._recovery_today()
        obstacles = (case._purge_obstacle(day) for case in self.sudo().case_ids)
        return next(filter(None, obstacles), False)

    def _carry_out(self):
        self.case_ids._purge(self)
        self.write({"state": "done", "date_done": self.company_id._recovery_today()})

    # APPROVAL

    def _approval_kind(self):
        return "purge"

    def _approval_case(self):
        return self.env["debt.recovery.case"]

    def _approval_company(self):
        return self.company_id

    def _approval_effect(self, approval=None):
        return self.env._(
            "Texts, names, addresses and documents of %(count)s closed cases are taken "
            "away for good; dates, amounts and checksums stay. This cannot be undone.",
            count=self.case_count,
        )

    def _approval_fingerprint(self, approval=None):
        return ",".join(map(str, sorted(self.case_ids.ids)))

    def _approval_problem(self, approval):
        return self._find_obstacle()

    def _on_approved(self, approval):
        self.sudo()._carry_out()

    def _on_refused(self, approval):
        self.sudo().state = "proposed"

    # WEEKLY JOB

    @api.model
    def _cron_propose(self):
        """One proposal per company, while none waits for somebody."""
        for company in self.env["res.company"].search([("parent_id", "=", False)]):
            if company.recovery_keep_max and not self._open_proposals(company):
                cases = self._find_old_cases(company)
                if cases:
                    self.create(
                        {
                            "company_id": company.id,
                            "date": company._recovery_today(),
                            "case_ids": [(6, 0, cases.ids)],
                        }
                    )

    @api.model
    def _open_proposals(self, company):
        return self.search_count(
            [("company_id", "=", company.id), ("state", "in", ("proposed", "waiting"))]
        )

    @api.model
    def _find_old_cases(self, company):
        """Closed cases whose last activity is older than the maximum, oldest first."""
        day = company._recovery_today()
        months = max(company.recovery_keep_max, company.recovery_keep_min)
        domain = self._old_domain(company, fields.Date.subtract(day, months=months))
        cases = self.env["debt.recovery.case"].search(
            domain, order="date_closed, id", limit=PROPOSE_LIMIT
        )
        return cases.filtered(lambda case: not case._purge_obstacle(day))

    @api.model
    def _old_domain(self, company, before):
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "closed")
            & Domain("date_purged", "=", False)
            & Domain("date_closed", "<", before)
            & Domain("action_ids", "not any", [("date_done", ">=", before)])
        )
