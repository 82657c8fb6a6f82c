from odoo.tests import Form, new_test_user
from odoo.tools import SQL

from .common import DebtRecoveryCommon


class TestStrangers(DebtRecoveryCommon):
    """People of the company who have nothing to do with recovery keep working as if the
    application were not there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = new_test_user(
            cls.env,
            "stranger",
            "base.group_system,base.group_erp_manager,base.group_partner_manager",
        )

    def test_founds_a_company(self):
        """And it follows the house policy from its first day."""
        founded = (
            self.env["res.company"].with_user(self.administrator).create({"name": "Ny"})
        )
        house = self.env.ref("debt_recovery.contact_pack_house")
        self.assertEqual(founded.sudo().recovery_pack_ids, house)

    def test_founds_a_company_with_other_rules(self):
        pack = self.env["debt.recovery.contact.pack"].create({"name": "Ours"})
        founded = self.env["res.company"].create(
            {"name": "Ny", "recovery_pack_ids": pack.ids}
        )
        self.assertEqual(founded.recovery_pack_ids, pack)

    def test_database_knows_what_a_company_must_have(self):
        """Else no company could be founded while Odoo upgrades another module."""
        rows = self.env.execute_query(
            SQL(
                """SELECT column_name FROM information_schema.columns
                    WHERE table_name = 'res_company' AND column_name LIKE 'recovery_%%'
                      AND is_nullable = 'NO' AND column_default IS NULL"""
            )
        )
        self.assertFalse(rows)

    def test_copies_a_customer(self):
        twin = self.debtor.with_user(self.administrator).copy()
        self.assertEqual(twin.name, f"{self.debtor.name} (copy)")

    def test_opens_and_saves_the_settings(self):
        settings = self.env["res.config.settings"].with_user(self.administrator)
        Form(settings).save().execute()

    def _our_fields(self, records):
        return [
            name
            for name, field in records._fields.items()
            if any(m.startswith("debt_recovery") for m in field._modules)
            and records._has_field_access(field, "read")
        ]

    def test_reads_all_that_we_added_and_do_not_hide(self):
        """As an export or a program does that names every field."""
        invoice = self._overdue_invoice(self.debtor, 500, 40)
        self._case(self.debtor)
        accountant = new_test_user(self.env, "books", "account.group_account_manager")
        read = [
            (self.administrator, self.company),
            (self.administrator, self.administrator),
            (self.administrator, self.debtor),
            (accountant, self.debtor),
            (accountant, invoice),
            (accountant, invoice.line_ids),
            (accountant, invoice.journal_id),
            (accountant, self._pay(invoice)),
            (accountant, invoice.line_ids.matched_credit_ids),
            (accountant, invoice.line_ids.account_id),
            (accountant, self.env["account.payment.term"].search([], limit=1)),
        ]
        for user, records in read:
            with self.subTest(user=user.login, model=records._name):
                self.env.invalidate_all()
                records = records.with_user(user)
                self.assertTrue(records.read(self._our_fields(records)))

    def test_works_with_customers_and_users(self):
        partners = self.env["res.partner"].with_user(self.administrator)
        partner = partners.create({"name": "New", "is_company": True})
        partner.write({"name": "Newer", "email": "new@example.com"})
        partner.action_archive()
        users = self.env["res.users"].with_user(self.administrator)
        user = users.create({"name": "Newcomer", "login": "newcomer"})
        user.action_archive()
        self.assertFalse(user.active)
