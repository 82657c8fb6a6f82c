from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import format_date

#: Months whose commitments say how good those of a person are.
MONTHS = 6
FACTS = ("target", "recovered", "committed", "waiting", "hit", "judged")


class DebtRecoveryPushSum(models.AbstractModel):
    """Where the month stands: target, recovered, committed and not in yet, still to
    find, and how good earlier commitments were; by officer and for the team."""

    _name = "debt.recovery.push.sum.mixin"
    _description = "Sums of the Month-end Push"

    @api.model
    def _push_sums(self, company, month, filters=None):
        """Rows of officers, the largest target first, then that of the team where all
        are asked for. Amounts in company currency; ``target`` and ``missing`` are None
        without a target, ``rate`` (per cent) while nothing was judged.

        :param filters: as for key figures; a choice of customers has no target
        """
        filters = {"partner_ids": None, "user_ids": None} | (filters or {})
        facts = self._push_facts(company, month, filters)
        wanted = filters["user_ids"]
        users = self.env["res.users"].sudo().browse(user for user in facts if user)
        rows = [
            {"user_id": user.id, "officer": user.name}
            | self._finish_sum(facts[user.id])
            for user in users
            if wanted is None or user.id in wanted
        ]
        rows.sort(key=lambda row: (-(row["target"] or 0), -row["recovered"]))
        if wanted is None and facts:
            whole = {key: sum(fact[key] for fact in facts.values()) for key in FACTS}
            whole["target"] = facts[False]["target"] or whole["target"]
            team = {"user_id": False, "officer": self.env._("Team")}
            rows.append(team | self._finish_sum(whole))
        return rows

    @api.model
    def _finish_sum(self, fact):
        target = fact["target"] or None
        missing = target and max(target - fact["recovered"] - fact["waiting"], 0)
        rate = 100 * fact["hit"] / fact["judged"] if fact["judged"] else None
        return fact | {"target": target, "missing": missing, "rate": rate}

    @api.model
    def _push_facts(self, company, month, filters):
        """``{user id or False: {name of the fact: number}}``"""
        facts = defaultdict(lambda: dict.fromkeys(FACTS, 0))
        if filters["partner_ids"] is None:
            for user, value in self._sum_targets(company, month):
                facts[user.id]["target"] = value
        last = min(fields.Date.end_of(month, "month"), company._recovery_today())
        reader = self.env["debt.recovery.kpi.reader"]
        span = reader._span(company, month, last, filters)
        board = self.env["debt.recovery.dashboard"]
        for user_id, row in board._recovered_by_user(span).items():
            facts[user_id or False]["recovered"] = float(row["now"])
        for row in self._push_between(company, month, 0, filters):
            facts[row.user_id.id]["committed"] += row.amount_committed
            if row.state == "waiting":
                rest = max(row.amount_committed - row.amount_paid, 0)
                facts[row.user_id.id]["waiting"] += rest
        for row in self._judged_before(company, month, filters):
            facts[row.user_id.id]["judged"] += 1
            facts[row.user_id.id]["hit"] += row.state == "hit"
        return facts

    @api.model
    def _judged_before(self, company, month, filters):
        """Commitments of the months before that were hit or missed."""
        rows = self._push_between(company, month, MONTHS, filters)
        return rows.filtered(lambda row: row.state in ("hit", "missed"))

    @api.model
    def _sum_targets(self, company, month):
        """What is to be recovered in this month; targets of parts of it add up."""
        return self.env["debt.recovery.target"]._read_group(
            [
                ("company_id", "=", company.id),
                ("kpi_id.code", "=", "recovered"),
                ("date_from", ">=", month),
                ("date_to", "<=", fields.Date.end_of(month, "month")),
            ],
            ["user_id"],
            ["value:sum"],
        )

    @api.model
    def _push_between(self, company, month, months, filters):
        """Rows of the month, or of so many months before it."""
        domain = [("company_id", "=", company.id), ("month", "=", month)]
        if months:
            first = fields.Date.subtract(month, months=months)
            domain[1:] = [("month", ">=", first), ("month", "<", month)]
        for key, fname in (("partner_ids", "partner_id"), ("user_ids", "user_id")):
            if filters[key] is not None:
                domain.append((fname, "in", filters[key]))
        return self.search(domain)

    @api.model
    def action_sums(self):
        """Where this month stands, for the strip above the list.

        :return: ``month`` and ``rows`` with texts and the shares of the bar
        """
        company = self.env.company._recovery_root()
        month = fields.Date.start_of(company._recovery_today(), "month")
        board = self.env["debt.recovery.dashboard"]
        board._check_reader()
        users = None if board._sees_all() else self.env.user.ids
        rows = self._push_sums(company, month, {"user_ids": users})
        span = self.env["debt.recovery.kpi.reader"]._span(company, month, month, {})
        return {
            "month": format_date(self.env, month, date_format="MMMM"),
            "rows": [self._prepare_strip(row, span) for row in rows],
        }

    @api.model
    def _prepare_strip(self, row, span):
        """A row as texts; shares in per cent of the target, or of what is known."""
        names = ("target", "recovered", "waiting", "missing")
        board = self.env["debt.recovery.dashboard"]
        whole = max(row["target"] or 0, row["recovered"] + row["waiting"]) or 1
        return {
            "user_id": row["user_id"],
            "officer": row["officer"],
            "rate": "–" if row["rate"] is None else f"{row['rate']:.0f} %",
            "judged": row["judged"],
            "shares": [100 * row[name] / whole for name in ("recovered", "waiting")],
            **{
                name: "–" if row[name] is None else board._money(span, row[name])
                for name in names
            },
        }
