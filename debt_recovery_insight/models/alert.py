from decimal import Decimal

from odoo import api, fields, models

from ..tools import risk

KINDS = [
    ("unusual", "Unusually late"),
    ("first", "Late for the first time"),
    ("limit", "Credit limit exceeded"),
    ("insured", "Insured limit exceeded"),
    ("sudden", "Sudden change"),
]


class DebtRecoveryAlert(models.Model):
    """Something about a customer that a person should look at. It opens and goes by
    itself as long as its ground holds; who has looked says so, and it stays away until
    the ground has gone and come back."""

    _name = "debt.recovery.alert"
    _description = "Alert"
    _order = "state, date desc, amount desc, id desc"
    _rec_name = "text"

    risk_id = fields.Many2one(
        "debt.recovery.risk", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="risk_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="risk_id.company_id", store=True, index=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    case_id = fields.Many2one(related="risk_id.case_id")
    user_id = fields.Many2one(
        "res.users", "Officer", readonly=True, help="Of the case when it came up."
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    date = fields.Date("Since", required=True, readonly=True)
    amount = fields.Monetary(
        currency_field="company_currency_id", readonly=True, help="What is concerned."
    )
    text = fields.Char("What", required=True, readonly=True)
    state = fields.Selection(
        [("open", "To look at"), ("seen", "Looked at"), ("gone", "Gone")],
        required=True,
        default="open",
        readonly=True,
    )
    seen_by_id = fields.Many2one("res.users", "Looked At By", readonly=True)
    date_seen = fields.Date("Looked At On", readonly=True)

    _open_idx = models.Index("(company_id, kind) WHERE state <> 'gone'")

    def action_seen(self):
        """A person has looked; nothing else changes."""
        self.check_access("read")
        today = self.env.company._recovery_today()
        self.sudo().filtered(lambda alert: alert.state == "open").write(
            {"state": "seen", "seen_by_id": self.env.uid, "date_seen": today}
        )
        return True

    def action_open_case(self):
        """The case, else the risk of the customer."""
        self.ensure_one()
        return (self.case_id or self.risk_id)._get_records_action()

    # REFRESH

    @api.model
    def _refresh_company(self, company, rows, values):
        """Open what came up, close what has gone.

        :param rows: facts of the customers, ``values`` what the score made of them
        """
        grounds = {
            (row["partner_id"], kind): (text, amount)
            for row, value in zip(rows, values, strict=True)
            for kind, text, amount in self._grounds(company, row, value[2])
        }
        live = self.sudo().search(
            [("company_id", "=", company.id), ("state", "!=", "gone")]
        )
        known = {(alert.partner_id.id, alert.kind): alert for alert in live}
        gone = [alert.id for key, alert in known.items() if key not in grounds]
        self.sudo().browse(gone).write({"state": "gone"})
        fresh = {key: found for key, found in grounds.items() if key not in known}
        self.sudo().create(self._prepare_vals(company, fresh))

    @api.model
    def _prepare_vals(self, company, fresh):
        risks = self.env["debt.recovery.risk"].sudo()
        partners = [partner_id for partner_id, _kind in fresh]
        found = risks.search(
            [("company_id", "=", company.id), ("partner_id", "in", partners)]
        )
        by_partner = {row.partner_id.id: row for row in found}
        today = company._recovery_today()
        return [
            {
                "risk_id": by_partner[partner_id].id,
                "user_id": by_partner[partner_id].case_id.user_id.id,
                "kind": kind,
                "date": today,
                "text": text,
                "amount": amount,
            }
            for (partner_id, kind), (text, amount) in fresh.items()
        ]

    @api.model
    def _grounds(self, company, row, score):
        """Seam: (kind, sentence, amount) of what concerns one customer now."""
        median = None if row["median"] is None else Decimal(str(row["median"]))
        days = int(row["oldest"] or 0)
        if risk.is_unusually_late(days, median, row["settled"]):
            yield "unusual", self._unusual_text(days, median), row["overdue_amount"]
        if risk.is_first_time_late(row["late_count"], row["late_now"], row["count"]):
            text = self.env._(
                "Late for the first time after %(count)s invoices in time",
                count=row["count"] - row["late_now"],
            )
            yield "first", text, row["overdue_amount"]
        for kind, name in (("limit", "limit_amount"), ("insured", "insured")):
            if row[name] and row["exposure"] > row[name]:
                over = row["exposure"] - row[name]
                yield kind, self._limit_text(company, row, row[name]), over
        before = row["score_before"]
        if risk.is_sudden(score, before):
            text = self.env._(
                "Risk went from %(before)s to %(now)s since last month",
                before=round(before),
                now=round(score),
            )
            yield "sudden", text, row["exposure"]

    @api.model
    def _unusual_text(self, days, median):
        return self.env._(
            "%(days)s days overdue; usually pays %(usual)s days after the due date",
            days=days,
            usual=max(0, round(median)),
        )

    @api.model
    def _limit_text(self, company, row, limit):
        currency = company.currency_id
        return self.env._(
            "%(open)s open, limit %(limit)s",
            open=currency.format(row["exposure"]),
            limit=currency.format(limit),
        )
