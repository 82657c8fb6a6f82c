from odoo import api, models

#: The rhythm of the shipped reports, by their code: working day of the period, hour of
#: the company's day. What is on needs people and something overdue; the rest waits for
#: one click.
SHIPPED = {
    "my_day": {"every": "day", "hour": 7.5, "audience": "officers"},
    "activity_day": {"every": "day", "hour": 7.75, "format": "xlsx"},
    "outgoing_day": {"every": "day", "hour": 6.0},
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
        "format": "pdf",
        "after_snapshot": True,
    },
    "month_dispute": {"every": "month", "day_first": 3, "format": "pdf"},
    "month_bad": {"every": "month", "day_first": 3, "format": "xlsx"},
    "quarter_strategy": {"every": "quarter", "day_first": 5, "format": "pdf"},
    "half_rates": {"every": "half", "format": "activity"},
    "year_rules": {"every": "year", "format": "activity"},
    "statement": {"every": "month", "hour": 8.0, "audience": "customers"},
}


class DebtRecoverySubscriptionShipped(models.AbstractModel):
    """The subscriptions that come with the reports, every company its own."""

    _name = "debt.recovery.subscription.shipped.mixin"
    _description = "Shipped Report Subscriptions"

    @api.model
    def _ship(self, companies, reports):
        """The subscriptions that come with these reports, each company its own; those
        that are on wait until the company names who gets them."""
        known = {
            (row.company_id.id, row.report_id.id)
            for row in self.sudo().search([("report_id", "in", reports.ids)])
        }
        vals_list = [
            {
                "report_id": report.id,
                "company_id": company.id,
                "user_ids": company.recovery_escalate_user_id.ids
                if "audience" not in SHIPPED[report.code]
                else [],
                **SHIPPED[report.code],
            }
            for company in companies.sudo()
            for report in reports.filtered(lambda report: report.code in SHIPPED)
            if (company.id, report.id) not in known
        ]
        return self.sudo().with_context(recovery_shipped=True).create(vals_list)

    @api.model
    def _find_first_people(self, companies):
        """The manager of the company gets what is on and has nobody yet."""
        for company in companies.sudo():
            rows = self.sudo().search(
                [
                    ("company_id", "=", company.id),
                    ("audience", "=", "people"),
                    ("user_ids", "=", False),
                ]
            )
            rows.user_ids = company.recovery_escalate_user_id
