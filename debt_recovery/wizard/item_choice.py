from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date


class DebtRecoveryItemChoice(models.AbstractModel):
    """Dialogs in which an officer ticks open items of a case and an amount of each.

    ``active_model`` receivable with ``active_ids`` ticks just those; otherwise
    :meth:`_is_ticked` decides.
    """

    _name = "debt.recovery.item.choice.mixin"
    _description = "Choice of open items"

    case_id = fields.Many2one("debt.recovery.case", required=True)
    partner_id = fields.Many2one(related="case_id.partner_id")
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        help="Empty while the items are in several currencies.",
    )
    amount_text = fields.Char("Total", compute="_compute_amount_text")

    limitation_text = fields.Char(compute="_compute_limitation_text")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        case = self._default_case(values)
        values["case_id"] = case.id
        if case and "line_ids" in fields:
            values["line_ids"] = [
                Command.create(vals) for vals in self._prepare_choice_lines(case)
            ]
        return values

    @api.model
    def _default_case(self, values):
        """The case given, or the one of the items ticked in a list."""
        case = self.env["debt.recovery.case"].browse(values.get("case_id"))
        ticked = self.env["debt.recovery.receivable"].browse(self._wanted_line_ids())
        if not case and ticked:
            case = ticked.case_id
            if len(case) != 1:
                raise UserError(
                    self.env._("Tick items of one customer who has an open case.")
                )
        return case

    @api.model
    def _prepare_choice_lines(self, case):
        """One row per open item that may be chosen, oldest first."""
        self.env["debt.recovery.receivable"].invalidate_model()
        rows = self.env["debt.recovery.receivable"].search(
            [*case._open_items_domain(), *self._choice_domain()], order="date_due, id"
        )
        wanted = self._wanted_line_ids()
        return [
            {
                "move_line_id": row.move_line_id.id,
                "name": row.move_name,
                "ref": row.ref,
                "date_due": row.date_due,
                "days_overdue": row.days_overdue,
                "currency_id": row.currency_id.id,
                "amount_open": self._choice_amount(row),
                "amount": self._choice_amount(row),
                "selected": row.id in wanted if wanted else self._is_ticked(row),
            }
            for row in rows
            if self._choice_amount(row) > 0
        ]

    @api.model
    def _wanted_line_ids(self):
        if self.env.context.get("active_model") == "debt.recovery.receivable":
            return set(self.env.context.get("active_ids") or [])
        return set()

    @api.model
    def _choice_domain(self):
        return [("is_credit", "=", False)]

    @api.model
    def _choice_amount(self, row):
        """What of an item can be chosen, in its currency: before the court everything
        is held, and may be agreed on all the same."""
        if row.case_id.is_legal:
            return row.amount_collectable_currency + row.amount_held_currency
        return row.amount_collectable_currency

    @api.model
    def _is_ticked(self, row):
        return True

    @api.depends("line_ids.currency_id")
    def _compute_currency_id(self):
        for wizard in self:
            currencies = wizard.line_ids.currency_id
            wizard.currency_id = currencies if len(currencies) == 1 else False

    @api.depends("line_ids.selected", "line_ids.amount")
    def _compute_amount_text(self):
        for wizard in self:
            chosen = wizard._chosen_lines()
            sums = {
                currency: sum(lines.mapped("amount"))
                for currency, lines in chosen.grouped("currency_id").items()
            }
            wizard.amount_text = " + ".join(
                currency.format(amount) for currency, amount in sums.items()
            )

    @api.depends("line_ids.selected")
    def _compute_limitation_text(self):
        """Warns before the first payment on a time-barred debt: it may begin the
        period anew (compliance 7.1)."""
        for wizard in self:
            items = wizard._chosen_lines().move_line_id.sudo()
            found = items._recovery_limitation() if items else {}
            barred = [
                self.env._(
                    "%(item)s since %(day)s",
                    item=line.move_id.name,
                    day=format_date(self.env, item.date),
                )
                for line, item in found.items()
                if item and item.date and item.days_left < 0
            ]
            wizard.limitation_text = bool(barred) and self.env._(
                "Time-barred: %(items)s. A payment or a signature may begin the period "
                "anew: take it only if the customer knows that.",
                items=", ".join(barred),
            )

    def _chosen_lines(self):
        return self.line_ids.filtered("selected")


class DebtRecoveryTotalChoice(models.AbstractModel):
    """Dialogs that make one offer for all items: in one currency, that of the ticked
    ones, with a total."""

    _name = "debt.recovery.total.choice.mixin"
    _description = "Choice of open items with a total"
    _inherit = "debt.recovery.item.choice.mixin"

    total = fields.Monetary("Covers", compute="_compute_total")

    @api.depends("line_ids.currency_id", "line_ids.selected")
    def _compute_currency_id(self):
        for wizard in self:
            rows = wizard._chosen_lines() or wizard.line_ids
            currencies = rows.currency_id
            wizard.currency_id = currencies if len(currencies) == 1 else False

    @api.depends("line_ids.selected", "line_ids.amount", "currency_id")
    def _compute_total(self):
        for wizard in self:
            chosen = wizard._chosen_lines()
            wizard.total = sum(chosen.mapped("amount")) if wizard.currency_id else 0.0


class DebtRecoveryItemChoiceLine(models.AbstractModel):
    """One open item in such a dialog; amounts in the currency of the item."""

    _name = "debt.recovery.item.choice.line.mixin"
    _description = "Open item to choose"

    move_line_id = fields.Many2one("account.move.line", required=True)
    name = fields.Char("Number")
    ref = fields.Char("Customer Reference")
    date_due = fields.Date("Due Date")
    days_overdue = fields.Integer("Days")
    currency_id = fields.Many2one("res.currency")
    amount_open = fields.Monetary("Open")
    amount = fields.Monetary()
    selected = fields.Boolean("✓", default=True)
