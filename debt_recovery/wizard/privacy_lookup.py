from odoo import models


class PrivacyLookupWizard(models.TransientModel):
    """The contact log is evidence and is not erased line by line: the look-up leaves
    it out and says so."""

    _inherit = "privacy.lookup.wizard"

    def _get_query_models_blacklist(self):
        own = [name for name in self.env if name.startswith("debt.recovery.")]
        return [*super()._get_query_models_blacklist(), *own]

    def action_lookup(self):
        action = super().action_lookup()
        cases = self._recovery_cases()
        if not cases:
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Debt Recovery"),
                "message": self._recovery_sentence(cases),
                "type": "warning",
                "sticky": True,
                "next": action,
            },
        }

    def _recovery_cases(self):
        """Cases of the people found, whoever looks them up."""
        found = self.line_ids.filtered(lambda line: line.res_model == "res.partner")
        partners = self.env["res.partner"].sudo().browse(found.mapped("res_id"))
        return (
            self.env["debt.recovery.case"]
            .sudo()
            .search([("partner_id", "in", partners.exists().commercial_partner_id.ids)])
        )

    def _recovery_sentence(self, cases):
        return self.env._(
            "%(count)s recovery cases with their contact log concern this person "
            "(%(cases)s). They are kept as evidence of a legal claim: this look-up "
            "neither lists nor deletes them, a recovery manager decides about them.",
            count=len(cases),
            cases=", ".join(cases[:10].mapped("name")),
        )
