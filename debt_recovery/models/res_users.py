from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

MODULE = "debt_recovery"


class ResUsers(models.Model):
    """Officers see customer documents only. The rule that says so must never take away
    what another group of the same user shows."""

    _inherit = "res.users"

    recovery_deputy_id = fields.Many2one(
        "res.users",
        "Deputy for Approvals",
        help="Decides instead while this person is away.",
    )
    recovery_absent_from = fields.Date("Away From")
    recovery_absent_to = fields.Date("Away Until", help="Last day; empty: until told.")

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
