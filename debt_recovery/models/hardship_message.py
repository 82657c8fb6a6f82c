from odoo import api, fields, models

#: Text of each occasion; all stand under “What the debtor is told”.
TEMPLATES = {
    "pause": "debt_recovery.mail_template_hardship_pause",
    "return": "debt_recovery.mail_template_hardship_return",
}
#: So many days before the pause ends the person hears of it.
NOTICE_DAYS = 7


class DebtRecoveryHardshipMessage(models.AbstractModel):
    """What the person is told, by e-mail or letter: that letters and interest rest,
    and in good time that the rest ends. Each passes the gate and stands in the log."""

    _name = "debt.recovery.hardship.message.mixin"
    _description = "Messages About a Hardship"

    tell = fields.Selection(
        [("email", "By e-mail"), ("letter", "By letter"), ("none", "Not in writing")],
        "Tell the Customer",
        compute="_compute_tell",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    told = fields.Boolean("Pause Confirmed", readonly=True, copy=False)
    return_told = fields.Boolean("End Announced", readonly=True, copy=False)

    @api.depends("case_id")
    def _compute_tell(self):
        for record in self:
            people = record.case_id and record.case_id._get_recipients("ap", "email")
            reachable = people and any(people.mapped("email_normalized"))
            record.tell = "email" if reachable else "letter"

    def _tell_granted(self):
        """Confirm the pause, once, at once."""
        for record in self.filtered(lambda r: not r.told and r.tell != "none"):
            record.sudo().told = True
            record._plan_message("pause")._release()

    def _announce_end(self):
        """In good time; a person reads it before it leaves."""
        for record in self.filtered(lambda r: not r.return_told and r.tell != "none"):
            if record.case_id._is_event_due():
                record.sudo().return_told = True
                record._plan_message("return", mode="review", origin="event")

    def _plan_message(self, occasion, mode="auto", origin="manual"):
        """One message in the log, on its way to the gate; it claims nothing."""
        self.ensure_one()
        case = self.case_id
        lang = self.partner_id.lang or self.env.lang
        template = self.env.ref(TEMPLATES[occasion]).sudo().with_context(lang=lang)
        recipients = case._get_recipients("ap", self.tell)
        vals = {
            "case_id": case.id,
            "claims_nothing": True,
            "channel_id": self.env.ref(f"debt_recovery.channel_{self.tell}").id,
            "origin": origin,
            "mode": mode,
            "lang": lang,
            "custom_text": True,
            "subject": template._render_field("subject", case.ids)[case.id],
            "body": template._render_field("body_html", case.ids)[case.id],
            "reason": template.description,
            "recipient_ids": recipients.ids,
        }
        return self.env["debt.recovery.action"]._plan_from_decisions([vals])
