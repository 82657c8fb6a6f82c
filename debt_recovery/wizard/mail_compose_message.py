from odoo import models
from odoo.fields import Command


class MailComposeMessage(models.TransientModel):
    """The mass composer, taught whom a recovery action writes to and with what.

    ``recovery_action_ids`` in the context names the actions; without it the composer
    is untouched.
    """

    _inherit = "mail.compose.message"

    def _recovery_actions(self):
        """{case id: action} of the run of this composer."""
        action_ids = self.env.context.get("recovery_action_ids") or ()
        if not action_ids or self.model != "debt.recovery.case":
            return {}
        actions = self.env["debt.recovery.action"].browse(action_ids)
        return {action.case_id.id: action for action in actions}

    def _generate_template_for_composer(
        self,
        res_ids,
        render_fields,
        allow_suggested=False,
        find_or_create_partners=True,
    ):
        """Recipients are those shown in Outgoing, not those of the template."""
        values = super()._generate_template_for_composer(
            res_ids,
            render_fields,
            allow_suggested=allow_suggested,
            find_or_create_partners=find_or_create_partners,
        )
        for case_id, action in self._recovery_actions().items():
            if case_id in values:
                partners = action.recipient_ids | action.cc_ids
                values[case_id]["partner_ids"] = partners.ids
        return values

    def _prepare_mail_values_dynamic(self, res_ids):
        """Add the documents of the action; they belong to it, not to the mail."""
        values = super()._prepare_mail_values_dynamic(res_ids)
        for case_id, action in self._recovery_actions().items():
            if case_id in values:
                commands = list(values[case_id].get("attachment_ids") or [])
                commands += [Command.link(a.id) for a in action.sudo().attachment_ids]
                values[case_id]["attachment_ids"] = commands
        return values

    def _render_field(self, field, *args, **kwargs):
        """Text written by hand takes the place of the template's."""
        rendered = super()._render_field(field, *args, **kwargs)
        if field in ("subject", "body"):
            for case_id, action in self._recovery_actions().items():
                if case_id in rendered and action.custom_text and action[field]:
                    rendered[case_id] = action[field]
        return rendered
