from odoo import api, models
from odoo.tools import html2plaintext

from odoo.addons.sms.tools.sms_api import SmsApi

from ..tools.replies import opt_out_word
from ..tools.sms_text import MAX_PARTS, parts, plain

OPT_OUT_PARAMETER = "debt_recovery.sms_opt_out_words"


class DebtRecoveryChannelSms(models.AbstractModel):
    """Text messages through Odoo's ``sms``, whatever gateway the company has.

    Without a gateway, a valid number or the permission to text it, the message goes by
    e-mail: the debtor is reminded all the same, and the log says by which address and
    why. Nothing is marked as sent here; the gateway reports back (``sms_tracker``).
    """

    _name = "debt.recovery.channel.sms"
    _description = "Recovery channel: text message"
    _inherit = "debt.recovery.channel.email"

    @api.model
    def _send(self, actions):  # pylint: disable=missing-return
        """Text those who can be texted, mail the rest."""
        by_mail = actions.browse()
        for action in actions:
            recipient, number, problem = self._find_number(action)
            if problem:
                action._log_delivery("failed", problem)
                by_mail += action
            else:
                self._send_text(action, recipient, number)
        super()._send(self._skip_mailed_anyway(by_mail))

    @api.model
    def _skip_mailed_anyway(self, actions):
        """Leave out what the same step tells by e-mail already: never twice."""
        twice = actions.filtered(lambda a: a.step_id and a._has_mail_beside())
        twice._cancel(self.env._("It cannot be texted, and the e-mail says the same."))
        return actions - twice

    # ------------------------------------------------------------------
    # Number
    # ------------------------------------------------------------------

    @api.model
    def _find_number(self, action):
        """``(partner, number, problem)``: who is texted at which number, else one
        sentence that says why nobody is."""
        partner = action.recipient_ids.filtered("phone")[:1] or action.recipient_ids[:1]
        partner = partner or action.partner_id
        if not self._has_gateway(action.company_id):
            return partner, False, self.env._("No gateway for text messages is set up.")
        if not partner.phone:
            return (
                partner,
                False,
                self.env._("%(name)s has no phone number.", name=partner.display_name),
            )
        country = partner._recovery_country(action.company_id)
        number = partner._recovery_dialable(partner.phone, country, form="E164")
        if not number:
            return (
                partner,
                False,
                self.env._(
                    "The number %(number)s of %(name)s cannot be dialled: enter it "
                    "with its country code, for example +32 470 12 34 56.",
                    number=partner.phone,
                    name=partner.display_name,
                ),
            )
        if self._is_opted_out(number):
            return (
                partner,
                False,
                self.env._("%(number)s does not want text messages.", number=number),
            )
        return partner, number, False

    @api.model
    def _has_gateway(self, company):
        """Seam: another provider than Odoo's, or an account with Odoo's."""
        if company.sudo()._get_sms_api_class() is not SmsApi:
            return True
        accounts = self.env["iap.account"].sudo()
        domain = [("service_name", "=", "sms"), ("state", "!=", "banned")]
        return bool(
            accounts.search_count([*domain, ("account_token", "!=", False)], limit=1)
        )

    @api.model
    def _is_opted_out(self, number):
        blacklist = self.env["phone.blacklist"].sudo()
        return bool(blacklist.search_count([("number", "=", number)], limit=1))

    # ------------------------------------------------------------------
    # Text
    # ------------------------------------------------------------------

    @api.model
    def _text(self, action):
        """What is texted: written by hand, the step's template, or two sentences."""
        if action.custom_text and action.body:
            return plain(html2plaintext(action.body))
        case = action._claim_case().with_context(lang=action.lang or self.env.lang)
        template = action.step_id.sms_template_id.sudo()
        if template:
            template = template.with_context(**case.env.context)
            texts = template._render_field("body", case.ids, compute_lang=True)
            return plain(texts[case.id])
        return plain(self._default_text(case))

    @api.model
    def _default_text(self, case):
        company = case.company_id.sudo()
        return case.env._(
            "%(company)s: %(total)s is overdue. Please pay now or call %(phone)s. "
            "Reference %(case)s.",
            company=company.name,
            total=case.claim_total,
            phone=company.phone or company.email or company.name,
            case=case.name,
        )

    # ------------------------------------------------------------------
    # Sending and reading back
    # ------------------------------------------------------------------

    @api.model
    def _send_text(self, action, recipient, number):
        text = self._text(action)
        if parts(text) > MAX_PARTS:
            action._set_failed(
                self.env._(
                    "The text has %(length)s characters, %(parts)s messages: shorten "
                    "it to %(max)s messages.",
                    length=len(text),
                    parts=parts(text),
                    max=MAX_PARTS,
                )
            )
            return
        message = action.case_id.with_company(action.company_id)._message_sms(
            text,
            partner_ids=recipient.ids,
            sms_pid_to_number={recipient.id: number},
            author_id=self._author(action).id,
            put_in_queue=True,
        )
        action._set_queued(
            subject=False,
            body=message.body,
            address=number,
            mail_message_id=message.id,
        )

    @api.model
    def _take_text(self, number, text, company=None):
        """Seam for gateways: a text message came in.

        An opt-out word ends text messages to the number at once; anything else is a
        reply like one by e-mail. Of several cases of one number the one that was texted
        last takes it.

        :return: the case, or an empty record when nobody has the number
        """
        number = self.env.user._phone_format(number=number) or number
        word = self._opt_out_word(text)
        if word:
            reason = self.env._("Answered “%(text)s”.", text=text)
            self.env["phone.blacklist"].sudo()._add([number], message=reason)
        case = self._find_case_of_number(number, company)
        if case:
            case._take_text(number, text, opted_out=bool(word))
        return case

    @api.model
    def _opt_out_word(self, *texts):
        """The word by which one of these texts asks us to stop writing, or None."""
        words = self.env["ir.config_parameter"].sudo().get_param(OPT_OUT_PARAMETER, "")
        found = (opt_out_word(text, words.split(",")) for text in texts)
        return next(filter(None, found), None)

    @api.model
    def _find_case_of_number(self, number, company=None):
        """The case texted last at this number, else the live case of who has it."""
        actions = self.env["debt.recovery.action"].sudo()
        domain = [("company_id", "=", company._recovery_root().id)] if company else []
        texted = actions.search(
            [("channel_id.code", "=", "sms"), ("address", "=", number), *domain],
            order="id desc",
            limit=1,
        )
        if texted:
            return texted.case_id._reply_target()
        partners = self.env["res.partner"].sudo()
        owners = partners.search([("phone_sanitized", "=", number)])
        return (
            self.env["debt.recovery.case"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", owners.commercial_partner_id.ids),
                    ("state", "!=", "closed"),
                    *domain,
                ],
                order="last_message_date desc, id desc",
                limit=1,
            )
        )
