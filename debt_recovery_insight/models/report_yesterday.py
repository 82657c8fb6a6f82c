from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date


class DebtRecoveryReportYesterday(models.AbstractModel):
    """What the people and the engine did: contacts, promises, money, refusals and
    failures, by officer."""

    _name = "debt.recovery.report.yesterday.mixin"
    _description = "Report of Yesterday"

    def _report_activity_day(self, ask):
        span = self._ask_span(ask)
        by_officer = self._yesterday_officers(span)
        return {
            "title": self.env._(
                "Activity from %(begin)s to %(end)s",
                begin=format_date(self.env, span.date_from),
                end=format_date(self.env, span.date_to),
            ),
            "lead": [self._yesterday_lead(span, by_officer["totals"])],
            "sections": [
                by_officer,
                self._yesterday_promises(span),
                self._yesterday_refused(span),
                self._yesterday_failed(span),
            ],
            "notes": [
                self.env._(
                    "Attempts are calls and visits; reached is the right person. "
                    "Messages count when they left. Money counts for the officer of "
                    "the customer's case when it came on overdue items."
                )
            ],
        }

    def _yesterday_lead(self, span, totals):
        return self.env._(
            "%(attempts)s calls and visits, %(reached)s reached; %(messages)s messages "
            "left; %(promises)s promises of %(promised)s; %(money)s came in.",
            promised=span.company.currency_id.format(totals["promised"]),
            money=span.company.currency_id.format(float(totals["money"])),
            **{key: totals[key] for key in ("attempts", "reached", "messages")},
            promises=totals["promises"],
        )

    # BY OFFICER

    def _yesterday_officers(self, span):
        rows = {}
        for name, found in self._yesterday_facts(span).items():
            for user_id, value in found.items():
                rows.setdefault(user_id, {})[name] = value
        names = ("attempts", "reached", "messages", "promises", "promised", "money")
        users = self.env["res.users"].sudo().browse([u for u in rows if u])
        labels = {user.id: user.name for user in users}
        table = [
            {"user": labels.get(user_id) or self.env._("Engine and nobody")}
            | {name: row.get(name, 0) for name in names}
            for user_id, row in rows.items()
        ]
        return self._section(
            self.env._("By officer"),
            [
                ("user", self.env._("Officer"), "text"),
                ("attempts", self.env._("Attempts"), "integer"),
                ("reached", self.env._("Reached"), "integer"),
                ("messages", self.env._("Messages"), "integer"),
                ("promises", self.env._("Promises"), "integer"),
                ("promised", self.env._("Promised"), "amount"),
                ("money", self.env._("Money In"), "amount"),
            ],
            sorted(table, key=lambda row: (-row["attempts"], row["user"])),
            totals={name: sum(row[name] for row in table) for name in names},
            empty=self.env._("Nothing happened."),
        )

    def _yesterday_facts(self, span):
        """{figure: {user id: value}}, a query each."""
        reader = self.env["debt.recovery.kpi.reader"]
        actions = self.env["debt.recovery.action"].sudo()
        attempts = reader._attempt_domain(span)
        messages = self._yesterday_domain(span) & Domain(
            [
                ("state", "=", "done"),
                ("direction", "=", "out"),
                ("channel_id.is_message", "=", True),
            ]
        )
        taken = self._yesterday_taken(span).grouped(lambda row: row.case_id.user_id.id)
        money = self.env["debt.recovery.dashboard"]._read_recovered(span)
        return {
            "attempts": self._yesterday_count(actions, attempts),
            "reached": self._yesterday_count(
                actions, attempts & Domain("outcome_id.is_rpc", "=", True)
            ),
            "messages": self._yesterday_count(actions, messages),
            "promises": {user: len(rows) for user, rows in taken.items()},
            "promised": {
                user: sum(rows.mapped("value_agreed")) for user, rows in taken.items()
            },
            "money": {user: row["now"] for user, row in money.items() if row["now"]},
        }

    def _yesterday_count(self, actions, domain):
        groups = actions._read_group(domain, ["user_id"], ["__count"])
        return {user.id: count for user, count in groups}

    def _yesterday_domain(self, span):
        reader = self.env["debt.recovery.kpi.reader"]
        return reader._kpi_domain(span, reader._kpi_moments(span, "date_done"))

    # ROWS

    def _yesterday_taken(self, span):
        """Promises agreed in the period, whatever became of them."""
        reader = self.env["debt.recovery.kpi.reader"]
        domain = reader._kpi_domain(
            span,
            Domain("kind", "=", "promise"),
            reader._kpi_within(span, "date_signed"),
        )
        promises = self.env["debt.recovery.agreement"].sudo()
        return span.once("taken", lambda: promises.search(domain, order="id"))

    def _yesterday_promises(self, span):
        rows = [
            {
                "partner": row.case_id.partner_id.display_name,
                "amount": row.value_agreed,
                "day": row.date_agreed,
                "user": row.case_id.user_id.name,
            }
            for row in self._yesterday_taken(span)
        ]
        return self._section(
            self.env._("Promises taken"),
            [
                ("partner", self.env._("Customer"), "text"),
                ("amount", self.env._("Promised"), "amount"),
                ("day", self.env._("For"), "date"),
                ("user", self.env._("Officer"), "text"),
            ],
            sorted(rows, key=lambda row: -row["amount"]),
            totals={"amount": sum(row["amount"] for row in rows)},
            empty=self.env._("No promise was taken."),
        )

    def _yesterday_refused(self, span):
        reader = self.env["debt.recovery.kpi.reader"]
        domain = reader._kpi_domain(
            span,
            Domain("state", "=", "refused"),
            reader._kpi_moments(span, "create_date"),
        )
        return self._yesterday_log(
            self.env._("Refused by the contact rules"),
            domain,
            self.env._("The contact rules stopped nobody."),
        )

    def _yesterday_failed(self, span):
        reader = self.env["debt.recovery.kpi.reader"]
        domain = reader._kpi_domain(span, Domain("state", "in", ("failed", "unclear")))
        return self._yesterday_log(
            self.env._("Messages that failed and wait"),
            domain,
            self.env._("No message failed."),
        )

    def _yesterday_log(self, title, domain, empty):
        actions = self.env["debt.recovery.action"].sudo()
        label = self.env["debt.recovery.case"]._action_label
        return self._section(
            title,
            [
                ("partner", self.env._("Customer"), "text"),
                ("what", self.env._("What"), "text"),
                ("channel", self.env._("Channel"), "text"),
                ("why", self.env._("Why"), "text"),
                ("user", self.env._("Officer"), "text"),
            ],
            [
                {
                    "partner": action.partner_id.display_name,
                    "what": label(action),
                    "channel": action.channel_id.name,
                    "why": action.failure or action.verdict or action.reason,
                    "user": action.case_id.user_id.name,
                }
                for action in actions.search(domain, order="id desc")
            ],
            empty=empty,
        )
