from odoo import models
from odoo.fields import Date, Domain
from odoo.tools import format_date

#: Days the agenda looks ahead, and days before a claim is time-barred.
AHEAD = 30
LIMITATION_AHEAD = 180
#: More lines of time-barred claims than this nobody reads.
MOST = 100


class DebtRecoveryReportLegalWeek(models.AbstractModel):
    """The week of the lawyers: what has to be done by when, what the cases cost, which
    claims come to an end; as of today."""

    _name = "debt.recovery.report.legal.week.mixin"
    _description = "Agenda of Legal Cases"
    _inherit = ["debt.recovery.report.legal.mixin"]

    def _report_week_legal(self, ask):
        """Deadlines and hearings of 30 days, costs against budget, what becomes
        time-barred within 180 days; as of today."""
        today = ask["company"]._recovery_today()
        events = self._legal_events(ask, today)
        hearings = events.filtered(lambda event: event.kind == "hearing")
        deadlines = events - hearings
        running = self._legal_cases(ask, Domain("is_open", "=", True))
        return {
            "title": self.env._(
                "%(company)s: legal agenda on %(day)s",
                company=ask["company"].name,
                day=format_date(self.env, today),
            ),
            "lead": [self._agenda_lead(deadlines, hearings, today)],
            "sections": [
                self._agenda_section(deadlines, today),
                self._hearing_section(hearings, today),
                self._budget_section(running),
                self._limitation_section(ask, today),
            ],
            "notes": self._legal_notes(ask, events),
        }

    def _legal_events(self, ask, today):
        """What is planned within the horizon, or should have happened."""
        last = Date.add(today, days=AHEAD)
        return self.env["debt.recovery.legal.event"].search(
            self._legal_filter(ask, "legal_case_id.")
            & Domain("state", "=", "planned")
            & Domain("date", "<=", last),
            order="date, id",
        )

    def _agenda_lead(self, deadlines, hearings, today):
        late = deadlines.filtered(lambda event: event.date < today)
        return self.env._(
            "Deadlines within %(days)s days: %(deadlines)s, of them overdue: %(late)s. "
            "Hearings: %(hearings)s.",
            deadlines=len(deadlines),
            days=AHEAD,
            late=len(late),
            hearings=len(hearings),
        )

    def _agenda_row(self, event, today):
        legal = event.legal_case_id
        left = (event.date - today).days
        return {
            "date": event.date,
            "left": left,
            "what": event.name,
            "customer": event.partner_id.sudo().display_name,
            "number": legal.court_number or legal.name,
            "court": event.court_id.sudo().name or "",
            "who": event.user_id.sudo().name or self.env._("Nobody"),
            "state": self.env._("Overdue") if left < 0 else "",
        }

    def _agenda_section(self, events, today):
        turns = dict(events._fields["turn"]._description_selection(self.env))
        rows = [
            self._agenda_row(event, today) | {"turn": turns[event.turn]}
            for event in events
        ]
        return self._section(
            self.env._("Deadlines"),
            [
                ("date", self.env._("Until"), "date"),
                ("left", self.env._("Days Left"), "days"),
                ("what", self.env._("What"), "text"),
                ("customer", self.env._("Customer"), "text"),
                ("number", self.env._("File Number"), "text"),
                ("turn", self.env._("Whose Turn"), "text"),
                ("who", self.env._("Who"), "text"),
                ("state", self.env._("State"), "text"),
            ],
            rows,
            empty=self.env._("No deadline within %(days)s days.", days=AHEAD),
        )

    def _hearing_section(self, events, today):
        return self._section(
            self.env._("Hearings"),
            [
                ("date", self.env._("On"), "date"),
                ("left", self.env._("Days Left"), "days"),
                ("customer", self.env._("Customer"), "text"),
                ("court", self.env._("Court"), "text"),
                ("number", self.env._("File Number"), "text"),
                ("who", self.env._("Who"), "text"),
            ],
            [self._agenda_row(event, today) for event in events],
            empty=self.env._("No hearing within %(days)s days.", days=AHEAD),
        )

    def _budget_section(self, running):
        rows = [
            {
                "customer": legal.partner_id.sudo().display_name,
                "stage": legal.stage_id.name,
                "budget": legal.budget or None,
                "cost": legal.cost_actual,
                "left": legal.budget_left if legal.budget else None,
                "recovered": legal.amount_recovered,
                "result": legal.result,
            }
            for legal in running
        ]
        rows.sort(key=lambda row: (row["left"] is None, row["left"] or 0))
        return self._section(
            self.env._("Costs against budget"),
            [
                ("customer", self.env._("Customer"), "text"),
                ("stage", self.env._("Stage"), "text"),
                ("budget", self.env._("Budget"), "amount"),
                ("cost", self.env._("Costs so far"), "amount"),
                ("left", self.env._("Budget Left"), "amount"),
                ("recovered", self.env._("Recovered"), "amount"),
                ("result", self.env._("Recovered less Costs"), "amount"),
            ],
            rows,
            totals=self._totals(rows, "budget", "cost", "recovered", "result"),
            empty=self.env._("No legal case is open."),
        )

    def _limitation_section(self, ask, today):
        items = self.env["debt.recovery.receivable"].search(
            self._limitation_domain(ask, today), order="limitation_date, id"
        )
        effects = dict(
            items._fields["limitation_effect"]._description_selection(self.env)
        )
        rows = [
            {
                "date": item.limitation_date,
                "left": (item.limitation_date - today).days,
                "customer": item.partner_id.sudo().display_name,
                "number": item.move_name,
                "due": item.date_due,
                "amount": item.amount_residual,
                "law": item.limitation_country_id.name or "",
                "effect": effects.get(item.limitation_effect, ""),
            }
            for item in items[:MOST]
        ]
        more = items[MOST:]
        return self._section(
            self.env._("Time-barred within %(days)s days", days=LIMITATION_AHEAD),
            [
                ("date", self.env._("Last Day to Sue"), "date"),
                ("left", self.env._("Days Left"), "days"),
                ("customer", self.env._("Customer"), "text"),
                ("number", self.env._("Invoice"), "text"),
                ("due", self.env._("Due Date"), "date"),
                ("amount", self.env._("Open"), "amount"),
                ("law", self.env._("Law Of"), "text"),
                ("effect", self.env._("After the End"), "text"),
            ],
            rows,
            totals=self._totals(rows, "amount"),
            text=[
                self.env._(
                    "Left out here: %(count)s, %(amount)s.",
                    count=len(more),
                    amount=ask["company"].currency_id.format(
                        sum(more.mapped("amount_residual"))
                    ),
                )
            ]
            if more
            else [],
            empty=self.env._("Nothing becomes time-barred so soon."),
        )

    def _limitation_domain(self, ask, today):
        """Open items whose last day is near, not over, and does not stand still."""
        domain = (
            Domain("root_company_id", "=", ask["company"].id)
            & Domain("is_credit", "=", False)
            & Domain("amount_residual", ">", 0)
            & Domain("limitation_suspended", "!=", True)
            & Domain("limitation_date", ">=", today)
            & Domain("limitation_date", "<=", Date.add(today, days=LIMITATION_AHEAD))
        )
        partners, users = (ask["filters"].get(k) for k in ("partner_ids", "user_ids"))
        if partners is not None:
            domain &= Domain("partner_id", "child_of", partners)
        if users is not None:
            domain &= Domain("case_id.user_id", "in", users)
        return domain

    def _legal_notes(self, ask, events):
        notes = [
            self.env._(
                "Amounts in %(currency)s. Last days to sue are those of the latest "
                "daily run.",
                currency=ask["company"].currency_id.name,
            )
        ]
        unconfirmed = events.filtered("is_unconfirmed")
        if unconfirmed:
            notes.append(
                self.env._(
                    "Deadlines from rules that nobody has confirmed: %(count)s. Check "
                    "them.",
                    count=len(unconfirmed),
                )
            )
        return notes
