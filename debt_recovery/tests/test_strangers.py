from odoo.tests import new_test_user

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

    def test_opens_and_saves_the_settings(self):
        settings = self.env["res.config.settings"].with_user(self.administrator)
        settings.create({}).execute()

    def test_works_with_customers_and_users(self):
        partners = self.env["res.partner"].with_user(self.administrator)
        partner = partners.create({"name": "New", "is_company": True})
        partner.write({"name": "Newer", "email": "new@example.com"})
        partner.action_archive()
        users = self.env["res.users"].with_user(self.administrator)
        user = users.create({"name": "Newcomer", "login": "newcomer"})
        user.action_archive()
        self.assertFalse(user.active)
