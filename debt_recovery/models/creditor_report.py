from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

TEMPLATE = "debt_recovery.mail_template_creditor_report"


class DebtRecoveryCreditorReport(models.Model):
    """A subscription to the progress report of one creditor: who gets it, how often, in
    which language. The report covers the last full week or month; the daily run sends
    each period once, also when a day was missed."""

    _name = "debt.recovery.creditor.report"
    _description = "Report to the Creditor"
    _inherit = ["debt.recovery.creditor.report.facts.mixin", "mail.thread"]
    _order = "company_id, id"

    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Creditor",
        required=True,
        index=True,
        default=lambda self: self.env.company.root_id,
        domain="[('parent_id', '=', False)]",
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    recipient_ids = fields.Many2many(
        "res.partner",
        "debt_recovery_creditor_report_partner_rel",
        string="Recipients",
        required=True,
    )
    rhythm = fields.Selection(
        [("weekly", "Every week"), ("monthly", "Every month")],
        required=True,
        default="weekly",
        help="On the first run after the week or the month ended.",
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        required=True,
        default=lambda self: self.env.user.lang or "en_US",
    )
    date_sent = fields.Date("Sent On", readonly=True, copy=False)
    date_covered = fields.Date("Sent until", readonly=True, copy=False)

    @api.depends("company_id", "rhythm")
    def _compute_display_name(self):
        labels = dict(self._fields["rhythm"]._description_selection(self.env))
        for report in self:
            report.display_name = (
                f"{report.company_id.name}: {labels.get(report.rhythm, '')}"
            )

    @api.constrains("recipient_ids")
    def _check_recipients(self):
        for report in self:
            if not report.recipient_ids:
                raise ValidationError(self.env._("Name at least one recipient."))
            for partner in report.recipient_ids.filtered(lambda p: not p.email):
                raise ValidationError(
                    self.env._(
                        "%(name)s has no e-mail address: enter one, or take them off "
                        "the list.",
                        name=partner.display_name,
                    )
                )

    # PERIOD

    def _period(self, today):
        """First and last day of the last full week (Monday to Sunday) or month."""
        self.ensure_one()
        if self.rhythm == "weekly":
            end = today - timedelta(days=today.weekday() + 1)
            return end - timedelta(days=6), end
        end = today.replace(day=1) - timedelta(days=1)
        return end + relativedelta(day=1), end

    def _period_text(self):
        start, end = self._period(self.company_id._recovery_today())
        return f"{format_date(self.env, start)} – {format_date(self.env, end)}"

    def _is_due(self, today):
        return not self.date_covered or self.date_covered < self._period(today)[1]

    # SENDING

    def _send_due(self, today):
        """Send what ended since; each period once."""
        for report in self:
            if report._is_due(today):
                report._send(today)

    def _send(self, today):
        self.ensure_one()
        template = self.env.ref(TEMPLATE).sudo()
        template.send_mail(self.id, email_layout_xmlid="mail.mail_notification_light")
        self.write({"date_sent": today, "date_covered": self._period(today)[1]})

    def action_send(self):
        """Send the last period now, again if need be."""
        for report in self:
            report._send(report.company_id._recovery_today())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The report is on its way."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_preview(self):
        """See the report as it would leave now."""
        self.ensure_one()
        report = self.env.ref("debt_recovery.action_report_creditor_report")
        return report.report_action(self)
