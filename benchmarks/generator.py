"""./dev bench generator: a database with books of any size, as Odoo would have posted.

A third of the customers pay late: what is overdue is theirs. Everything else is paid or
not due. The same seed gives the same book.
"""

import time
from dataclasses import dataclass

from odoo.tools import SQL

from .multiply import CODE, Multiplier
from .templates import CLOSED_KINDS, CREDIT_KINDS, OPEN_KINDS, TERM_DAYS, Templates

ALL_KINDS = OPEN_KINDS | CLOSED_KINDS | CREDIT_KINDS
SEED = 0.19
#: Of a late customer's invoices that fell due this many are still open.
LATE_OPEN = 0.47
CREDIT_SHARE = 0.01
LARGEST = 400
OLDEST_DAYS = 430


@dataclass(frozen=True)
class Size:
    customers: int = 20_000
    invoices: int = 100_000


class Generator:
    """Fills the database of an environment."""

    def __init__(self, env, size):
        self.env = env(context={**env.context, "tracking_disable": True})
        self.size = size
        self.templates = Templates(self.env)

    def fill(self, only_closed=False):
        """Customers and documents; returns the seconds it took.

        :param only_closed: paid documents alone: the ledger grows, the debt does not
        """
        start = time.monotonic()
        self.env.cr.execute("SET LOCAL jit = off")
        self.env.cr.execute(SQL("SELECT setseed(%s)", SEED))
        partner = self._template_partner()
        self.day = self._today()
        multiplier = Multiplier(self.env, partner)
        self.partner_ids = multiplier.copy_partners(self.size.customers)
        self._draw_documents(only_closed)
        # all first: Odoo remembers the last number of a journal until the commit
        bundles = {
            kind: self.templates.post(kind, partner, self.day, 1)
            for kind in self._kinds(only_closed)
        }
        for kind, bundle in bundles.items():
            multiplier.copy(kind, bundle)
        self._remember()
        return time.monotonic() - start

    def _kinds(self, only_closed):
        return CLOSED_KINDS if only_closed else ALL_KINDS

    def _today(self):
        self.env.cr.execute("SELECT (now() AT TIME ZONE 'UTC')::date")
        return self.env.cr.fetchone()[0]

    def _template_partner(self):
        return self.env["res.partner"].create(
            {
                "name": f"Customer {CODE}",
                "is_company": True,
                "email": f"{CODE.lower()}@customer.example.com",
                "street": "1 Main Street",
                "city": "Testville",
            }
        )

    def _draw_documents(self, only_closed):
        """Who owes what since when; a late customer is every third one."""
        self.env.cr.execute(
            SQL(
                """CREATE TEMP TABLE bench_spec AS
                   WITH drawn AS MATERIALIZED (
                     SELECT g AS n,
                            1 + floor(random() * %(customers)s)::int AS customer,
                            1 + floor(random() * %(largest)s)::int AS units,
                            -%(youngest)s - floor(random() * %(oldest)s)::int AS shift,
                            random() AS luck, random() * 100 AS which,
                            random() < %(credit)s AS credit
                       FROM generate_series(1, %(count)s) g)
                   SELECT d.n, %(kind)s AS kind, (%(partners)s::int[])[d.customer]
                          AS partner_id, 'C' || lpad(d.customer::text, 6, '0') AS code,
                          d.units, d.shift
                     FROM drawn d""",
                customers=self.size.customers,
                largest=LARGEST,
                youngest=TERM_DAYS if only_closed else 0,
                oldest=OLDEST_DAYS,
                credit=CREDIT_SHARE,
                count=self.size.invoices,
                partners=self.partner_ids,
                kind=self._kind_sql(only_closed),
            )
        )
        self.env.cr.execute("CREATE INDEX ON bench_spec (kind, n)")
        self.env.cr.execute("ANALYZE bench_spec")

    def _kind_sql(self, only_closed):
        if only_closed:
            return self._share_sql(CLOSED_KINDS)
        due = SQL("d.shift <= %s", -TERM_DAYS)
        late = SQL("(d.customer %% 3 = 0 AND d.luck < %s)", LATE_OPEN)
        return SQL(
            """CASE WHEN d.credit AND NOT %s THEN 'credit'
                    WHEN %s AND NOT %s THEN %s ELSE %s END""",
            due,
            due,
            late,
            self._share_sql(CLOSED_KINDS),
            self._share_sql(OPEN_KINDS),
        )

    def _share_sql(self, shares):
        """One of the kinds, by its share of a hundred."""
        cases, upper = [], 0
        for kind, share in shares.items():
            upper += share
            cases.append(SQL("WHEN d.which <= %s THEN %s", upper, kind))
        return SQL("CASE %s END", SQL(" ").join(cases))

    def _remember(self):
        """Keep what was drawn beside the book: the check looks there."""
        self.env.cr.execute("DROP TABLE IF EXISTS bench_drawn")
        self.env.cr.execute(
            """CREATE TABLE bench_drawn AS
               SELECT s.*, m.move_id FROM bench_spec s
                 JOIN bench_made m ON m.n = s.n"""
        )
        self.env.cr.execute("DROP TABLE bench_spec, bench_made")
