"""The counting of charges in the daily run: one failure stops nobody else."""

from unittest.mock import patch

from odoo.tools import mute_logger

from .charge_common import ChargeCommon

LOGGER = "odoo.addons.debt_recovery_charge.models.run"


class TestChargeRun(ChargeCommon):
    """Two customers; the invoice of one cannot be counted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._debtor("Sound Ltd")
        cls._overdue_invoice(cls.other, 1000, 10)

    def _break(self, customer):
        """A count that raises for one customer."""
        model = type(self.env["account.move.line"])
        count = model._recovery_count

        def broken(line, *args):
            if line.partner_id == customer:
                raise ValueError("Ledger in disorder")
            return count(line, *args)

        return patch.object(model, "_recovery_count", broken)

    def test_the_others_are_counted_and_the_failure_is_named(self):
        with self._break(self.debtor), mute_logger(LOGGER):
            run = self._run()
        charge = self.charges.search([])
        self.assertEqual((charge.partner_id, charge.amount), (self.other, 10))
        failed = run.line_ids.filtered(lambda line: line.phase == "charge")
        self.assertEqual((failed.partner_id, failed.case_id), (self.debtor, self.case))
        self.assertEqual(
            (failed.outcome, failed.reason), ("failed", "Ledger in disorder")
        )
        self.assertEqual(run.state, "done")

    def test_counted_with_the_next_run_once_it_is_mended(self):
        with self._break(self.debtor), mute_logger(LOGGER):
            self._run()
        self._run()
        amounts = {
            charge.partner_id: charge.amount for charge in self.charges.search([])
        }
        self.assertEqual(amounts, {self.debtor: 30, self.other: 10})

    def test_an_interrupted_run_goes_on_behind_the_last_item(self):
        charges = self.charges.sudo()
        first = self._receivable_line(self.invoice)
        second = self._receivable_line(self._overdue_invoice(self.debtor, 500, 5))
        self.assertEqual(list(charges._batches(self.company, first.id)), [second])
