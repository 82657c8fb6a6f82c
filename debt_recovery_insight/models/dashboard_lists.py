from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

TOP, FEW = 10, 6


class DebtRecoveryDashboardLists(models.AbstractModel):
    """Lists under the pictures, and the line that ties the figures to the ledger."""

    _name = "debt.recovery.dashboard.lists.mixin"
    _description = "Lists of the Dashboard"
    _inherit = ["debt.recovery.dashboard.work.mixin"]

    @api.model
    def _board_debtors(self, span):
        cases = self.env["debt.recovery.case"].search(
            self._case_domain(span) & Domain("amount_overdue", ">", 0),
            order="amount_overdue desc, id",
            limit=TOP,
        )
        return [
            {
                "id": case.id,
                "name": case.partner_id.sudo().display_name,
                "text": self._money(span, case.amount_overdue),
                "days": case.days_overdue,
                "band": case.risk_band or "",
                "status": case.status_sentence or "",
                "user": case.user_id.sudo().name or "",
            }
            for case in cases
        ]

    @api.model
    def _board_promises(self, span):
        instalments = self.env["debt.recovery.instalment"].search(
            self._due_domain(span), order="date_due, id", limit=FEW
        )
        kinds = dict(instalments._fields["kind"]._description_selection(self.env))
        return [
            {
                "id": row.id,
                "day": format_date(self.env, row.date_due, date_format="EEE d MMM"),
                "name": row.partner_id.sudo().display_name,
                "kind": kinds.get(row.kind, ""),
                "text": row.currency_id.format(row.amount_open),
            }
            for row in instalments
        ]

    @api.model
    def _alert_domain(self, span):
        return self._owned_domain(span) & Domain("state", "=", "open")

    @api.model
    def _board_alerts(self, span):
        model = self.env["debt.recovery.alert"]
        domain = self._alert_domain(span)
        alerts = model.search(domain, order="amount desc, id", limit=FEW)
        kinds = dict(model._fields["kind"]._description_selection(self.env))
        return {
            "count": model.search_count(domain),
            "rows": [
                {
                    "id": alert.id,
                    "name": alert.partner_id.sudo().display_name,
                    "kind": kinds[alert.kind],
                    "text": alert.text,
                }
                for alert in alerts
            ],
        }

    @api.model
    def _board_footer(self, span):
        """Whether the newest frozen day ties to the receivable accounts."""
        check = self.env["debt.recovery.snapshot.check"].sudo()
        check = check.search(
            [("company_id", "=", span.company.id), ("state", "=", "done")],
            order="date desc, taken_at desc",
            limit=1,
        )
        if not check:
            text = self.env._(
                "Not tied to the ledger yet: the daily run freezes the first figures."
            )
            return {"text": text, "tone": "", "id": False}
        currency = span.company.currency_id
        ties = currency.is_zero(check.difference)
        when = format_datetime(self.env, check.taken_at, dt_format="d MMM HH:mm")
        values = {
            "balance": currency.format(check.ledger_balance),
            "difference": currency.format(check.difference),
            "when": when,
        }
        if span.user_ids is None:
            text = self.env._(
                "Ledger %(balance)s – difference %(difference)s, at %(when)s", **values
            )
        elif ties:
            text = self.env._("All figures tie to the ledger, at %(when)s", **values)
        else:
            text = self.env._(
                "The figures of %(when)s do not tie to the ledger: ask the manager.",
                **values,
            )
        return {"text": text, "tone": "good" if ties else "bad", "id": check.id}
