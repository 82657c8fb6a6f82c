from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class DebtRecoverySendPreview(models.TransientModel):
    """A message exactly as the debtor gets it, before it leaves.

    The preview lives in memory: nothing is planned until *Send* is pressed, so that
    looking does not leave a message behind that the next release would send.
    """

    _name = "debt.recovery.send.preview"
    _description = "Preview and Send"
    _inherit = [
        "debt.recovery.gate.ask.mixin",
        "debt.recovery.send.preview.next.mixin",
        "debt.recovery.send.preview.waiting.mixin",
    ]

    case_id = fields.Many2one("debt.recovery.case", required=True)
    company_currency_id = fields.Many2one(related="case_id.company_currency_id")
    strategy_id = fields.Many2one(related="case_id.strategy_id")
    amount_credit = fields.Monetary(
        related="case_id.amount_credit", currency_field="company_currency_id"
    )
    action_ids = fields.Many2many("debt.recovery.action", string="Selected Actions")
    step_id = fields.Many2one(
        "debt.recovery.strategy.step",
        domain="[('strategy_id', '=', strategy_id), ('mode', '!=', 'task'),"
        " ('channel_ids.is_message', '=', True)]",
    )
    channel_id = fields.Many2one(
        "debt.recovery.channel",
        required=True,
        domain="[('is_message', '=', True)]",
    )
    recipient_ids = fields.Many2many(
        "res.partner",
        "debt_recovery_preview_recipient_rel",
        compute="_compute_recipients",
        store=True,
        readonly=False,
        string="To",
    )
    cc_ids = fields.Many2many(
        "res.partner",
        "debt_recovery_preview_cc_rel",
        compute="_compute_recipients",
        store=True,
        readonly=False,
        string="Copy",
    )
    custom_text = fields.Boolean("Edit the Text")
    subject = fields.Char(compute="_compute_text", store=True, readonly=False)
    body = fields.Html(
        compute="_compute_text",
        store=True,
        readonly=False,
        sanitize="email_outgoing",
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    document_ids = fields.Many2many(
        "ir.attachment", compute="_compute_preview", string="Attachments"
    )
    document_names = fields.Char("Will Be Attached", compute="_compute_preview")
    amount_claimed = fields.Monetary(
        currency_field="company_currency_id", compute="_compute_preview"
    )
    warning = fields.Char(compute="_compute_preview")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        action = self.env["debt.recovery.action"].browse(values.get("action_id"))
        if action:
            values |= {
                "case_id": action.case_id.id,
                "step_id": action.step_id.id,
                "channel_id": action.channel_id.id,
                "custom_text": action.custom_text,
            }
        case = self.env["debt.recovery.case"].browse(values.get("case_id"))
        if case and not action:
            values |= self._default_step_values(case)
        return values

    @api.model
    def _default_step_values(self, case):
        """The next message of the case's strategy; what waits already comes first."""
        waiting, step, channel = self._next_messages(case)[case]
        channel = channel or self.env.ref("debt_recovery.channel_email")
        return {
            "action_id": waiting.id,
            "step_id": step.id,
            "channel_id": channel.id,
            "custom_text": waiting.custom_text,
        }

    # ------------------------------------------------------------------
    # Preview
    # ------------------------------------------------------------------

    @api.depends("action_id", "step_id", "channel_id", "case_id")
    def _compute_recipients(self):
        for wizard in self:
            action = wizard.action_id
            if action.recipient_ids:
                wizard.recipient_ids = action.recipient_ids
                wizard.cc_ids = action.cc_ids
                continue
            case, step = wizard.case_id, wizard.step_id
            channel = wizard.channel_id.code
            wizard.recipient_ids = case and case._get_recipients(
                step.recipient_role or "ap", channel
            )
            copies = (
                case
                and step.cc_role
                and case._recipients_by_case(step.cc_role, channel, strict=True)
            )
            wizard.cc_ids = copies and copies[case.id] - wizard.recipient_ids

    @api.depends("action_id", "step_id", "channel_id", "case_id", "recipient_ids")
    def _compute_text(self):
        for wizard in self:
            if wizard.custom_text and wizard.action_id.custom_text:
                wizard.subject = wizard.action_id.subject
                wizard.body = wizard.action_id.body
            elif wizard.case_id and not wizard.custom_text:
                text = wizard._draft()._preview_text()
                wizard.subject = text["subject"]
                wizard.body = text["body"]

    @api.depends("subject", "body", "step_id", "channel_id", "recipient_ids", "case_id")
    def _compute_preview(self):
        for wizard in self:
            if not wizard.case_id:
                wizard.preview = wizard.document_names = wizard.warning = False
                wizard.document_ids = False
                wizard.amount_claimed = 0.0
                continue
            draft = wizard._draft()
            wizard.preview = draft._preview_layout(wizard.body)
            wizard.document_ids = ready = wizard._ready_documents(draft)
            names = not ready and draft._preview_document_names()
            wizard.document_names = ", ".join(names or [])
            wizard.amount_claimed = sum(draft.line_ids.mapped("amount"))
            wizard.warning = wizard._warning_sentence(draft)

    def _ready_documents(self, draft):
        """Files that are attached already; those of another claim are made anew."""
        claims = [
            {line.move_line_id.id: line.amount_currency for line in action.line_ids}
            for action in (self.action_id, draft)
        ]
        same = claims[0] == claims[1]
        return self.action_id.attachment_ids if same else self.env["ir.attachment"]

    def _draft(self):
        """The action as it would be planned, in memory, with today's claim."""
        self.ensure_one()
        action, case = self.action_id, self.case_id
        draft = self.env["debt.recovery.action"].new(
            {
                "case_id": case.id,
                "partner_id": case.partner_id.id,
                "company_id": case.company_id.id,
                "step_id": self.step_id.id,
                "channel_id": self.channel_id.id,
                "tone": action.tone or self.step_id.tone or "neutral",
                "lang": action.lang
                or case.partner_id.lang
                or case.company_id.partner_id.lang,
                "statement_options": action.statement_options,
                "recipient_ids": [Command.set(self.recipient_ids.ids)],
                "date_planned": case.company_id._recovery_today(),
            }
        )
        if not self.claims_nothing:
            draft.line_ids = self._draft_lines(draft)
        return draft

    def _draft_lines(self, draft):
        """What it would claim by the ledger of now."""
        rows = draft._claim_rows(
            self.case_id.company_id,
            partner_ids=self.case_id.partner_id.ids,
            line_ids=self.action_id.line_ids.move_line_id.ids or None,
        )
        return [
            Command.create({k: v for k, v in vals.items() if k != "action_id"})
            for vals in map(draft._claim_line_vals, rows)
            if vals
        ]

    def _misses_claim(self, draft):
        return not draft.line_ids and not self.claims_nothing

    def _warning_sentence(self, draft):
        """What the sender should know before pressing Send."""
        if self._misses_claim(draft):
            return self._nothing_sentence()
        return self._gate_sentence()

    @api.depends("channel_id", "recipient_ids", "step_id", "case_id")
    @api.depends_context("uid")
    def _compute_may_override(self):
        return super()._compute_may_override()

    def _gate_question(self):
        return self.channel_id.code, {
            "person": self.recipient_ids[:1] or None,
            "step": self.step_id or None,
            "claimed": self._draft().line_ids.move_line_id.ids,
        }

    def _nothing_sentence(self):
        return self.env._(
            "Nothing is collectable from %(customer)s: everything open is not due yet, "
            "paid, disputed, agreed or on hold.",
            customer=self.case_id.partner_id.display_name,
        )

    # ------------------------------------------------------------------
    # Send
    # ------------------------------------------------------------------

    def action_reconcile(self):
        """Match the customer's credits before anything is sent."""
        return self.case_id.action_reconcile()

    def action_send(self):
        """Plan (or take what waits), approve, release; say clearly what came of it."""
        self.ensure_one()
        self.action_id._check_not_merged()
        if self._misses_claim(self._draft()):
            raise UserError(self._nothing_sentence())
        action = self._take_action()
        action.write(self._prepare_send_vals())
        self._override_action(action)
        action.action_send_now()
        self.case_id._refresh_next_action()
        return self._result(action)

    def _take_action(self):
        """The waiting action, else a new one; the key decides between two senders."""
        if self.action_id:
            self.action_id._check_not_merged()
            self.action_id._check_button_state("planned", "approved")
            return self.action_id
        action = self.env["debt.recovery.action"]._plan_from_decisions(
            [self._prepare_plan_vals()]
        )
        if not action:
            raise UserError(
                self.env._(
                    "%(step)s is already planned or sent for %(customer)s.",
                    step=self.step_id.name,
                    customer=self.case_id.partner_id.display_name,
                )
            )
        return action

    def _prepare_plan_vals(self):
        case = self.case_id
        return {
            "case_id": case.id,
            "strategy_id": case.strategy_id.id,
            "step_id": self.step_id.id or None,
            "cycle": case.cycle,
            "channel_id": self.channel_id.id,
            "origin": "engine" if self.step_id else "manual",
            "mode": "review",
            "user_id": self.env.uid,
            "reason": self.env._("Sent by %(user)s.", user=self.env.user.name),
        }

    def _prepare_send_vals(self):
        vals = {
            "recipient_ids": [Command.set(self.recipient_ids.ids)],
            "cc_ids": [Command.set(self.cc_ids.ids)],
            "custom_text": self.custom_text,
        }
        if self.custom_text:
            vals |= {"subject": self.subject, "body": self.body}
        return vals

    def _result(self, action):
        """Close when it is on its way, else show why not."""
        if action.state in ("queued", "done"):
            return {"type": "ir.actions.act_window_close"}
        return action._button_open()
