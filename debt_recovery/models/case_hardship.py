from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from .hardship import FIGURES, INCOME, OUTGOINGS
from .hardship_relief import HOLD, VULNERABLE

#: Kinds of debtors who can be in hardship.
PEOPLE = ("consumer", "sole_trader")


class DebtRecoveryCaseHardship(models.AbstractModel):
    """Hardship on the case: a flag for everybody, the assessment for those who work
    on it. The flag is the hold that runs."""

    _name = "debt.recovery.case.hardship.mixin"
    _description = "Hardship of a Recovery Case"

    hardship_ids = fields.One2many(
        "debt.recovery.hardship",
        "case_id",
        readonly=True,
        groups="debt_recovery.group_officer,debt_recovery.group_legal,"
        "debt_recovery.group_auditor",
    )
    hardship_possible = fields.Boolean(compute="_compute_hardship_possible")
    is_vulnerable = fields.Boolean(
        "Handle With Care",
        compute="_compute_is_vulnerable",
        search="_search_is_vulnerable",
    )
    care_text = fields.Char("Care", compute="_compute_is_vulnerable")
    care_until = fields.Char("Pause Until", compute="_compute_care_until")

    @api.depends("partner_id")
    def _compute_hardship_possible(self):
        for case in self:
            partner = case.partner_id
            kind = partner and partner._recovery_debtor_kind()
            case.hardship_possible = kind in PEOPLE

    @api.depends("hold_ids.date_released", "hold_ids.date_to", "partner_id")
    @api.depends_context("lang", "recovery_today")
    def _compute_is_vulnerable(self):
        """One query for the page."""
        holds = self._care_holds()
        for case in self:
            mine = holds.filtered(lambda h, c=case: c._is_mine(h)).type_id
            case.is_vulnerable = VULNERABLE in mine.mapped("code")
            case.care_text = " · ".join(mine.sorted("sequence").mapped("name"))

    def _search_is_vulnerable(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._recovery_today()
        holds = self.env["debt.recovery.hold"].sudo()
        found = holds.search(
            [("type_id.code", "=", VULNERABLE), *holds._valid_domain(today)]
        )
        wide = found.filtered(lambda hold: hold.scope == "partner").partner_id
        return Domain("id", "in", found.case_id.ids) | Domain(
            "partner_id", "in", wide.ids
        )

    def _care_holds(self):
        """Running holds for hardship and vulnerability, on case or customer."""
        holds = self.env["debt.recovery.hold"].sudo()
        today = (self.company_id[:1] or self.env.company)._recovery_today()
        return holds.search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("type_id.code", "in", (HOLD, VULNERABLE)),
                ("scope", "in", ("case", "partner")),
                *holds._valid_domain(today),
            ]
        )

    def _is_mine(self, hold):
        if hold.scope == "partner":
            return hold.partner_id == self.partner_id
        return hold.case_id == self._origin

    def _care(self):
        """Whether the flag stands."""
        self.ensure_one()
        holds = self._care_holds().filtered(lambda hold: self._is_mine(hold))
        return VULNERABLE in holds.type_id.mapped("code")

    @api.depends_context("lang", "recovery_today")
    def _compute_care_until(self):
        """For texts: the last day of the pause, in the reader's language."""
        for case in self:
            holds = case._care_holds().filtered(lambda h, c=case: c._is_mine(h))
            ends = holds.filtered("date_to").mapped("date_to")
            case.care_until = bool(ends) and format_date(self.env, max(ends))

    def _find_badges(self):
        if self.is_vulnerable:
            yield ["fa-heart text-danger", self.env._("Vulnerable: handle with care")]
        yield from super()._find_badges()

    def _check_hardship(self):
        """Companies do not suffer hardship; they get a plan."""
        self.ensure_one()
        if not self.hardship_possible:
            raise UserError(
                self.env._(
                    "%(customer)s is a company: use a payment plan. For a sole trader "
                    "set the kind of debtor on the customer first.",
                    customer=self.partner_id.display_name,
                )
            )

    def action_hardship(self):
        """Assess what the person can pay, with the figures of last time."""
        self.ensure_one()
        self._check_live()
        self._check_hardship()
        action = self._screen_wizard(
            "debt.recovery.hardship", self.env._("Hardship"), case_id=self.id
        )
        view = self.env.ref("debt_recovery.debt_recovery_hardship_view_form_dialog")
        action["views"] = [(view.id, "form")]
        action["context"]["default_is_vulnerable"] = self._care()
        last = self.hardship_ids[:1]
        if last:
            kept = sorted(FIGURES - {"capacity"} if last.free else FIGURES)
            action["context"] |= {f"default_{name}": last[name] for name in kept}
        return action

    def _opens_for_person(self, outcome):
        """Whether a contact that ends so asks for an assessment."""
        return (
            outcome.opens_people
            and self.hardship_possible
            and self.env["debt.recovery.hardship"].has_access("create")
        )

    def _end_hardship_tasks(self):
        """It is assessed: nobody is asked to do it any more."""
        tasks = self.sudo().activity_ids.filtered(
            lambda task: task.recovery_action_id.outcome_id.opens_people
        )
        tasks._action_done(feedback=self.env._("Assessed"))

    def _purge_content(self):
        """What was told goes; that somebody was spared, and when, stays."""
        gone = dict.fromkeys((*INCOME, *OUTGOINGS, "dependants", "capacity"), 0)
        gone |= {"note": False, "protected_note": False, "is_vulnerable": False}
        return super()._purge_content() | {"debt.recovery.hardship": gone}
