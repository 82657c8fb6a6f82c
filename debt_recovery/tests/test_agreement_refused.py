from contextlib import contextmanager

from psycopg2 import IntegrityError

from odoo import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestAgreementRefused(AgreementCommon):
    """What cannot be agreed gets one sentence: what is wrong, and what to do."""

    def _create(self, items=None, instalments=(), **vals):
        items = self._receivable_line(self.invoice) if items is None else items
        lines = [Command.create({"move_line_id": item.id}) for item in items]
        rows = [
            Command.create(
                {
                    "date_due": self._day(5 + number),
                    "amount": amount,
                    "number": number,
                    "currency_id": self.company.currency_id.id,
                }
            )
            for number, amount in enumerate(instalments, 1)
        ]
        return self.env["debt.recovery.agreement"].create(
            {
                "case_id": self.record.id,
                "date_agreed": self._day(5),
                "line_ids": lines,
                "instalment_ids": rows,
                **vals,
            }
        )

    def test_amounts_that_do_not_cover(self):
        with self._refused("come to .*6,000.00, but the items covered are .*5,800.00"):
            self._create(instalments=(3000, 3000), kind="plan")
        with self._refused("above zero and at most what is open"):
            self.env["debt.recovery.agreement"].create(
                {
                    "case_id": self.record.id,
                    "date_agreed": self._day(5),
                    "line_ids": [
                        Command.create(
                            {
                                "move_line_id": self._receivable_line(self.invoice).id,
                                "amount_covered": 5801,
                            }
                        )
                    ],
                }
            )

    def test_more_than_is_open_of_an_item_in_the_builder(self):
        form = self._builder()
        with form.line_ids.edit(0) as line:
            line.amount = 5900
        self.assertIn("above zero and at most", form.problem)

    def test_zero_and_negative_instalments(self):
        for amount in (0, -100):
            with self._taken_by_the_database():
                self._create(instalments=(5000, amount), kind="plan")

    def test_items_of_two_currencies(self):
        euro = self._setup_currency()
        self._overdue_invoice(self.debtor, 100, 5, currency=euro)
        self.assertIn("make one plan for each", self._builder().problem)
        action = self._as(self.manager).action_settlement()
        form = Form(
            self._as(self.manager)
            .env[action["res_model"]]
            .with_context(**action["context"])
        )
        self.assertIn("items of one currency", form.problem)

    def test_items_of_two_companies(self):
        self._setup_company_2()
        item = self._receivable_line(
            self._overdue_invoice(self.debtor, 100, 5, company=self.company_2)
        )
        with self._refused("an agreement covers items of one customer and company"):
            self._create(items=self._receivable_line(self.invoice) | item)

    def test_disputed_items(self):
        item = self._receivable_line(self.invoice)
        self._as(self.officer)._open_dispute(
            items=[(item, 800)],
            category=self.env.ref("debt_recovery.dispute_category_price"),
        )
        with self._refused("800.00 of INV.* is disputed: settle the dispute first"):
            self._create()
        promise = self._promise()
        self.assertEqual(promise.line_ids.amount_covered, 5000, "the rest may be")

    def test_items_agreed_already(self):
        self._promise()
        self.assertIn("tick at least one open item", self._builder().problem)
        with self._taken_by_the_database():
            self._create()
            self.env.flush_all()

    def test_longer_than_the_limit(self):
        form = self._builder(number=5)
        form.date_first = self._day(20)
        self.assertIn("first payment later than in 14 days", form.authority)
        form = self._builder(number=30)
        self.assertIn("longer than 6 months", form.authority)

    def test_nobody_approves_alone_where_another_can(self):
        wizard = self._builder(number=8).save()
        wizard.action_activate()
        approval = self.record.approval_ids
        self.assertNotIn(self.officer, approval.asked_ids)
        with self._refused("yourself: somebody else decides it"):
            self._as(self.officer, approval).action_approve()
        self.assertEqual(self.record.agreement_ids.state, "to_approve")

    @contextmanager
    def _taken_by_the_database(self):
        """The last wall behind the dialogs; its sentence is the constraint's."""
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            yield

    def _builder(self, **vals):
        action = self._as(self.officer).action_plan()
        wizards = self._as(self.officer).env[action["res_model"]]
        form = Form(wizards.with_context(**action["context"]))
        for name, value in vals.items():
            form[name] = value
        return form
