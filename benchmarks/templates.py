"""The documents a book is made of, each posted by Odoo itself.

One unit is a line of 10.00 with 15 % tax: every amount that follows from it (tax,
instalments, the foreign currency at its rate) has two digits, so a document of *n*
units is exactly *n* times the document of one unit, to the cent.
"""

from datetime import timedelta

UNIT = 10.0
TERM_DAYS = 30
PAID_AFTER = 20
PARTIAL_SHARE = 0.4

#: Every kind of document in the book, with its share of the documents of its group.
OPEN_KINDS = {"open": 75, "instalments": 10, "foreign": 10, "partial": 5}
CLOSED_KINDS = {"paid": 90, "paid_foreign": 10}
CREDIT_KINDS = {"credit": 100}


class Templates:
    """A company ready to invoice, and its documents on any day in any size."""

    def __init__(self, env):
        self.env = env
        self.company = env.company
        self._set_up_company()
        self._set_up_terms()
        self.currency = self._foreign_currency()
        self.tax = self._tax()

    def _set_up_company(self):
        """A chart, a sender and a week of seven working days: the measurement must not
        depend on the weekday."""
        if not self.company.chart_template:
            self.env["account.chart.template"].try_loading(
                "generic_coa", company=self.company, install_demo=False
            )
        self.company.email = "receivables@company.example.com"
        calendar = self.company.resource_calendar_id
        for day in sorted(
            set("0123456") - set(calendar.attendance_ids.mapped("dayofweek"))
        ):
            calendar.attendance_ids.filtered(lambda a: a.dayofweek == "0").copy(
                {"dayofweek": day}
            )
        self.bank = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        outstanding = self.env["account.account"].search(
            [("account_type", "=", "asset_current"), ("reconcile", "=", True)], limit=1
        )
        self.bank.inbound_payment_method_line_ids.payment_account_id = outstanding

    def _set_up_terms(self):
        terms = self.env["account.payment.term"]
        self.term = self._term(terms, "Bench: 30 days", [(100, TERM_DAYS)])
        thirds = [(30, 30), (30, 60), (40, 90)]
        self.instalments = self._term(terms, "Bench: instalments", thirds)

    def _term(self, terms, name, parts):
        lines = [
            (0, 0, {"value": "percent", "value_amount": percent, "nb_days": days})
            for percent, days in parts
        ]
        found = terms.search([("name", "=", name)], limit=1)
        return found or terms.create({"name": name, "line_ids": lines})

    def _foreign_currency(self):
        """1.25 foreign units buy one of ours, on every day of the book."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        euro.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {"name": "2000-01-01", "currency_id": euro.id, "rate": 1.25}
        )
        return euro

    def _tax(self):
        return self.env["account.tax"].search(
            [
                ("type_tax_use", "=", "sale"),
                ("amount", "=", 15),
                ("company_id", "=", self.company.id),
            ],
            limit=1,
        )

    def post(self, kind, partner, day, units):
        """Post one document of a kind with all that belongs to it.

        :return: ``{model: records}``, the document first
        """
        invoice = self._invoice(kind, partner, day, units)
        payment = self.env["account.payment"]
        if kind in ("paid", "paid_foreign", "partial"):
            payment = self._pay(invoice, day, kind)
        moves = invoice | payment.move_id
        lines = moves.line_ids
        partials = lines.matched_debit_ids | lines.matched_credit_ids
        return {
            "account.move": moves,
            "account.move.line": lines,
            "account.payment": payment,
            "account.partial.reconcile": partials,
            "account.full.reconcile": lines.full_reconcile_id,
        }

    def _invoice(self, kind, partner, day, units):
        term = self.instalments if kind == "instalments" else self.term
        foreign = kind in ("foreign", "paid_foreign")
        currency = self.currency if foreign else self.company.currency_id
        line = {"name": "Goods", "price_unit": UNIT * units}
        line["tax_ids"] = [(6, 0, self.tax.ids)]
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_refund" if kind == "credit" else "out_invoice",
                "partner_id": partner.id,
                "currency_id": currency.id,
                "invoice_date": day,
                "invoice_payment_term_id": term.id,
                "invoice_line_ids": [(0, 0, line)],
            }
        )
        invoice.action_post()
        self.env.flush_all()  # the payment comes on another day, in a clean cache
        self.env.invalidate_all()
        return invoice

    def _pay(self, invoice, day, kind):
        """A payment with its entry, dated twenty days after the invoice."""
        vals = {
            "payment_date": day + timedelta(days=PAID_AFTER),
            "journal_id": self.bank.id,
        }
        if kind == "partial":
            vals["amount"] = invoice.amount_total * PARTIAL_SHARE
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        return wizard.create(vals)._create_payments()
