import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.split_test import variant

VARIANTS = [("a", "A"), ("b", "B")]


class DebtRecoverySplitTest(models.Model):
    """A fair experiment: two strategies, or two e-mail texts of one step, for customers
    chosen by chance. The hash of the customer with the salt of the test decides, so
    nobody changes variant and one test tells nothing about the next.

    Only customers who enter between start and end take part: whose case is opened then
    (strategies), or who get the step then (texts). What was going on before goes on.
    When a manager ends the test, all follow the variant that was chosen."""

    _name = "debt.recovery.split.test"
    _description = "Split Test"
    _inherit = [
        "debt.recovery.split.start.mixin",
        "debt.recovery.split.result.mixin",
    ]
    _order = "date_start desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company.root_id,
        domain="[('parent_id', '=', False)]",
        ondelete="cascade",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("ended", "Ended")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    kind = fields.Selection(
        [("strategy", "Two strategies"), ("template", "Two texts of a step")],
        "Compare",
        required=True,
        default="strategy",
    )
    strategy_id = fields.Many2one(
        "debt.recovery.strategy", "A: Strategy Today", ondelete="restrict", index=True
    )
    strategy_b_id = fields.Many2one(
        "debt.recovery.strategy",
        "B: New Strategy",
        ondelete="restrict",
        help="A copy of A with what you want to try. Only the test gives it to "
        "customers, so it needs no conditions of its own.",
    )
    step_id = fields.Many2one(
        "debt.recovery.strategy.step",
        domain="[('template_id', '!=', False)]",
        ondelete="restrict",
        index=True,
    )
    template_id = fields.Many2one(related="step_id.template_id", string="A: Text Today")
    template_b_id = fields.Many2one(
        "mail.template",
        "B: New Text",
        domain="[('model', '=', 'debt.recovery.case')]",
        ondelete="restrict",
    )
    percent_b = fields.Integer("Share of B (%)", default=50, required=True)
    date_start = fields.Date(
        "First Day",
        required=True,
        default=lambda self: self.env.company._recovery_today(),
        help="Customers who enter from this day on take part.",
    )
    date_end = fields.Date(
        "Last Day", help="Nobody enters after it. Empty: until the test is ended."
    )
    days = fields.Integer(
        "Paid within (Days)",
        default=30,
        required=True,
        help="Counted from the day on which the customer entered.",
    )
    paid_percent = fields.Integer(
        "Paid Means (%)",
        default=50,
        required=True,
        help="So much of what was open that day, and due within these days, came in as "
        "money.",
    )
    difference = fields.Integer(
        "Difference That Matters",
        default=15,
        required=True,
        help="In percentage points. The smaller, the more customers are needed before "
        "there is a verdict.",
    )
    salt = fields.Char(
        required=True, readonly=True, copy=False, default=lambda s: secrets.token_hex(4)
    )
    chosen = fields.Selection(VARIANTS, readonly=True, copy=False)
    ended_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    member_ids = fields.One2many(
        "debt.recovery.split.member", "test_id", "Customers", readonly=True
    )

    # CHECKS

    @api.constrains("percent_b", "days", "paid_percent", "difference")
    def _check_numbers(self):
        limits = {
            "percent_b": (1, 99),
            "days": (1, 365),
            "paid_percent": (1, 100),
            "difference": (1, 90),
        }
        for test in self:
            for fname, (low, high) in limits.items():
                if not low <= test[fname] <= high:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” is %(value)s: enter a number from %(low)s to "
                            "%(high)s.",
                            field=test._fields[fname]._description_string(self.env),
                            value=test[fname],
                            low=low,
                            high=high,
                        )
                    )

    @api.constrains("date_start", "date_end")
    def _check_period(self):
        for test in self:
            if test.date_end and test.date_end < test.date_start:
                raise ValidationError(
                    self.env._("The last day is before the first: exchange the two.")
                )

    # CRUD

    def write(self, vals):
        frozen = self._frozen_fields() & vals.keys()
        for test in self.filtered(lambda test: test.state != "draft"):
            if frozen:
                raise UserError(
                    self.env._(
                        "“%(test)s” has begun: what it compares cannot change any "
                        "more. End it and begin a new one.",
                        test=test.name,
                    )
                )
            if test.state == "running" and vals.get("active") is False:
                raise UserError(
                    self.env._("“%(test)s” is running: end it first.", test=test.name)
                )
        return super().write(vals)

    @api.model
    def _frozen_fields(self):
        """What may not change once customers are in: the answer would mean nothing."""
        return {
            "company_id",
            "kind",
            "strategy_id",
            "strategy_b_id",
            "step_id",
            "template_b_id",
            "percent_b",
            "date_start",
            "days",
            "paid_percent",
            "difference",
            "salt",
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        for test in self.filtered(lambda test: test.state != "draft"):
            raise UserError(
                self.env._(
                    "“%(test)s” has begun and explains who got which variant: archive "
                    "it when it has ended.",
                    test=test.name,
                )
            )

    # LIFE

    def action_keep_a(self):
        """End: everybody follows A again."""
        self._end("a")

    def action_keep_b(self):
        """End: everybody follows B from now on, in this company."""
        self._end("b")

    def _end(self, chosen):
        for test in self.filtered(lambda test: test.state == "running"):
            today = test.company_id._recovery_today()
            test._collect()
            test.write(
                {
                    "state": "ended",
                    "chosen": chosen,
                    "date_end": min(test.date_end or today, today),
                    "ended_by_id": self.env.uid,
                }
            )

    # WHO GETS WHAT

    @api.model
    def _acting(self, company, kind):
        """Tests that change what customers of a root company get."""
        return self.sudo().search(
            [
                ("company_id", "=", company._recovery_root().id),
                ("kind", "=", kind),
                "|",
                ("state", "=", "running"),
                ("chosen", "=", "b"),
            ],
            order="id",
        )

    def _variant_of(self, partner, entered):
        """The variant of a customer who entered on that day; ``a`` outside the test."""
        if self.state == "ended":
            return self.chosen
        if entered < self.date_start:
            return "a"
        return variant(self.salt, partner.commercial_partner_id.id, self.percent_b)

    def _divert(self, cases, chosen):
        """Give B to those of ``chosen`` (``{case id: strategy}``) who get it. What a
        person chose on the case or the customer stays."""
        company = self.company_id
        for case in cases:
            partner = case.partner_id.with_company(company).sudo()
            if chosen[case.id] != self.strategy_id or (
                case.strategy_manual or partner.recovery_strategy_id
            ):
                continue
            entered = case.date_opened or company._recovery_today()
            if self._variant_of(case.partner_id, entered) == "b":
                chosen[case.id] = self.strategy_b_id.with_env(chosen[case.id].env)

    def _effect_sentence(self):
        """What the test does to its strategies, for whoever opens one."""
        if not self:
            return False
        if self.state == "ended":
            return self.env._(
                "Since the split test “%(test)s”, “%(b)s” is followed in %(company)s "
                "wherever the rules say “%(a)s”.",
                test=self.name,
                a=self.strategy_id.name,
                b=self.strategy_b_id.name,
                company=self.company_id.name,
            )
        return self.env._(
            "Split test “%(test)s”: %(percent)s %% of the new customers of “%(a)s” "
            "follow “%(b)s”.",
            test=self.name,
            percent=self.percent_b,
            a=self.strategy_id.name,
            b=self.strategy_b_id.name,
        )
