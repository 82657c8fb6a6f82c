from odoo import api, models

#: A first run opens thousands of cases: nobody is written to about each.
QUIET = {"tracking_disable": True, "mail_auto_subscribe_no_notify": True}
SEES_ALL = (
    "debt_recovery.group_manager",
    "debt_recovery.group_legal",
    "debt_recovery.group_auditor",
)


class DebtRecoveryCaseAssign(models.AbstractModel):
    """Whose case it is: the customer's officer, else by the assignment rules, else the
    company's default; whoever is away is stood in for by the deputy."""

    _name = "debt.recovery.case.assign.mixin"
    _description = "Assignment of a Recovery Case"

    @api.model
    def _find_officer(self, partner, company):
        """Officer named on the customer, or who stands in; people who left and people
        away without a deputy are nobody."""
        officer = partner.with_company(company).sudo().recovery_user_id
        return officer.filtered("active")._recovery_present(company).with_env(self.env)

    def _find_officers(self):
        """Who would get these cases today.

        :return: ``{case: (user, sentence)}``; an empty user where nobody was found
        """
        rules = self.env["debt.recovery.assignment.rule"]
        found = {}
        for company, cases in self.grouped("company_id").items():
            default = company.sudo().recovery_user_id.filtered("active")
            default = default._recovery_present(company)
            named = {
                case: case._find_officer(case.partner_id, company) for case in cases
            }
            unnamed = cases.filtered(lambda case, named=named: not named[case])
            by_rule = rules._share_out(unnamed) if unnamed else {}
            for case in cases:
                found[case] = self._assignment(named[case], by_rule.get(case), default)
        return found

    def _assignment(self, named, by_rule, default):
        if named:
            return named, self.env._("Officer of the customer")
        if by_rule:
            rule, user = by_rule
            return user, self.env._("Rule: %(rule)s", rule=rule.name)
        if default:
            return default, self.env._("Default officer of the company")
        return default, self.env._("No rule fits, or everybody is full or away")

    def _assign_officers(self):
        """Give cases of nobody to somebody. Who opens one by hand and sees only the
        own cases keeps it: nobody enters a case to lose sight of it."""
        mine = self.env.user if self._sees_own_only() else self.env["res.users"]
        groups = {}
        for case, (user, _why) in self._find_officers().items():
            owner = mine if mine and user != mine else user
            if owner:
                groups[owner] = groups.get(owner, self.browse()) | case
        for user, cases in groups.items():
            cases.sudo().with_context(**QUIET).write({"user_id": user.id})

    @api.model
    def _sees_own_only(self):
        user = self.env.user
        return (
            not self.env.su
            and user.has_group("debt_recovery.group_officer")
            and not any(user.has_group(group) for group in SEES_ALL)
        )

    @api.model
    def _leave_by_officer(self, users):
        """Somebody left: the running cases go to others by the rules, at worst to
        nobody, where every officer sees them."""
        cases = self.sudo().search(
            [("user_id", "in", users.ids), ("state", "!=", "closed")]
        )
        if cases:
            cases.with_context(mail_auto_subscribe_no_notify=True).write(
                {"user_id": False}
            )
            cases._assign_officers()
