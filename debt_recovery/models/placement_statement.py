from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.money import ZERO, to_decimal
from ..tools.placement import (
    AMOUNT,
    COMMISSION,
    MISSING_HERE,
    MISSING_THERE,
    Booked,
    compare,
)


class DebtRecoveryPlacementStatement(models.Model):
    """What an agency says it collected and keeps, held against what we know of the same
    days: our ledger, the money noted as paid to them, the commission agreed."""

    _name = "debt.recovery.placement.statement"
    _description = "Agency Statement"
    _inherit = ["debt.recovery.placement.statement.bill.mixin", "mail.thread"]
    _order = "date_to desc, id desc"

    name = fields.Char("Their Reference", required=True)
    contract_id = fields.Many2one(
        "debt.recovery.placement.contract",
        "Agency",
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, index=True
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("Until", required=True)
    line_ids = fields.One2many(
        "debt.recovery.placement.statement.line", "statement_id", "Rows"
    )
    amount = fields.Monetary(
        "Collected (Theirs)",
        compute="_compute_differences",
        compute_sudo=True,
        currency_field="company_currency_id",
    )
    commission = fields.Monetary(
        "Commission (Theirs)",
        compute="_compute_differences",
        compute_sudo=True,
        currency_field="company_currency_id",
    )
    our_amount = fields.Monetary(
        "Collected (Ours)",
        compute="_compute_differences",
        compute_sudo=True,
        currency_field="company_currency_id",
    )
    our_commission = fields.Monetary(
        "Commission (Ours)",
        compute="_compute_differences",
        compute_sudo=True,
        currency_field="company_currency_id",
    )
    difference_count = fields.Integer(
        "Differences", compute="_compute_differences", compute_sudo=True
    )
    difference_text = fields.Text(
        "What Differs", compute="_compute_differences", compute_sudo=True
    )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for statement in self:
            if statement.date_to < statement.date_from:
                raise ValidationError(
                    self.env._("The statement ends before it starts: check its days.")
                )

    @api.depends(
        "contract_id",
        "date_from",
        "date_to",
        "line_ids.placement_id",
        "line_ids.amount",
        "line_ids.commission",
    )
    def _compute_differences(self):
        for statement in self:
            ours, theirs = statement._our_rows(), statement._their_rows()
            found = compare(ours, theirs)
            statement.amount = float(sum((x.amount for x in theirs.values()), ZERO))
            statement.commission = float(
                sum((x.commission for x in theirs.values()), ZERO)
            )
            statement.our_amount = float(sum((x.amount for x in ours.values()), ZERO))
            statement.our_commission = float(
                sum((x.commission for x in ours.values()), ZERO)
            )
            statement.difference_count = len(found)
            statement.difference_text = "\n".join(
                statement._difference_sentence(difference) for difference in found
            )

    def _our_rows(self):
        """``{placement id: Booked}`` of the days of the statement."""
        self.ensure_one()
        if not (self.contract_id and self.date_from and self.date_to):
            return {}
        placements = self.env["debt.recovery.placement"].search(
            [
                ("contract_id", "=", self.contract_id._origin.id),
                ("date_placed", "!=", False),
                ("date_placed", "<=", self.date_to),
            ]
        )
        booked = placements._read_booked(self.date_from, self.date_to)
        return {key: row for key, row in booked.items() if row.amount}

    def _their_rows(self):
        rows = {}
        digits = self.company_currency_id.decimal_places or 2
        for line in self.line_ids.filtered("placement_id"):
            key = line.placement_id._origin.id
            known = rows.get(key, Booked(ZERO, ZERO))
            rows[key] = Booked(
                known.amount + to_decimal(line.amount, digits),
                known.commission + to_decimal(line.commission, digits),
            )
        return rows

    def _difference_sentence(self, difference):
        placement = self.env["debt.recovery.placement"].browse(difference.key)
        money = self.company_currency_id.format
        values = {
            "what": placement.display_name,
            "ours": money(float(difference.ours)),
            "theirs": money(float(difference.theirs)),
        }
        texts = {
            MISSING_THERE: self.env._(
                "%(what)s: %(ours)s were collected, they do not name it.", **values
            ),
            MISSING_HERE: self.env._(
                "%(what)s: they collected %(theirs)s, we know nothing of it: enter "
                "the money on the placement.",
                **values,
            ),
            AMOUNT: self.env._(
                "%(what)s: they collected %(theirs)s, we know of %(ours)s.", **values
            ),
            COMMISSION: self.env._(
                "%(what)s: they take %(theirs)s, %(ours)s are agreed.", **values
            ),
        }
        return texts[difference.kind]

    def action_take_over(self):
        """Add a row for every claim on which something was collected, with our
        amounts, so that only what differs has to be typed."""
        for statement in self:
            known = statement.line_ids.placement_id.ids
            statement.line_ids.create(
                [
                    {
                        "statement_id": statement.id,
                        "placement_id": key,
                        "amount": float(row.amount),
                        "commission": float(row.commission),
                    }
                    for key, row in statement.sudo()._our_rows().items()
                    if key not in known
                ]
            )


class DebtRecoveryPlacementStatementLine(models.Model):
    """One claim in the statement of an agency."""

    _name = "debt.recovery.placement.statement.line"
    _description = "Row of an Agency Statement"
    _order = "statement_id, id"

    statement_id = fields.Many2one(
        "debt.recovery.placement.statement",
        required=True,
        index=True,
        ondelete="cascade",
    )
    contract_id = fields.Many2one(related="statement_id.contract_id")
    company_id = fields.Many2one(
        related="statement_id.company_id", store=True, index=True
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    placement_id = fields.Many2one(
        "debt.recovery.placement",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('contract_id', '=', contract_id), ('date_placed', '!=', False)]",
    )
    amount = fields.Monetary("Collected", currency_field="company_currency_id")
    commission = fields.Monetary(currency_field="company_currency_id")
