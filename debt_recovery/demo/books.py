"""The books of the demo story: customers, posted invoices, money that came in."""

import io
from datetime import timedelta

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from odoo.fields import Command
from odoo.tools import format_date

#: The money unit in which the story is written.
WRITTEN_UNIT = 50
QUIET = {"tracking_disable": True, "mail_create_nolog": True, "lang": "en_US"}


class Books:
    """Customers and documents of one company. ``moves`` and ``partners`` are found by
    the key of the debtor."""

    def __init__(self, env, company, today):
        self.env = env(
            context={**env.context, **QUIET, "allowed_company_ids": company.ids}
        )
        self.company = company.with_env(self.env)
        self.today = today
        self.scale = company.recovery_money_unit / WRITTEN_UNIT or 1.0
        self.partners = {}
        self.people = {}
        self.moves = {}

    # CUSTOMERS

    def open(self, debtors):
        """Create the customers and post their invoices, oldest first."""
        self._create_customers(debtors)
        bills = [(debtor, bill) for debtor in debtors for bill in debtor.bills]
        bills.sort(key=lambda pair: -(pair[1].due + pair[1].terms))
        moves = self.env["account.move"].create(
            [self._prepare_invoice(debtor, bill) for debtor, bill in bills]
        )
        moves.action_post()
        self._attach_documents(moves)
        found = dict(zip(bills, moves, strict=True))
        for debtor in debtors:
            self.moves[debtor.key] = [found[debtor, bill] for bill in debtor.bills]

    def _create_customers(self, debtors):
        partners = self.env["res.partner"].create(
            [self._prepare_customer(debtor) for debtor in debtors]
        )
        for debtor, partner in zip(debtors, partners, strict=True):
            self.partners[debtor.key] = partner
        self.env["debt.recovery.payer.profile"].create(
            [
                {
                    **debtor.profile,
                    "partner_id": self.partners[debtor.key].id,
                    "company_id": self.company.id,
                }
                for debtor in debtors
                if debtor.profile
            ]
        )
        people = [(debtor, person) for debtor in debtors for person in debtor.people]
        contacts = self.env["res.partner"].create(
            [self._prepare_person(debtor, person) for debtor, person in people]
        )
        for (debtor, _person), contact in zip(people, contacts, strict=True):
            self.people.setdefault(debtor.key, contact.browse())
            self.people[debtor.key] += contact

    def _prepare_customer(self, debtor):
        country = self.env.ref(f"base.{debtor.country}")
        key_account = self.env.ref("debt_recovery.partner_category_key_account")
        return {
            "name": debtor.name,
            "is_company": debtor.is_company,
            "street": debtor.street,
            "zip": debtor.zip,
            "city": debtor.city,
            "country_id": country.id,
            "lang": self._find_lang(country),
            "phone": debtor.phone,
            "email": debtor.email and f"accounts@{debtor.key}.example.com",
            "ref": f"C-{debtor.key.upper()}",
            "recovery_law_country_id": debtor.law
            and self.env.ref(f"base.{debtor.law}").id,
            "category_id": [Command.set(key_account.ids if debtor.key_account else [])],
        }

    def _find_lang(self, country):
        """The language of the country, where it is installed."""
        languages = self.env["res.lang"].search([])
        near = languages.filtered(lambda lang: lang.code.endswith(f"_{country.code}"))
        return (near[:1] or languages.filtered(lambda x: x.code == "en_US")).code

    def _prepare_person(self, debtor, person):
        short = person.name.split()[0].lower()
        return {
            "name": person.name,
            "parent_id": self.partners[debtor.key].id,
            "type": "contact",
            "function": person.function,
            "recovery_contact_role": person.role,
            "phone": debtor.phone,
            "email": person.email and f"{short}@{debtor.key}.example.com",
        }

    # INVOICES

    def amount(self, bill):
        """The bill in the currency it is written in."""
        if bill.foreign:
            return bill.amount
        return self.company.currency_id.round(bill.amount * self.scale)

    def second_currency(self):
        """Euro, or dollar where the books are in euro; switched on if need be."""
        euro, dollar = self.env.ref("base.EUR"), self.env.ref("base.USD")
        currency = dollar if self.company.currency_id == euro else euro
        currency.sudo().active = True
        return currency

    def _prepare_invoice(self, debtor, bill):
        currency = self.company.currency_id
        if bill.foreign:
            currency = self.second_currency()
        due = self.today - timedelta(days=bill.due)
        issued = min(due - timedelta(days=bill.terms), self.today)
        return {
            "move_type": "out_invoice",
            "partner_id": self.partners[debtor.key].id,
            "company_id": self.company.id,
            "currency_id": currency.id,
            "invoice_date": issued,
            "date": issued,
            "invoice_payment_term_id": False,
            "invoice_date_due": due,
            "ref": bill.po,
            "is_move_sent": True,
            "invoice_user_id": False,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": bill.label,
                        "price_unit": self.amount(bill),
                        "tax_ids": [Command.clear()],
                    }
                )
            ],
        }

    def _attach_documents(self, moves):
        """Give every invoice a small PDF: printing the real one takes a second each."""
        self.env["ir.attachment"].create(
            [
                {
                    "name": f"{move.name.replace('/', '_')}.pdf",
                    "raw": self.draw(f"Invoice {move.name}", self._invoice_texts(move)),
                    "mimetype": "application/pdf",
                    "res_model": "account.move",
                    "res_id": move.id,
                    "res_field": "invoice_pdf_report_file",
                }
                for move in moves
            ]
        )
        moves.invalidate_recordset(["invoice_pdf_report_id", "invoice_pdf_report_file"])

    def draw(self, title, texts):
        """A page of plain lines as PDF."""
        page = io.BytesIO()
        canvas = Canvas(page, pagesize=A4, invariant=True)
        canvas.setTitle(title)
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(60, 760, title)
        canvas.setFont("Helvetica", 11)
        for number, text in enumerate(texts):
            canvas.drawString(60, 725 - 18 * number, text)
        canvas.save()
        return page.getvalue()

    def _invoice_texts(self, move):
        yield f"From: {move.company_id.name}"
        yield f"To: {move.partner_id.name}, {move.partner_id.city}"
        yield f"Your reference: {move.ref or '-'}"
        yield f"Date: {format_date(self.env, move.invoice_date)}"
        yield f"Due: {format_date(self.env, move.invoice_date_due)}"
        for line in move.invoice_line_ids:
            yield f"{line.name}: {line.price_total:,.2f} {move.currency_id.name}"
        yield f"Total: {move.amount_total:,.2f} {move.currency_id.name}"
        yield "Demonstration document."

    # MONEY

    def pay(self, key, number, share, day):
        """A payment that is matched with an invoice."""
        move = self.moves[key][number]
        amount = move.currency_id.round(move.amount_residual * share)
        payment = self._create_payment(
            move.partner_id, amount, day, move.currency_id, move.name
        )
        lines = (move + payment.move_id).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        )
        lines.reconcile()

    def receive(self, key, amount, memo, day):
        """A payment that nobody can match."""
        amount = self.company.currency_id.round(amount * self.scale)
        self._create_payment(
            self.partners[key], amount, day, self.company.currency_id, memo
        )

    def _create_payment(self, partner, amount, day, currency, memo):
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": partner.id,
                "amount": amount,
                "currency_id": currency.id,
                "date": day,
                "journal_id": journal.id,
                "memo": memo,
            }
        )
        payment.action_post()
        return payment
