from datetime import timedelta

from .placement_common import PlacementCommon


class TestPlacementMoney(PlacementCommon):
    """Money to us, money to them, and what they say about it."""

    def _fresh(self, placement):
        self.env.flush_all()
        placement.invalidate_recordset()
        placement.item_ids.invalidate_recordset()
        return placement

    def test_paid_to_us_counts_since_the_placing(self):
        self._pay(self.old, 1000)
        placement = self._placed()
        self.assertEqual((placement.amount, placement.amount_paid_us), (9000, 0))
        payment = self._pay(self.old, 500)
        self._fresh(placement)
        self.assertEqual(placement.status, "partial")
        self.assertEqual(
            (placement.amount_paid_us, placement.amount_open, placement.commission_due),
            (500, 8500, 100),
        )
        payment.action_draft()
        self._fresh(placement)
        self.assertEqual((placement.status, placement.amount_open), ("placed", 9000))
        self.assertEqual(placement.commission, 0)

    def test_paid_to_them_is_with_them_until_handed_over(self):
        placement = self._placed()
        receipt = self._receipt(placement, 1000)
        self._fresh(placement)
        self.assertEqual(
            (placement.amount_collected, placement.amount_with_agency), (1000, 800)
        )
        self.assertEqual((placement.commission, placement.commission_due), (200, 0))
        self.assertEqual(placement.amount_open, 10000, "the debtor's item is open yet")
        payment = self._pay(self.old, 800)
        receipt.sudo().payment_id = payment
        self._fresh(placement)
        self.assertEqual(
            (placement.amount_with_agency, placement.amount_collected), (0, 1000)
        )
        self.assertEqual(placement.amount_paid_us, 0, "it is not counted twice")
        payment.action_draft()
        self.env.cr.precommit.run()
        self._fresh(placement)
        self.assertEqual(placement.amount_with_agency, 800)

    def test_payment_brings_no_more_than_it_is(self):
        placement = self._placed()
        payment = self._customer_payment(self.debtor, 1000)
        self._receipt(placement.sudo(), 1000, payment_id=payment.id)
        with self._refused("split the row"):
            self._receipt(placement.sudo(), 1000, payment_id=payment.id)
        with self._refused("an amount above zero"):
            self._receipt(placement, 0)

    def test_nothing_is_paid_to_them_before_the_placing(self):
        placement = self._proposed()
        with self._refused("is not placed"):
            self._receipt(placement, 10)

    def test_credit_notes_are_not_collected(self):
        placement = self._placed()
        self._reverse(self.young)
        self._fresh(placement)
        self.assertEqual(placement.amount_collected, 0)
        self.assertEqual(placement.amount_open, 6000)

    def _reverse(self, move):
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id, "date": self.today})
        )
        wizard.reverse_moves(is_modify=False)
        refund = self.env["account.move"].search([("reversed_entry_id", "=", move.id)])
        refund.action_post()
        lines = (move | refund).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        if not lines[:1].reconciled:
            lines.reconcile()

    def test_commission_of_old_claims(self):
        self._overdue_invoice(self.debtor, 100, 200)
        self.record._refresh_figures()
        self.assertEqual(self._proposed().percent, 30)

    # ENDING

    def test_result_paid_needs_the_money(self):
        placement = self._placed()
        with self._refused("are still open in the books"):
            self._end(placement, result="paid")
        self._receipt(placement, 100)
        self._fresh(placement)
        with self._refused("are still with the agency"):
            self._end(placement, result="part", note="x")
        with self._refused("Choose the result"):
            self._end(placement)
        with self._refused("Explain it"):
            self._end(placement, "recalled")

    def test_run_closes_what_is_paid(self):
        placement = self._placed()
        self._pay(self.old | self.young, 10000, group_payment=True)
        self.env.cr.flush()
        self._fresh(placement)
        run = (
            self.env["debt.recovery.run"]
            .sudo()
            .create({"company_id": self.company.id, "date": self.today})
        )
        run._close_paid_placements()
        self.assertEqual((placement.state, placement.result), ("closed", "paid"))
        self.assertEqual(self.record.state, "closed")

    def test_recall_is_reminded_once(self):
        placement = self._placed()
        day = self.today + timedelta(days=120)
        run = (
            self.env["debt.recovery.run"]
            .sudo()
            .create({"company_id": self.company.id, "date": day})
        )
        run._remind_recalls()
        run._remind_recalls()
        self.assertEqual(len(placement.activity_ids), 1)
        self.assertEqual(placement.activity_ids.user_id, self.officer)

    # STATEMENT

    def _statement(self, **vals):
        statements = self._as(
            self.manager, self.env["debt.recovery.placement.statement"]
        )
        return statements.create(
            {
                "name": "June",
                "contract_id": self.contract.id,
                "date_from": self.today,
                "date_to": self.today + timedelta(days=27),
                **vals,
            }
        )

    def test_statement_that_agrees(self):
        placement = self._placed()
        self._receipt(placement, 1000)
        statement = self._statement()
        self.assertEqual(statement.difference_count, 1)
        self.assertIn("they do not name it", statement.difference_text)
        statement.action_take_over()
        self.assertEqual(statement.difference_count, 0)
        self.assertEqual((statement.amount, statement.commission), (1000, 200))

    def test_statement_with_differences(self):
        placement = self._placed()
        self._receipt(placement, 1000)
        statement = self._statement(
            line_ids=self._lines(
                {"placement_id": placement.id, "amount": 1000, "commission": 250}
            )
        )
        self.assertIn("they take", statement.difference_text)
        self.assertIn("200.00", statement.difference_text)
        statement.line_ids.amount = 700
        self.assertIn("they collected", statement.difference_text)

    def test_statement_of_other_days(self):
        placement = self._placed()
        self._receipt(placement, 1000, days=40)
        self.assertEqual(self._statement().difference_count, 0)
        with self._refused("ends before it starts"):
            self._statement(date_to=self.today - timedelta(days=1))


