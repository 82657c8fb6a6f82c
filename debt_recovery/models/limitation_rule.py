from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import file_open
from odoo.tools.convert import convert_csv_import

from ..tools.limitation import CAUSES, RESTARTS, Rule

TABLE = "debt_recovery/data/limitation_rules.txt"
EFFECTS = [
    ("warn", "Only warns"),
    ("block", "No suit, no threat of one"),
    ("extinguished", "Nothing is owed any more"),
]
STARTS = [
    ("due", "Due date"),
    ("invoice", "Invoice date"),
    ("year_end", "End of the year it fell due"),
]


class DebtRecoveryLimitationRule(models.Model):
    """After how many years a claim is time-barred in one place, for one kind of claim
    and debtor; what begins the period anew and what stops it; what is left of the claim
    afterwards. Dated and sourced data: what nobody confirmed only warns. The most
    special rule that fits a claim counts. A configuration aid, not legal advice."""

    _name = "debt.recovery.limitation.rule"
    _description = "Limitation Rule"
    _order = "country_id, name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    country_id = fields.Many2one("res.country", "Law Of", required=True, index=True)
    state_ids = fields.Many2many(
        "res.country.state",
        "debt_recovery_limitation_rule_state_rel",
        "rule_id",
        "state_id",
        "States",
        domain="[('country_id', '=', country_id)]",
        help="Empty: the whole country, as far as no state has a rule of its own.",
    )
    claim_kind = fields.Selection(
        [("goods", "Sale of goods"), ("services", "Services")],
        "Kind of Claim",
        help="Told by the products of the invoice. Empty: any claim.",
    )
    debtor = fields.Selection(
        [("consumer", "Consumer"), ("business", "Business or public body")],
        help="Empty: anybody.",
    )
    date_from = fields.Date("Due From", help="For claims that fell due on or after it.")
    date_until = fields.Date("Due Until")
    years = fields.Integer(required=True, default=3)
    months = fields.Integer()
    start = fields.Selection(
        STARTS, "Begins With", required=True, default="due", help="Day that starts it."
    )
    to_year_end = fields.Boolean(
        "Ends with the Year", help="It lasts to the end of its last year."
    )
    restart_acknowledgement = fields.Boolean(
        "Written Acknowledgement", default=True, help="Begins a whole new period."
    )
    restart_payment = fields.Boolean(
        "Part Payment", default=True, help="Begins a whole new period."
    )
    restart_demand = fields.Boolean(
        "Formal Demand", help="A demand by letter begins a whole new period."
    )
    revives = fields.Boolean(
        "Also after the End", help="An expired period too begins anew."
    )
    pause_negotiation = fields.Boolean("Negotiations", help="The period stands still.")
    pause_proceedings = fields.Boolean(
        "Court Proceedings", default=True, help="The period stands still."
    )
    pause_moratorium = fields.Boolean("Moratorium", help="The period stands still.")
    effect = fields.Selection(EFFECTS, "After the End", required=True, default="block")
    confirmed = fields.Boolean(
        help="Somebody checked it against its source. Until then it only warns."
    )
    last_review = fields.Date("Reviewed On", copy=False)
    citation = fields.Char(help="Statute and section.")
    source_url = fields.Char("Source")
    note = fields.Text(translate=True)

    # CONSTRAINTS

    @api.constrains("years", "months")
    def _check_length(self):
        for rule in self:
            if min(rule.years, rule.months) < 0 or not (rule.years or rule.months):
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” lasts %(years)s years and %(months)s months: enter "
                        "a period longer than nothing.",
                        rule=rule.name,
                        years=rule.years,
                        months=rule.months,
                    )
                )

    @api.constrains("date_from", "date_until")
    def _check_dates(self):
        for rule in self:
            if rule.date_from and rule.date_until and rule.date_from > rule.date_until:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” begins on %(start)s, after its end on %(end)s: "
                        "change one of the dates.",
                        rule=rule.name,
                        start=rule.date_from,
                        end=rule.date_until,
                    )
                )

    @api.constrains("country_id", "state_ids")
    def _check_states(self):
        for rule in self:
            foreign = rule.state_ids.filtered(
                lambda state, rule=rule: state.country_id != rule.country_id
            )
            if foreign:
                raise ValidationError(
                    self.env._(
                        "%(states)s are not in %(country)s: choose states of the "
                        "country of “%(rule)s”.",
                        states=", ".join(foreign.mapped("name")),
                        country=rule.country_id.name,
                        rule=rule.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._forget_dates()
        return rules

    def write(self, vals):
        self._forget_dates()
        result = super().write(vals)
        self._forget_dates()
        return result

    def unlink(self):
        self._forget_dates()
        return super().unlink()

    def _forget_dates(self):
        """The next run judges the claims of these countries anew."""
        self.env["debt.recovery.limitation"]._forget(
            Domain("country_id", "in", [False, *self.country_id.ids])
        )

    @api.model
    def _load_reference(self):
        """Read the shipped table. Rows people have changed are theirs."""
        with file_open(TABLE, "rb") as file:
            convert_csv_import(
                self.env,
                "debt_recovery",
                f"{self._name}.csv",
                file.read(),
                {},
                "update",
                noupdate=True,
            )

    # ACTIONS

    def action_reviewed(self):
        """Somebody read the source today and the rule is right."""
        today = self.env.company._recovery_today()
        self.write({"last_review": today, "confirmed": True})
        return True

    # READING

    @api.model
    def _plain_rules(self):
        """Every rule in force as ``tools`` knows it."""
        return [rule._to_plain() for rule in self.sudo().search([])]

    def _to_plain(self):
        self.ensure_one()
        return Rule(
            years=self.years,
            months=self.months,
            start=self.start,
            to_year_end=self.to_year_end,
            restarts=frozenset(k for k in RESTARTS if self[f"restart_{k}"]),
            revives=self.revives,
            suspends=frozenset(k for k in CAUSES if self[f"pause_{k}"]),
            effect=self.effect,
            confirmed=self.confirmed,
            id=self.id,
            country=self.country_id.code or "",
            states=frozenset(self.state_ids.mapped("code")),
            kind=self.claim_kind or "",
            debtor=self.debtor or "",
            valid_from=self.date_from or None,
            valid_to=self.date_until or None,
        )
