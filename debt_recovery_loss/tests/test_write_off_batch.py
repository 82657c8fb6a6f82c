from datetime import timedelta

from odoo.tests import Form, tagged

from odoo.addons.debt_recovery.tests.approval_common import MONDAY

from .loss_common import LossCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestWriteOffBatch(LossCommon):
    """Look first: small rests, proposals, one case."""

    def _wizard(self, user, **context):
        defaults = {f"default_{key}": value for key, value in context.items()}
        model = self._real(user, self.env["debt.recovery.write.off.batch"])
        return Form(model.with_context(**defaults)).save()

    def test_small_rests_alone_by_the_officer(self):
        """10 a line, 100 a day."""
        customers = [self._debtor(f"Small {n}") for n in range(3)]
        moves = [self._overdue_invoice(c, 9, 60) for c in customers]
        self._overdue_invoice(customers[0], 11, 60)
        young = self._overdue_invoice(customers[1], 5, 3)
        wizard = self._wizard(self.officer, mode="small")
        self.assertEqual(wizard.max_amount, 10)
        names = wizard.line_ids.mapped("name")
        self.assertEqual(sorted(names), sorted(m.name for m in moves))
        self.assertNotIn(young.name, names)
        wizard.line_ids[0].selected = False
        wizard.action_confirm()
        records = self.env["debt.recovery.write.off"].search([("small", "=", True)])
        self.assertEqual(records.mapped("state"), ["booked"] * 2)
        self.assertEqual(sum(m.amount_residual for m in moves), 9)

    def test_the_day_is_limited(self):
        for n in range(12):
            self._overdue_invoice(self._debtor(f"Small {n:02}"), 9, 60)
        self._wizard(self.officer, mode="small").action_confirm()
        records = self.env["debt.recovery.write.off"].search([("small", "=", True)])
        states = records.mapped("state")
        self.assertEqual((states.count("booked"), states.count("waiting")), (11, 1))

    def test_proposals_by_rule(self):
        gone = self._debtor("Gone")
        lost = self._overdue_invoice(gone, 700, 800)
        broke = self._debtor("Broke")
        self._overdue_invoice(broke, 300, 60)
        case = self._case(broke)
        self._hold("insolvency", case, date_from=MONDAY - timedelta(days=40))
        wizard = self._wizard(self.manager, mode="rules")
        why = {line.partner_id: line.why for line in wizard.line_ids}
        self.assertIn("two years", why[gone])
        self.assertIn("insolvent", why[broke])
        self.assertFalse(any(wizard.line_ids.mapped("selected")))
        with self._refused("Tick"):
            wizard.action_confirm()
        line = wizard.line_ids.filtered(lambda row: row.partner_id == gone)
        line.selected = True
        wizard.action_confirm()
        record = self.env["debt.recovery.write.off"].search(
            [("partner_id", "=", gone.id)]
        )
        self.assertEqual((record.state, record.amount), ("draft", 700))
        self.assertEqual(lost.amount_residual, 700, "a proposal books nothing")
        again = self._wizard(self.manager, mode="rules")
        self.assertNotIn(gone, again.line_ids.partner_id)

    def test_from_the_case(self):
        action = self._real(self.officer, self.record).action_write_off()
        model = self._real(self.officer, self.env[action["res_model"]])
        form = Form(model.with_context(**action["context"]))
        form.reason_id = self.reason
        wizard = form.save()
        self.assertEqual(
            set(wizard.line_ids.mapped("name")), {self.lost.name, self.invoice.name}
        )
        wizard.action_confirm()
        self.assertEqual(self.record.write_off_ids.state, "waiting")

    def test_the_monthly_list_of_small_debts(self):
        """The manager ticks customers of the list; each stays below one unit."""
        debtor = self._debtor("Small 30")
        move = self._overdue_invoice(debtor, 30, 60)
        case = self._case(debtor)
        step = self.env.ref("debt_recovery.step_sd_list")
        case.strategy_id = step.strategy_id
        planned = self.env["debt.recovery.action"]._plan_from_decisions(
            [case._prepare_action_vals(step, step.channel_ids)]
        )
        planned._release()
        self.assertEqual((planned.state, case.small_debt), ("queued", "write_off"))
        action = self._real(self.manager, case).action_write_off_listed()
        model = self._real(self.manager, self.env[action["res_model"]])
        wizard = Form(model.with_context(**action["context"])).save()
        self.assertEqual(wizard.line_ids.mapped("name"), [move.name])
        wizard.action_confirm()
        self.assertEqual(case.write_off_ids.state, "booked")
        self.assertFalse(move.amount_residual)
        self.assertFalse(case.small_debt)
