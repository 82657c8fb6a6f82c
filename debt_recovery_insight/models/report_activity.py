from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

#: Money counts for the last contact so many days before it came.
MONEY_DAYS = 14
COUNTS = ("contacts", "reached", "promises", "refused", "failed")


class DebtRecoveryReportActivity(models.AbstractModel):
    """Collection activity: what was tried by whom on which channel, and what came of
    it. Messages of the strategy count for the officer of the case."""

    _name = "debt.recovery.report.activity.mixin"
    _description = "Report on Collection Activity"
    _inherit = ["debt.recovery.report.ask.mixin"]

    @api.model
    def _report_activity(self, ask):
        mine, span = self._begin(ask)
        return mine._activity_answer(span)

    @api.model
    def _activity_answer(self, span):
        return self._answer(
            self.env._(
                "Collection activity of %(company)s, %(period)s",
                company=span.company.name,
                period=self._period_label(span),
            ),
            [
                self._activity_section(span),
                self._refused_section(span),
                self._failed_section(span),
            ],
            notes=[
                self.env._(
                    "Money after a contact is what came on overdue items within "
                    "%(days)s days, in the period, counted once: for the last contact "
                    "before it. Refused and failed count on the day they were planned "
                    "for; whom a message reached is not known.",
                    days=MONEY_DAYS,
                )
            ],
        )

    # TABLE

    @api.model
    def _activity_section(self, span):
        rows = self._activity_rows(span)
        return self._section(
            self.env._("By officer and channel"),
            [
                ("officer", self.env._("Officer"), "text"),
                ("channel", self.env._("Channel"), "text"),
                ("contacts", self.env._("Contacts"), "integer"),
                ("reached", self.env._("Right party"), "integer"),
                ("promises", self.env._("Promises"), "integer"),
                ("money", self.env._("Money after"), "amount"),
                ("refused", self.env._("Refused"), "integer"),
                ("failed", self.env._("Failed"), "integer"),
            ],
            rows,
            totals=self._totals(rows, "money", *COUNTS),
            empty=self.env._("Nobody was contacted in the period."),
            currency=span.company.currency_id.name,
        )

    @api.model
    def _activity_rows(self, span):
        """Rows by officer and channel, officers by their contacts."""
        found = {}
        for query in (self._activity_sql(span), self._money_sql(span)):
            for row in self.env["debt.recovery.kpi.reader"]._kpi_rows(query):
                key = row.pop("user_id"), row.pop("channel_id")
                empty = dict.fromkeys((*COUNTS, "money"), 0)
                found.setdefault(key, empty).update(row)
        users = self._user_names({user_id for user_id, _channel in found})
        channels = self.env["debt.recovery.channel"].sudo()
        channels = channels.browse({channel for _user, channel in found}).sorted()
        places = {channel.id: number for number, channel in enumerate(channels)}
        names = {channel.id: channel.name for channel in channels}
        keys = sorted(
            found, key=lambda key: (not key[0], users[key[0]], places[key[1]])
        )
        return [
            {"officer": users[key[0]], "user_id": key[0], "channel": names[key[1]]}
            | found[key]
            for key in keys
        ]

    # FACTS

    @api.model
    def _activity_scope(self, span):
        """Actions ``a`` of the question, with the officer they count for as ``o``; SQL
        knows no record rules, so the officer is named. Internal tasks reach nobody."""
        conditions = [
            SQL("a.company_id = %s", span.company.id),
            SQL("a.direction = 'out'"),
            SQL("a.correction_of_id IS NULL"),
        ]
        if span.user_ids is not None:
            conditions.append(SQL("o.user_id IN %s", span.user_ids or (0,)))
        elif span.partner_ids is not None:
            conditions.append(SQL("a.partner_id IN %s", span.partner_ids or (0,)))
        return SQL(
            """debt_recovery_action a
                 JOIN debt_recovery_case k ON k.id = a.case_id
                 JOIN LATERAL (SELECT COALESCE(a.user_id, k.user_id) AS user_id) o
                   ON %s
                 JOIN debt_recovery_channel h ON h.id = a.channel_id
                  AND h.code <> 'activity'
                 LEFT JOIN debt_recovery_outcome u ON u.id = a.outcome_id""",
            SQL(" AND ").join(conditions),
        )

    @api.model
    def _activity_day(self, span):
        """Day of a done action in the zone of the company."""
        zone = str(span.company._recovery_zone())
        return SQL("(a.date_done AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", zone)

    @api.model
    def _activity_done(self, span, begin=None):
        return SQL(
            "a.state = 'done' AND %s BETWEEN %s AND %s",
            self._activity_day(span),
            begin or span.date_from,
            span.date_to,
        )

    @api.model
    def _activity_sql(self, span):
        done = self._activity_done(span)
        planned = SQL("a.date_planned BETWEEN %s AND %s", span.date_from, span.date_to)
        columns = {
            "contacts": done,
            "reached": SQL("%s AND u.is_rpc", done),
            "promises": SQL("%s AND u.is_rpc AND u.promise_source > ''", done),
            "refused": SQL("a.state = 'refused' AND %s", planned),
            "failed": SQL("a.state IN ('failed', 'unclear') AND %s", planned),
        }
        return SQL(
            "SELECT o.user_id, a.channel_id, %s FROM %s WHERE %s OR %s GROUP BY 1, 2",
            SQL(", ").join(
                SQL("COUNT(*) FILTER (WHERE %s) AS %s", rule, SQL.identifier(name))
                for name, rule in columns.items()
            ),
            self._activity_scope(span),
            done,
            SQL("%s AND a.state IN ('refused', 'failed', 'unclear')", planned),
        )

    @api.model
    def _money_sql(self, span):
        """Money on overdue items by the last contact before it."""
        reader = self.env["debt.recovery.kpi.reader"]
        period = SQL("p.max_date BETWEEN %s AND %s", span.date_from, span.date_to)
        return SQL(
            """SELECT t.user_id, t.channel_id, SUM(f.cash) AS money
                 FROM (%(matched)s) f
                 JOIN account_move_line l ON l.id = f.id
                 JOIN res_partner p ON p.id = l.partner_id
                 JOIN LATERAL (
                     SELECT o.user_id, a.channel_id FROM %(scope)s
                      WHERE a.partner_id = p.commercial_partner_id AND %(done)s
                        AND %(day)s BETWEEN f.day - %(days)s AND f.day
                      ORDER BY a.date_done DESC, a.id DESC LIMIT 1) t ON TRUE
                WHERE f.day > f.due AND f.cash > 0 GROUP BY 1, 2""",
            matched=reader._kpi_matched_sql(span, period),
            scope=self._activity_scope(span),
            done=self._activity_done(span),
            day=self._activity_day(span),
            days=MONEY_DAYS,
        )

    # WHAT DID NOT LEAVE

    @api.model
    def _refused_section(self, span):
        found = self.env["debt.recovery.action"].search(
            self._board()._refused_in(span), order="date_planned, id"
        )
        return self._not_left(
            self.env._("Refused by the contact rules"),
            self.env._("Nothing was refused."),
            [(action, action.reason or action.verdict) for action in found],
        )

    @api.model
    def _failed_section(self, span):
        board, reader = self._board(), self.env["debt.recovery.kpi.reader"]
        found = self.env["debt.recovery.action"].search(
            board._owned_domain(span, "case_id.user_id")
            & board._asked_domain(span)
            & reader._kpi_within(span, "date_planned")
            & Domain("state", "in", ("failed", "unclear")),
            order="date_planned, id",
        )
        return self._not_left(
            self.env._("Failed or unclear"),
            self.env._("Nothing failed."),
            [(action, action.failure or action.reason) for action in found],
        )

    @api.model
    def _not_left(self, title, empty, pairs):
        rows = [
            {
                "day": action.date_planned,
                "officer": (action.user_id or action.case_id.user_id).sudo().name or "",
                "customer": action.partner_id.sudo().display_name,
                "channel": action.channel_id.name,
                "why": why or "",
            }
            for action, why in pairs
        ]
        return self._section(
            title,
            [
                ("day", self.env._("Planned for"), "date"),
                ("officer", self.env._("Officer"), "text"),
                ("customer", self.env._("Customer"), "text"),
                ("channel", self.env._("Channel"), "text"),
                ("why", self.env._("Why"), "text"),
            ],
            rows,
            empty=empty,
        )
