from odoo.tests import HttpCase, tagged

from .legal_common import LegalCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestLegalTours(LegalCommon, HttpCase):
    """Handing over as the officer, the agenda as the legal liaison."""

    def test_officer_hands_over(self):
        self.start_tour(
            f"/odoo/debt-cases/{self.record.id}",
            "debt_recovery_hand_over",
            login=self.officer.login,
        )
        self.assertEqual(self.record.handover_ids.state, "waiting")

    def test_liaison_works_the_deadlines(self):
        legal = self._legal()
        self.start_tour(
            "/odoo/debt-deadlines", "debt_recovery_deadlines", login=self.legal.login
        )
        legal.invalidate_recordset()
        self.assertEqual(legal.stage_id.event_kind, "service")

    def test_legal_starts_with_the_deadlines_others_with_today(self):
        root = self.env.ref("debt_recovery.menu_debt_recovery_root").id
        paths = {
            user.login: self.env["ir.ui.menu"]
            .with_user(user)
            .load_web_menus(False)[root]["actionPath"]
            for user in (self.legal, self.officer, self.manager)
        }
        self.assertEqual(paths[self.legal.login], "debt-deadlines")
        self.assertEqual({paths["dr_officer"], paths["dr_manager"]}, {"debt-today"})
