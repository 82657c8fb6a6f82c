from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user

from .common import MODULE, DebtRecoveryCommon

#: What people had before the application was installed.
STANDARD_GROUPS = [
    "account.group_account_invoice",
    "account.group_account_readonly",
    "account.group_account_user",
    "account.group_account_manager",
]


class TestSecurity(DebtRecoveryCommon):
    """Who sees what, as real users; and nobody loses what another group gives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debtor_2 = cls._debtor("Second Ltd", email="ap2@debtor.example.com")
        cls.debtor_3 = cls._debtor("Third Ltd", email="ap3@debtor.example.com")
        cls.invoice = cls._overdue_invoice(cls.debtor, 1000, 20)
        cls.bill = cls._overdue_invoice(
            cls.debtor, 300, 5, move_type="in_invoice", ref="BILL/1"
        )
        cls.entry = cls._entry(
            cls.company_data["default_account_expense"],
            cls.company_data["default_account_assets"],
        )
        cls.payment = cls._customer_payment(cls.debtor, 40)
        cls.paid_out = cls.env["account.payment"].create(
            {
                "payment_type": "outbound",
                "partner_type": "supplier",
                "partner_id": cls.debtor.id,
                "amount": 10,
            }
        )
        cls.paid_out.action_post()
        cls._overdue_invoice(cls.debtor_2, 500, 20)
        cls._overdue_invoice(cls.debtor_3, 500, 20)
        cls.own = cls._case(cls.debtor, user_id=cls.officer.id)
        cls.others = cls._case(cls.debtor_2, user_id=cls.other_officer.id)
        cls.unassigned = cls._case(cls.debtor_3, user_id=False)
        cls.cases = cls.own | cls.others | cls.unassigned
        cls.env.flush_all()

    @classmethod
    def _entry(cls, debit, credit):
        """Something no officer should see: a payroll entry, say."""
        move = cls.env["account.move"].create(
            {
                "move_type": "entry",
                "date": cls.today,
                "journal_id": cls.company_data["default_journal_misc"].id,
                "line_ids": [
                    Command.create({"account_id": debit.id, "debit": 10, "credit": 0}),
                    Command.create({"account_id": credit.id, "debit": 0, "credit": 10}),
                ],
            }
        )
        move.action_post()
        return move

    def _user(self, *groups, **kw):
        number = self.env["res.users"].search_count([])
        return new_test_user(
            self.env,
            login=f"dr_std_{number}",
            groups=",".join(groups),
            company_id=self.company.id,
            **kw,
        )

    def _own_models(self):
        return [
            name
            for name, model in self.env.registry.items()
            if name.startswith("debt.recovery.")
            and not model._abstract
            and not model._transient
        ]

    def _visible(self, user, records):
        return records.with_user(user).search([("id", "in", records.ids)])

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
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(records.has_access(operation), operation)

    def test_nobody_else_reads_our_models(self):
        strangers = [
            self._user(group) for group in ["base.group_user", *STANDARD_GROUPS]
        ]
        strangers.append(self._user("base.group_portal"))
        for user in strangers:
            for model in self._own_models():
                with self.subTest(user=user.name, model=model):
                    self.assertFalse(self.env[model].with_user(user).has_access("read"))

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
        self.assertEqual(
            self._visible(user, self.cases),
            self.cases.with_user(user) - self.own - self.others,
        )
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

    # SCREENS

    def _open(self, user, record):
        """Open the form and the list of a record as that user: every field is read."""
        record.invalidate_recordset()
        Form(record.with_user(user))
        self._open_list(user, record)

    def _open_list(self, user, record):
        model = record.with_user(user)
        view = model.get_views([(False, "list"), (False, "search")])
        fields_info = view["models"][record._name]["fields"]
        arch = self.env["ir.ui.view"]._get_view_etrees
        self.assertTrue(arch)
        spec = {
            name: {"fields": {"display_name": {}}} if info["type"] == "many2one" else {}
            for name, info in fields_info.items()
            if f'name="{name}"' in view["views"]["list"]["arch"]
        }
        found = model.web_search_read([("id", "in", record.ids)], spec)
        self.assertEqual(found["length"], len(record))

    def test_standard_users_open_what_they_opened(self):
        for group in STANDARD_GROUPS:
            user = self._user(group)
            for record in (self.debtor, self.invoice, self.bill, self.payment):
                with self.subTest(group=group, model=record._name):
                    self._open(user, record)

    def test_plain_user_opens_a_partner(self):
        self._open(self._user("base.group_user"), self.debtor)

    def test_plain_user_reads_every_partner_field(self):
        """An export of all columns must not stumble over ours."""
        self.debtor.recovery_strategy_id = self.strategy
        self.debtor.recovery_user_id = self.officer
        user = self._user("base.group_user")
        ours = [
            name
            for name in self.env["res.partner"].with_user(user).fields_get()
            if name.startswith("recovery_")
        ]
        self.debtor.with_user(user).read(ours)

    def test_our_people_open_partner_invoice_and_payment(self):
        for user in (self.officer, self.manager, self.legal, self.auditor):
            for record in (self.debtor, self.invoice, self.payment):
                with self.subTest(user=user.login, model=record._name):
                    self._open(user, record)
        self._open(self.field_officer, self.debtor)

    def test_our_people_open_our_screens(self):
        self._hold("goodwill", self.own)
        for user in (self.officer, self.manager, self.legal, self.auditor):
            for record in (
                self.own,
                self.own.hold_ids,
                self.strategy,
                self.strategy.step_ids[:1],
                self.env.ref(f"{MODULE}.hold_type_goodwill"),
            ):
                with self.subTest(user=user.login, model=record._name):
                    self._open(user, record)

    def test_field_officer_opens_an_assigned_case(self):
        self.own.user_id = self.field_officer
        self._open(self.field_officer, self.own)

    def test_every_menu_opens_for_its_people(self):
        """Each action under our root shows its list to those who see the menu."""
        root = self.env.ref(f"{MODULE}.menu_debt_recovery_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id)])
        users = (
            self.officer,
            self.manager,
            self.auditor,
            self.legal,
            self.field_officer,
        )
        for user in users:
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertIn(root.id, visible)
            for menu in menus.filtered(lambda menu, ids=visible: menu.id in ids):
                action = menu.action
                if action and action._name == "ir.actions.act_window":
                    with self.subTest(user=user.login, menu=menu.complete_name):
                        views = [(False, mode) for mode in action.view_mode.split(",")]
                        model = self.env[action.res_model].with_user(user)
                        model.get_views([*views, (False, "search")])
                        model.web_search_read([], {"display_name": {}}, limit=1)

    def test_portal_reads_its_own_documents_only(self):
        user = self._user("base.group_portal", partner_id=self._contact(self.debtor).id)
        documents = self.invoice | self.env["account.move"].search(
            [("partner_id", "in", (self.debtor_2 | self.debtor_3).ids)]
        )
        self.assertEqual(self._visible(user, documents), self.invoice)

    def test_settings_page(self):
        """The page opens and writes to the root company, from a branch as well."""
        branch = self._setup_branch()
        admin = self.env.user
        admin.company_ids = [Command.link(branch.id)]
        settings = self.env["res.config.settings"].with_company(branch).create({})
        self.assertEqual(settings.recovery_company_id, self.company)
        settings.recovery_quiet_days = 9
        settings.execute()
        self.assertEqual(self.company.recovery_quiet_days, 9)
