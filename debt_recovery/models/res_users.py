from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

from ..tools.approvals import stand_in

MODULE = "debt_recovery"


class ResUsers(models.Model):
    """Officers see customer documents only. The rule that says so must never take away
    what another group of the same user shows."""

    _inherit = "res.users"

    recovery_deputy_id = fields.Many2one(
        "res.users",
        "Deputy",
        help="Decides, works the cases and gets new ones while this person is away.",
    )
    recovery_absent_from = fields.Date("Away From")
    recovery_absent_to = fields.Date("Away Until", help="Last day; empty: until told.")
    recovery_stand_in_id = fields.Many2one(
        "res.users",
        "Stood In For by",
        compute="_compute_recovery_stand_in_id",
        search="_search_recovery_stand_in_id",
        compute_sudo=True,
        help="Who works this person's cases today because this person is away.",
    )
    recovery_capacity = fields.Integer(
        "Recovery Cases at Once",
        aggregator=None,
        copy=False,
        groups="debt_recovery.group_manager,debt_recovery.group_auditor",
        help="The assignment rules give no more open cases than this; 0: no limit.",
    )

    @property
    def SELF_READABLE_FIELDS(self):  # pylint: disable=invalid-name
        return super().SELF_READABLE_FIELDS + self._recovery_absence_fields()

    @property
    def SELF_WRITEABLE_FIELDS(self):  # pylint: disable=invalid-name
        return super().SELF_WRITEABLE_FIELDS + self._recovery_absence_fields()

    @api.model
    def _recovery_absence_fields(self):
        """Everybody names an own deputy and says when to be away."""
        return ["recovery_deputy_id", "recovery_absent_from", "recovery_absent_to"]

    @api.constrains("recovery_deputy_id")
    def _check_recovery_deputy(self):
        """Deputies lead to somebody who decides, never back."""
        for user in self.sudo().filtered("recovery_deputy_id"):
            deputy = user.recovery_deputy_id
            if not deputy.active or not deputy.has_group(f"{MODULE}.group_officer"):
                raise ValidationError(
                    self.env._(
                        "%(deputy)s does not work in debt recovery and cannot be the "
                        "deputy of %(user)s: choose an officer or a manager.",
                        deputy=deputy.name,
                        user=user.name,
                    )
                )
            seen = user.browse()
            while deputy and deputy not in seen:
                seen |= deputy
                deputy = deputy.recovery_deputy_id
                if deputy == user or user in seen:
                    raise ValidationError(
                        self.env._(
                            "%(user)s and %(deputy)s would stand in for each other in "
                            "a circle: choose somebody else.",
                            user=user.name,
                            deputy=user.recovery_deputy_id.name,
                        )
                    )

    @api.constrains("recovery_absent_from", "recovery_absent_to")
    def _check_recovery_absence(self):
        for user in self.sudo():
            start, end = user.recovery_absent_from, user.recovery_absent_to
            if end and (not start or end < start):
                raise ValidationError(
                    self.env._(
                        "%(user)s would be back before leaving: enter the first day "
                        "away, and a last day that is not earlier.",
                        user=user.name,
                    )
                )

    @api.model
    def _recovery_absent(self, day):
        """Everybody who is away on that day."""
        return self.sudo().search(
            [
                ("recovery_absent_from", "<=", day),
                "|",
                ("recovery_absent_to", "=", False),
                ("recovery_absent_to", ">=", day),
            ]
        )

    # STANDING IN

    @api.depends("recovery_deputy_id", "recovery_absent_from", "recovery_absent_to")
    @api.depends_context("recovery_today", "company")
    def _compute_recovery_stand_in_id(self):
        pairs = dict(self._recovery_pairs(self._recovery_day()))
        for user in self:
            user.recovery_stand_in_id = pairs.get(user._origin.id)

    def _search_recovery_stand_in_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        pairs = self._recovery_pairs(self._recovery_day())
        return [("id", "in", [away for away, deputy in pairs if deputy in value])]

    @api.model
    def _recovery_day(self):
        return self.env.company._recovery_today()

    @api.model
    @ormcache("day")
    def _recovery_pairs(self, day):
        """``((absent, who stands in or 0), …)``; read once a day, the rules of access
        ask for it with every search."""
        absent = self._recovery_absent(day)
        deputies = {user.id: user.recovery_deputy_id.id or 0 for user in absent}
        active = set(absent.recovery_deputy_id.filtered("active").ids)
        found = {user: stand_in(user, deputies) or 0 for user in deputies}
        return tuple((u, d if d in active else 0) for u, d in found.items())

    def _recovery_stand_ins(self, company):
        """``{absent user id: user id who works instead, 0 for nobody}``."""
        return dict(self._recovery_pairs(company._recovery_today()))

    def _recovery_present(self, company, day=None):
        """Themselves, or who stands in on that day; nobody where nobody does."""
        pairs = dict(self._recovery_pairs(day or company._recovery_today()))
        return self.browse(filter(None, (pairs.get(user, user) for user in self.ids)))

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        if any(
            vals.keys() & set(self._recovery_absence_fields()) for vals in vals_list
        ):
            self.env.registry.clear_cache()
        return users

    def write(self, vals):
        """Who leaves passes the running cases on; absences are read anew."""
        result = super().write(vals)
        leaves = "active" in vals and not vals["active"]
        if leaves or vals.keys() & set(self._recovery_absence_fields()):
            self.env.registry.clear_cache()
        if leaves:
            self.env["debt.recovery.case"]._leave_by_officer(self)
        return result

    def _recovery_foreign_domain(self, model_name, domain):
        """Domain of our group rule on a foreign model, used in ``domain_force``.

        Odoo joins the rules of all groups of a user by OR. A group that gives access
        and has *no* rule of its own shows everything, until we add the only rule: then
        our limit would be the only one. So the limit gives way for users to whom some
        other group opens the model without a rule.
        """
        user = self.sudo()
        groups = user.all_group_ids
        ours = groups.filtered(
            lambda group: group.get_external_id()[group.id].startswith(f"{MODULE}.")
        )
        others = groups - ours
        access = (
            self.env["ir.model.access"]
            .sudo()
            .search_count(
                [
                    ("model_id.model", "=", model_name),
                    ("group_id", "in", [*others.ids, False]),
                    ("perm_read", "=", True),
                ],
                limit=1,
            )
        )
        ruled = (
            self.env["ir.rule"]
            .sudo()
            .search_count(
                [
                    ("model_id.model", "=", model_name),
                    ("groups", "in", others.ids),
                    ("perm_read", "=", True),
                ],
                limit=1,
            )
        )
        return list(Domain.TRUE if access and not ruled else Domain(domain))
