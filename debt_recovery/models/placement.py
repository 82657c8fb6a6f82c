from odoo import api, fields, models
from odoo.exceptions import UserError

from .placement_contract import REMIT

RUNNING = ("proposed", "waiting", "placed")
RESULTS = [
    ("paid", "Paid in full"),
    ("part", "Paid in part"),
    ("settled", "Settled"),
    ("uncollectable", "Uncollectable"),
    ("other", "Other"),
]
#: Set by buttons and decisions only.
GUARDED = {
    "state",
    "percent",
    "remit",
    "amount_batch",
    "date_placed",
    "date_closed",
    "result",
    "close_note",
}


class DebtRecoveryPlacement(models.Model):
    """A claim placed with an agency or a lawyer. Its items are frozen at the placing;
    what was paid to us since comes from the ledger, what was paid to them is noted
    until they hand it over. While it runs the strategy of its case stands still.
    Amounts are in company currency."""

    _name = "debt.recovery.placement"
    _description = "Placement"
    _inherit = [
        "debt.recovery.placement.money.mixin",
        "debt.recovery.placement.file.mixin",
        "debt.recovery.placement.approval.mixin",
        "debt.recovery.placement.life.mixin",
        "debt.recovery.placement.proposal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _mail_post_access = "read"
    _rec_names_search = ["name", "partner_id", "agency_reference"]
    _check_company_auto = True

    name = fields.Char("Reference", readonly=True, copy=False, default="/")
    case_id = fields.Many2one(
        "debt.recovery.case",
        "Recovery Case",
        required=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company",
        "Creditor",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        "Officer",
        related="case_id.user_id",
        related_sudo=True,
    )
    asked_by_id = fields.Many2one(
        "res.users",
        "Proposed By",
        readonly=True,
        default=lambda self: self.env.user,
    )
    contract_id = fields.Many2one(
        "debt.recovery.placement.contract",
        "Agency",
        index="btree_not_null",
        tracking=True,
        ondelete="restrict",
        check_company=True,
        domain="[('company_id', '=', company_id)]",
    )
    agency_id = fields.Many2one(
        related="contract_id.partner_id", store=True, string="Agency (Contact)"
    )
    agency_reference = fields.Char("Their Reference", tracking=True)
    rule_id = fields.Many2one(
        "debt.recovery.placement.rule", "Proposed By Rule", readonly=True
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("waiting", "Waits for approval"),
            ("placed", "Placed"),
            ("closed", "Closed"),
            ("recalled", "Recalled"),
            ("dropped", "Not placed"),
        ],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
        tracking=True,
    )
    reason = fields.Char("Why")
    days = fields.Integer("Days Overdue", readonly=True)
    percent = fields.Float("Commission (%)", digits=(16, 2), readonly=True)
    remit = fields.Selection(REMIT, "They Hand Over", readonly=True)
    amount_batch = fields.Monetary(
        "Placed Together", currency_field="company_currency_id", readonly=True
    )
    item_ids = fields.One2many(
        "debt.recovery.placement.item", "placement_id", "Placed Items"
    )
    receipt_ids = fields.One2many(
        "debt.recovery.placement.receipt", "placement_id", "Payments to the Agency"
    )
    date_placed = fields.Date("Placed", readonly=True, copy=False)
    date_recall = fields.Date("Recall Due", tracking=True, copy=False)
    date_reminded = fields.Date(readonly=True, copy=False)
    date_closed = fields.Date("Ended", readonly=True, copy=False)
    result = fields.Selection(RESULTS, readonly=True, copy=False)
    close_note = fields.Char("Explanation", readonly=True, copy=False)
    note = fields.Html("Internal Note", help="Never part of the file.")

    _one_open = models.UniqueIndex(
        "(case_id) WHERE state IN ('proposed', 'waiting', 'placed')",
        "This case is proposed or placed with an agency already: open that placement.",
    )

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for placement in self:
            names = (placement.name, placement.partner_id.display_name)
            placement.display_name = " · ".join(filter(None, names))

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env["ir.sequence"].sudo()
        for vals in vals_list:
            case = self.env["debt.recovery.case"].browse(vals.get("case_id"))
            case._check_may_place()
            vals["partner_id"] = case.partner_id.id
            vals["company_id"] = case.company_id.id
            if not self.env.su:
                vals["state"] = "proposed"
            if vals.get("name", "/") == "/":
                vals["name"] = sequence.next_by_code("debt.recovery.placement") or "/"
        placements = super().create(vals_list)
        for placement in placements:
            placement._take_over()
        return placements

    def write(self, vals):
        self._check_guarded(vals)
        result = super().write(vals)
        if "contract_id" in vals:
            for placement in self.filtered(lambda p: p.state == "proposed"):
                placement._take_over()
        return result

    def _check_guarded(self, vals):
        """The system writes the course of a placement; a running one keeps its
        agency."""
        if self.env.su:
            return
        if GUARDED & vals.keys():
            raise UserError(
                self.env._(
                    "The status of a placement changes with its buttons: Place, "
                    "Close, Recall."
                )
            )
        if {"contract_id", "case_id"} & vals.keys():
            for placement in self.filtered(lambda p: p.state != "proposed"):
                raise UserError(
                    self.env._(
                        "%(placement)s is no longer a proposal: recall it and place it "
                        "anew.",
                        placement=placement.name,
                    )
                )

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(
            self.env._("A placement cannot be duplicated: propose the case again.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        raise UserError(
            self.env._(
                "%(placement)s is part of the history and cannot be deleted: drop or "
                "recall it.",
                placement=self[:1].name,
            )
        )

    # SCREEN

    def _form_action(self):
        """Open this placement."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_open_case(self):
        """The recovery case behind it."""
        self.ensure_one()
        return self.case_id._get_records_action()
