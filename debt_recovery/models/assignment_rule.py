from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import remove_accents

from ..tools.assignment import Debtor, Rule, share_out
from ..tools.money import to_decimal

OFFICER = "debt_recovery.group_officer"


class DebtRecoveryAssignmentRule(models.Model):
    """Who works new cases of which customers. Asked when a case opens and the customer
    names no officer; the first rule that fits and has somebody with room decides.
    Amounts are multiples of the money unit."""

    _name = "debt.recovery.assignment.rule"
    _description = "Assignment Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        domain=[("parent_id", "=", False)],
        help="Empty: every company.",
    )
    country_ids = fields.Many2many("res.country", string="Countries")
    tag_ids = fields.Many2many(
        "res.partner.category", string="Customer Tags", help="One of them is enough."
    )
    amount_from_units = fields.Float(
        "Collectable From (Units)", aggregator=None, help="Included; 0: no lower end."
    )
    amount_to_units = fields.Float(
        "Collectable Below (Units)", aggregator=None, help="0: no upper end."
    )
    letter_from = fields.Char(
        "Names From", size=1, help="First letter of the customer's name."
    )
    letter_to = fields.Char("Names To", size=1)
    method = fields.Selection(
        [("fixed", "One officer"), ("balanced", "In turn, by load")],
        required=True,
        default="fixed",
        help="In turn: whoever has fewest open cases for the number they can carry.",
    )
    user_ids = fields.Many2many(
        "res.users",
        "debt_recovery_assignment_rule_user_rel",
        "rule_id",
        "user_id",
        "Officers",
        domain=[("share", "=", False)],
        required=True,
    )
    summary = fields.Char("In Words", compute="_compute_summary")

    @api.depends(
        "country_ids", "tag_ids", "amount_from_units", "amount_to_units", "letter_from"
    )
    @api.depends("letter_to", "method", "user_ids")
    def _compute_summary(self):
        for rule in self:
            who = ", ".join(rule.user_ids.mapped("name")) or self.env._("nobody")
            what = ", ".join(rule._condition_words()) or self.env._("every customer")
            rule.summary = f"{what} → {who}"

    def _condition_words(self):
        self.ensure_one()
        words = [*self.country_ids.mapped("name"), *self.tag_ids.mapped("name")]
        if self.letter_from or self.letter_to:
            words.append(f"{self.letter_from or 'A'}–{self.letter_to or 'Z'}".upper())
        amounts = {"low": self.amount_from_units, "high": self.amount_to_units}
        if self.amount_from_units:
            words.append(self.env._("from %(low)g units", **amounts))
        if self.amount_to_units:
            words.append(self.env._("below %(high)g units", **amounts))
        return words

    @api.constrains("amount_from_units", "amount_to_units")
    def _check_amounts(self):
        for rule in self:
            low, high = rule.amount_from_units, rule.amount_to_units
            if low < 0 or high < 0 or (high and high <= low):
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” takes amounts from %(low)g to below %(high)g "
                        "units, which no case has: make the upper end greater, or 0 "
                        "for none.",
                        rule=rule.name,
                        low=low,
                        high=high,
                    )
                )

    @api.constrains("letter_from", "letter_to")
    def _check_letters(self):
        for rule in self:
            first, last = rule._letter("letter_from"), rule._letter("letter_to")
            if first and last and last < first:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” takes names from %(first)s to %(last)s: that is no "
                        "name, exchange the letters.",
                        rule=rule.name,
                        first=first,
                        last=last,
                    )
                )

    @api.constrains("method", "user_ids")
    def _check_users(self):
        for rule in self:
            if not rule.user_ids:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” names nobody: choose who gets its cases.",
                        rule=rule.name,
                    )
                )
            if rule.method == "fixed" and len(rule.user_ids) > 1:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” gives its cases to one officer but names several: "
                        "leave one, or let them take turns.",
                        rule=rule.name,
                    )
                )
            for user in rule.sudo().user_ids:
                if user.active and not user.has_group(OFFICER):
                    raise ValidationError(
                        self.env._(
                            "%(user)s is no recovery officer and cannot be given "
                            "cases: choose somebody else or give the right first.",
                            user=user.name,
                        )
                    )

    def _letter(self, fname):
        return _initial(self[fname])

    # SHARING OUT

    @api.model
    def _share_out(self, cases):
        """Who would get these cases of one root company by the rules.

        :return: ``{case: (rule, user)}`` of those for whom somebody was found
        """
        company = cases.company_id
        rules = self._get_rules(company)
        if not rules:
            return {}
        users = rules.user_ids
        found = share_out(
            self._debtors(cases),
            [rule._to_rule(company) for rule in rules],
            self._loads(users),
            {user.id: user.recovery_capacity for user in users},
            users._recovery_stand_ins(company),
        )
        return {
            case: (self.browse(found[case.id][0]), users.browse(found[case.id][1]))
            for case in cases
            if case.id in found
        }

    @api.model
    def _get_rules(self, company):
        return self.sudo().search([("company_id", "in", [False, company.id])])

    def _to_rule(self, company):
        self.ensure_one()
        branches = company._recovery_branches()
        able = self.user_ids.filtered(lambda user: user.company_ids & branches)
        return Rule(
            id=self.id,
            users=tuple(able.ids),
            countries=frozenset(self.country_ids.ids),
            tags=frozenset(self.tag_ids.ids),
            above=company._recovery_units(self.amount_from_units),
            below=company._recovery_units(self.amount_to_units),
            first=self._letter("letter_from"),
            last=self._letter("letter_to"),
        )

    @api.model
    def _debtors(self, cases):
        """The biggest first: they decide who still has room."""
        ordered = cases.sudo().sorted(lambda case: -case.amount_collectable)
        for case in ordered:
            partner = case.partner_id
            yield Debtor(
                id=case.id,
                amount=to_decimal(case.amount_collectable, 2),
                country=partner.country_id.id or 0,
                tags=frozenset(partner.category_id.ids),
                initial=_initial(partner.name),
            )

    @api.model
    def _loads(self, users):
        """Open cases of each officer, one query."""
        groups = (
            self.env["debt.recovery.case"]
            .sudo()
            ._read_group(
                [("user_id", "in", users.ids), ("state", "=", "open")],
                ["user_id"],
                ["__count"],
            )
        )
        return {user.id: count for user, count in groups}


def _initial(name):
    """First letter, plain and in capitals: Österreich and Orval are neighbours."""
    return remove_accents((name or "").strip()[:1]).upper()
