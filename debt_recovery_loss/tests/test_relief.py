from odoo.tests import Form, tagged

from odoo.addons.debt_recovery.tests.approval_common import MONDAY

from .loss_common import LossCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestRelief(LossCommon):
    """Tax claimed with evidence, repaid when money comes; the money is income."""

    def _receive(self, record, user=None, **vals):
        model = self._real(
            user or self.manager, self.env["debt.recovery.write.off.receive"]
        )
        form = Form(model.with_context(default_write_off_id=record.id))
        for name, value in vals.items():
            form[name] = value
        return form.save()

    def _after(self, user):
        """What reports hear about money after write-offs, as that person."""
        company = self._real(user, self.company)
        return [
            (row["customer"], row["amount"], row["amount_tax"], row["amount_income"])
            for row in company._recovery_after_write_off(MONDAY, MONDAY)
        ]

    def _file(self):
        return self.env["ir.attachment"].create({"name": "i.pdf", "raw": b"%PDF-1.4"})

    def test_claimed_with_evidence_between_the_days(self):
        young = self._taxed(500, 10)
        record = self._booked(moves=self.lost | young)
        old, new = record.line_ids.sorted("date_due")
        manager = self._real(self.manager, record.line_ids)
        with self._refused("may be claimed from"):
            new.with_env(manager.env).action_claim()
        with self._refused("evidence"):
            old.with_env(manager.env).action_claim()
        with self._refused("manager"):
            self._real(self.officer, old).action_claim()
        old.sudo().evidence_ids = self._file()
        old.with_env(manager.env).action_claim()
        self.assertEqual((old.vat_relief_state, old.date_claimed), ("claimed", MONDAY))
        entry = self._balances(old.sudo().claim_move_id)
        tax_account = self.lost.line_ids.filtered("tax_line_id").account_id
        self.assertEqual((entry[tax_account], entry[self.waiting_tax]), (200, -200))
        self.assertEqual(old.sudo().claim_move_id.state, "draft")
        late = self._real(self.manager, new, days=6 * 366)
        with self._refused("last day to claim"):
            late.action_claim()

    def test_E4_money_after_the_write_off(self):
        record = self._booked()
        self._customer_payment(self.debtor, 360, MONDAY)
        wizard = self._receive(record)
        self.assertEqual(
            (wizard.amount, wizard.amount_tax, wizard.amount_income), (360, 60, 300)
        )
        wizard.action_confirm()
        recovered = record.sudo().recovery_ids
        balances = self._balances(recovered.move_id)
        self.assertEqual(balances[self.income], -300)
        self.assertEqual(balances[self.waiting_tax], -60)
        self.assertEqual(record.amount_recovered, 360)
        self.assertEqual(record.line_ids.vat_relief_repaid, 60)
        self.assertEqual(self._after(self.officer), [("Debtor Ltd", 360, 60, 300)])
        self.assertEqual(self._after(self.other_officer), [], "not their case")
        with self._refused("undo that first"):
            self._real(self.manager, record).action_reverse()
        self._real(self.manager, recovered).action_undo()
        self.assertEqual((recovered.state, record.amount_recovered), ("reversed", 0))
        self.assertEqual(record.line_ids.vat_relief_repaid, 0)
        self._receive(record).action_confirm()
        self.assertEqual(record.amount_recovered, 360, "the money is free again")

    def test_money_after_the_claim(self):
        """The tax goes back to the state, not to the waiting account; E4."""
        record = self._booked()
        line = record.line_ids.sudo()
        line.evidence_ids = self._file()
        self._real(self.manager, line).action_claim()
        line.claim_move_id.action_post()
        self._customer_payment(self.debtor, 360, MONDAY)
        self._receive(record).action_confirm()
        tax_account = self.lost.line_ids.filtered("tax_line_id").account_id
        balances = self._balances(record.sudo().recovery_ids.move_id)
        self.assertEqual((balances[tax_account], balances[self.income]), (-60, -300))
        self._real(self.manager, record.sudo().recovery_ids).action_undo()
        self._real(self.manager, record).action_reverse()
        self.assertEqual(self.lost.amount_residual, 1200)
        lines = self.env["account.move.line"].search(
            [("account_id", "=", self.waiting_tax.id), ("parent_state", "=", "posted")]
        )
        self.assertEqual(sum(lines.mapped("balance")), 0)

    # TAX RETURN

    def _tag(self, name):
        country = self.company.account_fiscal_country_id
        return self.env["account.account.tag"].create(
            {"name": name, "applicability": "taxes", "country_id": country.id}
        )

    def _tags(self, move):
        """Sum of each line of the tax return that an entry moves."""
        found = {}
        for line in move.sudo().line_ids:
            for tag in line.tax_tag_ids:
                found[tag.name] = found.get(tag.name, 0) + line.balance
        return found

    def _claimed(self):
        record = self._booked()
        self.assertFalse(self._tags(record.move_id), "it waits for the claim")
        line = record.line_ids.sudo()
        line.evidence_ids = self._file()
        self._real(self.manager, line).action_claim()
        line.claim_move_id.action_post()
        return record

    def test_return_shows_the_claim_as_a_credit_note(self):
        """By the distribution of the invoice's tax for credit notes; what is repaid
        goes the other way."""
        refund = self.tax.refund_repartition_line_ids
        refund.filtered(lambda r: r.repartition_type == "tax").tag_ids = self._tag("9C")
        self.company.recovery_relief_rule_id.shown_as = "credit"
        record = self._claimed()
        self.assertEqual(self._tags(record.line_ids.sudo().claim_move_id), {"9C": 200})
        self._customer_payment(self.debtor, 360, MONDAY)
        self._receive(record).action_confirm()
        self.assertEqual(self._tags(record.sudo().recovery_ids.move_id), {"9C": -60})

    def test_return_shows_the_claim_on_lines_of_its_own(self):
        rule = self.company.recovery_relief_rule_id
        rule.write(
            {
                "shown_as": "own",
                "claim_tag_ids": self._tag("9I").ids,
                "repay_tag_ids": self._tag("9O").ids,
            }
        )
        record = self._claimed()
        self.assertEqual(self._tags(record.line_ids.sudo().claim_move_id), {"9I": 200})
        self._customer_payment(self.debtor, 360, MONDAY)
        self._receive(record).action_confirm()
        self.assertEqual(self._tags(record.sudo().recovery_ids.move_id), {"9O": -60})

    def test_without_waiting_account_the_write_off_shows_it(self):
        self.company.recovery_relief_account_id = False
        rule = self.company.recovery_relief_rule_id
        rule.write({"shown_as": "own", "claim_tag_ids": self._tag("9I").ids})
        self.assertEqual(self._tags(self._booked().move_id), {"9I": 200})

    def test_all_of_it_comes(self):
        record = self._booked()
        self._customer_payment(self.debtor, 1500, MONDAY)
        self._receive(record).action_confirm()
        self.assertEqual(record.amount_recovered, 1200)
        self.assertEqual(record.line_ids.vat_relief_state, "repaid")

    def test_refused(self):
        record = self._booked()
        with self._refused("register the payment"):
            self._receive(record).action_confirm()
        self._customer_payment(self.debtor, 100, MONDAY)
        wizard = self._receive(record)
        wizard.amount = 101
        with self._refused("at most"):
            wizard.action_confirm()
        with self._refused("manager"):
            self._receive(record, self.officer).action_confirm()
