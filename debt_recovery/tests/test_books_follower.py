from .common import DebtRecoveryCommon

#: What posting, paying and matching change.
CHANGED = {
    "account.move": ("state", "payment_state", "amount_residual"),
    "account.move.line": ("parent_state", "amount_residual", "reconciled"),
    "account.payment": ("state", "is_matched", "move_id", "reconciled_invoice_ids"),
    "account.partial.reconcile": ("debit_move_id", "credit_move_id", "amount"),
}


class TestBooksFollower(DebtRecoveryCommon):
    """The books stay as fast as they were: nothing of ours is searched for while they
    post and match."""

    def _searched(self, tree):
        """Links of ours that Odoo would search through to find what to compute."""
        for link, below in tree.items():
            if link.type == "many2one" and link.model_name.startswith("debt.recovery."):
                yield str(link), [str(field) for field in below.root]
            yield from self._searched(below)

    def test_no_stored_figure_is_searched_for_from_the_books(self):
        registry = self.env.registry
        for model, names in CHANGED.items():
            changed = [self.env[model]._fields[name] for name in names]
            tree = registry.get_trigger_tree(
                changed, select=lambda field: field.store and bool(field.compute)
            )
            with self.subTest(model=model):
                self.assertEqual(list(self._searched(tree)), [])

    def test_one_query_finds_cases_and_followers(self):
        payment = self._customer_payment(self.debtor, 100)
        case = self._case()
        self.env.cr.precommit.run()
        payment.action_cancel()
        self.env["debt.recovery.case"]._mark_partners(self.debtor.ids)
        self.env.flush_all()
        with self.assertQueryCount(1):
            found = case._find_touched(self.debtor.ids)
        self.assertEqual(found, {"debt.recovery.case": case})
