import pytz

from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

from odoo.addons.debt_recovery.models.case_today_room import TODAY_ORDER

TOP = 10
#: Cases of one day that are looked at.
MOST = 300


class DebtRecoveryReportDay(models.AbstractModel):
    """My day, as the room Today shows it: callbacks, replies, broken promises, money
    that came in, and what comes first."""

    _name = "debt.recovery.report.day.mixin"
    _description = "Report of the Day"

    def _report_my_day(self, ask):
        cases = self._day_cases(ask, Domain("needs_work", "=", True))
        paid = self._day_cases(ask, Domain("money_in", "=", True))
        kinds = cases.grouped("todo_kind")
        sections = [
            self._day_section(self.env._("First of all"), cases[:TOP]),
            self._day_section(self.env._("Callbacks"), kinds.get("callback")),
            self._day_section(self.env._("Replies to answer"), kinds.get("reply")),
            self._day_section(self.env._("Broken promises"), kinds.get("broken")),
            self._day_section(self.env._("Messages that failed"), kinds.get("failed")),
            self._day_section(self.env._("Money came in"), paid),
        ]
        return {
            "title": self.env._(
                "Your day, %(day)s", day=format_date(self.env, ask["date_to"])
            ),
            "lead": [self._day_lead(cases, kinds, paid)],
            "sections": [sections[0], *(part for part in sections[1:] if part["rows"])],
            "notes": [],
        }

    def _day_cases(self, ask, domain):
        """Open cases in the order of the room, under the rules of who asks."""
        cases = self.env["debt.recovery.case"]
        users = ask["filters"]["user_ids"]
        if users == self.env.user.ids:
            domain &= cases._mine_domain()
        elif users is not None:
            domain &= Domain("user_id", "in", users)
        if partners := ask["filters"]["partner_ids"]:
            domain &= Domain("partner_id", "child_of", partners)
        domain &= Domain("company_id", "=", ask["company"].id)
        domain &= Domain("state", "=", "open")
        return cases.search(domain, order=TODAY_ORDER, limit=MOST)

    def _day_lead(self, cases, kinds, paid):
        if not cases:
            return self.env["debt.recovery.case"]._empty_sentence(
                self.env["debt.recovery.case"]._mine_domain()
            )
        return self.env._(
            "To do: %(count)s. Callbacks %(callbacks)s · replies %(replies)s · broken "
            "%(broken)s · money in %(paid)s.",
            count=len(cases),
            callbacks=len(kinds.get("callback", ())),
            replies=len(kinds.get("reply", ())),
            broken=len(kinds.get("broken", ())),
            paid=len(paid),
        )

    def _day_section(self, title, cases):
        return self._section(
            title,
            [
                ("time", self.env._("Time"), "text"),
                ("partner", self.env._("Customer"), "text"),
                ("todo", self.env._("To Do"), "text"),
                ("collectable", self.env._("Collectable"), "amount"),
                ("days", self.env._("Days"), "days"),
                ("status", self.env._("Where It Stands"), "text"),
            ],
            [self._day_row(case) for case in cases or ()],
            empty=self.env._("Nothing is due."),
        )

    def _day_row(self, case):
        zone = case.company_id._recovery_zone().zone
        at = case.appointment_at
        return {
            "time": at
            and format_datetime(self.env, at, tz=zone, dt_format="HH:mm")
            or "",
            "partner": case.partner_id.display_name,
            "todo": case.todo or "",
            "collectable": case.amount_collectable,
            "days": max(case.days_overdue, 0),
            "status": case.status_sentence or "",
        }

    # WHAT LEAVES

    def _report_outgoing_day(self, ask):
        company = ask["company"].sudo()
        moment = company._recovery_next_release()
        ready = self._leaving(ask, Domain(self._leaving_domain(ask)))
        review = self._leaving(
            ask, Domain([("state", "=", "planned"), ("mode", "=", "review")])
        )
        return {
            "title": self.env._(
                "What leaves on %(day)s", day=format_date(self.env, ask["date_to"])
            ),
            "lead": [self._leaving_lead(company, moment, ready, review)],
            "sections": [
                self._leaving_steps(ready),
                self._leaving_section(self.env._("Leaves by itself"), ready),
                self._leaving_section(self.env._("Waits for a look"), review),
            ],
            "notes": [
                self.env._(
                    "Ledger and contact rules are asked again when a message leaves; "
                    "until then it can be edited or held in Outgoing."
                )
            ],
        }

    def _leaving_domain(self, ask):
        """Messages that nobody has to decide on."""
        return [
            ("date_planned", "<=", ask["date_to"]),
            "|",
            ("state", "=", "approved"),
            *["&", ("state", "=", "planned"), ("mode", "=", "auto")],
        ]

    def _leaving(self, ask, domain):
        reader = self.env["debt.recovery.kpi.reader"]
        domain = reader._kpi_domain(self._ask_span(ask), domain)
        domain &= Domain("channel_id.is_message", "=", True)
        actions = self.env["debt.recovery.action"].sudo()
        return actions.search(domain, order="amount_claimed desc, id")

    def _leaving_lead(self, company, moment, ready, review):
        counts = {"ready": len(ready), "review": len(review)}
        if not moment:
            return self.env._(
                "Messages leave at once: %(ready)s wait for their turn, %(review)s for "
                "a look.",
                **counts,
            )
        local = pytz.utc.localize(moment).astimezone(company._recovery_zone())
        return self.env._(
            "%(ready)s messages leave at %(when)s, %(review)s more wait for a look.",
            when=f"{local:%H:%M}",
            **counts,
        )

    def _leaving_steps(self, actions):
        label = self.env["debt.recovery.case"]._action_label
        rows = [
            {
                "step": step or self.env._("Message"),
                "channel": channel.name,
                "count": len(found),
                "amount": sum(found.mapped("amount_claimed")),
            }
            for (step, channel), found in actions.grouped(
                lambda action: (label(action), action.channel_id)
            ).items()
        ]
        return self._section(
            self.env._("By step"),
            [
                ("step", self.env._("Step"), "text"),
                ("channel", self.env._("Channel"), "text"),
                ("count", self.env._("Messages"), "integer"),
                ("amount", self.env._("Claimed"), "amount"),
            ],
            sorted(rows, key=lambda row: -row["count"]),
            # no sum of the claims: e-mail and letter claim the same money
            totals={"count": len(actions)},
            empty=self.env._("Nothing leaves today."),
        )

    def _leaving_section(self, title, actions):
        label = self.env["debt.recovery.case"]._action_label
        return self._section(
            title,
            [
                ("partner", self.env._("Customer"), "text"),
                ("step", self.env._("Step"), "text"),
                ("channel", self.env._("Channel"), "text"),
                ("amount", self.env._("Claimed"), "amount"),
                ("user", self.env._("Officer"), "text"),
                ("watch", self.env._("Look Before It Leaves"), "text"),
            ],
            [
                {
                    "partner": action.partner_id.display_name,
                    "step": label(action),
                    "channel": action.channel_id.name,
                    "amount": action.amount_claimed,
                    "user": action.case_id.user_id.name,
                    "watch": action.watch_out,
                }
                for action in actions
            ],
            empty=self.env._("Nothing."),
        )
