from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

KINDS = [
    ("garnishment", "Wage garnishment"),
    ("bank", "Bank attachment"),
    ("charging_order", "Charging order"),
    ("seizure", "Seizure"),
    ("insolvency", "Insolvency claim"),
    ("other", "Other measure"),
]


class DebtRecoveryEnforcement(models.Model):
    """One measure to get the money of a judgment, or of a proof in an insolvency. What
    third parties say they received is a fact somebody notes; what we got is the
    payment in the ledger. Amounts are in company currency."""

    _name = "debt.recovery.enforcement"
    _description = "Enforcement Measure"
    _inherit = [
        "debt.recovery.enforcement.garnishment.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date desc, id desc"
    _mail_post_access = "read"

    name = fields.Char(compute="_compute_name", store=True)
    legal_case_id = fields.Many2one(
        "debt.recovery.legal.case", required=True, index=True, ondelete="restrict"
    )
    case_id = fields.Many2one(related="legal_case_id.case_id", store=True)
    partner_id = fields.Many2one(
        related="legal_case_id.partner_id", store=True, string="Customer"
    )
    company_id = fields.Many2one(
        related="legal_case_id.company_id", store=True, index=True
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, required=True, default="garnishment", tracking=True)
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("ordered", "Ordered"),
            ("running", "Running"),
            ("done", "Ended"),
            ("failed", "Without result"),
        ],
        required=True,
        default="planned",
        tracking=True,
        copy=False,
        index=True,
    )
    date = fields.Date(
        "Since", required=True, default=lambda self: self.env.company._recovery_today()
    )
    date_ended = fields.Date("Ended On", readonly=True, copy=False)
    third_id = fields.Many2one(
        "res.partner",
        "Third Party",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="Employer, bank, bailiff or administrator: whoever pays us.",
    )
    reference = fields.Char("Their Reference")
    amount = fields.Monetary(
        "For", currency_field="company_currency_id", help="What it is ordered for."
    )
    object = fields.Char(help="Account, property or goods it takes hold of.")
    stay_text = fields.Char(related="legal_case_id.stay_text")
    user_id = fields.Many2one(
        "res.users",
        "Who",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    note = fields.Text()
    amount_admitted = fields.Monetary(
        "Admitted",
        currency_field="company_currency_id",
        help="What the administrator accepted of our proof.",
    )
    dividend_percent = fields.Float("Dividend (%)", digits=(16, 4))
    amount_dividend = fields.Monetary(
        "Expected Dividend",
        compute="_compute_amount_dividend",
        currency_field="company_currency_id",
    )
    receipt_ids = fields.One2many(
        "debt.recovery.enforcement.receipt", "enforcement_id", "Money"
    )
    amount_collected = fields.Monetary(
        "Collected",
        compute="_compute_money",
        currency_field="company_currency_id",
        help="What third parties say they received for us.",
    )
    amount_received = fields.Monetary(
        "Received",
        compute="_compute_money",
        currency_field="company_currency_id",
        help="What is in our books, by the payments linked.",
    )
    amount_with_third = fields.Monetary(
        "With Third Party",
        compute="_compute_money",
        currency_field="company_currency_id",
    )

    @api.depends("kind", "third_id.name", "legal_case_id.name")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for measure in self:
            parts = (
                kinds.get(measure.kind),
                measure.third_id.name,
                measure.legal_case_id.name,
            )
            measure.name = " · ".join(filter(None, parts))

    @api.depends("amount_admitted", "dividend_percent")
    def _compute_amount_dividend(self):
        for measure in self:
            share = measure.amount_admitted * measure.dividend_percent / 100
            currency = measure.company_currency_id
            measure.amount_dividend = currency.round(share) if currency else share

    @api.depends("receipt_ids.amount", "receipt_ids.amount_received")
    def _compute_money(self):
        for measure in self:
            receipts = measure.receipt_ids
            measure.amount_collected = sum(receipts.mapped("amount"))
            measure.amount_received = sum(receipts.mapped("amount_received"))
            measure.amount_with_third = sum(receipts.mapped("amount_with_third"))

    @api.constrains("amount", "amount_admitted", "dividend_percent")
    def _check_amounts(self):
        for measure in self:
            share = measure.dividend_percent
            if min(measure.amount, measure.amount_admitted, share) < 0 or share > 100:
                raise ValidationError(
                    self.env._(
                        "“%(measure)s”: amounts are zero or more, a dividend lies "
                        "between 0 and 100 per cent.",
                        measure=measure.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        measures = super().create(vals_list)
        measures.legal_case_id._check_is_open()
        return measures

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        for measure in self:
            if measure.state != "planned" or measure.receipt_ids:
                raise UserError(
                    self.env._(
                        "“%(measure)s” has begun and cannot be deleted: end it.",
                        measure=measure.name,
                    )
                )

    # LIFE

    def action_open(self):
        """This measure, from the list of a legal case."""
        self.ensure_one()
        return self._get_records_action()

    def action_open_case(self):
        """The legal case."""
        self.ensure_one()
        return self.legal_case_id._form_action()

    def action_order(self):
        """The court or the bailiff was asked: the case is in enforcement."""
        for measure in self:
            legal = measure.legal_case_id
            legal._check_is_open()
            legal._check_title(measure)
            measure._check_care()
            measure._check_stay()
            measure.state = "ordered"
            if measure.kind != "insolvency":
                legal._record_event("enforcement", legal._today(), measure.name)

    def _check_care(self):
        """Against somebody vulnerable only a manager goes on."""
        manager = self.env.user.has_group("debt_recovery.group_manager")
        if not manager and self.case_id.sudo()._care():
            raise UserError(
                self.env._(
                    "%(customer)s is flagged as vulnerable: ask a manager to look at "
                    "“%(measure)s” and to order it.",
                    customer=self.partner_id.display_name,
                    measure=self.name,
                )
            )

    def _check_stay(self):
        """In an insolvency nobody enforces alone; what is secured apart may go on, and
        only a manager says so."""
        legal = self.legal_case_id
        if self.kind == "insolvency" or not legal.date_stayed:
            return
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise UserError(
                self.env._(
                    "%(customer)s: %(reason)s since %(day)s. Single creditors may not "
                    "enforce: %(instead)s. Where the claim is secured apart, ask a "
                    "manager to order it.",
                    customer=self.partner_id.display_name,
                    reason=legal.stay_reason,
                    day=format_date(self.env, legal.date_stayed),
                    instead=legal._stay_instead(),
                )
            )
        self.message_post(
            body=self.env._("Goes on in spite of: %(reason)s.", reason=legal.stay_text)
        )

    def action_run(self):
        """It took hold."""
        self.legal_case_id._check_is_open()
        for measure in self:
            measure._check_stay()
        self.state = "running"

    def action_end(self):
        """No more money is expected from it."""
        self._end("done")

    def action_fail(self):
        """It brought nothing."""
        self._end("failed")

    def _end(self, state):
        for measure in self:
            held = measure.amount_with_third
            if not measure.company_currency_id.is_zero(held):
                raise UserError(
                    self.env._(
                        "%(amount)s are still with %(third)s: link the payment, or "
                        "take the entry away.",
                        amount=measure.company_currency_id.format(held),
                        third=measure.third_id.name or self.env._("the third party"),
                    )
                )
            measure.write(
                {"state": state, "date_ended": measure.legal_case_id._today()}
            )

    def action_reopen(self):
        """It goes on."""
        self.legal_case_id._check_is_open()
        self.write({"state": "running", "date_ended": False})
