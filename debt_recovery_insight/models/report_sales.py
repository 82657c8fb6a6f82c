from odoo import models
from odoo.fields import Date, Domain
from odoo.tools import format_date

#: Days ahead within which a hold that begins or ends is told.
AHEAD = 7


class DebtRecoveryReportSales(models.AbstractModel):
    """The week of a salesperson, who has no right on recovery: the own customers'
    overdue amounts, what stops or frees orders soon, questions that wait. Nothing of a
    case is told: no reasons, no notes, no hardship, no agreements."""

    _name = "debt.recovery.report.sales.mixin"
    _description = "Report for Salespeople"

    def _report_week_sales(self, ask):
        """Read as the system, of the person's own customers only; who recovers for all
        may ask for anybody, or for everybody."""
        company, today = ask["company"], ask["company"]._recovery_today()
        users = self._sales_users(ask)
        customers = self._sales_customers(ask, users)
        holds = self._sales_holds(ask, users, today)
        questions = self._sales_questions(ask, users, today)
        several = users is None or len(users) > 1
        return {
            "title": self.env._(
                "Your customers on %(day)s", day=format_date(self.env, today)
            ),
            "lead": [
                self.env._(
                    "Customers who owe %(company)s what is overdue: %(count)s, "
                    "%(amount)s. Questions that wait for an answer: %(questions)s.",
                    count=len(customers),
                    company=company.name,
                    amount=company.currency_id.format(
                        sum(row["overdue"] for row in customers)
                    ),
                    questions=len(questions),
                )
            ],
            "sections": [
                self._sales_overdue_section(customers, several),
                self._sales_question_section(questions, several),
                self._sales_hold_section(holds, several),
            ],
            "notes": [
                self.env._(
                    "Amounts in %(currency)s. A customer is yours when it says so, "
                    "else when its open invoices do. Talk to the officer before you "
                    "promise anything about these debts.",
                    currency=company.currency_id.name,
                )
            ],
        }

    # WHOSE

    def _sales_users(self, ask):
        """Ids of the salespeople; None is everybody."""
        if self.env["debt.recovery.dashboard"]._sees_all():
            return ask["filters"].get("user_ids")
        return self.env.user.ids

    def _sales_companies(self, ask):
        """Companies of the person asked for, within the root."""
        branches = ask["company"]._recovery_branches()
        return branches & self.env.user.company_ids

    def _sales_domain(self, ask, users):
        """Rows of the customers of these salespeople."""
        domain = Domain("company_id", "in", self._sales_companies(ask).ids)
        partners = ask["filters"].get("partner_ids")
        if partners is not None:
            domain &= Domain("partner_id", "child_of", partners)
        if users is None:
            return domain
        return domain & (
            Domain("partner_id.user_id", "in", users)
            | Domain("partner_id.user_id", "=", False)
            & Domain("invoice_user_id", "in", users)
        )

    # CUSTOMERS

    def _sales_customers(self, ask, users):
        """One row per customer with something overdue, the largest of each salesperson
        first."""
        receivables = self.env["debt.recovery.receivable"].sudo()
        groups = receivables._read_group(
            self._sales_domain(ask, users) & Domain("amount_overdue", ">", 0),
            ["partner_id", "invoice_user_id"],
            [
                "amount_overdue:sum",
                "amount_disputed:sum",
                "date_due:min",
                "__count",
                "case_id:recordset",
            ],
        )
        today, rows = ask["company"]._recovery_today(), {}
        for partner, seller, overdue, disputed, due, count, cases in groups:
            row = rows.setdefault(partner.id, self._sales_row(partner, seller, cases))
            row["overdue"] += overdue
            row["disputed"] += disputed
            row["count"] += count
            row["days"] = max(row["days"], (today - due).days)
        return sorted(rows.values(), key=lambda row: (row["seller"], -row["overdue"]))

    def _sales_row(self, partner, seller, cases):
        return {
            "seller": (partner.user_id or seller).name or self.env._("Nobody"),
            "customer": partner.display_name,
            "overdue": 0.0,
            "disputed": 0.0,
            "count": 0,
            "days": 0,
            "officer": cases[:1].user_id.name or "",
        }

    def _sales_overdue_section(self, rows, several):
        return self._section(
            self.env._("Overdue"),
            [
                *self._sales_seller(several),
                ("customer", self.env._("Customer"), "text"),
                ("count", self.env._("Invoices"), "integer"),
                ("overdue", self.env._("Overdue"), "amount"),
                ("disputed", self.env._("Of It Disputed"), "amount"),
                ("days", self.env._("Days"), "days"),
                ("officer", self.env._("Officer"), "text"),
            ],
            rows,
            totals=self._totals(rows, "count", "overdue", "disputed"),
            empty=self.env._("None of your customers is overdue."),
        )

    def _sales_seller(self, several):
        return [("seller", self.env._("Salesperson"), "text")] if several else []

    # ORDERS

    def _sales_holds(self, ask, users, today):
        """Stops of new orders that run, and truces and stops that begin or end soon.
        Why somebody placed one stays with recovery."""
        holds = self.env["debt.recovery.hold"].sudo()
        stops = Domain("type_id.stop_sales", "=", True)
        truces = Domain("type_id.placed_by", "=", "salesperson")
        runs = Domain(holds._valid_domain(today))
        found = holds.search(
            Domain("company_id", "in", (False, ask["company"].id))
            & Domain("partner_id", "in", self._sales_partners(ask, users).ids)
            & Domain("date_released", "=", False)
            & Domain(*holds._approved_domain())
            & (stops & runs | (stops | truces) & self._sales_soon(today)),
            order="date_from, id",
        )
        return [self._sales_hold_row(hold) for hold in found]

    def _sales_soon(self, today):
        """Begins or ends within the days ahead."""
        last = Date.add(today, days=AHEAD)
        begins = Domain("date_from", ">", today) & Domain("date_from", "<=", last)
        ends = Domain("date_to", ">=", today) & Domain("date_to", "<=", last)
        return begins | ends & Domain("date_from", "<=", last)

    def _sales_partners(self, ask, users):
        """Customers of these salespeople that owe anything."""
        receivables = self.env["debt.recovery.receivable"].sudo()
        rows = receivables._read_group(self._sales_domain(ask, users), ["partner_id"])
        return self.env["res.partner"].sudo().union(*(row[0] for row in rows))

    def _sales_hold_row(self, hold):
        stops = hold.type_id.stop_sales
        return {
            "seller": hold.partner_id.user_id.name or self.env._("Nobody"),
            "customer": hold.partner_id.display_name,
            "what": self.env._("New orders stop") if stops else hold.type_id.name,
            "first": hold.date_from,
            "last": hold.date_to or None,
        }

    def _sales_hold_section(self, rows, several):
        return self._section(
            self.env._("Orders: stops and truces"),
            [
                *self._sales_seller(several),
                ("customer", self.env._("Customer"), "text"),
                ("what", self.env._("What"), "text"),
                ("first", self.env._("From"), "date"),
                ("last", self.env._("Last Day"), "date"),
            ],
            rows,
            empty=self.env._(
                "No order is stopped, and nothing begins or ends within %(days)s days.",
                days=AHEAD,
            ),
        )

    # QUESTIONS

    def _sales_questions(self, ask, users, today):
        domain = Domain("company_id", "=", ask["company"].id)
        domain &= Domain("state", "=", "open")
        if users is None:
            domain &= Domain("topic", "=", "sales")
        else:
            domain &= Domain("user_id", "in", users)
        questions = self.env["debt.recovery.question"].sudo()
        return [
            {
                "seller": question.user_id.name,
                "customer": question.customer_name,
                "question": question.question,
                "about": question.about or "",
                "by": question.asked_by_id.name,
                "until": question.date_deadline,
                "state": self.env._("Overdue")
                if question.date_deadline < today
                else "",
            }
            for question in questions.search(domain, order="date_deadline, id")
        ]

    def _sales_question_section(self, rows, several):
        return self._section(
            self.env._("Questions to you"),
            [
                *self._sales_seller(several),
                ("customer", self.env._("Customer"), "text"),
                ("question", self.env._("Question"), "text"),
                ("about", self.env._("About"), "text"),
                ("by", self.env._("Asked By"), "text"),
                ("until", self.env._("Needed By"), "date"),
                ("state", self.env._("State"), "text"),
            ],
            rows,
            empty=self.env._("No question waits for you."),
        )
