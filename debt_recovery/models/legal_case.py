from odoo import api, fields, models
from odoo.exceptions import UserError

from .legal_stage import CLOSED, PHASES

TYPES = [
    ("payment_order", "Payment order"),
    ("claim", "Claim"),
    ("insolvency", "Insolvency proof"),
    ("arbitration", "Arbitration"),
    ("mediation", "Mediation"),
]
CLOSE_REASONS = [
    ("paid", "Paid in full"),
    ("settled", "Settled"),
    ("lost", "Claim dismissed"),
    ("unenforceable", "Nothing to enforce"),
    ("insolvency", "Insolvency ended"),
    ("withdrawn", "Hand-over withdrawn"),
    ("other", "Other"),
]


class DebtRecoveryLegalCase(models.Model):
    """A claim before a court or another instance, from the hand-over to the money. The
    claimed items are frozen when it is filed; what is paid on them is read from the
    ledger. While it is open the strategy of its case stands still.

    Claim, paid and judgment are in the currency of the claim; costs, budget and what
    was recovered in company currency."""

    _name = "debt.recovery.legal.case"
    _description = "Legal Case"
    _inherit = [
        "debt.recovery.legal.case.claim.mixin",
        "debt.recovery.legal.case.cost.mixin",
        "debt.recovery.legal.case.life.mixin",
        "debt.recovery.legal.case.stay.mixin",
        "debt.recovery.legal.case.judgment.mixin",
        "debt.recovery.legal.case.agenda.mixin",
        "debt.recovery.legal.case.mailbox.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_next, id desc"
    _mail_post_access = "read"
    _rec_names_search = ["name", "court_number", "partner_id"]
    _check_company_auto = True

    name = fields.Char("Reference", readonly=True, copy=False, default="/")
    case_id = fields.Many2one(
        "debt.recovery.case",
        "Recovery Case",
        required=True,
        readonly=True,
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
        "Claimant",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_currency_id = fields.Many2one(
        "res.currency", related="company_id.currency_id"
    )
    officer_id = fields.Many2one(
        "res.users", "Officer", related="case_id.user_id", related_sudo=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Legal Liaison",
        index=True,
        tracking=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    type = fields.Selection(TYPES, required=True, default="claim", tracking=True)
    stage_id = fields.Many2one(
        "debt.recovery.legal.stage",
        required=True,
        index=True,
        tracking=True,
        ondelete="restrict",
        group_expand="_read_group_stage_ids",
        default=lambda self: self.env["debt.recovery.legal.stage"]._first("prepare"),
    )
    phase = fields.Selection(
        PHASES, compute="_compute_phase", store=True, precompute=True, index=True
    )
    is_open = fields.Boolean(
        "Open", compute="_compute_phase", store=True, precompute=True
    )
    court_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        tracking=True,
        ondelete="restrict",
        help="Court, arbitrator, mediator or insolvency court.",
    )
    court_number = fields.Char("File Number", tracking=True)
    party_ids = fields.One2many("debt.recovery.legal.party", "legal_case_id", "Parties")
    counsel_id = fields.Many2one(
        "res.partner", "Our Counsel", compute="_compute_counsel_id", store=True
    )
    document_ids = fields.One2many("debt.recovery.legal.document", "legal_case_id")
    handover_id = fields.Many2one(
        "debt.recovery.handover",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    date_handed = fields.Date("Handed Over", readonly=True)
    date_filed = fields.Date("Filed", readonly=True, copy=False, tracking=True)
    date_closed = fields.Date("Closed", readonly=True, copy=False)
    close_reason = fields.Selection(CLOSE_REASONS, readonly=True, copy=False)
    close_note = fields.Char("Closing Note", readonly=True, copy=False)
    note = fields.Html("Internal Note")

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for legal in self:
            names = (legal.name, legal.partner_id.display_name)
            legal.display_name = " · ".join(filter(None, names))

    @api.depends("stage_id.phase")
    def _compute_phase(self):
        for legal in self:
            legal.phase = legal.stage_id.phase or "prepare"
            legal.is_open = legal.phase not in CLOSED

    @api.depends("party_ids.role", "party_ids.partner_id", "party_ids.sequence")
    def _compute_counsel_id(self):
        for legal in self:
            counsels = legal.party_ids.filtered(lambda party: party.role == "counsel")
            legal.counsel_id = counsels.sorted("sequence")[:1].partner_id

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        return stages.search([("phase", "!=", False)])

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env["ir.sequence"].sudo()
        for vals in vals_list:
            case = self.env["debt.recovery.case"].browse(vals.get("case_id"))
            vals.setdefault("partner_id", case.partner_id.id)
            vals.setdefault("company_id", case.company_id.id)
            vals.setdefault("date_handed", case.company_id._recovery_today())
            if vals.get("name", "/") == "/":
                vals["name"] = sequence.next_by_code("debt.recovery.legal.case") or "/"
        legal_cases = super().create(vals_list)
        legal_cases._check_alone()
        return legal_cases

    def write(self, vals):
        if "stage_id" in vals and not self.env.context.get("recovery_legal_closing"):
            stage = self.env["debt.recovery.legal.stage"].browse(vals["stage_id"])
            self._check_stage_move(stage)
        return super().write(vals)

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(
            self.env._("A legal case cannot be duplicated: hand the case over again.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        raise UserError(
            self.env._(
                "%(legal)s is part of the history and cannot be deleted: withdraw the "
                "hand-over or close it.",
                legal=self[:1].name,
            )
        )
