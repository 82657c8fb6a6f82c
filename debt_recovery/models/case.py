from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

STATES = [("watch", "Watch"), ("open", "Open"), ("closed", "Closed")]
CLOSE_REASONS = [
    ("paid", "Paid"),
    ("watch_ended", "Nothing overdue"),
    ("written_off", "Written off"),
    ("uncollectable", "Uncollectable"),
    ("merged", "Merged into another case"),
    ("other", "Other"),
]


class DebtRecoveryCase(models.Model):
    """The work on one debtor: one case that is not closed per commercial partner and
    root company. It opens and closes from the ledger; the strategy's position lives
    here, the amounts come from the open items."""

    _name = "debt.recovery.case"
    _description = "Recovery Case"
    _inherit = [
        "debt.recovery.case.placement.mixin",
        "debt.recovery.case.legal.mixin",
        "debt.recovery.case.limitation.mixin",
        "debt.recovery.case.hardship.mixin",
        "debt.recovery.case.dossier.mixin",
        "debt.recovery.case.before.action.mixin",
        "debt.recovery.case.rotting.mixin",
        "debt.recovery.case.small.debt.mixin",
        "mail.tracking.duration.mixin",
        "mail.activity.mixin",
        "debt.recovery.case.approval.mixin",
        "debt.recovery.case.assign.mixin",
        "debt.recovery.case.figures.mixin",
        "debt.recovery.case.imagine.mixin",
        "debt.recovery.case.lifecycle.mixin",
        "debt.recovery.case.position.mixin",
        "debt.recovery.case.promise.mixin",
        "debt.recovery.case.contact.mixin",
        "debt.recovery.case.panel.mixin",
        "debt.recovery.case.negotiation.mixin",
        "debt.recovery.case.payer.mixin",
        "debt.recovery.case.gate.mixin",
        "debt.recovery.case.recipients.mixin",
        "debt.recovery.case.no.address.mixin",
        "debt.recovery.case.purge.mixin",
        "debt.recovery.case.reply.mixin",
        "debt.recovery.case.question.mixin",
        "debt.recovery.case.claim.mixin",
        "debt.recovery.case.dispute.mixin",
        "debt.recovery.case.holds.mixin",
        "debt.recovery.case.statement.mixin",
        "debt.recovery.case.status.mixin",
        "debt.recovery.case.screen.mixin",
    ]
    _order = "next_action_date, amount_collectable desc, id"
    _mail_post_access = "read"
    _track_duration_field = "stage_id"
    _rec_names_search = ["name", "partner_id"]

    name = fields.Char("Reference", readonly=True, copy=False, default="/")
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company.root_id,
        help="Root company: branches share one case.",
    )
    company_currency_id = fields.Many2one(
        "res.currency", related="company_id.currency_id"
    )
    user_id = fields.Many2one(
        "res.users",
        "Officer",
        index=True,
        tracking=True,
        default=lambda self: self._default_user_id(),
    )
    state = fields.Selection(
        STATES, required=True, default="open", readonly=True, copy=False, index=True
    )
    opened_by_hand = fields.Boolean(
        default=True,
        readonly=True,
        copy=False,
        help="Opened by a person, perhaps before anything fell due: it stays while "
        "items are open.",
    )
    date_opened = fields.Date("Opened", readonly=True, copy=False)
    date_closed = fields.Date("Closed", readonly=True, copy=False)
    close_reason = fields.Selection(CLOSE_REASONS, readonly=True, copy=False)
    close_note = fields.Char("Closing Note", readonly=True, copy=False)
    merged_into_id = fields.Many2one(
        "debt.recovery.case", readonly=True, ondelete="restrict"
    )
    contact_ids = fields.Many2many(
        "res.partner",
        "debt_recovery_case_contact_rel",
        "case_id",
        "contact_id",
        "Case Contacts",
        help="Who gets our messages about this case; empty uses the customer's "
        "collections contacts, then the invoice address.",
    )
    note = fields.Html("Internal Note")
    receivable_ids = fields.One2many(
        "debt.recovery.receivable",
        "case_id",
        "Open Items",
        readonly=True,
        depends_context=("recovery_today",),
    )
    action_ids = fields.One2many("debt.recovery.action", "case_id", "Actions")
    agreement_ids = fields.One2many("debt.recovery.agreement", "case_id", "Agreements")

    _live_case_unique = models.UniqueIndex(
        "(partner_id, company_id) WHERE state <> 'closed'",
        "This customer already has an open case in this company.",
    )
    _live_company_idx = models.Index("(company_id, id) WHERE state <> 'closed'")

    @api.model
    def _default_user_id(self):
        return False

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for case in self:
            names = (case.partner_id.display_name, (case.name or "").strip("/"))
            case.display_name = " · ".join(filter(None, names))

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        partners = self.env["res.partner"].browse(
            [vals.get("partner_id") for vals in vals_list]
        )
        partners.sudo().fetch(["commercial_partner_id", "recovery_user_id"])
        vals_list = [
            self._prepare_case_vals(vals, partner)
            for vals, partner in zip(vals_list, partners, strict=True)
        ]
        watched = self._take_up_watched(vals_list)
        fresh = [vals for vals in vals_list if self._case_key(vals) not in watched]
        self._number_cases(fresh)
        cases = super().create(fresh)
        cases._refresh_figures()
        cases._assign_strategy()
        cases.filtered(lambda case: not case.user_id)._assign_officers()
        if not watched:
            return cases
        created = iter(cases)
        return self.union(
            *(watched.get(self._case_key(v)) or next(created) for v in vals_list)
        )

    @api.model
    def _case_key(self, vals):
        return vals["partner_id"], vals["company_id"]

    def _take_up_watched(self, vals_list):
        """Who opens a case by hand where one only watches gets that one, opened."""
        by_hand = [vals for vals in vals_list if vals.get("opened_by_hand", True)]
        if not by_hand:
            return {}
        watching = self.search(
            [
                ("state", "=", "watch"),
                ("partner_id", "in", [vals["partner_id"] for vals in by_hand]),
            ]
        )
        watched = {(c.partner_id.id, c.company_id.id): c for c in watching}
        found = {}
        for vals in by_hand:
            case = watched.get(self._case_key(vals))
            if case:
                case.write({**vals, "state": "open", "opened_by_hand": True})
                found[self._case_key(vals)] = case
        return found

    @api.model
    def _prepare_case_vals(self, vals, partner):
        """A case belongs to a commercial partner and a root company."""
        partner = partner.commercial_partner_id or partner
        company = self.env["res.company"].browse(
            vals.get("company_id") or self.env.company.id
        )
        company = company.root_id
        vals = {
            "date_opened": company._recovery_today(),
            **vals,
            "partner_id": partner.id,
            "company_id": company.id,
        }
        if not vals.get("user_id"):
            vals["user_id"] = self._find_officer(partner, company).id
        return vals

    @api.model
    def _number_cases(self, vals_list):
        """References for all at once: a first run opens thousands of cases."""
        unnumbered = [vals for vals in vals_list if vals.get("name", "/") == "/"]
        names = self._next_names(len(unnumbered))
        for vals, name in zip(unnumbered, names, strict=True):
            vals["name"] = name

    @api.model
    def _next_names(self, count):
        """The next references, in one query unless the sequence forbids gaps."""
        sequences = self.env["ir.sequence"].sudo()
        sequence = sequences.search(
            [
                ("code", "=", "debt.recovery.case"),
                ("company_id", "in", [self.env.company.id, False]),
            ],
            order="company_id",
            limit=1,
        )
        if sequence.implementation != "standard" or sequence.use_date_range:
            return [
                sequence and sequence.next_by_id() or "/" for _number in range(count)
            ]
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03}",
                count,
            )
        )
        prefix, suffix = sequence._get_prefix_suffix()
        return [f"{prefix}{row[0]:0{sequence.padding}}{suffix}" for row in rows]

    def write(self, vals):
        if "strategy_id" in vals and "strategy_manual" not in vals:
            vals = dict(vals, strategy_manual=bool(vals["strategy_id"]))
        return super().write(vals)

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(self.env._("A case cannot be duplicated."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        for case in self:
            if case.state != "closed" or case.action_ids:
                raise UserError(
                    self.env._(
                        "Case %(case)s holds the history of a customer and cannot be "
                        "deleted. Close it instead.",
                        case=case.name,
                    )
                )
