from odoo import api, fields, models
from odoo.tools import format_date


class DebtRecoveryAgreementScreen(models.AbstractModel):
    """What is agreed, what is paid, what is next: for lists, case and customer."""

    _name = "debt.recovery.agreement.screen.mixin"
    _description = "Screen of an Agreement"
    _inherit = "debt.recovery.agreement.value.mixin"

    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        help="Empty where the items are in several currencies.",
    )
    amount_total = fields.Monetary("Agreed", compute="_compute_paid")
    amount_paid = fields.Monetary("Paid", compute="_compute_paid")
    amount_open = fields.Monetary("Open", compute="_compute_paid")
    progress = fields.Float(compute="_compute_paid", aggregator=None)
    paid_text = fields.Char("Progress in Words", compute="_compute_paid")
    next_date = fields.Date("Next Payment", compute="_compute_paid")
    next_text = fields.Char("Next", compute="_compute_paid")
    broken_before_count = fields.Integer(
        "Broken Before", compute="_compute_broken_before_count"
    )

    @api.depends("instalment_ids.currency_id", "line_ids.currency_id")
    def _compute_currency_id(self):
        for agreement in self:
            rows = agreement.instalment_ids or agreement.line_ids
            currencies = rows.currency_id
            agreement.currency_id = currencies if len(currencies) == 1 else False

    @api.depends(
        "instalment_ids.amount",
        "instalment_ids.amount_paid",
        "instalment_ids.state",
        "state",
    )
    def _compute_paid(self):
        for agreement in self:
            rows = agreement.instalment_ids.sorted()
            single = bool(agreement.currency_id)
            total = sum(rows.mapped("amount"))
            paid = sum(rows.mapped("amount_paid"))
            agreement.amount_total = total if single else 0.0
            agreement.amount_paid = paid if single else 0.0
            agreement.amount_open = sum(rows.mapped("amount_open")) if single else 0.0
            agreement.progress = 100.0 * paid / total if total else 0.0
            agreement.paid_text = agreement._paid_sentence(rows)
            left = rows.filtered(lambda row: row.amount_open)
            running = agreement.screen_state in ("active", "to_confirm")
            first = left[:1] if running else left.browse()
            agreement.next_date = first.date_due
            agreement.next_text = agreement._next_sentence(first)

    def _paid_sentence(self, rows):
        parts = [
            self.env._(
                "%(paid)s of %(total)s paid",
                paid=currency.format(sum(mine.mapped("amount_paid"))),
                total=currency.format(sum(mine.mapped("amount"))),
            )
            for currency, mine in rows.grouped("currency_id").items()
        ]
        return ", ".join(parts)

    def _next_sentence(self, row):
        if not row:
            return False
        return self.env._(
            "%(amount)s on %(day)s",
            amount=row.currency_id.format(row.amount_open),
            day=format_date(self.env, row.date_due),
        )

    def _standing_sentence(self):
        """“Payment plan until 10 June: next 900.00 on 10 March.”, one for each."""
        return " ".join(agreement._standing_text() for agreement in self) or False

    def _standing_text(self):
        if self.state == "to_sign":
            return self.env._(
                "%(name)s: waits for signature or down payment.", name=self.name
            )
        if not self.next_text:
            return f"{self.name}."
        return self.env._(
            "%(name)s: next %(next)s.", name=self.name, next=self.next_text
        )

    @api.depends("partner_id", "state")
    def _compute_broken_before_count(self):
        groups = self._read_group(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("state", "in", ("broken", "partly_kept")),
            ],
            ["partner_id"],
            ["__count"],
        )
        counts = {partner.id: count for partner, count in groups}
        for agreement in self:
            own = agreement.state in ("broken", "partly_kept")
            count = counts.get(agreement.partner_id.id, 0)
            agreement.broken_before_count = count - own
