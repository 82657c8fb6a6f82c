from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools import strategy_choice


class DebtRecoveryStrategy(models.Model):
    """A way to chase: ordered steps and the rule that says for whom. ``maximum_units``
    is in money units of the company, ``top_percent`` a share of its customers by the
    turnover of twelve months."""

    _name = "debt.recovery.strategy"
    _description = "Recovery Strategy"
    _inherit = [
        "debt.recovery.code.mixin",
        "debt.recovery.strategy.choice.mixin",
        "debt.recovery.strategy.state.mixin",
        "debt.recovery.strategy.what.if.mixin",
    ]
    _order = "sequence, id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        domain=[("parent_id", "=", False)],
        help="Empty: shared by all companies.",
    )
    description = fields.Text(translate=True)
    step_ids = fields.One2many(
        "debt.recovery.strategy.step", "strategy_id", "Steps", copy=True
    )
    step_count = fields.Integer(compute="_compute_step_count")
    partner_category_id = fields.Many2one(
        "res.partner.category", "Customer Tag", ondelete="restrict"
    )
    applies_to = fields.Selection(
        [("any", "Everybody"), ("company", "Companies"), ("person", "Persons")],
        required=True,
        default="any",
    )
    maximum_units = fields.Float(
        "Collectable Below (Units)",
        help="Only while the customer owes less than this; 0: no limit.",
    )
    maximum_amount = fields.Monetary(
        "Collectable Below",
        currency_field="company_currency_id",
        compute="_compute_maximum_amount",
    )
    company_currency_id = fields.Many2one(
        "res.currency", compute="_compute_maximum_amount"
    )
    top_percent = fields.Float(
        "Top Customers (%)",
        help="The biggest customers by turnover of twelve months; 0: no such rule.",
    )
    automatic = fields.Boolean(
        default=True, help="Off: nothing leaves or starts by itself, every step asks."
    )
    is_default = fields.Boolean(
        "Default", copy=False, help="Used when no other strategy fits."
    )

    _code_unique = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))",
        "There is already a strategy with this code: use another code.",
    )

    @api.depends("step_ids")
    def _compute_step_count(self):
        counts = dict(
            self.env["debt.recovery.strategy.step"]._read_group(
                [("strategy_id", "in", self.ids)], ["strategy_id"], ["__count"]
            )
        )
        for strategy in self:
            strategy.step_count = counts.get(strategy._origin, 0)

    @api.depends("maximum_units")
    @api.depends_context("company")
    def _compute_maximum_amount(self):
        company = self.env.company
        currency = company._recovery_root().sudo().currency_id
        for strategy in self:
            strategy.company_currency_id = currency
            strategy.maximum_amount = float(
                company._recovery_units(strategy.maximum_units)
            )

    # CONSTRAINTS

    @api.constrains("is_default", "active")
    def _check_default_has_steps(self):
        for strategy in self.filtered("is_default"):
            if not strategy.active:
                raise ValidationError(
                    self.env._(
                        "“%(strategy)s” is the default strategy and cannot be "
                        "archived: choose another default first.",
                        strategy=strategy.name,
                    )
                )
            if not strategy.step_ids.filtered("active"):
                raise ValidationError(
                    self.env._(
                        "“%(strategy)s” has no steps and cannot be the default: add a "
                        "step first.",
                        strategy=strategy.name,
                    )
                )

    @api.constrains("maximum_units", "top_percent")
    def _check_rule(self):
        for strategy in self:
            if strategy.maximum_units < 0:
                raise ValidationError(
                    self.env._(
                        "The limit of “%(strategy)s” is negative: enter zero for no "
                        "limit, or more.",
                        strategy=strategy.name,
                    )
                )
            if not 0 <= strategy.top_percent <= 100:
                raise ValidationError(
                    self.env._(
                        "The top customers of “%(strategy)s” are %(percent)s %%: enter "
                        "a number from 0 to 100.",
                        strategy=strategy.name,
                        percent=strategy.top_percent,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        strategies = super().create(vals_list)
        strategies.filtered("is_default")._make_only_default()
        return strategies

    def write(self, vals):
        if vals.get("active"):
            self._check_activation()
        result = super().write(vals)
        if vals.get("is_default") or "company_id" in vals:
            self.filtered("is_default")._make_only_default()
        return result

    def copy_data(self, default=None):
        """A copy is used by nobody until somebody chooses it."""
        default = dict(default or {})
        vals_list = super().copy_data(default)
        for strategy, vals in zip(self, vals_list, strict=True):
            if "name" not in default:
                vals["name"] = self.env._("%(name)s (copy)", name=strategy.name)
            if "code" not in default:
                vals["code"] = strategy._get_free_code()
        return vals_list

    def _get_free_code(self):
        """A code for the copy: the first number that is not taken."""
        strategies = self.with_context(active_test=False)
        domain = [("code", "=like", f"{self.code}%")]
        taken = set(strategies.search(domain).mapped("code"))
        number = 2
        while f"{self.code}_{number}" in taken:
            number += 1
        return f"{self.code}_{number}"

    def _check_activation(self):
        """An archived strategy without steps stays archived."""
        for strategy in self.filtered(lambda strategy: not strategy.active):
            if not strategy.step_ids.filtered("active"):
                raise ValidationError(
                    self.env._(
                        "“%(strategy)s” has no steps and cannot be activated: add a "
                        "step first.",
                        strategy=strategy.name,
                    )
                )

    def _make_only_default(self):
        """One default per owner: the last one chosen takes the place of the former."""
        for strategy in self:
            others = self.search(
                [
                    ("is_default", "=", True),
                    ("id", "!=", strategy.id),
                    ("company_id", "=", strategy.company_id.id),
                ]
            )
            others.is_default = False

    # READING (private API of the engine)

    @api.model
    def _company_strategies_domain(self, company):
        """Strategies a company may use: its own and the shared ones."""
        root = company._recovery_root()
        return Domain("company_id", "in", [root.id, False])

    def _prepare_rule(self, company, is_default=False):
        """The rule of the strategy for the pure choice."""
        self.ensure_one()
        return strategy_choice.Rule(
            id=self.id,
            tag=self.partner_category_id.id or None,
            top_percent=Decimal(str(self.top_percent)),
            applies_to=self.applies_to,
            below=company._recovery_units(self.maximum_units),
            is_default=is_default,
        )
