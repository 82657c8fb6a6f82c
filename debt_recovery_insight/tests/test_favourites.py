from ast import literal_eval

from odoo.tests import tagged

from .insight_common import InsightCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestFavourites(InsightCommon):
    """Every favourite opens, for everybody who sees its screen."""

    def test_each_can_be_read(self):
        self._book(seed=5, customers=2, invoices=6)
        found = self.env["ir.filters"].browse(
            self.env["ir.model.data"]
            .search(
                [
                    ("module", "=", "debt_recovery_insight"),
                    ("model", "=", "ir.filters"),
                ]
            )
            .mapped("res_id")
        )
        self.assertGreater(len(found), 10)
        for favourite in found:
            with self.subTest(favourite=favourite.name):
                self._read(favourite.with_user(self.manager))

    def _read(self, favourite):
        model = self.env[favourite.model_id].with_user(self.manager)
        context = literal_eval(favourite.context)
        domain = literal_eval(favourite.domain)
        rows = context["pivot_row_groupby"] + context["pivot_column_groupby"]
        measures = [name for name in context["pivot_measures"] if name != "__count"]
        sums = [f"{name}:{model._fields[name].aggregator}" for name in measures]
        model.formatted_read_group(domain, rows, ["__count", *sums])
        model.formatted_read_group(domain, context["graph_groupbys"], ["__count"])
        action = self.env["ir.actions.act_window"].browse(favourite.sudo().action_id.id)
        self.assertEqual(action.res_model, favourite.model_id)
        modes = action.view_mode.split(",")
        self.assertTrue({"pivot", "graph"} <= set(modes))

    def test_officers_find_them(self):
        action = self.env.ref("debt_recovery.debt_recovery_case_action")
        names = [
            row["name"]
            for row in self.env["ir.filters"]
            .with_user(self.officer)
            .get_filters("debt.recovery.case", action.id)
        ]
        self.assertIn("Collectable by stage and officer", names)
