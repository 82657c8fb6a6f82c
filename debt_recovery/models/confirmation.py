from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class DebtRecoveryConfirmation(models.Model):
    """A balance that the customer is asked to confirm, as auditors ask: the balance of
    a day, a letter or an e-mail with a reply slip, and the answer. A discrepancy
    becomes a dispute or a task for accounts receivable."""

    _name = "debt.recovery.confirmation"
    _description = "Balance Confirmation"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    case_id = fields.Many2one(
        "debt.recovery.case", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", related="case_id.partner_id", store=True, index=True
    )
    company_id = fields.Many2one(
        "res.company", related="case_id.company_id", store=True
    )
    company_currency_id = fields.Many2one(
        related="case_id.company_currency_id", string="Company Currency"
    )
    date = fields.Date(
        "Balance On",
        required=True,
        default=lambda self: self.env.company._recovery_today(),
    )
    channel = fields.Selection(
        [("letter", "Letter"), ("email", "E-mail")], required=True, default="letter"
    )
    balance_text = fields.Char("Our Balance", readonly=True)
    balance_now = fields.Char("Our Balance Then", compute="_compute_balance_now")
    currency_id = fields.Many2one("res.currency", "Balance Currency", readonly=True)
    balance = fields.Monetary(
        "Our Balance (Single Currency)", readonly=True, help="Empty with several."
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("asked", "Asked"),
            ("agreed", "Agreed"),
            ("differs", "Differs"),
        ],
        required=True,
        default="draft",
        readonly=True,
        tracking=True,
    )
    action_id = fields.Many2one(
        "debt.recovery.action", "Message", readonly=True, ondelete="restrict"
    )
    reply_date = fields.Date("Answered On")
    reply_person = fields.Char("Answered By")
    reply_amount = fields.Monetary("Their Balance")
    difference = fields.Monetary(compute="_compute_difference")
    note = fields.Text("What They Say")

    @api.depends("balance", "reply_amount", "state")
    def _compute_difference(self):
        for record in self:
            record.difference = record.balance - record.reply_amount

    @api.depends("case_id", "date")
    def _compute_balance_now(self):
        """What a draft would ask for."""
        for record in self:
            asks = record.case_id and record.date and record.state == "draft"
            record.balance_now = record._balance_sentence() if asks else False

    # CRUD

    @api.constrains("date")
    def _check_date(self):
        for record in self:
            if record.date > record.company_id._recovery_today():
                raise UserError(
                    self.env._("The balance of a day to come is not known yet.")
                )

    # ACTIONS

    def action_ask(self):
        """Plan the message with the reply slip; it waits in Outgoing for review."""
        for record in self.filtered(lambda r: r.state == "draft"):
            groups = record._balances()
            single = groups[0] if len(groups) == 1 else None
            record.write(
                {
                    "balance_text": record._balance_sentence(groups),
                    "currency_id": single["currency"].id
                    if single
                    else record.company_currency_id.id,
                    "balance": single["closing"] if single else 0.0,
                }
            )
            record.action_id = record._plan_message(groups)
            record.state = "asked"
        return True

    def _balance_sentence(self, groups=None):
        groups = self._balances() if groups is None else groups
        money = [group["currency"].format(group["closing"]) for group in groups]
        return " + ".join(money) or self.company_currency_id.format(0.0)

    def _balances(self):
        ledger = self.env["debt.recovery.statement.ledger"]
        found = ledger._statements(self.partner_id, self.company_id, self.date)
        return found[self.partner_id.id]

    def _plan_message(self, groups):
        case = self.case_id
        lang = self.partner_id.lang or self.env.lang
        case = case.with_context(lang=lang)
        body = case._render_claim(
            "letter_confirmation",
            groups=groups,
            day=format_date(case.env, self.date),
        )
        vals = {
            "case_id": case.id,
            "strategy_id": case.strategy_id.id or None,
            "cycle": case.cycle,
            "channel_id": self.env.ref(f"debt_recovery.channel_{self.channel}").id,
            "origin": "manual",
            "mode": "review",
            "user_id": self.env.uid,
            "lang": lang,
            "recipient_ids": case._get_recipients("ap", self.channel).ids,
            "custom_text": True,
            "claims_nothing": True,
            "statement_options": {"date_to": fields.Date.to_string(self.date)},
            "reason": self.env._("Balance confirmation"),
        }
        action = self.env["debt.recovery.action"]._plan_from_decisions([vals])
        subject = case.env._(
            "Confirmation of your balance on %(date)s",
            date=format_date(case.env, self.date),
        )
        action.write({"subject": subject, "body": body})
        return action

    def action_agree(self):
        """The customer confirms our balance."""
        self._note_reply("agreed")

    def action_differ(self):
        """The customer's books say something else: find out why."""
        self._note_reply("differs")

    def _note_reply(self, state):
        for record in self:
            if record.state == "draft":
                raise UserError(self.env._("Ask the customer first."))
            if state == "differs":
                record._check_differs()
            vals = {"state": state}
            if not record.reply_date:
                vals["reply_date"] = record.company_id._recovery_today()
            if state == "agreed":
                vals["reply_amount"] = record.balance
            record.write(vals)

    def _check_differs(self):
        """Somebody who works on it later must know what the difference is."""
        if not self.reply_amount and not (self.note or "").strip():
            raise UserError(
                self.env._(
                    "Enter the balance that the customer names, or what he says."
                )
            )
        if self.reply_amount and not self.currency_id.compare_amounts(
            self.balance, self.reply_amount
        ):
            raise UserError(
                self.env._("The customer names our balance: press “Confirmed”.")
            )

    def action_answer_again(self):
        """The answer was written down wrongly, or another one came."""
        self.filtered(lambda record: record.state in ("agreed", "differs")).write(
            {"state": "asked", "reply_date": False, "reply_amount": 0.0}
        )

    def action_dispute(self):
        """The discrepancy is a dispute about some items."""
        self.ensure_one()
        action = self.case_id.action_dispute()
        action["context"] |= {"default_note": self._discrepancy_text()}
        return action

    def action_correct(self):
        """The discrepancy is ours: a task for accounts receivable."""
        self.ensure_one()
        user = self.company_id._recovery_ar_user()
        self.partner_id.sudo().activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=self.env._("Correct the account"),
            note=self._discrepancy_text(),
        )
        text = self.env._("%(user)s was asked to correct the account.", user=user.name)
        self._message_log(body=text)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": text},
        }

    def _discrepancy_text(self):
        return self.env._(
            "Balance on %(date)s: we have %(ours)s, the customer has %(theirs)s. "
            "%(note)s",
            date=format_date(self.env, self.date),
            ours=self.balance_text,
            theirs=self.currency_id.format(self.reply_amount),
            note=self.note or "",
        )