class TestPlacementCurrency(PlacementCommon):
    """Claims in two currencies with one agency: each item in its own, the sums and the
    commission in that of the company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls._setup_currency("EUR", 2.0)
        cls.foreign = cls._overdue_invoice(cls.debtor, 3000, 70, currency=cls.euro)
        cls.env.flush_all()

    def test_items_keep_their_currency(self):
        placement = self._placed()
        self.assertEqual(placement.amount, 11500)
        item = placement.item_ids.filtered(lambda i: i.name == self.foreign.name)
        self.assertEqual(
            (item.currency_id, item.amount_currency, item.amount),
            (self.euro, 3000, 1500),
        )
        rows = {row[0]: row[3:] for row in placement._file_rows()}
        self.assertEqual(rows[self.foreign.name], ("EUR", 3000, 3000))
        self.assertEqual(rows[self.old.name][0], self.company.currency_id.name)

    def test_paid_in_its_currency_at_another_rate(self):
        """Commission is on what came in, as the books have it; the gain or loss on
        the rate is nobody's collection."""
        placement = self._placed()
        day = self.today + timedelta(days=1)
        self.env["res.currency.rate"].create(
            {"currency_id": self.euro.id, "name": day, "rate": 2.5}
        )
        payment = self._pay(self.foreign, 1000, date=day, currency_id=self.euro.id)
        self.env.flush_all()
        self.env.invalidate_all()
        item = placement.item_ids.filtered(lambda i: i.name == self.foreign.name)
        partials = self._receivable_line(self.foreign).matched_credit_ids
        cash = sum(
            partial.amount
            for partial in partials
            if partial.credit_move_id.move_id == payment.move_id
        )
        self.assertEqual(item.paid, cash)
        self.assertEqual(placement.amount_paid_us, cash)
        self.assertAlmostEqual(placement.commission, cash * 0.2)
        payment.action_draft()
        self.env.invalidate_all()
        self.assertEqual((placement.amount_paid_us, placement.commission), (0, 0))

    def test_statement_is_held_against_company_currency(self):
        placement = self._placed()
        self._pay(self.foreign, 1000, currency_id=self.euro.id)
        self._pay(self.old, 500)
        self.env.flush_all()
        self.env.invalidate_all()
        statement = self._as(
            self.manager, self.env["debt.recovery.placement.statement"]
        ).create(
            {
                "name": "June",
                "contract_id": self.contract.id,
                "date_from": self.today - timedelta(days=9),
                "date_to": self.today + timedelta(days=27),
            }
        )
        statement.action_take_over()
        self.assertEqual((statement.amount, statement.commission), (1000, 200))
        self.assertEqual(statement.line_ids.placement_id, placement)
