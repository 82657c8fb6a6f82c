from decimal import Decimal

from odoo import Command
from odoo.tests import Form

from .common import MODULE, DebtRecoveryCommon


class TestStrategy(DebtRecoveryCommon):
    """Bad strategies are refused with one sentence; the choice is made in batches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Strategy = cls.env["debt.recovery.strategy"]
        cls.Step = cls.env["debt.recovery.strategy.step"]
        cls.email = cls.env.ref(f"{MODULE}.channel_email")
        cls.phone = cls.env.ref(f"{MODULE}.channel_phone")
        cls.small = cls.env.ref(f"{MODULE}.strategy_small_debt")
        cls.key = cls.env.ref(f"{MODULE}.strategy_key_account")
        cls.company.recovery_money_unit = 50

    def _strategy(self, code="own", steps=(), **kw):
        return self.Strategy.create(
            {
                "name": code,
                "code": code,
                "step_ids": [Command.create(self._step_vals(**step)) for step in steps],
                **kw,
            }
        )

    def _step_vals(self, day=5, channel=None, **kw):
        return {
            "name": f"Day {day}",
            "code": f"d{day}",
            "day": day,
            "channel_ids": [Command.set((channel or self.email).ids)],
            **kw,
        }

    # BAD INPUT

    def test_empty_strategy_cannot_be_default(self):
        with self._refused("has no steps and cannot be the def"):
            self._strategy(is_default=True)

    def test_empty_strategy_cannot_be_activated(self):
        strategy = self._strategy(active=False)
        with self._refused("has no steps and cannot be activ"):
            strategy.action_unarchive()
        strategy.step_ids = [Command.create(self._step_vals())]
        strategy.action_unarchive()
        self.assertTrue(strategy.active)

    def test_empty_strategy_is_passed_over_by_the_rules(self):
        tag = self.env["res.partner.category"].create({"name": "Own"})
        empty = self._strategy(partner_category_id=tag.id, sequence=1)
        self.debtor.category_id = tag
        case = self._case()
        self.assertNotEqual(self._chosen(case), empty)

    def test_default_cannot_be_archived_or_emptied(self):
        with self._refused("cannot be archived"):
            self.strategy.action_archive()
        with self._refused("choose another default first"):
            self.strategy.step_ids.unlink()
        with self._refused("cannot be the default"):
            self.strategy.step_ids.write({"active": False})

    def test_two_steps_same_day_and_channel(self):
        with self._refused("both use E-mail on day 5"):
            self._strategy(steps=[{"day": 5}, {"day": 5}])

    def test_two_channels_on_one_day_are_fine(self):
        strategy = self._strategy(steps=[{"day": 5}, {"day": 5, "channel": self.phone}])
        self.assertEqual(len(strategy.step_ids), 2)

    def test_archived_step_does_not_take_the_day(self):
        strategy = self._strategy(steps=[{"day": 5, "active": False}, {"day": 5}])
        archived = strategy.with_context(active_test=False).step_ids - strategy.step_ids
        with self._refused("both use"):
            archived.action_unarchive()

    def test_step_without_channel(self):
        strategy = self._strategy()
        vals = {**self._step_vals(), "channel_ids": False, "strategy_id": strategy.id}
        with self._refused("has no channel: choose at least"):
            self.Step.create(vals)
        vals.pop("channel_ids")
        with self._refused("has no channel: choose at least"):
            self.Step.create(vals)

    def test_negative_minimum(self):
        with self._refused("is negative: enter zero or more"):
            self._strategy(steps=[{"minimum_units": -1}])

    def test_template_of_another_model(self):
        template = self.env["mail.template"].create(
            {
                "name": "Invoice text",
                "model_id": self.env.ref("account.model_account_move").id,
            }
        )
        with self._refused("choose one for recovery cases"):
            self._strategy(steps=[{"template_id": template.id}])

    def test_step_needs_strategy_or_event(self):
        with self._refused("is on no ladder"):
            self.Step.create(self._step_vals())
        with self._refused("leave its strategy empty"):
            self._strategy(steps=[{"event": "bounce"}])

    def test_rule_out_of_range(self):
        with self._refused("is negative"):
            self._strategy(maximum_units=-1)
        with self._refused("from 0 to 100"):
            self._strategy(top_percent=101)

    def test_archived_officer_as_default(self):
        gone = self._recovery_user("officer", login="dr_gone")
        gone.action_archive()
        with self._refused("is archived and cannot be"):
            self.company.recovery_user_id = gone
        self.company.recovery_user_id = self.officer
        self.officer.action_archive()
        self.assertFalse(self.company._recovery_default_officer())

    def test_default_officer_needs_the_right(self):
        with self._refused("give the user the group"):
            self.company.recovery_user_id = self.auditor
        with self._refused("give the user the group"):
            self.company.recovery_escalate_user_id = self.officer

    def test_negative_setting(self):
        with self._refused("enter zero or more"):
            self.company.recovery_quiet_days = -1

    # BEHAVIOUR OF THE RECORDS

    def test_new_default_replaces_the_former(self):
        own = self._strategy(steps=[{}], is_default=True)
        self.assertTrue(own.is_default)
        self.assertFalse(self.strategy.is_default)

    def test_default_of_a_company_beside_the_shared_one(self):
        own = self._strategy(steps=[{}], is_default=True, company_id=self.company.id)
        self.assertTrue(self.strategy.is_default)
        case = self._case()
        self._overdue_invoice(self.debtor, 1000, 10)
        case._refresh_figures()
        self.assertEqual(self._chosen(case), own)

    def test_copy_is_no_default_and_has_its_own_code(self):
        copy = self.strategy.copy()
        self.assertEqual(copy.code, "b2b_standard_2")
        self.assertFalse(copy.is_default)
        self.assertEqual(len(copy.step_ids), len(self.strategy.step_ids))
        self.assertEqual(self.strategy.copy().code, "b2b_standard_3")

    def test_form(self):
        """A manager builds a strategy in the form."""
        form = Form(self.Strategy.with_user(self.manager))
        form.name = "Own"
        with form.step_ids.new() as step:
            step.name = "First reminder"
            step.day = 3
            step.channel_ids.add(self.email)
            step.minimum_units = 0.5
            self.assertEqual(step.minimum_amount, 25)
        strategy = form.save()
        self.assertEqual(strategy.step_count, 1)
        self.assertEqual(strategy.code, "own")
        self.assertEqual(strategy.step_ids.code, "first_reminder")
        self.assertEqual(strategy.step_ids.display_name, "First reminder (day 3)")

    def test_minimum_in_the_currency_of_each_company(self):
        """Units are the same for all, the amount is not."""
        step = self.env.ref(f"{MODULE}.step_call1")
        self.assertEqual(step.with_company(self.company).minimum_amount, 500)
        other = self.env["res.company"].create(
            {"name": "Yen", "currency_id": self.env.ref("base.JPY").id}
        )
        self.assertEqual(other.recovery_money_unit, 5000)
        self.assertEqual(step.with_company(other).minimum_amount, 50000)
        self.assertEqual(step._get_minimum_amount(other), Decimal(50000))

    # THE CHOICE

    def _chosen(self, case):
        return self.Strategy._strategy_for_cases(case)[case.id]

    def _case_owing(self, name, amount, **kw):
        partner = self._debtor(name, **kw)
        self._overdue_invoice(partner, amount, 10)
        return self._case(partner)

    def test_by_amount_tag_and_hand(self):
        big = self._case_owing("Big", 1000)
        little = self._case_owing("Little", 100)
        self.assertEqual(self._chosen(big), self.strategy)
        self.assertEqual(self._chosen(little), self.small)
        little.partner_id.category_id = self.env.ref(
            f"{MODULE}.partner_category_key_account"
        )
        self.assertEqual(self._chosen(little), self.key)
        little.partner_id.recovery_strategy_id = self.strategy
        self.assertEqual(self._chosen(little), self.strategy)
        little.write({"strategy_id": self.small.id, "strategy_manual": True})
        self.assertEqual(self._chosen(little), self.small)

    def test_choice_on_the_customer_holds_per_company(self):
        case = self._case_owing("Big", 1000)
        company_2 = self._setup_company_2()
        case.partner_id.with_company(company_2).recovery_strategy_id = self.small
        self.assertEqual(self._chosen(case), self.strategy)

    def test_consumer_only_when_active(self):
        consumer = self.env.ref(f"{MODULE}.strategy_consumer")
        case = self._case_owing("Person", 1000, is_company=False)
        self.assertEqual(self._chosen(case), self.strategy)
        consumer.action_unarchive()
        self.assertEqual(self._chosen(case), consumer)

    def test_band_of_a_quarter(self):
        case = self._case_owing("Wavering", 190)
        case.write({"strategy_id": self.small.id, "strategy_manual": False})
        self.assertEqual(self._chosen(case), self.small)
        more = self._overdue_invoice(case.partner_id, 50, 9)
        case._refresh_figures()
        self.assertEqual(case.amount_collectable, 240)
        self.assertEqual(self._chosen(case), self.small)
        self._overdue_invoice(case.partner_id, 10, 8)
        case._refresh_figures()
        self.assertEqual(self._chosen(case), self.strategy)
        case.write({"strategy_id": self.strategy.id, "strategy_manual": False})
        self._pay(more, date=self.today)
        case._refresh_figures()
        self.assertEqual(case.amount_collectable, 200)
        self.assertEqual(self._chosen(case), self.strategy)

    def test_disputed_debt_is_no_small_debt(self):
        """A hold on everything does not move the case to another ladder."""
        case = self._case_owing("Held", 1000)
        case._place_hold("goodwill", "Promised by the director")
        case._refresh_figures()
        self.assertEqual(case.amount_collectable, 0)
        self.assertEqual(self._chosen(case), self.strategy)

    def test_top_customers(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Customer {number}", "is_company": True} for number in range(20)]
        )
        for number, partner in enumerate(partners):
            self._overdue_invoice(partner, 1000 + number, 40)
        biggest = self._case(partners[-1])
        second = self._case(partners[-2])
        chosen = self.Strategy._strategy_for_cases(biggest | second)
        self.assertEqual(chosen[biggest.id], self.key)
        self.assertEqual(chosen[second.id], self.strategy)

    def test_old_turnover_does_not_count(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Customer {number}", "is_company": True} for number in range(21)]
        )
        for number, partner in enumerate(partners):
            self._overdue_invoice(partner, 1000 + number, 40)
        self._overdue_invoice(partners[0], 90000, 500)
        self.assertEqual(self._chosen(self._case(partners[0])), self.strategy)
        self.assertEqual(self._chosen(self._case(partners[-1])), self.key)

    def test_no_query_per_case(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Customer {number}", "is_company": True} for number in range(30)]
        )
        cases = self.env["debt.recovery.case"].union(*map(self._case, partners))

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.Strategy._strategy_for_cases(records)
            return self.env.cr.sql_log_count - before

        count(cases)
        self.assertEqual(count(cases[:3]), count(cases))
