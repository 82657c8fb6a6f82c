from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# The waterfall as the officer reads it: overdue, less what may not be chased, leaves
# what may; beside it what waits outside.
MINUS = ("disputed", "agreed", "held")
BESIDE = ("credit", "not_due", "in_payment", "excluded")
ALWAYS = ("overdue", *MINUS, "collectable", "credit", "not_due")
LATE_DAYS = 30


class DebtRecoveryCaseBridge(models.AbstractModel):
    """The bridge from overdue to collectable, live from the ledger. The stored figures
    sort lists; what an officer tells a debtor comes from here."""

    _name = "debt.recovery.case.bridge.mixin"
    _description = "Bridge of a Recovery Case"

    company_currency_id = fields.Many2one("res.currency")

    bridge = fields.Json(compute="_compute_bridge", help="Live amounts, not stored.")
    amount_late = fields.Monetary(
        "Over 30 Days",
        currency_field="company_currency_id",
        compute="_compute_amount_late",
        help="Part of the collectable amount that is more than 30 days overdue.",
    )
    receivable_count = fields.Integer(compute="_compute_bridge")

    @api.depends("partner_id", "company_id")
    @api.depends_context("recovery_today", "lang")
    def _compute_bridge(self):
        totals = self._bridge_totals()
        for case in self:
            sums = totals[case.company_id.id, case.partner_id.id]
            case.receivable_count = int(sums["count"])
            case.bridge = (
                case.partner_id
                and case.company_id
                and {
                    "terms": [
                        case._bridge_term(name, sums) for name in self._bridge_main()
                    ],
                    "beside": [
                        case._bridge_term(name, sums)
                        for name in BESIDE
                        if name in ALWAYS or sums[name]
                    ],
                    "currencies": case._bridge_currencies(sums),
                }
            )

    @api.depends("partner_id", "company_id")
    @api.depends_context("recovery_today")
    def _compute_amount_late(self):
        totals = self._bridge_totals()
        for case in self:
            sums = totals[case.company_id.id, case.partner_id.id]
            case.amount_late = sums["late"]

    @api.model
    def _bridge_main(self):
        """Names of the terms, in the order in which they are subtracted."""
        return ("overdue", *MINUS, "collectable")

    def _bridge_term(self, name, sums):
        """One number of the row: what it is called, how it counts, what it is."""
        self.ensure_one()
        value = -sums[name] if name == "credit" else sums[name]
        receivables = self.env["debt.recovery.receivable"]
        field = receivables._fields[f"amount_{name}"]
        sign = "−" if name in MINUS else "=" if name == "collectable" else ""
        return {
            "name": name,
            "label": field._description_string(self.env),
            "help": field._description_help(self.env),
            "sign": sign,
            "zero": bool(self.company_currency_id.is_zero(value)),
            "text": self.company_currency_id.format(value),
        }

    def _bridge_currencies(self, sums):
        """What is collectable in each document currency, when not all is in ours."""
        self.ensure_one()
        foreign = set(sums["currencies"]) - {self.company_currency_id.id}
        if not foreign:
            return ""
        currencies = self.env["res.currency"].browse(sums["currencies"])
        return " + ".join(
            currency.format(sums["currencies"][currency.id])
            for currency in currencies.sorted("name")
        )

    def _bridge_totals(self):
        """Live sums of all cases, one query per company."""
        totals = defaultdict(self._bridge_empty)
        for company, cases in self.grouped("company_id").items():
            if not company or not cases.partner_id:
                continue
            for row in self._bridge_rows(company, cases.partner_id.ids):
                self._bridge_add(totals[company.id, row["partner_id"]], row)
        return totals

    @api.model
    def _bridge_empty(self):
        names = (*self._bridge_main(), *BESIDE, "late", "count")
        return dict.fromkeys(names, 0.0) | {"currencies": {}}

    @api.model
    def _bridge_add(self, sums, row):
        """Add the row of one customer and document currency."""
        for name in sums.keys() - {"currencies"}:
            sums[name] += float(row[name] or 0)
        if row["collectable_currency"]:
            sums["currencies"][row["currency_id"]] = float(row["collectable_currency"])

    @api.model
    def _bridge_rows(self, company, partner_ids):
        self.env.flush_all()
        receivables = self.env["debt.recovery.receivable"]
        return self.env.execute_query_dict(
            SQL(
                """SELECT r.partner_id, r.currency_id, COUNT(*) AS count, %s,
                          SUM(r.amount_collectable_currency) AS collectable_currency,
                          SUM(r.amount_collectable) FILTER (WHERE r.days_overdue > %s)
                              AS late
                     FROM (%s) r GROUP BY r.partner_id, r.currency_id""",
                SQL(", ").join(
                    SQL(
                        "SUM(%s) AS %s",
                        SQL.identifier("r", f"amount_{name}"),
                        SQL.identifier(name),
                    )
                    for name in (*self._bridge_main(), *BESIDE)
                ),
                LATE_DAYS,
                receivables._receivable_sql(
                    company._recovery_today(),
                    company._recovery_branches(),
                    partner_ids=partner_ids,
                ),
            )
        )

    def _open_items_domain(self):
        """The items of these cases, also of closed ones."""
        return Domain("partner_id", "in", self.partner_id.ids) & Domain(
            "root_company_id", "in", self.company_id.ids
        )

    def action_open_receivables(self):
        """Open the items behind the case, or behind the number that was clicked
        (``recovery_bridge`` in the context)."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery.debt_recovery_receivable_action"
        )
        domain = self._open_items_domain()
        name = self.env.context.get("recovery_bridge")
        receivables = self.env["debt.recovery.receivable"]
        if f"amount_{name}" in receivables._fields:
            domain &= Domain(f"amount_{name}", "!=", 0)
            field = receivables._fields[f"amount_{name}"]
            label = field._description_string(self.env)
            action |= {"name": label, "display_name": label}
        return action | {
            "domain": list(domain),
            "views": [(False, "list"), (False, "pivot"), (False, "graph")],
            "view_mode": "list,pivot,graph",
            "path": False,
            "context": {"create": False},
        }
