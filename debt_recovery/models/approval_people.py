from odoo import api, fields, models

from ..tools.approvals import stand_in

MANAGER = "debt_recovery.group_manager"
OFFICER = "debt_recovery.group_officer"


class DebtRecoveryApprovalPeople(models.AbstractModel):
    """Who decides: managers of the company or the final approver, while they are away
    their deputy, nobody on an own request, unless there is only one to decide."""

    _name = "debt.recovery.approval.people.mixin"
    _description = "Who Decides"

    can_decide = fields.Boolean(
        compute="_compute_can_decide", search="_search_can_decide"
    )
    for_me = fields.Boolean(
        "Mine", compute="_compute_can_decide", search="_search_for_me"
    )
    for_me_as_deputy = fields.Boolean(
        "Deputised", compute="_compute_can_decide", search="_search_for_me_as_deputy"
    )

    # ROLES

    @api.model
    def _managers(self, company):
        """Active recovery managers who may work in the company or a branch of it."""
        branches = company._recovery_branches()
        group = self.env.ref(MANAGER).sudo()
        return group.all_user_ids.filtered(
            lambda user: user.active and not user.share and user.company_ids & branches
        ).sorted("id")

    @api.model
    def _final_approver(self, company):
        """The named one; a manager who left or lost the right is nobody."""
        named = company._recovery_root().sudo().recovery_final_approver_id
        return named & self._managers(company)

    @api.model
    def _role_of(self, user, company):
        """What a person may decide *alone*. The highest role needs to be named: with
        any manager as final approver, a second manager is asked."""
        if user == self._final_approver(company):
            return "final"
        return "manager" if user in self._managers(company) else "officer"

    @api.model
    def _is_solo(self, company):
        """One-person department: exactly one approver in the company."""
        return len(self._managers(company)) == 1

    def _approvers(self):
        """Those whose word counts for this request, the asker not among them."""
        self.ensure_one()
        managers = self._managers(self.company_id)
        final = self._final_approver(self.company_id)
        people = final if self.level == "final" and final else managers
        if self._is_solo(self.company_id):
            return people
        return (people - self.requested_by_id) or (managers - self.requested_by_id)

    def _deciders(self):
        """Who may decide today: ``{user: the absent person, or nobody}``."""
        self.ensure_one()
        deciders = dict.fromkeys(self._approvers(), self.env["res.users"])
        for absent, deputy in self._stand_ins().items():
            deciders.setdefault(deputy, absent)
        return deciders

    def _stand_ins(self):
        """Deputies of those who are away today. Somebody who asked never decides as
        the deputy; deputies in a circle stand in for nobody."""
        users = self.env["res.users"].sudo()
        absent = users._recovery_absent(self.company_id._recovery_today())
        deputies = {user.id: user.recovery_deputy_id.id or 0 for user in absent}
        found = {}
        for approver in self._approvers() & absent:
            deputy = users.browse(stand_in(approver.id, deputies) or [])
            if deputy and deputy != self.requested_by_id and self._may_deputise(deputy):
                found[approver] = deputy
        return found

    def _may_deputise(self, user):
        branches = self.company_id._recovery_branches()
        return bool(
            user.active and user.has_group(OFFICER) and user.company_ids & branches
        )

    def _people_to_ask(self):
        """Approvers who are there, and the deputies of those who are not. A manager
        request goes to the manager for escalations first when one is named."""
        stand_ins = self._stand_ins()
        approvers = self._approvers()
        named = self.company_id.sudo().recovery_escalate_user_id & approvers
        people = named if self.level == "manager" and named else approvers
        asked = self.env["res.users"].sudo()
        for person in people:
            asked |= stand_ins.get(person, person)
        return asked

    # WHOSE IT IS

    @api.depends("state", "requested_by_id", "level", "company_id")
    @api.depends_context("uid", "recovery_today")
    def _compute_can_decide(self):
        me = self.env.user
        asked_once = {}
        for approval in self:
            key = (approval.company_id, approval.level, approval.requested_by_id)
            if key not in asked_once:
                known = approval.company_id and approval.level
                asked_once[key] = approval.sudo()._deciders() if known else {}
            deciders = asked_once[key]
            approval.can_decide = approval.state == "waiting" and me in deciders
            behalf = deciders.get(me)
            approval.for_me_as_deputy = approval.can_decide and bool(behalf)
            approval.for_me = approval.can_decide and not behalf

    def _search_can_decide(self, operator, value):
        return self._search_whose(operator, "can_decide")

    def _search_for_me(self, operator, value):
        return self._search_whose(operator, "for_me")

    def _search_for_me_as_deputy(self, operator, value):
        return self._search_whose(operator, "for_me_as_deputy")

    def _search_whose(self, operator, fname):
        """Few requests wait at a time: they are asked one by one, people are cached."""
        if operator != "in":
            return NotImplemented
        waiting = self.search([("state", "=", "waiting")])
        return [("id", "in", waiting.filtered(fname).ids)]
