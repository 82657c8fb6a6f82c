from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class DebtRecoveryNegotiationWords(models.AbstractModel):
    """The answers as cards, their reasons in words, and refusals in one sentence."""

    _name = "debt.recovery.negotiation.words.mixin"
    _description = "Answers in Words"

    proposals = fields.Json(compute="_compute_proposals")
    problem = fields.Char(compute="_compute_proposals")

    @api.depends(
        "line_ids.selected",
        "line_ids.amount",
        "once",
        "joined",
        "per_month",
        "date_first",
        "case_id",
    )
    def _compute_proposals(self):
        for wizard in self:
            wizard.proposals, wizard.problem = [], False
            try:
                wizard._check_asked()
            except UserError as error:
                wizard.problem = str(error)
                continue
            found = wizard._options()
            wizard.proposals = [wizard._card(option) for option in found]
            if not found and (wizard.once or wizard.per_month):
                wizard.problem = self.env._(
                    "So little would take more than ten years: look for another way, "
                    "such as a settlement or a pause."
                )

    def _check_asked(self):
        """What has to be mended first.

        :raise UserError: nothing is ticked, several currencies, a negative amount, a
            day that has passed
        """
        if not self._chosen_lines():
            raise UserError(
                self.env._("Nothing is covered: tick at least one open item.")
            )
        if not self.currency_id:
            raise UserError(
                self.env._(
                    "The ticked items are in several currencies: talk about one "
                    "currency at a time."
                )
            )
        if self.once < 0 or self.per_month < 0:
            raise UserError(self.env._("What can be paid is zero or more."))
        today = self.case_id.company_id._recovery_today()
        if not self.date_first or self.date_first < today:
            raise UserError(
                self.env._("The first payment is before today: choose a later day.")
            )

    # CARDS

    def _card(self, option):
        """One answer as the screen shows it."""
        return {
            "code": option.kind,
            "method": "action_use",
            "title": self._title(option),
            "figure": self._figure(option),
            "best": option.best and self.env._("Worth most"),
            "rows": self._card_rows(option),
            "reasons": [self._reason_text(item) for item in option.reasons],
            "needs": self._needs_text(option),
            "button": self._button_text(option),
        }

    def _title(self, option):
        titles = {
            "full": self.env._("All at once"),
            "told": self.env._("What they can pay"),
            "shorter": self.env._("Shorter, inside your authority"),
            "balloon": self.env._("Same payments, the rest at the end"),
            "settlement": self.env._("Settlement"),
        }
        return titles[option.kind]

    def _figure(self, option):
        """“12 × 400.00”, with what comes before."""
        parts = [row for row in option.rows if row.number]
        text = self._money(parts[0].amount)
        if len(parts) > 1:
            text = f"{len(parts)} × {text}"
            if parts[-1].amount != parts[0].amount:
                text = f"{len(parts) - 1} × {self._money(parts[0].amount)}"
                text += f" + {self._money(parts[-1].amount)}"
        down = option.rows[0]
        return text if down.number else f"{self._money(down.amount)} + {text}"

    def _card_rows(self, option):
        """Label and value, what matters for the decision."""
        rows = []
        if option.kind == "settlement":
            waived = self.env._(
                "%(amount)s (%(percent)s %%)",
                amount=self._money(option.waived),
                percent=f"{option.percent:.0f}",
            )
            rows.append([self.env._("Waived"), waived])
        elif option.kind != "full":
            rows += [
                [self.env._("Last payment"), self._day(option.end)],
                [self.env._("Interest"), self._money(option.interest)],
            ]
        return [*rows, [self.env._("Worth today"), self._money(option.expected)]]

    def _needs_text(self, option):
        roles = {
            "manager": self.env._("Needs a manager"),
            "final": self.env._("Needs the final approver"),
        }
        return roles.get(option.needs, False)

    def _button_text(self, option):
        buttons = {
            "full": self.env._("Take the promise"),
            "settlement": self.env._("Prepare the settlement"),
        }
        return buttons.get(option.kind, self.env._("Build this plan"))

    def _reason_text(self, item):
        """One reason in the user's language."""
        values = {
            name: self._money(value)
            if name in self._money_values()
            else f"{float(value):g}"
            for name, value in item.values.items()
        }
        return self._sentences()[item.code] % values

    @api.model
    def _money_values(self):
        return ("amount", "more", "certain")

    def _sentences(self):
        """Sentences by reason code, with places for the values."""
        return {
            "pays_all": self.env._("Nothing is left open."),
            "asks_more": self.env._(
                "Asks for %(more)s a month more than they can pay."
            ),
            "large_last": self.env._(
                "The last payment of %(amount)s has to be found, or agreed anew, then."
            ),
            "no_history": self.env._(
                "No agreed payment of this customer is judged yet: reckoned with "
                "%(hazard)s %% of plans failing each month."
            ),
            "history": self.env._(
                "Kept %(kept)s of %(judged)s agreed payments so far: each next one "
                "comes with a chance of about %(chance)s %%."
            ),
            "discounted": self.env._(
                "Money later counts %(yearly)s %% a year less; if every payment came "
                "it would be worth %(certain)s."
            ),
            "money_now": self.env._(
                "The rest is waived only when this money is in, in full."
            ),
            "plan_worth_more": self.env._(
                "The plan is expected to bring %(amount)s more."
            ),
            "settlement_worth_more": self.env._(
                "Expected to bring %(amount)s more than the plan."
            ),
            "even_settlement": self.env._(
                "A settlement of %(amount)s at once (%(percent)s %%) would be worth "
                "the same."
            ),
        }

    def _money(self, amount):
        return self.currency_id.format(float(amount))

    def _day(self, day):
        return format_date(self.env, day)
