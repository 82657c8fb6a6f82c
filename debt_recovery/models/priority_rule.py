from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import ormcache

from ..tools.priority import TESTS, Rule

MOST = 100
UNITS = ("collectable", "collectable_below")


class DebtRecoveryPriorityRule(models.Model):
    """Points a case gets for one fact. The sum, kept between 0 and 100, says which case
    an officer works first. Amounts are multiples of the money unit, so that one table
    serves every currency."""

    _name = "debt.recovery.priority.rule"
    _description = "Priority Rule"
    _inherit = ["debt.recovery.code.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    test = fields.Selection(
        [
            ("collectable", "Collectable at least"),
            ("collectable_below", "Collectable below"),
            ("overdue", "Days overdue, more than"),
            ("broken", "Promise or instalment broken, days"),
            ("returned", "Payment returned, days"),
            ("reply", "Unhandled reply"),
            ("demand_over", "Days since the formal demand, more than"),
            ("silent", "Days without a conversation"),
            ("risk", "Risk band from (4 = D, 5 = E)"),
            ("over_limit", "Above the credit limit"),
            ("order_wait", "Order waits for release"),
            ("first_late", "First time late"),
            ("released", "Dispute rejected or hold ended, days"),
            ("no_contact", "Delivery failed or no valid contact"),
            ("limitation", "Limitation ends within days"),
            ("month_end", "Last working days of the month"),
            ("waiting", "Each working day past the planned date"),
            ("fresh", "Conversation in the last days"),
            ("said", "Each point of what was said last"),
            ("credit", "Unmatched credit, percent of collectable"),
        ],
        required=True,
        help="The fact this rule looks at. Facts of parts that are not installed never "
        "match.",
    )
    threshold = fields.Float(aggregator=None)
    threshold_unit = fields.Char("In", compute="_compute_threshold_unit")
    minimum_units = fields.Float(
        "Collectable from (Units)",
        aggregator=None,
        help="The rule counts only from this collectable amount; 0: always.",
    )
    points = fields.Integer(required=True, aggregator=None)
    maximum = fields.Integer(
        "At Most", aggregator=None, help="Cap of a rule that counts each day."
    )
    group = fields.Char(
        "Only the Highest Of",
        help="Of the matching rules with the same word here only the highest counts.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "There is already a rule with this code: use another code."
    )

    @api.depends("test")
    def _compute_threshold_unit(self):
        labels = {
            "since": self.env._("days"),
            "left": self.env._("days"),
            "amount": self.env._("units"),
        }
        for rule in self:
            kind = TESTS[rule.test][0] if rule.test in TESTS else ""
            rule.threshold_unit = labels.get(kind) or (
                rule.test == "credit" and self.env._("percent")
            )

    @api.constrains("points", "threshold", "minimum_units", "maximum")
    def _check_numbers(self):
        for rule in self:
            if not rule.points or abs(rule.points) > MOST:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” gives %(points)s points: enter a number between "
                        "-100 and 100 that is not zero, or archive the rule.",
                        rule=rule.name,
                        points=rule.points,
                    )
                )
            if min(rule.threshold, rule.minimum_units, rule.maximum) < 0:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” has a negative threshold, minimum or cap: enter "
                        "zero or more.",
                        rule=rule.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def action_recompute(self):
        """Score all open cases anew with the rules as they are now."""
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise UserError(self.env._("Only a recovery manager can score all cases."))
        cases = self.env["debt.recovery.case"].search([("state", "=", "open")])
        cases._refresh_priority()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(count)s cases scored.", count=len(cases)),
            },
        }

    @api.model
    def _rules_for(self, company):
        """The rules in the currency of a company, as ``tools.priority`` wants them."""
        return [
            Rule(
                code=code,
                test=test,
                points=points,
                threshold=company._recovery_units(threshold)
                if test in UNITS
                else Decimal(str(threshold)),
                minimum=company._recovery_units(minimum),
                maximum=maximum,
                group=group or "",
            )
            for code, test, points, threshold, minimum, maximum, group in (
                self._active_rows()
            )
        ]

    @api.model
    @ormcache()
    def _active_rows(self):
        """Rows of the table, read once: every contact and payment scores a case."""
        return tuple(
            (
                rule.code,
                rule.test,
                rule.points,
                rule.threshold,
                rule.minimum_units,
                rule.maximum,
                rule.group,
            )
            for rule in self.sudo().search([])
        )
