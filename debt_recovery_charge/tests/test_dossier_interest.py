from odoo.addons.debt_recovery.tests.dossier_common import DossierCase

from .charge_common import ChargeCommon

CERTIFICATE = "debt_recovery_charge.action_report_charge_certificate"


class TestDossierInterest(DossierCase, ChargeCommon):
    """How the interest came about stands behind the statement."""

    def test_interest_stands_behind_the_statement(self):
        charge = self._count()
        with self._printer() as told:
            self.case.with_user(self.officer)._dossier(
                sections=["statement", "interest"]
            )
        cover = told["debt_recovery.report_dossier_cover"]
        sections = {x["title"]: x["documents"] for x in cover["sections"]}
        self.assertEqual(
            list(sections), ["Statement of account", "Interest calculation"]
        )
        names = [document["name"] for document in sections["Interest calculation"]]
        self.assertEqual(names, [charge.move_id.name])

    def test_certificate_shows_principal_days_and_rate(self):
        charge = self._count()
        html = self.env["ir.actions.report"]._render_qweb_html(CERTIFICATE, charge.ids)[
            0
        ]
        for words in ("1,000.00", "30.00", "36.5"):
            self.assertIn(words, html.decode())

    def test_case_without_interest_has_no_such_section(self):
        with self._printer() as told:
            self.case._dossier(sections=["statement", "interest"])
        cover = told["debt_recovery.report_dossier_cover"]
        self.assertEqual(len(cover["sections"]), 1)
