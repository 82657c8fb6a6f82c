from odoo import Command

from .charge_common import ChargeCommon


class TestLegalClaim(ChargeCommon):
    """What late payment costs goes to court with the items it belongs to."""

    def _legal(self):
        legal = (
            self.env["debt.recovery.legal.case"]
            .sudo()
            .create({"case_id": self.case.id, "user_id": self.legal.id})
        )
        legal._refresh_items()
        return legal

    def test_interest_is_claimed_with_its_basis_and_frozen_at_the_filing(self):
        self._count()
        legal = self._legal()
        item = legal.item_ids.filtered(lambda item: item.kind == "interest")
        self.assertEqual((item.amount_currency, item.amount), (30, 30))
        self.assertEqual(item.basis, "Terms, clause 7")
        self.assertEqual(legal.amount_claimed, 1030)
        self._count(10)
        legal.action_refresh_items()
        interest = legal.item_ids.filtered(lambda item: item.kind == "interest")
        self.assertEqual(interest.amount_currency, 40)
        legal._file(legal._today())
        self._count(20)
        self.assertEqual(legal.amount_claimed, 1040)

    def test_waived_charges_are_not_claimed(self):
        self._count().sudo().amount_waived = 30
        self.assertEqual(self._legal().item_ids.mapped("kind"), ["principal"])

    def test_other_items_may_be_claimed_beside(self):
        legal = self._legal()
        legal.item_ids = [
            Command.create(
                {"kind": "fee", "name": "Register search", "amount_currency": 12}
            )
        ]
        legal.action_refresh_items()
        self.assertIn("Register search", legal.item_ids.mapped("name"))
