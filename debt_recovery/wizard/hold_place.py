from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class DebtRecoveryHoldPlace(models.TransientModel):
    """Place a hold on what the user looks at: cases, customers, invoices or receivable
    lines; one hold each."""

    _name = "debt.recovery.hold.place"
    _description = "Place a Hold"

    scope = fields.Selection(
        [
            ("partner", "Customer, every company"),
            ("case", "Case"),
            ("invoice", "Invoice"),
            ("line", "Receivable line"),
        ],
        required=True,
    )
    case_ids = fields.Many2many("debt.recovery.case", string="Cases")
    partner_ids = fields.Many2many("res.partner", string="Customers")
    move_ids = fields.Many2many("account.move", string="Invoices")
    move_line_ids = fields.Many2many("account.move.line", string="Receivable Lines")
    type_id = fields.Many2one(
        "debt.recovery.hold.type",
        required=True,
        domain=lambda self: self._domain_type_id(),
    )
    reason = fields.Text(required=True)
    date_from = fields.Date(
        "From", required=True, default=lambda self: self.env.company._recovery_today()
    )
    date_to = fields.Date(
        "Last Day",
        compute="_compute_date_to",
        store=True,
        readonly=False,
        help="Empty: until somebody ends it.",
    )
    effect = fields.Char(compute="_compute_effect")
    needs_approval = fields.Boolean(compute="_compute_needs_approval")

    @api.model
    def _domain_type_id(self):
        """Types this user may place."""
        allowed = ["salesperson"]
        user = self.env.user
        if user.has_group("debt_recovery.group_officer"):
            allowed += ["officer"]
        if user.has_group("debt_recovery.group_legal"):
            allowed += ["officer", "legal"]
        if user.has_group("debt_recovery.group_manager"):
            allowed += ["officer", "legal", "manager"]
        return [("placed_by", "in", allowed)]

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        fname, scope = self._targets().get(
            self.env.context.get("active_model"), (None, None)
        )
        ids = self.env.context.get("active_ids") or []
        if fname and ids:
            # a receivable row has the id of its journal item
            values.setdefault(fname, [Command.set(ids)])
            values.setdefault("scope", scope)
        return values

    @api.model
    def _targets(self):
        """Where the wizard can be opened: the field it fills and the scope it means."""
        return {
            "debt.recovery.case": ("case_ids", "case"),
            "debt.recovery.receivable": ("move_line_ids", "line"),
            "account.move": ("move_ids", "invoice"),
            "account.move.line": ("move_line_ids", "line"),
            "res.partner": ("partner_ids", "partner"),
        }

    @api.depends("type_id", "date_from")
    def _compute_date_to(self):
        for wizard in self:
            start = wizard.date_from or self.env.company._recovery_today()
            hold_type = wizard.type_id
            wizard.date_to = (
                hold_type._get_default_end(start, self.env.company)
                if hold_type
                else False
            )

    @api.depends("type_id")
    def _compute_effect(self):
        for wizard in self:
            hold_type = wizard.type_id
            wizard.effect = hold_type._get_effect_sentence() if hold_type else False

    @api.depends("type_id", "date_from", "date_to", "scope")
    def _compute_needs_approval(self):
        """Longer than the user may place alone; judged like the hold itself."""
        for wizard in self:
            wizard.needs_approval = bool(
                wizard.type_id
                and wizard.date_from
                and wizard.scope
                and any(
                    self.env["debt.recovery.hold"]._vals_need_approval(vals)
                    for vals in wizard._prepare_hold_vals_list()[:1]
                )
            )

    def action_place(self):
        """Place one hold per target and close."""
        self.ensure_one()
        vals_list = self._prepare_hold_vals_list()
        if not vals_list:
            raise UserError(
                self.env._("Nothing is chosen: choose what the hold is placed on.")
            )
        hold_model = self.env["debt.recovery.hold"]
        holds, approvals = hold_model._place(vals_list)
        holds._refresh_next_action()
        if approvals:
            return hold_model._approval_asked_notice(approvals)
        return {"type": "ir.actions.act_window_close"}

    def _prepare_hold_vals_list(self):
        """One dictionary per target, the open case of its customer beside it."""
        common = {
            "type_id": self.type_id.id,
            "scope": self.scope,
            "reason": self.reason,
            "date_from": self.date_from,
            "date_to": self.date_to,
        }
        fname, key = {
            "case": ("case_ids", "case_id"),
            "partner": ("partner_ids", "partner_id"),
            "invoice": ("move_ids", "move_id"),
            "line": ("move_line_ids", "move_line_id"),
        }[self.scope]
        targets = self[fname]._origin
        if self.scope == "partner" and not targets:
            targets = self.case_ids._origin.partner_id
        return [
            {**common, key: target.id, **self._prepare_case_vals(target)}
            for target in targets
        ]

    def _prepare_case_vals(self, target):
        """The live case of the customer, so that the hold shows there."""
        if target._name == "debt.recovery.case":
            return {}
        domain = [
            ("partner_id", "=", target.partner_id.commercial_partner_id.id)
            if target._name != "res.partner"
            else ("partner_id", "=", target.commercial_partner_id.id),
            ("state", "!=", "closed"),
        ]
        if target._name != "res.partner":
            domain.append(("company_id", "=", target.company_id._recovery_root().id))
        case = self.env["debt.recovery.case"].search(domain, limit=1)
        return {"case_id": case.id}
