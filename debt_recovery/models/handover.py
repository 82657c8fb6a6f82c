from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.handover import MET, MISSING, WARN
from .legal_case import TYPES

#: What is missing stands on top.
ORDER = (MISSING, WARN, MET)


class DebtRecoveryHandover(models.Model):
    """The decision to go to court: a checklist, what it may bring and cost, an approval
    by amount. It keeps on what facts it was decided."""

    _name = "debt.recovery.handover"
    _description = "Hand-over"
    _inherit = [
        "debt.recovery.handover.facts.mixin",
        "debt.recovery.handover.fix.mixin",
        "debt.recovery.handover.approval.mixin",
        "mail.thread",
    ]
    _order = "id desc"
    _mail_post_access = "read"

    name = fields.Char(compute="_compute_name")
    case_id = fields.Many2one(
        "debt.recovery.case",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        related="case_id.partner_id", store=True, string="Customer"
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users", "Asked By", readonly=True, default=lambda self: self.env.user
    )
    target = fields.Selection(
        [("legal", "Court")],
        required=True,
        default="legal",
        readonly=True,
    )
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("waiting", "Waits for approval"),
            ("done", "Handed over"),
            ("dropped", "Given up"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    type = fields.Selection(TYPES, required=True, default="claim")
    counsel_id = fields.Many2one("res.partner", "Our Counsel", index="btree_not_null")
    legal_user_id = fields.Many2one(
        "res.users",
        "Legal Liaison",
        domain="[('share', '=', False)]",
        default=lambda self: self._default_legal_user_id(),
    )
    reason = fields.Text("Why Now")
    amount = fields.Monetary(
        "To Claim",
        compute="_compute_amount",
        currency_field="company_currency_id",
        help="Overdue, neither disputed nor agreed.",
    )
    amount_decided = fields.Monetary(
        "Handed Over", readonly=True, copy=False, currency_field="company_currency_id"
    )
    success_percent = fields.Float("Chance (%)", default=50.0, digits=(16, 2))
    cost_estimate = fields.Monetary(
        "Expected Costs",
        currency_field="company_currency_id",
        help="Court, lawyer, bailiff: it becomes the budget of the legal case.",
    )
    cost_known = fields.Boolean("No Costs", help="There are none to expect.")
    expected = fields.Monetary(
        "Expected Recovery",
        compute="_compute_expected",
        currency_field="company_currency_id",
    )
    expected_result = fields.Monetary(
        compute="_compute_expected",
        currency_field="company_currency_id",
    )
    date_address = fields.Date("Address Checked", readonly=True, copy=False)
    address_by_id = fields.Many2one(
        "res.users", "Checked By", readonly=True, copy=False
    )
    check_ids = fields.One2many("debt.recovery.handover.check", "handover_id", "Checks")
    missing_count = fields.Integer("Missing", compute="_compute_missing_count")
    date_checked = fields.Datetime("Looked At", readonly=True, copy=False)
    date_done = fields.Date("Handed Over On", readonly=True, copy=False)
    legal_case_ids = fields.One2many("debt.recovery.legal.case", "handover_id")

    _one_open = models.UniqueIndex(
        "(case_id) WHERE state IN ('draft', 'waiting')",
        "A hand-over of this case is in preparation already: open that one.",
    )

    # DEFAULT, COMPUTE

    @api.model
    def _default_legal_user_id(self):
        """Who hands over works on it, if they may; else the one who does alone."""
        group = self.env.ref("debt_recovery.group_legal").sudo()
        people = group.user_ids.filtered(
            lambda user: self.env.company in user.company_ids
        )
        if self.env.user in people:
            return self.env.user
        return people if len(people) == 1 else False

    @api.depends("partner_id", "target")
    def _compute_name(self):
        for handover in self:
            handover.name = self.env._(
                "Hand-over of %(customer)s", customer=handover.partner_id.display_name
            )

    @api.depends("case_id", "state", "amount_decided")
    @api.depends_context("recovery_today")
    def _compute_amount(self):
        for handover in self:
            if handover.state == "done":
                handover.amount = handover.amount_decided
                continue
            case = handover.case_id.sudo()
            handover.amount = sum(map(case._legal_amount, case._legal_rows()))

    @api.depends("amount", "success_percent", "cost_estimate")
    def _compute_expected(self):
        for handover in self:
            likely = handover.amount * handover.success_percent / 100
            handover.expected = likely
            handover.expected_result = likely - handover.cost_estimate

    @api.depends("check_ids.status", "check_ids.override_reason", "check_ids.blocks")
    def _compute_missing_count(self):
        for handover in self:
            handover.missing_count = len(handover._open_checks())

    @api.constrains("success_percent", "cost_estimate")
    def _check_numbers(self):
        for handover in self:
            if not 0 <= handover.success_percent <= 100 or handover.cost_estimate < 0:
                raise UserError(
                    self.env._(
                        "The chance lies between 0 and 100 per cent, costs are zero "
                        "or more."
                    )
                )

    # CHECKLIST

    def _open_checks(self):
        return self.check_ids.filtered(
            lambda check: (
                check.status == MISSING
                and check.blocks
                and not (check.overridable and (check.override_reason or "").strip())
            )
        )

    def action_check(self):
        """Look at every point again."""
        for handover in self:
            handover._refresh_checks()

    def _refresh_checks(self):
        """What the rules say today; reasons given for leaving a point out stay."""
        self.ensure_one()
        given = {
            check.rule_id: check.override_reason
            for check in self.check_ids
            if check.override_reason
        }
        rows = [
            {**self._prepare_check(answer, number), "handover_id": self.id}
            for number, answer in enumerate(self._judge().checks)
        ]
        checks = self.check_ids.sudo()
        checks.unlink()
        for vals in rows:
            rule = self.env["debt.recovery.handover.rule"].browse(vals["rule_id"])
            vals["override_reason"] = given.get(rule)
        checks.create(rows)
        self.date_checked = fields.Datetime.now()

    def _prepare_check(self, answer, number):
        rule = self.env["debt.recovery.handover.rule"].sudo().browse(answer.rule.key)
        return {
            "sequence": number + 100 * ORDER.index(answer.status),
            "rule_id": rule.id,
            "name": rule.name,
            "code": rule.code,
            "status": answer.status,
            "detail": self.case_id._handover_sentence(answer.reason),
            "blocks": answer.rule.blocks,
            "overridable": answer.rule.overridable,
            "fixer": rule.fixer,
            "fixer_name": self._fixer_name(rule.fixer),
        }

    # HANDING OVER

    def action_hand_over(self):
        """Hand over at once where the user may, else ask for it."""
        self.ensure_one()
        self._check_ready()
        if not (self.reason or "").strip():
            raise UserError(
                self.env._("Say why the case should go to court now: “Why Now”.")
            )
        asked = self._request_approval(self.reason)
        if asked:
            self.state = "waiting"
            return self._approval_asked_notice(asked)
        return self.sudo()._carry_out()._form_action()

    def _check_ready(self):
        """Every point is there today, and nobody was faster."""
        if self.state not in ("draft", "waiting"):
            raise UserError(self.env._("This hand-over is finished already."))
        if self.case_id.state == "closed":
            raise UserError(
                self.env._(
                    "Case %(case)s is closed: reopen it.", case=self.case_id.name
                )
            )
        self.case_id._check_no_open_legal()
        self._refresh_checks()
        missing = self._open_checks()
        if missing:
            raise UserError(
                self.env._(
                    "%(count)s points are missing: %(points)s. Fix them with the "
                    "button of the row, then check again.",
                    count=len(missing),
                    points="; ".join(missing.mapped("name")),
                )
            )

    def _carry_out(self):
        """Open the legal case. The row of the recovery case is locked, so that of two
        hand-overs at the same moment the second finds the first.

        :return: the legal case
        """
        self.ensure_one()
        self.case_id._lock_handover()
        self.case_id._check_no_open_legal()
        self.write(
            {
                "state": "done",
                "amount_decided": self.amount,
                "date_done": self.company_id._recovery_today(),
            }
        )
        legal = self.env["debt.recovery.legal.case"].create(self._prepare_legal_vals())
        legal._refresh_items()
        legal._add_alias()
        legal._start()
        self.case_id._message_log(
            body=self.env._(
                "Handed over: %(legal)s. %(reason)s",
                legal=legal.name,
                reason=self.reason or "",
            )
        )
        return legal

    def _prepare_legal_vals(self):
        return {
            "case_id": self.case_id.id,
            "handover_id": self.id,
            "type": self.type,
            "user_id": self.legal_user_id.id or self.user_id.id,
            "budget": self.cost_estimate,
        }

    def action_drop(self):
        """Give the hand-over up."""
        for handover in self.filtered(lambda h: h.state in ("draft", "waiting")):
            handover.state = "dropped"
            handover._waiting_approvals()._decide("cancelled", self.env.user)
