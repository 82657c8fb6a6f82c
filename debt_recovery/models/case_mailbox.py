from odoo import api, models
from odoo.tools import email_normalize, format_date


class DebtRecoveryCaseMailbox(models.AbstractModel):
    """Which case takes a mail, and who of the customer wrote it.

    The thread that is answered decides (Odoo finds it by the message id); only mail to
    an alias without a thread is matched by what it names and by the sender's address.
    """

    _name = "debt.recovery.case.mailbox.mixin"
    _description = "Incoming Mail of Recovery Cases"

    @api.model
    def _reply_case(self, message_dict, thread_id):
        """The case that takes an incoming mail, or an empty record.

        :param thread_id: case whose message is answered, if any
        """
        case = self.browse(thread_id or ()).exists()
        return (case or self._find_case_of_mail(message_dict))._reply_target()

    def _reply_target(self):
        """Where the work goes on: the case merged into, the live case of a customer
        whose old one is closed, else this one."""
        case = self
        while case.merged_into_id:
            case = case.merged_into_id
        if case.state != "closed":
            return case
        live = self.search(
            [
                ("partner_id", "=", case.partner_id.id),
                ("company_id", "=", case.company_id.id),
                ("state", "!=", "closed"),
            ],
            limit=1,
        )
        return live or case

    @api.model
    def _find_case_of_mail(self, message_dict):
        """By what the mail names, then by who wrote; of several live cases of one
        address the one we wrote to last."""
        words = set((message_dict.get("subject") or "").upper().split())
        named = self.search([("name", "in", [w.strip("[]():,;") for w in words])])
        if named:
            return named[:1]
        partners = self._find_partners_of_email(message_dict.get("email_from"))
        cases = self.search(
            [
                ("partner_id", "in", partners.commercial_partner_id.ids),
                ("state", "!=", "closed"),
            ]
        )
        latest = cases.sorted(
            lambda case: (str(case.last_message_date or ""), case.id), reverse=True
        )
        return latest[:1]

    @api.model
    def _find_partners_of_email(self, email):
        email = email_normalize(email or "")
        if not email:
            return self.env["res.partner"]
        return self.env["res.partner"].search([("email_normalized", "=", email)])

    def _reply_author(self, email):
        """Who of this customer has the address; another customer may have it too."""
        self.ensure_one()
        partners = self._find_partners_of_email(email)
        mine = partners.filtered(
            lambda p: (
                p.commercial_partner_id == self.partner_id or p in self.contact_ids
            )
        )
        return mine.sorted(lambda p: (p.is_company, p.id))[:1]

    def _take_optout(self, message, text):
        """An answer that asks for no more e-mails is the debtor's wish; the words stand
        alone in the subject or in the first paragraph.

        :param text: their own words
        :return: a sentence for whoever reads the answer, or False
        """
        self.ensure_one()
        first = (text.strip().splitlines() or [""])[0]
        texts = self.env["debt.recovery.channel.sms"]
        word = texts._opt_out_word(first, message.subject)
        address = email_normalize(message.email_from or "")
        if not word or not address:
            return False
        self.env["debt.recovery.contact.preference"].sudo()._record_optout(
            self._reply_author(address) or self.partner_id,
            "email",
            address,
            self.env._(
                "E-mail of %(day)s: “%(word)s”",
                day=format_date(self.env, self.company_id._recovery_today()),
                word=word,
            ),
        )
        return self.env._(
            "Wants no more e-mails to %(address)s: recorded as a wish.",
            address=address,
        )
