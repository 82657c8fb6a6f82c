from unittest.mock import patch

from .loss_common import LossCommon


class TestDemo(LossCommon):
    """The demo story: something to decide on, an allowance that was counted,
    and a loss of which a part came back."""

    def test_a_barred_item_waits_for_the_manager(self):
        self.company.recovery_impairment_account_id = False
        case = self._case(self.debtor)
        item = self._receivable_line(self.lost)
        self.env["debt.recovery.limitation"].create(
            {"move_line_id": item.id, "date_end": "2020-01-01", "effect": "block"}
        )
        demo = self.env["debt.recovery.demo"]
        people = {"officer": self.officer, "manager": self.manager}
        with (
            patch.object(type(demo), "_company_of", lambda *args: self.company),
            patch.object(type(demo), "_find_people", lambda *args: people),
        ):
            demo._install_losses()
        self.assertEqual(case.write_off_ids.state, "waiting")
        provision = self.env["debt.recovery.provision"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertGreater(provision.amount_exposure, 0)
        booked = self.env["debt.recovery.write.off"].search(
            [("company_id", "=", self.company.id), ("state", "=", "booked")]
        )
        self.assertEqual(booked.line_ids.vat_relief_state, "waiting")
        self.assertTrue(booked.line_ids.evidence_ids)
        self.assertAlmostEqual(booked.amount_recovered, booked.amount / 10, 2)
