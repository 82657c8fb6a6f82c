"""Copies a posted document a hundred thousand times, by SQL.

What a column means is asked of Odoo's own field: amounts are multiplied, dates moved,
links led to the copies, names replaced, everything else is kept. One statement inserts
all tables, so foreign keys that point in a circle hold at its end.
"""

from odoo.tools import SQL

#: Models whose records are copied; links among them lead from copy to copy.
MODELS = (
    "account.move",
    "account.payment",
    "account.full.reconcile",
    "account.move.line",
    "account.partial.reconcile",
)
#: Numbers that grow with the document although they are no monetary fields.
ALSO_MULTIPLIED = {"price_unit"}
CODE = "C000000"


def partner_code(number):
    """Marks a customer's name and address; six digits, so that it replaces cleanly."""
    return f"C{number:06}"


class Multiplier:
    """Inserts the copies that the temporary table ``bench_spec`` asks for: columns
    ``n, kind, partner_id, code, units, shift``."""

    def __init__(self, env, template_partner):
        self.env = env
        self.partner = template_partner

    def copy(self, kind, bundle):
        """Copies of one kind's documents."""
        self.env.flush_all()
        for model in MODELS:
            self._map(model, kind, bundle[model].ids)
        self._number_moves()
        inserts = [self._insert(model, self._document_text) for model in MODELS]
        inserts += self._relations()
        for model in MODELS:  # old plans would read the whole book for each copied row
            table = SQL.identifier(self.env[model]._table)
            self.env.cr.execute(SQL("ANALYZE %s", table))
        self._execute_together(inserts)
        self._note_made(bundle)
        for model in MODELS:
            self._drop(self._map_name(model))
        self.env.invalidate_all()

    def _note_made(self, bundle):
        """Which document each line of the specification became."""
        self.env.cr.execute(
            "CREATE TEMP TABLE IF NOT EXISTS bench_made (n int, move_id int)"
        )
        self.env.cr.execute(
            SQL(
                """INSERT INTO bench_made SELECT n, new_id FROM bench_map_account_move
                    WHERE old_id = %s""",
                bundle["account.move"][0].id,
            )
        )

    def copy_partners(self, count):
        """Customers, each its own commercial entity; returns their ids."""
        self.env.flush_all()
        model = "res.partner"
        self.env.cr.execute(
            SQL(
                """CREATE TEMP TABLE bench_spec AS
                   SELECT g AS n, 'C' || lpad(g::text, 6, '0') AS code, 1 AS units,
                          0 AS shift, 'partner' AS kind, %s AS partner_id
                     FROM generate_series(1, %s) g""",
                self.partner.id,
                count,
            )
        )
        self._map(model, "partner", self.partner.ids)
        self._execute_together([self._insert(model, self._partner_text)])
        rows = self.env.execute_query(
            SQL("SELECT new_id FROM %s ORDER BY n", self._map_name(model))
        )
        self._drop(self._map_name(model))
        self._drop(SQL.identifier("bench_spec"))
        return [row[0] for row in rows]

    # MAPS: which record of which copy has which id

    def _map_name(self, model):
        return SQL.identifier(f"bench_map_{self.env[model]._table}")

    def _map(self, model, kind, ids):
        self.env.cr.execute(
            SQL(
                """CREATE TEMP TABLE %s AS
                   SELECT s.n, o.id AS old_id,
                          nextval(pg_get_serial_sequence(%s, 'id'))::int AS new_id
                     FROM bench_spec s, unnest(%s::int[]) o(id)
                    WHERE s.kind = %s ORDER BY s.n, o.id""",
                self._map_name(model),
                self.env[model]._table,
                list(ids),
                kind,
            )
        )
        self._index(self._map_name(model))

    def _index(self, table):
        """The copies look their links up here: without an index, each a whole scan."""
        self.env.cr.execute(SQL("CREATE INDEX ON %s (n, old_id)", table))
        self.env.cr.execute(SQL("ANALYZE %s", table))

    def _drop(self, table):
        self.env.cr.execute(SQL("DROP TABLE %s", table))

    def _number_moves(self):
        """Numbers without gaps per journal and year, continuing those in the book."""
        self.env.cr.execute(
            SQL(
                """CREATE TEMP TABLE bench_name ON COMMIT DROP AS
                   WITH wanted AS (
                     SELECT x.n, x.old_id, m.name AS old_name, m.journal_id, s.shift,
                            regexp_replace(m.sequence_prefix, '/[0-9]{4}/', '/' ||
                              to_char(m.date + s.shift, 'YYYY') || '/') AS prefix
                       FROM bench_map_account_move x
                       JOIN bench_spec s ON s.n = x.n
                       JOIN account_move m ON m.id = x.old_id),
                   taken AS (
                     SELECT journal_id, sequence_prefix, MAX(sequence_number) AS last
                       FROM account_move GROUP BY 1, 2)
                   SELECT w.n, w.old_id, w.old_name, w.prefix,
                          (COALESCE(t.last, 0) + row_number() OVER (
                            PARTITION BY w.journal_id, w.prefix
                            ORDER BY w.shift, w.n))::int AS number
                     FROM wanted w
                     LEFT JOIN taken t ON t.journal_id = w.journal_id
                          AND t.sequence_prefix = w.prefix"""
            )
        )
        self.env.cr.execute(
            """CREATE TEMP TABLE bench_text AS
               SELECT n, array_agg(old_name ORDER BY old_id) AS old,
                      array_agg(prefix || lpad(number::text, 5, '0')
                                ORDER BY old_id) AS new
                 FROM bench_name GROUP BY n"""
        )
        self._index(SQL.identifier("bench_name"))

    # INSERTS

    def _execute_together(self, inserts):
        steps = [
            SQL("%s AS (%s)", SQL.identifier(f"step_{number}"), insert)
            for number, insert in enumerate(inserts)
        ]
        self.env.cr.execute(SQL("WITH %s SELECT 1", SQL(", ").join(steps)))
        for table in ("bench_name", "bench_text"):
            self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(table)))

    def _insert(self, model, text):
        columns = self._columns(model)
        values = [self._value(model, column, text) for column in columns]
        names = SQL(", ").join(SQL.identifier(column) for column in columns)
        numbering = SQL("")
        if text == self._document_text:
            numbering = SQL("JOIN bench_text b ON b.n = x.n")
        return SQL(
            """INSERT INTO %s (%s) SELECT %s FROM %s x
                 JOIN bench_spec s ON s.n = x.n
                 JOIN %s t ON t.id = x.old_id %s""",
            SQL.identifier(self.env[model]._table),
            names,
            SQL(", ").join(values),
            self._map_name(model),
            SQL.identifier(self.env[model]._table),
            numbering,
        )

    def _columns(self, model):
        rows = self.env.execute_query(
            SQL(
                """SELECT column_name FROM information_schema.columns
                    WHERE table_schema = current_schema AND table_name = %s
                      AND is_generated = 'NEVER' ORDER BY ordinal_position""",
                self.env[model]._table,
            )
        )
        return [row[0] for row in rows]

    def _value(self, model, column, text):
        """One column of a copy, after the meaning of its field."""
        source = SQL("t.%s", SQL.identifier(column))
        if special := self._special(model, column):
            return special
        field = self.env[model]._fields.get(column)
        if not field or field.column_type[0] == "jsonb":  # translated, per company
            return source
        if field.type == "many2one":
            return self._link(model, field, source)
        if field.type == "monetary" or column in ALSO_MULTIPLIED:
            return SQL("%s * s.units", source)
        if field.type == "date":
            return SQL("(%s + s.shift)::date", source)
        if field.type in ("char", "text"):
            return text(source)
        return source

    def _special(self, model, column):
        """Columns that carry an id or a number in a form of their own."""
        if column == "id":
            return SQL("x.new_id")
        found = {
            ("account.move", "sequence_number"): SQL(
                "(SELECT w.number FROM bench_name w WHERE w.n = x.n"
                " AND w.old_id = x.old_id)"
            ),
            ("account.move", "sequence_prefix"): SQL(
                "(SELECT w.prefix FROM bench_name w WHERE w.n = x.n"
                " AND w.old_id = x.old_id)"
            ),
            ("account.move.line", "matching_number"): SQL(
                """CASE WHEN t.matching_number LIKE 'P%%' THEN 'P' || (SELECT w.new_id
                     FROM bench_map_account_partial_reconcile w WHERE w.n = x.n
                      AND 'P' || w.old_id = t.matching_number)
                   WHEN t.full_reconcile_id IS NOT NULL THEN (SELECT w.new_id
                     FROM bench_map_account_full_reconcile w WHERE w.n = x.n
                      AND w.old_id = t.full_reconcile_id)::text END"""
            ),
        }
        return found.get((model, column))

    def _link(self, model, field, source):
        if field.comodel_name == "res.partner":
            own = SQL("x.new_id") if model == "res.partner" else SQL("s.partner_id")
            return SQL(
                "CASE %s WHEN %s THEN %s ELSE %s END",
                source,
                self.partner.id,
                own,
                source,
            )
        if field.comodel_name in MODELS and model in MODELS:
            return SQL(
                "(SELECT w.new_id FROM %s w WHERE w.n = x.n AND w.old_id = %s)",
                self._map_name(field.comodel_name),
                source,
            )
        return source

    def _partner_text(self, source):
        return SQL("replace(%s, %s, s.code)", source, CODE)

    def _document_text(self, source):
        """Numbers of the documents and the customer's name, wherever they appear."""
        text = SQL("replace(%s, %s, s.code)", source, CODE)
        text = SQL("replace(%s, b.old[1], b.new[1])", text)
        both = SQL("replace(%s, b.old[2], b.new[2])", text)
        return SQL("CASE WHEN b.old[2] IS NULL THEN %s ELSE %s END", text, both)

    def _relations(self):
        """Many2many tables of the copied models, each once."""
        done = set()
        for model in MODELS:
            for field in self.env[model]._fields.values():
                if (
                    field.type != "many2many"
                    or not field.store
                    or field.relation in done
                ):
                    continue
                if (
                    self.env[field.comodel_name]._auto
                    and not self.env[field.comodel_name]._transient
                ):
                    done.add(field.relation)
                    yield self._relation(model, field)

    def _relation(self, model, field):
        one, other = SQL.identifier(field.column1), SQL.identifier(field.column2)
        target = SQL("t.%s", other)
        if field.comodel_name in MODELS:
            target = SQL(
                "(SELECT w.new_id FROM %s w WHERE w.n = x.n AND w.old_id = t.%s)",
                self._map_name(field.comodel_name),
                other,
            )
        return SQL(
            """INSERT INTO %s (%s, %s)
               SELECT x.new_id, %s FROM %s t JOIN %s x ON x.old_id = t.%s""",
            SQL.identifier(field.relation),
            one,
            other,
            target,
            SQL.identifier(field.relation),
            self._map_name(model),
            one,
        )
