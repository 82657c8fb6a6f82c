from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.hardship import Policy, capacity, free_amount, propose
from ..tools.money import to_decimal

SENSITIVE = "debt_recovery.group_sensitive"
#: Per month, few enough to ask on the phone.
INCOME = ("income_work", "income_support", "income_other")
OUTGOINGS = ("out_home", "out_living", "out_debts", "out_other")
#: What a relief was decided on: it stays as it was.
FIGURES = {*INCOME, *OUTGOINGS, "dependants", "capacity"}
#: Written by the buttons alone.
FACTS = {"relief", "hold_id", "vulnerable_hold_id", "date_withdrawn", "agreement_ids"}


class DebtRecoveryHardship(models.Model):
    """What a person can pay, assessed on a day, and the relief that was granted: a
    longer plan, token payments, or a pause of interest and letters until one looks
    again. The figures may be left out; what touches health stands in a field of its
    own that few may read (GDPR art. 9)."""

    _name = "debt.recovery.hardship"
    _description = "Hardship Assessment"
    _inherit = [
        "debt.recovery.hardship.relief.mixin",
        "debt.recovery.hardship.message.mixin",
        "debt.recovery.hardship.words.mixin",
    ]
    _order = "date desc, id desc"

    name = fields.Char(compute="_compute_name")
    case_id = fields.Many2one(
        "debt.recovery.case", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(related="case_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="case_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        "Assessed By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    date = fields.Date(
        "Assessed On",
        required=True,
        readonly=True,
        default=lambda self: self.env.company._recovery_today(),
    )

    # per month
    income_work = fields.Monetary("Wages, Pension")
    income_support = fields.Monetary("Support, Benefits")
    income_other = fields.Monetary("Other Income")
    out_home = fields.Monetary("Housing and Energy")
    out_living = fields.Monetary("Food, Transport, Health")
    out_debts = fields.Monetary("Debts, Maintenance")
    out_other = fields.Monetary("Other Outgoings")
    dependants = fields.Integer(help="People who live on this income, if told.")
    free = fields.Monetary("Left Each Month", compute="_compute_free", store=True)
    capacity = fields.Monetary(
        "Can Pay Each Month",
        compute="_compute_capacity",
        store=True,
        readonly=False,
        help="From the figures, less a part for the unexpected; or as the person says.",
    )
    asks_budget = fields.Boolean(compute="_compute_asks_budget")
    amount_owed = fields.Monetary(
        "Owed",
        compute="_compute_amount_owed",
        help="Overdue and neither disputed nor agreed.",
    )

    # in words
    note = fields.Text(help="What everybody who works on the case may read.")
    protected_note = fields.Text(groups=SENSITIVE, readonly=True)
    protected_entry = fields.Text(
        "Write Down, Protected",
        compute="_compute_protected_entry",
        inverse="_inverse_protected_entry",
        help="Health and family. You can write it down; only the group “Protected "
        "notes” can read it afterwards.",
    )
    is_vulnerable = fields.Boolean(
        "Vulnerable Person",
        help="Everybody sees a flag, nobody the reason. Automatic steps and legal "
        "measures rest until a manager ends that.",
    )

    @api.depends("partner_id", "date")
    def _compute_name(self):
        for record in self:
            record.name = self.env._(
                "Hardship of %(customer)s", customer=record.partner_id.display_name
            )

    @api.depends(*INCOME, *OUTGOINGS)
    def _compute_free(self):
        for record in self:
            record.free = float(
                free_amount(record._exact(*INCOME), record._exact(*OUTGOINGS))
            )

    @api.depends("free")
    def _compute_capacity(self):
        """Without any figure it stays as the person said."""
        for record in self:
            if not any(record[fname] for fname in INCOME + OUTGOINGS):
                record.capacity = record.capacity or 0.0
                continue
            root = record._company()._recovery_root().sudo()
            digits = root.currency_id.decimal_places
            reserve = to_decimal(root.recovery_hardship_reserve, 4)
            (free,) = record._exact("free")
            record.capacity = float(capacity(free, reserve, digits))

    @api.depends("case_id")
    def _compute_asks_budget(self):
        for record in self:
            root = record._company()._recovery_root().sudo()
            record.asks_budget = root.recovery_hardship_budget

    @api.depends("case_id")
    def _compute_amount_owed(self):
        for record in self:
            case = record.case_id
            record.amount_owed = case.amount_collectable + case.amount_held

    def _compute_protected_entry(self):
        """Written down, never shown again."""
        self.protected_entry = False

    def _inverse_protected_entry(self):
        for record in self.filtered("protected_entry"):
            notes = filter(None, (record.sudo().protected_note, record.protected_entry))
            record.sudo().protected_note = "\n".join(notes)

    @api.constrains(*INCOME, *OUTGOINGS, "dependants", "capacity")
    def _check_not_negative(self):
        for record in self:
            for fname in sorted(FIGURES):
                if record[fname] < 0:
                    raise UserError(
                        self.env._(
                            "“%(field)s” is negative: enter zero or more.",
                            field=record._fields[fname]._description_string(self.env),
                        )
                    )

    @api.constrains("case_id")
    def _check_person(self):
        merging = self.env.su and self.env.context.get("recovery_merging")
        for record in self.browse() if merging else self:
            record.case_id._check_hardship()

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_facts(vals)
        records = super().create(vals_list)
        records._protect()
        for case in records.case_id:
            case._end_hardship_tasks()
        return records

    def write(self, vals):
        self._check_facts(vals)
        changed = FIGURES & vals.keys()
        if changed and not self.env.su and any(r.state != "assessed" for r in self):
            raise UserError(
                self.env._(
                    "The relief was decided on these figures: assess anew instead of "
                    "changing them."
                )
            )
        result = super().write(vals)
        if "is_vulnerable" in vals:
            self._protect()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        raise UserError(
            self.env._(
                "An assessment explains why somebody was spared: withdraw it. Its "
                "content goes with the purge of the case."
            )
        )

    @api.model
    def _check_facts(self, vals):
        if FACTS & vals.keys() and not self.env.su:
            raise UserError(
                self.env._("A relief is granted and withdrawn by its buttons.")
            )

    # PROPOSALS

    def _company(self):
        return self.case_id.company_id or self.env.company

    def _exact(self, *fnames):
        digits = self._company().currency_id.decimal_places
        return [to_decimal(self[fname] or 0.0, digits) for fname in fnames]

    def _policy(self):
        """What the company offers."""
        root = self._company()._recovery_root().sudo()
        return Policy(
            token=root._recovery_units(root.recovery_hardship_token_units),
            token_months=root.recovery_hardship_token_months,
            plan_months=root.recovery_hardship_plan_months,
            pause_days=root.recovery_hardship_pause_days,
        )

    def _propose(self):
        """The ways out that fit, the one to try first in front."""
        owed, able = self._exact("amount_owed", "capacity")
        return propose(owed, able, self._policy(), self._company()._recovery_today())
