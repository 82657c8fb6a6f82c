from odoo import Command
from odoo.tests import Form

from .common import MODULE
from .security_common import STANDARD_GROUPS, SecurityCommon


class TestSecurityScreens(SecurityCommon):
    """Real users open real screens: nothing of ours stands in the way."""

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
