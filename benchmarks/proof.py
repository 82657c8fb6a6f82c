"""What must hold after crashes and races, asked of the database and of the mails."""

import subprocess
from collections import Counter

from odoo.tools import SQL

from devtools import database, odoo, paths, venv

from .bench_run import prepare
from .databases import configure, environment, forget, install
from .generator import Generator, Size

#: A customer in this many falls due: a third pays late, not all owe.
CUSTOMERS_PER_DUE = 3.4
INVOICES_PER_CUSTOMER = 5


def start(dbname, role, sink):
    """A worker that loads Odoo and waits; ``go`` lets it work."""
    words = [venv.python(), "-m", "benchmarks.worker", dbname, role, sink]
    return subprocess.Popen(
        list(map(str, words)),
        cwd=paths.DEV,
        env={**odoo.environment(), "PYTHONPATH": str(paths.ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def wait_for(process):
    """Until the worker has loaded; what it does then is the work alone."""
    for line in process.stdout:
        if line.strip() == "ready":
            return
    raise RuntimeError("a worker did not start")


def go(process):
    """Let a worker that has loaded begin."""
    process.stdin.write("go\n")
    process.stdin.flush()


def finish(process):
    """The last line a worker says; None when it died."""
    said = process.stdout.read().strip().splitlines()
    return said[-1] if process.wait() == 0 and said else None


def complete(process):
    """A worker from loading to its last word."""
    wait_for(process)
    go(process)
    return finish(process)


def sink_of(dbname):
    """The file in which the mails of a database end, empty."""
    sink = paths.STATE / f"{dbname}.mails"
    sink.unlink(missing_ok=True)
    return sink


def discard(dbname, sink):
    """A round is over."""
    forget(dbname)
    database.drop(dbname)
    sink.unlink(missing_ok=True)


def make_book(shelf, due):
    """A database with about that many due customers and the addon ready to send."""
    name = shelf.fresh("proof", modules=())
    configure(name)
    customers = int(due * CUSTOMERS_PER_DUE)
    with environment(name) as env:
        size = Size(customers, customers * INVOICES_PER_CUSTOMER)
        Generator(env, size).fill()
        env.cr.commit()
    forget(name)
    install(name, ["debt_recovery"])
    with environment(name) as env:
        prepare(env)
        env.cr.execute("ANALYZE")
        env.cr.commit()
    forget(name)
    return name


KEY = SQL("a.partner_id, a.step_id, a.cycle, a.channel_id")


class Proof:
    """Findings about one database after the storm."""

    def __init__(self, env, sink):
        self.env = env
        self.sink = sink
        self.violations = []

    def rows(self, query, *values):
        return self.env.execute_query(SQL(query, *values))

    def expect(self, holds, sentence):
        if not holds:
            self.violations.append(sentence)

    def keys(self):
        """The messages and tasks that live: customer, step, cycle, channel."""
        return set(
            self.rows(
                """SELECT %s FROM debt_recovery_action a WHERE a.origin = 'engine'
                    AND a.state NOT IN ('failed', 'skipped', 'refused', 'cancelled')""",
                KEY,
            )
        )

    def states(self):
        found = self.rows(
            "SELECT state, COUNT(*) FROM debt_recovery_action GROUP BY 1 ORDER BY 1"
        )
        return dict(found)

    def check_once(self):
        """No step twice, no mail twice, no mail without its action."""
        twice = self.rows(
            """SELECT COUNT(*) FROM (SELECT 1 FROM debt_recovery_action a
                WHERE a.origin = 'engine' AND a.state NOT IN
                      ('failed', 'skipped', 'refused', 'cancelled')
             GROUP BY %s HAVING COUNT(*) > 1) x""",
            KEY,
        )[0][0]
        self.expect(not twice, f"{twice} steps were taken twice")
        stray = self.rows(
            """SELECT COUNT(*) FROM mail_mail m
                 JOIN mail_message g ON g.id = m.mail_message_id
                WHERE g.model = 'debt.recovery.case' AND m.state = 'outgoing'
                  AND NOT EXISTS (SELECT 1 FROM debt_recovery_action a
                       WHERE a.mail_mail_ref = m.id AND a.state = 'queued')"""
        )[0][0]
        self.expect(not stray, f"{stray} mails wait without an action")
        again = [key for key, count in self.sent().items() if count > 1]
        self.expect(not again, f"{len(again)} mails left twice")

    def sent(self):
        """How often each text left for each address."""
        try:
            lines = self.sink.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            lines = []
        return Counter(lines)

    def check_sent(self):
        """What is called done has left; what left is done or unclear."""
        done, unclear = self.rows(
            """SELECT COUNT(*) FILTER (WHERE a.state = 'done'),
                      COUNT(*) FILTER (WHERE a.state = 'unclear')
                 FROM debt_recovery_action a JOIN debt_recovery_channel c
                   ON c.id = a.channel_id WHERE c.code = 'email' AND a.mode <> 'task'"""
        )[0]
        left = sum(self.sent().values())
        self.expect(left >= done, f"{done} mails are called done, {left} left")
        self.expect(
            left <= done + unclear,
            f"{left} mails left, {done} are done and {unclear} unclear",
        )
        return left, unclear

    def check_ledger(self):
        """Stored figures equal the ledger, and the bridge ties out."""
        cases = self.env["debt.recovery.case"].search([("state", "!=", "closed")])
        drift = cases._refresh_figures()
        self.expect(not drift, f"{len(drift)} cases differ from the ledger")
        rows = self.env["debt.recovery.tie.out"].search([])
        self.expect(
            not any(rows.mapped("difference")), "the bridge does not tie to the ledger"
        )

    def check_runs(self):
        """Every case decided once per run, no run left running."""
        twice = self.rows(
            """SELECT COUNT(*) FROM (SELECT 1 FROM debt_recovery_run_line
                WHERE phase = 'decide' GROUP BY run_id, case_id
               HAVING COUNT(*) > 1) x"""
        )[0][0]
        self.expect(not twice, f"{twice} cases were decided twice in one run")
        running = self.env["debt.recovery.run"].search_count(
            [("state", "=", "running")]
        )
        self.expect(not running, f"{running} runs are still running")

    def check_claims(self):
        """No message waits to leave that claims more than is owed by now. A task may:
        the call about what is left is still worth making."""
        queued = self.env["debt.recovery.action"].search([("state", "=", "queued")])
        over = queued.filtered(lambda a: a._is_message())._claim_uncovered()
        channels = ", ".join(sorted(set(over.mapped("channel"))))
        self.expect(not over, f"{len(over)} waiting messages claim paid ({channels})")
