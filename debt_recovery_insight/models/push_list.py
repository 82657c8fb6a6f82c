from odoo import api, fields, models

from ..tools.rhythm import working_days

#: Working days at the end of a month on which the list is made.
DAYS = 5
#: In money units: worth a row, and large enough without an expected day.
SMALL, LARGE = 4, 20


class DebtRecoveryPushList(models.AbstractModel):
    """Who stands on the month-end list: customers with an open case whose promise or
    usual day falls into the rest of the month, and large ones that can be reached."""

    _name = "debt.recovery.push.list.mixin"
    _description = "List of the Month-end Push"

    @api.model
    def _push_days(self, company, day):
        """The last working days of the month of ``day``."""
        first = fields.Date.start_of(day, "month")
        last = fields.Date.end_of(day, "month")
        calendar = company._recovery_calendar(first, last)
        return working_days(first, last, calendar)[-DAYS:]

    @api.model
    def _list_due(self, company):
        """Once a day: make the list in the last days, judge what was committed."""
        today = company._recovery_today()
        if today in self._push_days(company, today):
            self._list_month(company)
        self._judge_recent(company)

    @api.model
    def _list_month(self, company):
        """Add who is missing, renew the figures of rows without commitment."""
        today = company._recovery_today()
        month = fields.Date.start_of(today, "month")
        known = {
            row.case_id.id: row
            for row in self.search(
                [("company_id", "=", company.id), ("month", "=", month)]
            )
        }
        vals_list = []
        for vals in self._find_candidates(company):
            row = known.pop(vals["case_id"], None)
            if not row:
                vals_list.append({"month": month, "date_listed": today, **vals})
            elif row.state == "open":
                row.write(vals)
        gone = self.union(*known.values()).filtered(
            lambda row: row.state == "open" and not row.note and not row.amount_paid
        )
        gone.unlink()
        return self.create(vals_list)

    @api.model
    def _find_candidates(self, company):
        """Values of the rows, those with money expected and the large ones."""
        expected = self._read_expected(company)
        cases = self.env["debt.recovery.case"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "open"),
                "|",
                ("partner_id", "in", list(expected)),
                *self._large_domain(company),
            ]
        )
        small = float(company._recovery_units(SMALL))
        large = float(company._recovery_units(LARGE))
        rows = []
        for case in cases:
            vals = self._prepare_row(case, expected.get(case.partner_id.id) or {})
            if vals["amount_expected"] < small:
                if case.amount_collectable < large:
                    continue
                if vals["why"] != "promise":
                    vals["why"] = "large"
            rows.append(vals)
        return rows

    @api.model
    def _large_domain(self, company):
        """Seam: large customers without an expected day that can be reached."""
        return [
            "&",
            ("amount_collectable", ">=", float(company._recovery_units(LARGE))),
            "|",
            "|",
            ("partner_id.phone", "!=", False),
            ("partner_id.email", "!=", False),
            ("contact_ids", "!=", False),
        ]

    @api.model
    def _read_expected(self, company):
        """``{partner id: {source: (sum, first day)}}`` of what should come until the
        month ends."""
        last = fields.Date.end_of(company._recovery_today(), "month")
        groups = self.env["debt.recovery.expected.cash"]._read_group(
            [
                ("company_id", "=", company.id),
                ("date_expected", "<=", last),
                ("source", "in", ("agreed", "usual")),
            ],
            ["partner_id", "source"],
            ["amount:sum", "date_expected:min"],
        )
        found = {}
        for partner, source, amount, day in groups:
            found.setdefault(partner.id, {})[source] = (amount, day)
        return found

    @api.model
    def _prepare_row(self, case, expected):
        amounts = expected.values()
        return {
            "company_id": case.company_id.id,
            "case_id": case.id,
            "partner_id": case.partner_id.id,
            "user_id": case.user_id.id,
            "why": "promise" if "agreed" in expected else "expected",
            "date_expected": min((day for _amount, day in amounts), default=False),
            "amount_expected": sum(amount for amount, _day in amounts),
            "amount_collectable": case.amount_collectable,
        }
