from odoo import models
from odoo.fields import Domain

MODULE = "debt_recovery"


class ResUsers(models.Model):
    """Officers see customer documents only. The rule that says so must never take away
    what another group of the same user shows."""

    _inherit = "res.users"

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
