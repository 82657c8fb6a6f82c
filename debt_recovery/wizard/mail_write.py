from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import is_html_empty

MEGABYTE = 1024 * 1024


class DebtRecoveryMailWrite(models.TransientModel):
    """A free-hand e-mail from the case: any template or none, documents chosen, seen as
    the debtor gets it. It leaves through the same gate, ledger check and log as the
    messages of the strategy, and moves no step."""

    _name = "debt.recovery.mail.write"
    _description = "Write an E-mail"
    _inherit = ["debt.recovery.gate.ask.mixin"]

    case_id = fields.Many2one("debt.recovery.case", required=True)
    partner_id = fields.Many2one(related="case_id.partner_id")
    reply_id = fields.Many2one("debt.recovery.reply", "Answers")
    reply_text = fields.Text(related="reply_id.text", string="They Wrote")
    template_id = fields.Many2one(
        "mail.template", domain="[('model', '=', 'debt.recovery.case')]"
    )
    recipient_ids = fields.Many2many(
        "res.partner",
        "debt_recovery_write_recipient_rel",
        compute="_compute_recipient_ids",
        store=True,
        readonly=False,
        string="To",
    )
    cc_ids = fields.Many2many(
        "res.partner", "debt_recovery_write_cc_rel", string="Copy"
    )
    subject = fields.Char(
        compute="_compute_text", store=True, readonly=False, required=True
    )
    body = fields.Html(
        compute="_compute_text",
        store=True,
        readonly=False,
        sanitize="email_outgoing",
    )
    with_claim = fields.Boolean(
        "Table of Open Items",
        help="The collectable items stand in the text, and in the log as claimed.",
    )
    is_statement = fields.Boolean()
    attach_statement = fields.Boolean("Statement of Account")
    open_invoice_ids = fields.Many2many(
        "account.move", compute="_compute_open_invoice_ids"
    )
    invoice_ids = fields.Many2many(
        "account.move",
        "debt_recovery_write_invoice_rel",
        string="Copies of Invoices",
        domain="[('id', 'in', open_invoice_ids)]",
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Other Documents")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    warning = fields.Char(compute="_compute_warning")

    # ------------------------------------------------------------------
    # Text
    # ------------------------------------------------------------------

    @api.depends("case_id", "reply_id")
    def _compute_recipient_ids(self):
        for wizard in self:
            sender = wizard.reply_id.contact_id
            wizard.recipient_ids = sender or (
                wizard.case_id and wizard.case_id._get_recipients("ap", "email")
            )

    @api.depends("case_id")
    def _compute_open_invoice_ids(self):
        for wizard in self:
            moves = wizard.case_id.receivable_ids.move_id
            wizard.open_invoice_ids = moves.filtered(
                lambda move: move.is_sale_document(include_receipts=True)
            )

    @api.depends("case_id", "reply_id", "template_id", "is_statement")
    def _compute_text(self):
        for wizard in self.filtered("case_id"):
            if wizard.template_id:
                text = wizard._draft(claim=True)._preview_text(wizard.template_id)
                wizard.subject, wizard.body = text["subject"], text["body"]
            else:
                wizard.subject = wizard._default_subject()
                wizard.body = wizard._default_body()

    @api.onchange("template_id")
    def _onchange_template_id(self):
        self.with_claim = bool(self.template_id)

    @api.onchange("with_claim")
    def _onchange_with_claim(self):
        """Put the table behind what is written; a template has its own."""
        if self.with_claim and not self.template_id and self.case_id:
            case = self._draft(claim=True)._claim_case()
            self.body = Markup("%s%s") % (self.body or "", case.claim_table or "")

    def _default_subject(self):
        subject = self.reply_id.subject
        if not subject:
            case = self._case_in_lang()
            if self.is_statement:
                return case.env._(
                    "%(company)s: statement of account", company=case.company_id.name
                )
            return case.env._("%(company)s: your account", company=case.company_id.name)
        return subject if subject[:3].lower() == "re:" else f"Re: {subject}"

    def _default_body(self):
        """Greeting and signature around what will be written."""
        case = self._draft(claim=False)._claim_case()
        case = case.with_context(lang=self._case_in_lang().env.lang)
        words = Markup("<br/>")
        if self.is_statement:
            words = case.env._(
                "Please find attached the statement of your account as of %(date)s. "
                "If it differs from your books, simply answer this message.",
                date=case._statement_date(),
            )
        return Markup("<p>%s</p><p>%s</p><p>%s</p>%s") % (
            case.claim_greeting,
            words,
            case.env._("Kind regards"),
            case.claim_signature or "",
        )

    @api.model
    def _email_channel_id(self):
        """Cached: a batch asks for each of its messages."""
        data = self.env["ir.model.data"]
        return data._xmlid_to_res_id("debt_recovery.channel_email")

    def _case_in_lang(self):
        """The case as the debtor reads it."""
        lang = self.recipient_ids[:1].lang or self.case_id.partner_id.lang
        return self.case_id.with_context(lang=lang or self.env.lang)

    def _draft(self, claim):
        """The message as it would be planned, in memory.

        :param claim: whether it lists what is collectable now
        """
        self.ensure_one()
        case = self.case_id
        draft = self.env["debt.recovery.action"].new(
            {
                "case_id": case.id,
                "partner_id": case.partner_id.id,
                "company_id": case.company_id.id,
                "channel_id": self._email_channel_id(),
                "lang": self._case_in_lang().env.lang,
                "recipient_ids": [Command.set(self.recipient_ids.ids)],
                "date_planned": case.company_id._recovery_today(),
            }
        )
        if claim:
            rows = draft._claim_rows(case.company_id, partner_ids=case.partner_id.ids)
            draft.line_ids = [
                Command.create({k: v for k, v in vals.items() if k != "action_id"})
                for vals in map(draft._claim_line_vals, rows)
                if vals
            ]
        return draft

    @api.depends("body", "case_id", "template_id")
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = wizard.case_id and wizard._draft(
                claim=False
            )._preview_layout(wizard.body)

    @api.depends("recipient_ids", "case_id")
    def _compute_warning(self):
        for wizard in self:
            wizard.warning = wizard.case_id and wizard._gate_sentence()

    @api.depends("recipient_ids", "case_id")
    @api.depends_context("uid")
    def _compute_may_override(self):
        return super()._compute_may_override()

    def _gate_question(self):
        return "email", {"person": self.recipient_ids[:1] or None}

    # ------------------------------------------------------------------
    # Send
    # ------------------------------------------------------------------

    def action_send(self):
        """Plan, attach, release; a reply that is answered is handled."""
        self.ensure_one()
        self._check_complete()
        action = self.env["debt.recovery.action"]._plan_from_decisions(
            [self._prepare_plan_vals()]
        )
        action.write({"subject": self.subject, "body": self.body})
        self._attach_documents(action)
        self._override_action(action)
        action.action_send_now()
        if action.state not in ("queued", "done"):
            return action._button_open()
        if self.reply_id.state == "open":
            self.reply_id._handle(action)
        self.case_id._refresh_next_action()
        return {"type": "ir.actions.act_window_close"}

    def _check_complete(self):
        if is_html_empty(self.body):
            raise UserError(self.env._("The e-mail is empty: write something first."))
        if not self.recipient_ids:
            raise UserError(
                self.env._("Nobody gets this e-mail: choose at least one recipient.")
            )
        missing = self.recipient_ids.filtered(lambda person: not person.email)
        if missing:
            raise UserError(
                self.env._(
                    "%(name)s has no e-mail address: enter one or choose somebody "
                    "else.",
                    name=missing[0].display_name,
                )
            )

    def _prepare_plan_vals(self):
        case = self.case_id
        return {
            "case_id": case.id,
            "strategy_id": case.strategy_id.id or None,
            "cycle": case.cycle,
            "channel_id": self._email_channel_id(),
            "origin": "manual",
            "mode": "review",
            "user_id": self.env.uid,
            "lang": self._case_in_lang().env.lang,
            "custom_text": True,
            "claims_nothing": not self.with_claim,
            "reason": self.env._("Written by %(user)s.", user=self.env.user.name),
            "recipient_ids": self.recipient_ids.ids,
            "cc_ids": (self.cc_ids - self.recipient_ids).ids,
        }

    def _attach_documents(self, action):
        documents = []
        if self.attach_statement:
            documents.append(self.case_id._statement_document(action.lang))
        documents += filter(None, map(action._invoice_document, self.invoice_ids))
        documents += [
            {
                "filename": attachment.name,
                "content": attachment.raw,
                "mimetype": attachment.mimetype,
            }
            for attachment in self.attachment_ids
        ]
        limit = action.company_id.recovery_max_attachment_mb
        if sum(len(document["content"]) for document in documents) > limit * MEGABYTE:
            raise UserError(
                self.env._(
                    "The documents are larger than %(limit)s MB together: leave some "
                    "out or send them in two messages.",
                    limit=f"{limit:g}",
                )
            )
        action._attach_documents(documents)
