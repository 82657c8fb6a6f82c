from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

INVOICING = "account.group_account_invoice"
RECENT = 20


class DebtRecoveryReconcile(models.TransientModel):
    """The account of one customer on one desk: open items left, unmatched money right,
    what fits together, and what differs. Who may invoice matches with one click, by
    Odoo's own reconciliation; everybody else asks accounts receivable."""

    _name = "debt.recovery.reconcile"
    _description = "Reconciliation Desk"
    _inherit = ["debt.recovery.reconcile.propose.mixin"]
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", "Customer", required=True)
    company_id = fields.Many2one("res.company", required=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    debit_ids = fields.One2many(
        "debt.recovery.reconcile.item",
        "desk_id",
        "Open Items",
        domain=[("side", "=", "debit")],
    )
    credit_ids = fields.One2many(
        "debt.recovery.reconcile.item",
        "desk_id",
        "Unmatched Credits",
        domain=[("side", "=", "credit")],
    )
    match_ids = fields.One2many("debt.recovery.reconcile.match", "desk_id", "Proposals")
    difference_ids = fields.One2many(
        "debt.recovery.reconcile.difference", "desk_id", "Differences"
    )
    matched_ids = fields.Many2many(
        "account.partial.reconcile", string="Matched Lately", compute="_compute_matched"
    )
    may_match = fields.Boolean(compute="_compute_may_match")
    has_more = fields.Boolean(readonly=True)
    has_rates = fields.Boolean(compute="_compute_has_rates")
    balance_text = fields.Char("Balance", compute="_compute_balance_text")

    @api.depends_context("uid")
    def _compute_may_match(self):
        self.may_match = self.env.user.has_group(INVOICING)

    @api.depends("match_ids.note")
    def _compute_has_rates(self):
        for desk in self:
            desk.has_rates = any(match.note for match in desk.match_ids)

    @api.depends("partner_id", "company_id", "match_ids")
    def _compute_matched(self):
        for desk in self:
            desk.matched_ids = (
                self.env["account.partial.reconcile"]
                .sudo()
                .search(desk._matched_domain(), order="id desc", limit=RECENT)
            )

    def _matched_domain(self):
        accounts = self.env["account.account"]._recovery_trade_account_ids()
        return [
            ("debit_move_id.partner_id", "child_of", self.partner_id.ids),
            ("debit_move_id.account_id", "in", list(accounts)),
            ("company_id", "in", self.company_id._recovery_branches().ids),
        ]

    @api.depends("debit_ids.amount", "credit_ids.amount")
    def _compute_balance_text(self):
        for desk in self:
            sums = {}
            for item in desk.debit_ids | desk.credit_ids:
                sign = 1 if item.side == "debit" else -1
                currency = item.currency_id
                sums[currency] = sums.get(currency, 0.0) + sign * item.amount
            desk.balance_text = " + ".join(
                currency.format(amount) for currency, amount in sums.items()
            )

    # OPENING

    @api.model
    def _open_desk(self, partner, company):
        """The desk of this customer, filled from the ledger."""
        desk = self.create(
            {
                "partner_id": partner.commercial_partner_id.id,
                "company_id": company._recovery_root().id,
            }
        )
        desk._fill()
        return desk._show()

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reconcile %(customer)s", customer=self.partner_id.name),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_refresh(self):
        """Read the ledger again."""
        self._fill()
        return True

    # MATCHING

    def action_match_all(self):
        """Reconcile every proposal."""
        self.ensure_one()
        self._check_may_match()
        if not self.match_ids:
            raise UserError(self.env._("Nothing is proposed."))
        return self._match(self.match_ids)

    def action_match_ticked(self):
        """Reconcile what was ticked on both sides, or ask for it."""
        self.ensure_one()
        match = self.match_ids.create(self._prepare_chosen_match())
        if match.note:
            return True  # the rate is to be seen before it is matched
        if self.env.user.has_group(INVOICING):
            return self._match(match)
        self._ask(match)
        match.unlink()
        return self._asked()

    def _prepare_chosen_match(self):
        debits = self.debit_ids.filtered("selected")
        credits = self.credit_ids.filtered("selected")
        if not debits or not credits:
            raise UserError(
                self.env._("Tick at least one open item and one credit to match.")
            )
        items = (debits | credits).move_line_id
        if len(items.account_id) > 1:
            raise UserError(
                self.env._(
                    "These items are on different accounts, and Odoo matches within "
                    "one account: tick items of one account."
                )
            )
        vals = {
            "desk_id": self.id,
            "rule": "chosen",
            "item_ids": [Command.set(items.ids)],
            "currency_id": debits.currency_id[:1].id,
            "amount": min(sum(debits.mapped("amount")), sum(credits.mapped("amount"))),
            "credit_text": ", ".join(credits.mapped("name")),
            "debit_text": ", ".join(debits.mapped("name")),
        }
        if len(debits.currency_id | credits.currency_id) > 1:
            self._check_across(debits, credits)
            vals |= {
                "currency_id": credits.currency_id.id,
                "amount": self._preview_across(items)["used"],
                "note": self._across_sentence(items),
            }
        return vals

    def _match(self, matches):
        """Odoo's own reconciliation, with the rights of the user. Items that changed
        since the desk was filled stop everything: look again first."""
        self.ensure_one()
        self._check_may_match()
        shown = {
            item.move_line_id: item.amount for item in self.debit_ids | self.credit_ids
        }
        for match in matches:
            for line in match.item_ids:
                now = abs(line.amount_residual_currency)
                if line.currency_id.compare_amounts(shown.get(line, 0.0), now):
                    raise UserError(
                        self.env._(
                            "%(item)s has changed since you opened the desk. Press "
                            "Refresh and look again.",
                            item=line.move_id.display_name,
                        )
                    )
        for match in matches:
            match.item_ids.reconcile()
        self._fill()
        return True

    def _check_may_match(self):
        if not self.env.user.has_group(INVOICING):
            raise UserError(
                self.env._("You may not match payments: use “Ask AR to match” instead.")
            )

    # ASKING

    def action_ask(self):
        """Ask accounts receivable to match, with the proposals attached."""
        self.ensure_one()
        if not self.match_ids:
            raise UserError(
                self.env._("Nothing is proposed: tick items and credits to ask for.")
            )
        self._ask(self.match_ids)
        return self._asked()

    def _ask(self, matches):
        """One task on the customer, renewed when asked again."""
        user = self.company_id._recovery_ar_user()
        partner = self.partner_id.sudo()
        summary = self.env._("Match payments")
        waiting = partner.activity_ids.filtered(
            lambda a: a.summary == summary and a.user_id == user
        )
        waiting.unlink()
        partner.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=summary,
            note=self.env["ir.qweb"]._render(
                "debt_recovery.reconcile_request",
                {"matches": matches, "user": self.env.user},
                minimal_qcontext=True,
            ),
        )

    def _asked(self):
        user = self.company_id._recovery_ar_user()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(user)s was asked to match.", user=user.name),
            },
        }
