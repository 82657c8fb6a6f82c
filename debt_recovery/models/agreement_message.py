from datetime import date, timedelta

from odoo import api, fields, models
from odoo.tools import format_date

#: Template of each message, by its occasion.
TEMPLATES = {
    "confirmation": "debt_recovery.mail_template_agreement_confirmation",
    "reminder": "debt_recovery.mail_template_agreement_reminder",
    "overdue": "debt_recovery.mail_template_agreement_overdue",
    "thanks": "debt_recovery.mail_template_agreement_thanks",
    "breach": "debt_recovery.mail_template_agreement_breach",
    "signature": "debt_recovery.mail_template_agreement_signature",
    "offer": "debt_recovery.mail_template_settlement_offer",
    "settled": "debt_recovery.mail_template_settlement_confirmation",
}
#: Too late on paper, or not worth a stamp: by e-mail or not at all.
ONLY_EMAIL = ("reminder", "thanks")


class DebtRecoveryAgreementMessage(models.AbstractModel):
    """What the debtor is told about an agreement. Every message is an action of the
    log and passes the gate like any other; it claims nothing."""

    _name = "debt.recovery.agreement.message.mixin"
    _description = "Messages About an Agreement"
    _inherit = "debt.recovery.agreement.overdue.mixin"

    action_ids = fields.One2many(
        "debt.recovery.action", "agreement_id", "Told", readonly=True
    )
    text_greeting = fields.Char(compute="_compute_texts")
    text_schedule = fields.Html(compute="_compute_texts", sanitize=False)
    text_items = fields.Html(compute="_compute_texts", sanitize=False)
    text_payment = fields.Html(compute="_compute_texts", sanitize=False)
    text_signature = fields.Html(compute="_compute_texts", sanitize=False)
    text_next = fields.Char(compute="_compute_texts")
    text_today = fields.Char(compute="_compute_texts")
    document_title = fields.Char(compute="_compute_texts")
    interest_text = fields.Char(compute="_compute_texts")
    waive_text = fields.Char("Waived When Kept", compute="_compute_texts")
    text_cure = fields.Char(compute="_compute_texts")
    text_sign_until = fields.Char(compute="_compute_texts")
    text_sign_url = fields.Char(compute="_compute_texts")

    @api.depends_context("lang", "recovery_today", "recovery_letter")
    def _compute_texts(self):
        """Pieces of the texts, in the reader's language."""
        for agreement in self:
            # its case may be a colleague's by now
            case = agreement.sudo().case_id
            agreement.text_greeting = case.claim_greeting
            agreement.text_signature = case.claim_signature
            agreement.text_next = agreement.next_text
            until = agreement.date_until and format_date(self.env, agreement.date_until)
            agreement.text_cure = agreement.text_sign_until = until
            agreement.text_today = format_date(
                self.env, agreement.company_id._recovery_today()
            )
            agreement.text_sign_url = agreement._sign_url()
            agreement.document_title = agreement._document_title()
            agreement.interest_text = agreement._interest_sentence()
            agreement.waive_text = agreement._waive_text()
            agreement.text_schedule = agreement._render_text("agreement_schedule")
            agreement.text_items = agreement._render_text("agreement_items")
            agreement.text_payment = case._render_claim(
                "claim_payment", **agreement._payment_values()
            )

    def _document_title(self):
        titles = {
            "promise": self.env._("Promise to Pay"),
            "plan": self.env._("Payment Agreement"),
            "settlement": self.env._("Settlement Agreement"),
        }
        return titles[self.kind]

    def _sign_url(self):
        """Where the customer reads and signs, without logging in; nobody copies a
        link from paper."""
        token = not self.env.context.get("recovery_letter") and self.sudo().access_token
        return f"{self.get_base_url()}{self.get_portal_url()}" if token else False

    def _interest_sentence(self):
        """What of the payments is interest and fees; nothing where there are none."""
        interest = sum(self.instalment_ids.mapped("interest"))
        if not interest:
            return False
        return self.env._(
            "The payments contain %(amount)s of interest and fees.",
            amount=self.currency_id.format(interest),
        )

    def _waive_text(self):
        """What is given up when the agreed payments are in."""
        waived = self._amount_waived()
        return self.currency_id.format(waived) if waived else False

    def _render_text(self, name):
        return self.env["ir.qweb"]._render(
            f"debt_recovery.{name}",
            {"agreement": self, "format_date": lambda d: format_date(self.env, d)},
            raise_if_not_found=False,
        )

    def _payment_values(self):
        """Where to pay, and what to quote."""
        case = self.sudo().case_id
        moves = self.line_ids.move_id.sudo()
        values = case._claim_payment_values(self.env["debt.recovery.action"], [])
        bank = moves.partner_bank_id.filtered("active")[:1] or values["bank"]
        single = moves[:1] if len(moves) == 1 else moves.browse()
        reference = single.payment_reference or single.name or case.name
        return values | {
            "bank": bank,
            "reference": reference,
            "total": self._due_text(),
        }

    def _due_text(self):
        """What to pay next, with all that is in arrears."""
        rows = self.instalment_ids.filtered("amount_open").sorted()
        day = max(rows[:1].date_due or date.min, self.company_id._recovery_today())
        groups = rows.filtered(lambda row: row.date_due <= day).grouped("currency_id")
        return " + ".join(
            currency.format(sum(mine.mapped("amount_open")))
            for currency, mine in groups.items()
        )

    # SENDING

    def _send_confirmation(self):
        """Tell the debtor what was agreed, now."""
        return self._plan_message("confirmation")._release()

    def _send_to_sign(self):
        """The agreement as a document, with the request to sign it."""
        self._portal_ensure_token()
        occasion = "offer" if self.kind == "settlement" else "signature"
        return self._plan_letter(occasion, self._document_report())._release()

    def _plan_letter(self, occasion, report, origin="manual"):
        """A message with its letter as a document."""
        action = self._plan_message(occasion, origin=origin)
        agreement = self.with_context(lang=action.lang or self.env.lang)
        document = {
            "filename": agreement._document_filename(report),
            "content": agreement._render_document(report),
        }
        action._attach_documents([document])
        return action

    def _plan_message(self, occasion, day=None, origin="manual"):
        """One message in the log, on its way to the gate; who has no e-mail address
        gets a letter."""
        self.ensure_one()
        channel = self._message_channel(occasion)
        lang = self.partner_id.lang or self.env.lang
        template = self.env.ref(TEMPLATES[occasion]).sudo()
        template = template.with_context(lang=lang, recovery_letter=channel == "letter")
        vals = {
            "case_id": self.case_id.id,
            "agreement_id": self.id,
            "agreement_message": occasion,
            "claims_nothing": True,
            "channel_id": self.env.ref(f"debt_recovery.channel_{channel}").id,
            "origin": origin,
            "mode": "auto",
            "lang": lang,
            "date_planned": day or self.company_id._recovery_today(),
            "custom_text": True,
            "subject": template._render_field("subject", self.ids)[self.id],
            "body": template._render_field("body_html", self.ids)[self.id],
            "reason": template.description,
        }
        return self.env["debt.recovery.action"]._plan_from_decisions([vals])

    def _message_channel(self, occasion):
        """``email``, or ``letter`` where only that arrives."""
        case = self.case_id
        if occasion in ONLY_EMAIL:
            return "email"
        for channel in ("email", "letter"):
            people = case._get_recipients("ap", channel)
            if any(case._is_reachable(person, channel) for person in people):
                return channel
        return "email"

    def _cancel_messages(self):
        """What waits to leave is overtaken."""
        reason = self.env._("The agreement stands otherwise by now.")
        self.sudo().action_ids._cancel(reason)

    # REMINDERS, in the daily run

    def _remind(self):
        """The working day before a payment, once, from the company's minimum on."""
        for agreement in self.filtered(lambda a: a.state == "active"):
            rows = agreement.instalment_ids.filtered(
                lambda row: row.amount_open and row._is_remind_day()
            )
            if rows and agreement._is_told("reminder"):
                rows.write({"reminded": True})
                agreement._plan_message("reminder", origin="event")

    def _thank(self):
        """One mail for an agreement that was kept, where the company wants it; the
        last payment may have closed the case already."""
        if self._amount_waived():
            return  # the letter of confirmation says it, once the rest is waived
        wanted = self.company_id._recovery_root().sudo().recovery_agreement_thanks
        told = self.sudo().action_ids.filtered(
            lambda a: a.agreement_message == "thanks" and a.state != "cancelled"
        )
        if wanted and not told and self.case_id.strategy_id._is_live(self.company_id):
            self._plan_message("thanks", origin="event")._release()

    def _is_told(self, occasion):
        """Automatic messages wait for the strategy to be live; an archived template
        switches its message off."""
        template = self.env.ref(TEMPLATES[occasion], raise_if_not_found=False)
        wanted = bool(template) and template.sudo().active
        return wanted and self.case_id._is_event_due()

    def _warn_of_breach(self):
        """Notice of a breach: time to cure runs from it."""
        for agreement in self.filtered(lambda a: a.state == "active" and a.date_breach):
            told = agreement.date_notice
            if told and told >= agreement.date_breach:
                continue
            agreement.date_notice = agreement.company_id._recovery_today()
            agreement.date_until = max(
                agreement.date_until or agreement.date_notice,
                agreement.date_notice + timedelta(days=agreement.cure_days),
            )
            if agreement._is_told("breach"):
                agreement._plan_message("breach", origin="event")
