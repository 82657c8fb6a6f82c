"""Is the multiplied book what Odoo itself would have posted?

A sample of every kind is posted anew through Odoo, same customer, day and size, and
compared column by column; the transaction is rolled back. The whole book must balance.
"""

from odoo.tools import SQL

from .multiply import MODELS

#: What cannot be equal: ids, numbers of documents, secrets, who wrote when.
DIFFERENT = {
    *("id", "create_date", "write_date", "create_uid", "write_uid", "access_token"),
    *("name", "move_name", "payment_reference", "ref", "memo", "matching_number"),
    *("sequence_number", "made_sequence_gap", "message_main_attachment_id"),
    # Odoo writes the present day when a document of the past is paid at once; the
    # maturity of its lines, by which all ageing goes, is compared
    "invoice_date_due",
}


class Checker:
    """Compares a sample; ``faults`` tells each difference in one line."""

    def __init__(self, env, templates):
        self.env = env
        self.templates = templates
        self.compared = 0
        self.faults = []

    def check(self, per_kind=2):
        self._check_balance()
        for kind, move_id, units in self._sample(per_kind):
            self._check_document(kind, self.env["account.move"].browse(move_id), units)
        return self.faults

    def _sample(self, per_kind):
        return self.env.execute_query(
            SQL(
                """SELECT kind, move_id, units FROM (
                     SELECT d.*, row_number() OVER (PARTITION BY kind ORDER BY
                            md5(n::text)) AS place FROM bench_drawn d) d
                    WHERE place <= %s""",
                per_kind,
            )
        )

    def _check_document(self, kind, move, units):
        found = self._rows(self._bundle(move))
        savepoint = self.env.cr.savepoint()
        again = self.templates.post(kind, move.partner_id, move.invoice_date, units)
        self.env.flush_all()
        wanted = self._rows(again)
        savepoint.close(rollback=True)
        self.env.invalidate_all()
        self.compared += 1
        for model in MODELS:
            self._compare(f"{kind} {move.name} {model}", found[model], wanted[model])

    def _compare(self, label, found, wanted):
        if len(found) != len(wanted):
            self.faults.append(f"{label}: {len(found)} rows, Odoo posts {len(wanted)}")
        for ours, theirs in zip(found, wanted, strict=False):
            for column, value in theirs.items():
                if ours[column] != value:
                    text = f"{label}: {column} is {ours[column]!r}, Odoo has {value!r}"
                    self.faults.append(text)

    def _bundle(self, move):
        lines = move.line_ids
        partials = lines.matched_debit_ids | lines.matched_credit_ids
        lines |= partials.debit_move_id | partials.credit_move_id
        lines = (move | lines.move_id).line_ids
        return {
            "account.move": lines.move_id,
            "account.move.line": lines,
            "account.payment": lines.payment_id,
            "account.partial.reconcile": partials,
            "account.full.reconcile": lines.full_reconcile_id,
        }

    def _rows(self, bundle):
        """Comparable rows of each model, in the order they were made."""
        return {model: self._model_rows(model, bundle[model]) for model in MODELS}

    def _model_rows(self, model, records):
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT * FROM %s WHERE id IN %s ORDER BY id",
                SQL.identifier(self.env[model]._table),
                tuple(records.ids) or (0,),
            )
        )
        fields = self.env[model]._fields
        links = {name for name, f in fields.items() if f.comodel_name in MODELS}
        left_out = DIFFERENT | links
        return [{k: v for k, v in row.items() if k not in left_out} for row in rows]

    def _check_balance(self):
        """Every entry balances, and no residual exceeds its line."""
        entries, lines = self.env.execute_query(
            SQL(
                """SELECT
                    (SELECT COUNT(*) FROM (SELECT 1 FROM account_move_line
                      GROUP BY move_id HAVING SUM(balance) <> 0) x),
                    (SELECT COUNT(*) FROM account_move_line l
                      WHERE ABS(l.amount_residual) > ABS(l.balance)
                         OR l.reconciled AND l.amount_residual <> 0)"""
            )
        )[0]
        if entries:
            self.faults.append(f"{entries} entries do not balance")
        if lines:
            self.faults.append(f"{lines} lines have an impossible residual")
