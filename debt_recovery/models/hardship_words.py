from odoo import api, fields, models
from odoo.tools import format_date


class DebtRecoveryHardshipWords(models.AbstractModel):
    """The ways out as cards, and why each is proposed."""

    _name = "debt.recovery.hardship.words.mixin"
    _description = "Ways Out in Words"

    proposals = fields.Json(compute="_compute_proposals")

    @api.depends("capacity", "case_id", "date_review")
    @api.depends_context("uid", "recovery_today")
    def _compute_proposals(self):
        for record in self:
            found = record._propose() if record.case_id else ()
            record.proposals = [
                record._card(proposal, best=not place)
                for place, proposal in enumerate(found)
            ]

    def _card(self, proposal, best):
        """One way out as the screen shows it."""
        return {
            "code": proposal.kind,
            "method": f"action_{proposal.kind}",
            "title": self._card_title(proposal.kind),
            "figure": self._card_figure(proposal),
            "best": best and self.env._("Try first"),
            "rows": self._card_rows(proposal),
            "reasons": [self._reason_text(item) for item in proposal.reasons],
            "needs": self._needs_text(proposal),
            "button": self._button_text(proposal.kind),
        }

    def _card_title(self, kind):
        titles = {
            "plan": self.env._("Longer plan"),
            "token": self.env._("Token payments"),
            "pause": self.env._("Pause"),
        }
        return titles[kind]

    def _button_text(self, kind):
        buttons = {
            "pause": self.env._("Pause now"),
            "token": self.env._("Build the payments"),
        }
        return buttons.get(kind, self.env._("Build this plan"))

    def _card_figure(self, proposal):
        if proposal.kind == "pause":
            return self.env._("until %(day)s", day=self._day(self.date_review))
        return f"{proposal.number} × {self._money(proposal.amount)}"

    def _card_rows(self, proposal):
        if proposal.kind == "plan":
            return [[self.env._("Ends about"), self._day(proposal.review)]]
        review = self._review_day(proposal)
        return [[self.env._("Look again on"), self._day(review)]]

    def _review_day(self, proposal):
        """Token payments are made first."""
        if proposal.kind != "token" or not self.date_review:
            return self.date_review
        return max(self.date_review, proposal.review)

    def _needs_text(self, proposal):
        """A pause longer than one may give alone."""
        if proposal.kind == "plan" or not self.date_review or not self.case_id:
            return False
        holds = self.env["debt.recovery.hold"]
        case = self.case_id._origin
        hold_type = case._find_hold_type("hardship")
        end = {"date_to": self._review_day(proposal)}
        vals = case._prepare_hold_vals(hold_type, "–", end)
        if not holds._vals_need_approval(vals):
            return False
        return self.env._("Needs a manager: longer than you may give alone")

    def _relief_note(self, proposal):
        """For whoever decides about the plan."""
        return self.env._(
            "Hardship: can pay %(amount)s a month.",
            amount=self._money(self.capacity),
        )

    def _reason_text(self, item):
        values = {
            name: self._money(value) if name == "amount" else value
            for name, value in item.values.items()
        }
        sentences = {
            "clears": self.env._("Clears the debt in %(months)s months."),
            "too_long": self.env._(
                "A plan would take too long: all they can pay, %(number)s times, then "
                "look again."
            ),
            "keeps_the_habit": self.env._(
                "%(number)s small payments keep contact while things settle."
            ),
            "rest_rests": self.env._("%(amount)s rest until then."),
            "nothing_left": self.env._("Nothing is left to pay from now."),
            "breath": self.env._("Time to find help or work."),
        }
        return sentences[item.code] % values

    def _money(self, amount):
        currency = self.currency_id or self._company().currency_id
        return currency.format(float(amount))

    def _day(self, day):
        return format_date(self.env, day) if day else "…"
