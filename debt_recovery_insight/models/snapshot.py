from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.debt_recovery.models.receivable import BUCKETS

SNAPSHOT_BUCKETS = [
    *BUCKETS,
    ("credit", "Unmatched credits"),
    ("other", "Never chased"),
]
BANDS = [
    ("A", "A – very low"),
    ("B", "B – low"),
    ("C", "C – medium"),
    ("D", "D – high"),
    ("E", "E – very high"),
]


def _amount(label, help_text=None):
    return fields.Monetary(
        label, currency_field="company_currency_id", readonly=True, help=help_text
    )


class DebtRecoverySnapshot(models.Model):
    """Frozen figures: of a day per risk band and ageing bucket, of a month-end per
    customer and bucket. In company currency. Nobody edits or deletes them; figures
    about past months read them, so that they do not move when old documents are
    reconciled."""

    _name = "debt.recovery.snapshot"
    _description = "Snapshot Row"
    _order = "date desc, amount_balance desc, id"
    _rec_name = "partner_id"
    _log_access = False

    check_id = fields.Many2one(
        "debt.recovery.snapshot.check",
        "Snapshot",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date("End of Day", required=True, readonly=True)
    kind = fields.Selection([("day", "Day"), ("month", "Month-end")], readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, index="btree_not_null"
    )
    band = fields.Selection(BANDS, "Risk Band", readonly=True)
    bucket = fields.Selection(SNAPSHOT_BUCKETS, "Ageing", readonly=True)
    user_id = fields.Many2one("res.users", "Officer Then", readonly=True)
    item_count = fields.Integer("Items", readonly=True)
    customer_count = fields.Integer("Customers", readonly=True)
    amount_balance = _amount("Balance", "The rows of a day add up to the ledger.")
    amount_overdue = _amount("Overdue", "Disputed, agreed, held and collectable.")
    amount_collectable = _amount("Collectable")
    amount_disputed = _amount("Disputed")
    amount_agreed = _amount("Agreed")
    amount_held = _amount("On Hold")
    amount_not_due = _amount("Not Due")
    amount_in_payment = _amount("In Payment")
    amount_excluded = _amount("Excluded")
    amount_credit = _amount("Credits")
    amount_legal = _amount("Of Which Legal", "Of customers whose case is legal.")
    amount_days = fields.Float(
        readonly=True,
        help="Overdue amounts times their days; divided by what is overdue they give "
        "the weighted days overdue.",
    )

    _day_idx = models.Index("(company_id, kind, date)")

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        raise self._frozen_error()

    def write(self, vals):  # pylint: disable=method-required-super
        raise self._frozen_error()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        raise self._frozen_error()

    @api.model
    def _frozen_error(self):
        return UserError(
            self.env._(
                "Snapshots are frozen: they are neither written, changed nor deleted. "
                "What was booked later is shown beside them."
            )
        )

    def action_open_customer(self):
        """The customer's open items today."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery.debt_recovery_receivable_action"
        )
        return action | {
            "domain": [("partner_id", "=", self.partner_id.id)],
            "context": {},
        }
