from odoo import api, fields, models

#: The rhythm of the shipped reports, by their code: working day of the period, hour of
#: the company's day. What is on needs people and something overdue; the rest waits for
#: one click. ``manager``: beside the officers; ``first_days``: so long after the first
#: strategy went live.
SHIPPED = {
    "my_day": {"every": "day", "hour": 7.5, "audience": "officers"},
    "activity_day": {"every": "day", "hour": 7.75, "format": "xlsx"},
    "outgoing_day": {"every": "day", "hour": 6.0, "first_days": 30},
    "cash_day": {"every": "day", "hour": 16.0, "format": "pdf"},
    "week_manager": {
        "every": "week",
        "format": "both",
        "is_on": True,
        "only_overdue": True,
    },
    "week_sales": {"every": "week", "hour": 7.5, "audience": "salespeople"},
    "week_legal": {"every": "week", "format": "pdf"},
    "push": {
        "every": "month",
        "day_first": -5,
        "day_last": -1,
        "audience": "officers",
        "manager": True,
        "format": "xlsx",
    },
    "month_pack": {
        "every": "month",
        "day_first": 2,
        "format": "both",
        "is_on": True,
        "only_overdue": True,
        "after_snapshot": True,
    },
    "month_team": {
        "every": "month",
        "day_first": 2,
        "audience": "officers",
        "manager": True,
        "format": "pdf",
        "after_snapshot": True,
    },
    "month_dispute": {"every": "month", "day_first": 3, "format": "pdf"},
    "month_bad": {"every": "month", "day_first": 3, "format": "xlsx"},
    "quarter_strategy": {"every": "quarter", "day_first": 5, "format": "pdf"},
    "half_rates": {"every": "half", "format": "activity"},
    "year_rules": {"every": "year", "format": "activity"},
    "statement": {"every": "month", "hour": 8.0, "audience": "debtors"},
}


#: What is no field of a subscription.
HINTS = ("manager", "first_days")


class DebtRecoverySubscriptionShipped(models.AbstractModel):
    """The subscriptions that come with the reports, every company its own."""

    _name = "debt.recovery.subscription.shipped.mixin"
    _description = "Shipped Report Subscriptions"

    @api.model
    def _ship(self, companies, reports):
        """The subscriptions that come with these reports, each company its own; those
        that are on wait until the company names who gets them. Called once, when the
        company or the report is new: what somebody deletes later stays away."""
        vals_list = [
            self._prepare_shipped(report, company)
            for company in companies.sudo()
            for report in reports.filtered(lambda report: report.code in SHIPPED)
        ]
        rows = self.sudo().with_context(recovery_shipped=True).create(vals_list)
        for company in companies:
            rows._set_first_days(company)
        return rows

    @api.model
    def _prepare_shipped(self, report, company):
        vals = SHIPPED[report.code]
        manager = self._goes_to_manager(report.code)
        return {
            "report_id": report.id,
            "company_id": company.id,
            "user_ids": company.recovery_escalate_user_id.ids if manager else [],
            **{key: value for key, value in vals.items() if key not in HINTS},
        }

    @api.model
    def _goes_to_manager(self, code):
        vals = SHIPPED.get(code, {})
        return "audience" not in vals or "manager" in vals

    @api.model
    def _find_first_people(self, companies, named_first):
        """The manager of the company gets what is on and has nobody yet, and what goes
        to the manager beside the officers if there was none before."""
        for company in companies.sudo():
            rows = self.sudo().search(
                [
                    ("company_id", "=", company.id),
                    ("audience", "in", ("people", "officers")),
                ]
            )
            waiting = rows.filtered(lambda row: row._lacks_recipients())
            if company in named_first:
                waiting |= rows.filtered(lambda row: self._goes_to_manager(row.code))
            waiting.user_ids += company.recovery_escalate_user_id

    def _set_first_days(self, company):
        """What is for the first days ends so long after the first strategy of the
        company went live; whoever switches it on later has it for good."""
        lives = self.env["debt.recovery.strategy.live"].sudo()
        live = lives.search([("company_id", "=", company.id)], order="date", limit=1)
        for row in self.filtered(lambda row: row.company_id == company):
            days = SHIPPED.get(row.code, {}).get("first_days")
            if live and days and not row.date_until:
                row.date_until = fields.Date.add(live.date, days=days)
