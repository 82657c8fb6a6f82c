from odoo import Command
from odoo.exceptions import AccessError

from .common import MODULE
from .security_common import STANDARD_GROUPS, SecurityCommon

#: Colleagues read the rows they are asked about, and the names of the causes.
ASKED = {
    "debt.recovery.dispute",
    "debt.recovery.dispute.line",
    "debt.recovery.question",
}
OPEN = {"debt.recovery.dispute.category"}


class TestSecurity(SecurityCommon):
    """Who sees what, as real users; and nobody loses what another group gives."""

    # OWN RECORDS

    def test_cases_by_group(self):
        expected = {
            self.officer: self.own | self.unassigned,
            self.other_officer: self.others | self.unassigned,
            self.field_officer: self.cases.browse(),
            self.manager: self.cases,
            self.legal: self.cases,
            self.auditor: self.cases,
        }
        for user, cases in expected.items():
            with self.subTest(user=user.login):
                self.assertEqual(self._visible(user, self.cases), cases)
        self.others.user_id = self.field_officer
        self.assertEqual(self._visible(self.field_officer, self.cases), self.others)

    def test_children_follow_the_case(self):
        """Holds, actions and open items of another officer's case stay hidden."""
        hold = self._hold("goodwill", self.others)
        rows = self.env["debt.recovery.receivable"].search(
            [("partner_id", "in", self.cases.partner_id.ids), ("is_credit", "=", False)]
        )
        self.assertFalse(self._visible(self.officer, hold))
        self.assertTrue(self._visible(self.other_officer, hold))
        self.assertEqual(
            self._visible(self.officer, rows).partner_id, self.debtor | self.debtor_3
        )
        self.assertEqual(
            self._visible(self.manager, rows).partner_id, self.cases.partner_id
        )

    def test_officer_cannot_take_a_case_out_of_sight(self):
        with self.assertRaises(AccessError):
            self.others.with_user(self.officer).write({"user_id": self.officer.id})

    def test_auditor_changes_nothing(self):
        for model in self._own_models():
            records = self.env[model].with_user(self.auditor)
            with self.subTest(model=model):
                self.assertTrue(records.has_access("read"))
                for operation in ("create", "unlink"):
                    self.assertFalse(records.has_access(operation), operation)
                if model != "debt.recovery.question":
                    self.assertFalse(records.has_access("write"))

    def test_auditor_answers_only_what_he_was_asked(self):
        question = self._question(self.others, self.manager)
        mine = self._question(self.others, self.auditor)
        self.assertTrue(question.with_user(self.auditor).has_access("read"))
        self.assertFalse(question.with_user(self.auditor).has_access("write"))
        self.assertTrue(mine.with_user(self.auditor).has_access("write"))

    def _question(self, case, user):
        return self.env["debt.recovery.question"].create(
            {
                "case_id": case.id,
                "user_id": user.id,
                "question": "Delivered?",
                "date_deadline": self.today,
            }
        )

    def test_nobody_else_reads_our_models(self):
        groups = ["base.group_user", "base.group_portal", *STANDARD_GROUPS]
        strangers = [self._user(group) for group in groups]
        for user in strangers:
            for model in self._own_models():
                with self.subTest(user=user.name, model=model):
                    records = self.env[model].with_user(user)
                    if model in ASKED and user._is_internal():
                        self.assertFalse(records.search([]))
                    elif model not in OPEN or not user._is_internal():
                        self.assertFalse(records.has_access("read"))

    def test_colleagues_see_only_what_they_are_asked(self):
        seller, other = self._user("base.group_user"), self._user("base.group_user")
        question = self._question(self.others, seller)
        dispute = self.env["debt.recovery.dispute"].create(
            {
                "case_id": self.others.id,
                "name": "Damaged",
                "kind": "enquiry",
                "user_id": seller.id,
            }
        )
        for record in (question, dispute):
            with self.subTest(model=record._name):
                self.assertTrue(self._visible(seller, record))
                self.assertFalse(self._visible(other, record))
                self.assertFalse(record.with_user(seller).has_access("unlink"))

    def test_officer_configures_nothing(self):
        for model in ("strategy", "strategy.step", "hold.type", "outcome", "stage"):
            records = self.env[f"debt.recovery.{model}"]
            for operation in ("write", "create", "unlink"):
                self.assertFalse(records.with_user(self.officer).has_access(operation))
            self.assertTrue(records.with_user(self.manager).has_access("write"))

    def test_every_model_has_a_company_rule(self):
        """Every own table with a company has a global rule on it."""
        rules = self.env["ir.rule"].search(
            [("model_id.model", "in", self._own_models()), ("groups", "=", False)]
        )
        ruled = set(rules.mapped("model_id.model"))
        for model in self._own_models():
            if "company_id" in self.env[model]._fields:
                self.assertIn(model, ruled)

    def test_no_global_rule_on_foreign_models(self):
        ids = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "ir.rule")]
        )
        rules = self.env["ir.rule"].browse(ids.mapped("res_id"))
        foreign = rules.filtered(
            lambda rule: not rule.model_id.model.startswith("debt.recovery.")
        )
        self.assertTrue(foreign)
        for rule in foreign:
            self.assertTrue(rule.groups, rule.name)
            self.assertFalse(rule.perm_write or rule.perm_create or rule.perm_unlink)

    # COMPANIES

    def test_other_company_is_hidden(self):
        company_2 = self._setup_company_2()
        self._overdue_invoice(self.debtor, 70, 10, company=company_2)
        case_2 = self._case(self.debtor, company=company_2)
        self.assertFalse(self._visible(self.manager, case_2))
        self.manager.company_ids = [Command.link(company_2.id)]
        both = self.cases | case_2
        allowed = (self.company | company_2).ids
        seen = both.with_user(self.manager).with_context(allowed_company_ids=allowed)
        self.assertEqual(seen.search([("id", "in", both.ids)]), both)

    def test_branch_user_works_on_the_root_case(self):
        branch = self._setup_branch()
        user = self._recovery_user(
            "officer",
            login="dr_branch",
            company_id=branch.id,
            company_ids=[Command.set(branch.ids)],
        )
        self.assertEqual(self._visible(user, self.cases), self.unassigned)
        self.unassigned.user_id = user
        case = self.unassigned.with_user(user).with_company(branch)
        self.assertEqual(case.company_id, self.company)
        self.assertEqual(branch.with_user(user)._recovery_today(), self.today)
        case._place_hold("goodwill", "From the branch")
        self.assertEqual(case.hold_ids.company_id, self.company)

    # FOREIGN RECORDS

    def _documents(self):
        return self.invoice | self.bill | self.entry

    def test_officer_sees_customer_documents_only(self):
        payments = self.payment | self.paid_out
        for user in (self.officer, self.manager, self.legal):
            with self.subTest(user=user.login):
                self.assertEqual(self._visible(user, self._documents()), self.invoice)
                self.assertEqual(self._visible(user, payments), self.payment)
                lines = self._visible(user, self._documents().line_ids)
                self.assertEqual(lines, self.invoice.line_ids.sorted(lines._order))
                self.assertTrue(self._visible(user, self.payment.move_id))
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(
                        self.env["account.move"].with_user(user).has_access(operation)
                    )

    def test_bank_lines_follow_their_entry(self):
        """A bank line is readable when its entry touches a receivable: a customer's
        payment, never the payroll."""
        lines = self.env["account.bank.statement.line"].create(
            [
                {
                    "payment_ref": name,
                    "amount": amount,
                    "journal_id": self.company_data["default_journal_bank"].id,
                    "partner_id": partner.id,
                }
                for name, amount, partner in (
                    ("salaries", -5000, self.debtor.browse()),
                    ("customer", 1000, self.debtor),
                )
            ]
        )
        customer = lines.filtered("partner_id")
        _liquidity, suspense, _other = customer._seek_for_lines()
        suspense.account_id = self._receivable_line(self.invoice).account_id
        self.assertEqual(self._visible(self.officer, lines), customer)

    def test_field_officer_sees_no_documents(self):
        self.assertFalse(
            self.env["account.move"].with_user(self.field_officer).has_access("read")
        )

    def test_nobody_loses_documents_by_becoming_officer(self):
        """Our limit must never be the only rule of somebody who saw everything."""
        targets = [
            self._documents(),
            self._documents().line_ids,
            self.payment | self.paid_out,
            self.env["account.partial.reconcile"].search([]),
        ]
        for group in STANDARD_GROUPS:
            before = self._user(group)
            after = self._user(group, f"{MODULE}.group_officer")
            for records in targets:
                with self.subTest(group=group, model=records._name):
                    self.assertEqual(
                        self._visible(before, records), self._visible(after, records)
                    )

    def test_group_without_rule_keeps_its_view(self):
        """The till opens every document by an access right alone, without a rule."""
        till = self.env["res.groups"].create({"name": "Till"})
        for model in ("account.move", "account.payment"):
            self.env["ir.model.access"].create(
                {
                    "name": "till",
                    "model_id": self.env["ir.model"]._get_id(model),
                    "group_id": till.id,
                    "perm_read": True,
                }
            )
        user = self._user(f"{MODULE}.group_officer")
        self.assertEqual(self._visible(user, self._documents()), self.invoice)
        user.group_ids = [Command.link(till.id)]
        self.assertEqual(self._visible(user, self._documents()), self._documents())
        self.assertEqual(
            self._visible(user, self.payment | self.paid_out),
            self.payment | self.paid_out,
        )
