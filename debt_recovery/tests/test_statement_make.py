import io
from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.debt_recovery.models import statement_page

from .dispute_common import DisputeCommon
from .run_common import MONDAY


@tagged("post_install", "-at_install", "debt_recovery")
class TestStatementMake(DisputeCommon):
    """Statements tie to the ledger at any day, for one customer or many."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ledger = cls.env["debt.recovery.statement.ledger"]

    def _day(self, days):
        return MONDAY + timedelta(days=days)

    def _groups(self, days=0, start=None, partner=None):
        partner = partner or self.debtor
        start = None if start is None else self._day(start)
        found = self.ledger._statements(partner, self.company, self._day(days), start)
        return found[partner.id]

    def _trial_balance(self, day, partner=None):
        """Balance of the trade receivable accounts, as the trial balance shows it."""
        accounts = self.env["account.account"]._recovery_trade_account_ids()
        domain = [
            ("account_id", "in", accounts),
            ("parent_state", "=", "posted"),
            ("date", "<=", day),
            ("partner_id", "=", (partner or self.debtor).id),
            ("company_id", "=", self.company.id),
        ]
        ((total,),) = self.env["account.move.line"]._read_group(
            domain, aggregates=["balance:sum"]
        )
        return total

    def _wizard(self, user=None, **vals):
        return (
            self.env["debt.recovery.statement"]
            .with_user(user or self.officer)
            .create(
                {
                    "partner_ids": [Command.set(self.debtor.ids)],
                    "company_id": self.company.id,
                    "date_to": MONDAY,
                    **vals,
                }
            )
        )

    # TIES TO THE LEDGER

    def test_open_items_of_the_past_are_those_of_that_day(self):
        self._pay(self.invoice, 400, date=self._day(-3))
        self._credit_note(self.debtor, 30)
        for days in (-40, -20, -8, -4, -3, 0):
            (group, *rest) = self._groups(days) or [{"closing": 0, "ageing": {}}]
            self.assertFalse(rest)
            expected = self._trial_balance(self._day(days))
            self.assertAlmostEqual(group["closing"], expected, msg=str(days))
            self.assertAlmostEqual(sum(group["ageing"].values()), expected)
        before = {x["name"]: x["amount"] for x in self._groups(-4)[0]["lines"]}
        self.assertEqual(before[self.invoice.name], 1000)
        after = {x["name"]: x["amount"] for x in self._groups(-3)[0]["lines"]}
        self.assertEqual(after[self.invoice.name], 600)

    def test_movements_open_and_close_on_the_trial_balance(self):
        self._pay(self.invoice, 400, date=self._day(-3))
        (group,) = self._groups(0, start=-15)
        self.assertEqual(group["opening"], self._trial_balance(self._day(-16)))
        self.assertEqual(group["closing"], self._trial_balance(MONDAY))
        self.assertEqual(
            [(x["kind"], x["amount"]) for x in group["lines"]],
            [("out_invoice", 1000), ("payment", -400)],
        )
        self.assertEqual(sum(group["ageing"].values()), group["closing"])

    def test_a_payment_set_to_draft_no_longer_counts(self):
        payment = self._pay(self.invoice)
        self.assertEqual(self._groups()[0]["closing"], 500)
        payment.action_draft()
        self.assertEqual(self._groups()[0]["closing"], self._trial_balance(MONDAY))
        self.assertEqual(self._groups()[0]["closing"], 1500)

    def test_currencies_stay_apart(self):
        euro = self._setup_currency("EUR", rate=2.0)
        self._overdue_invoice(self.debtor, 70, 3, currency=euro)
        groups = {group["currency"]: group["closing"] for group in self._groups()}
        self.assertEqual(groups, {self.company.currency_id: 1500, euro: 70})

    def test_instalments_disputes_and_promises_stand_beside_their_line(self):
        self._open(400)
        notes = {x["name"]: x["note"] for x in self._groups()[0]["lines"]}
        self.assertIn("in dispute: $\xa0400.00", notes[self.invoice.name])
        self.assertFalse(notes[self.other.name])
        self.assertFalse(self._groups(-1)[0]["lines"][0]["note"])

    def test_many_customers_cost_the_same_queries(self):
        partners = self.debtor
        for number in range(5):
            partner = self._debtor(f"Debtor {number}")
            self._overdue_invoice(partner, 100, 10)
            partners |= partner
        self.ledger._statements(partners, self.company, MONDAY)
        with self.assertQueryCount(12):
            found = self.ledger._statements(partners, self.company, MONDAY)
        self.assertEqual(len(found), 6)

    # DIALOG

    def test_end_before_start(self):
        wizard = self._wizard(kind="activity", date_from=MONDAY, date_to=self._day(-1))
        for button in (wizard.action_pdf, wizard.action_xlsx, wizard.action_send):
            with self._refused("before it starts"):
                button()

    def test_pdf_of_officer_and_accountant(self):
        for user in (self.officer, self.accountant, self.auditor):
            wizard = self._wizard(user)
            wizard.action_pdf()
            self.assertEqual(wizard.filename, "Statement Debtor Ltd 2025-03-03.pdf")
            self.assertTrue(wizard.file)

    def test_the_page_shows_balance_and_ageing(self):
        partner = self.debtor.with_context(
            recovery_company_id=self.company.id,
            recovery_statement={"date_to": MONDAY, "date_from": self._day(-15)},
        )
        html = self.env["ir.actions.report"].with_context(**partner.env.context)
        html = html._render_qweb_html(
            "debt_recovery.report_statement_customer", self.debtor.ids
        )[0].decode()
        for words in ("Opening balance", "500.00", "1,500.00", "31–60 days", "Credits"):
            self.assertIn(words, html)

    def test_xlsx_has_every_line(self):
        openpyxl = __import__("openpyxl")
        wizard = self._wizard()
        wizard.action_xlsx()
        content = wizard.with_context(bin_size=False).file
        book = openpyxl.load_workbook(
            io.BytesIO(__import__("base64").b64decode(content))
        )
        rows = list(book.active.values)
        self.assertEqual(len(rows), 4)
        self.assertEqual(rows[1][2], self.other.name)
        self.assertEqual(rows[-1][10], 1500)

    def test_ten_thousand_items_get_advice(self):
        with patch.object(statement_page, "PDF_LINES", 1):
            with self._refused("too many for a PDF: take the XLSX"):
                self.case._statement_page()
            document = self.case._statement_document()
        self.assertTrue(document["filename"].endswith(".xlsx"))

    # E-MAIL

    def _cron(self):
        """:return: how many were done with each progress that was told"""
        told = []

        def tell(cron, done=0, remaining=None):
            told.append(done)
            return 60.0

        with patch.object(self.registry["ir.cron"], "_commit_progress", tell):
            self.env["debt.recovery.action"]._cron_statements()
        return told

    def _many(self, number):
        customers = self.env["res.partner"]
        for place in range(number):
            customer = self._debtor(f"Many {place}", email=f"many{place}@example.com")
            self._overdue_invoice(customer, 100, 10)
            self._case(customer)
            customers |= customer
        return customers

    def test_to_many_with_progress_and_one_that_fails(self):
        customers = self._many(24)
        wizard = self._wizard(partner_ids=[Command.set(customers.ids)])
        actions = self.env["debt.recovery.action"].search(
            wizard.action_send()["domain"]
        )
        document = type(self.case)._statement_document

        def broken(case, *args):
            if case.partner_id == customers[3]:
                raise ValueError("No statement")
            return document(case, *args)

        with (
            patch.object(type(self.case), "_statement_document", broken),
            mute_logger("odoo.addons.debt_recovery.models.run_release"),
        ):
            self.assertEqual(self._cron(), [0, 10, 10, 4])
        by_state = actions.grouped("state")
        self.assertEqual(len(by_state["queued"]), 23)
        (bad,) = actions - by_state["queued"]
        self.assertEqual(bad.partner_id, customers[3])

    def test_planning_asks_the_same_for_many_as_for_few(self):
        def queries(number):
            wizard = self._wizard(partner_ids=[Command.set(self._many(number).ids)])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            wizard.action_send()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(2)
        self.assertLessEqual(queries(9), queries(3) + 6)

    def test_sent_in_a_batch_through_the_log(self):
        calm = self._debtor("Calm", email="calm@example.com")
        self._overdue_invoice(calm, 70, -5)
        wizard = self._wizard(
            partner_ids=[Command.set((self.debtor | calm).ids)],
        )
        result = wizard.action_send()
        actions = self.env["debt.recovery.action"].search(result["domain"])
        self.assertEqual(len(actions), 2)
        self.assertEqual(set(actions.mapped("state")), {"planned"})
        watched = actions.case_id.filtered(lambda c: c.partner_id == calm)
        self.assertEqual(watched.state, "watch")
        self._cron()
        self.assertEqual(set(actions.mapped("state")), {"queued"})
        for action in actions:
            self.assertIn("Statement", action.attachment_ids.name)
            self.assertFalse(action.line_ids)
            self.assertIn("statement of account", action.subject)

    def test_more_than_an_officer_may_write_to_waits_for_a_manager(self):
        self.env.ref("debt_recovery.approval_limit_bulk_message_officer").count = 1
        calm = self._debtor("Calm", email="calm@example.com")
        self._overdue_invoice(calm, 70, 5)
        self._case(calm)
        vals = {"partner_ids": [Command.set((self.debtor | calm).ids)]}
        self._wizard(**vals, date_to=self._day(-3)).action_send()
        planned = [("statement_options", "!=", False)]
        actions = self.env["debt.recovery.action"]
        self.assertFalse(actions.search(planned))
        approval = self.env["debt.recovery.approval"].search(
            [("kind", "=", "bulk_message"), ("state", "=", "waiting")]
        )
        self.assertEqual(approval.requested_by_id, self.officer)
        approval.with_user(self.manager).action_approve()
        found = actions.search(planned)
        self.assertEqual(len(found), 2)
        days = {action.statement_options["date_to"] for action in found}
        self.assertEqual(days, {"2025-02-28"})
        self._wizard().action_send()
        self.assertEqual(len(actions.search(planned)), 3, "one alone needs nobody")

    def test_the_gate_keeps_a_statement_back(self):
        self.case._place_hold("lawyer", "Lawyer named")
        result = self._wizard().action_send()
        action = self.env["debt.recovery.action"].search(result["domain"])
        self._cron()
        self.assertEqual(action.state, "refused")
