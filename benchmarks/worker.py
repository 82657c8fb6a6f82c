"""A process that can be killed: ``python -m benchmarks.worker DB ROLE SINK``.

It says *ready* when Odoo is loaded, waits for a line on its input, works and says what
it did. Mails end in a file, written through to the disk: what stands there has left the
house, whatever happens to the process afterwards.
"""

import os
import random
import sys
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from psycopg2 import OperationalError

from odoo.modules.registry import Registry
from odoo.tools import SQL

from .bench_run import no_pdf
from .databases import configure, environment

TRIES = 5


class _Session:
    def quit(self):
        """Close nothing."""


@contextmanager
def mail_file(env, path):
    """Every mail that leaves becomes one line of the file."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def send_email(_servers, message, *_args, **_kwargs):
        line = "\t".join([str(message["To"]), str(message["Subject"])])
        os.write(handle, f"{' '.join(line.split(chr(10)))}\n".encode())
        os.fsync(handle)
        return message["Message-Id"]

    servers = env.registry["ir.mail_server"]
    connect = patch.object(servers, "_connect__", lambda *_args, **_kwargs: _Session())
    with connect, patch.object(servers, "send_email", send_email):
        yield
    os.close(handle)


def run_day(env):
    """The scheduled action, then the mail queue, as the server's own jobs."""
    env["debt.recovery.run"]._cron_daily_run()
    env.cr.commit()
    env["mail.mail"].process_email_queue()
    env.cr.commit()
    return "ran"


def run_unlocked(env):
    """The same with the company's lock taken away: only row locks and the unique key
    are left to keep eight processes apart. Errors a scheduler would repeat, repeat."""
    runs = env.registry["debt.recovery.run"]
    lost = 0
    with patch.object(runs, "_lock_company", lambda *_args: True):
        for _attempt in range(TRIES):
            try:
                env["debt.recovery.run"]._cron_daily_run()
                env.cr.commit()
                return f"ran, {lost} races lost"
            except Exception:
                lost += 1
                env.cr.rollback()
    return f"gave up, {lost} races lost"


def pay(env):
    """Payments, one transaction each, repeated as a web request would be."""
    moves = _overdue_moves(env)
    bank = env["account.journal"].search([("type", "=", "bank")], limit=1)
    paid = repeated = failed = 0
    for move_id in moves:
        for attempt in range(TRIES):
            try:
                _pay_one(env, move_id, bank)
                env.cr.commit()
                paid += 1
                break
            except OperationalError:
                env.cr.rollback()
                repeated += 1
                failed += attempt == TRIES - 1
    return f"{paid} paid, {repeated} repeated, {failed} failed"


def _overdue_moves(env):
    rows = env.execute_query(
        SQL(
            """SELECT DISTINCT l.move_id FROM account_move_line l
                 JOIN account_move m ON m.id = l.move_id
                WHERE m.move_type = 'out_invoice' AND l.parent_state = 'posted'
                  AND l.date_maturity < CURRENT_DATE AND l.amount_residual > 0
             ORDER BY 1"""
        )
    )
    moves = [row[0] for row in rows]
    random.Random(19).shuffle(moves)
    return moves[: len(moves) // 5]


def _pay_one(env, move_id, bank):
    wizard = env["account.payment.register"].with_context(
        active_model="account.move", active_ids=[move_id]
    )
    wizard.create({"journal_id": bank.id})._create_payments()


ROLES = {"run": run_day, "unlocked": run_unlocked, "pay": pay}


def main(dbname, role, sink):
    configure(dbname)
    Registry(dbname)
    with environment(dbname) as env, ExitStack() as stack:
        stack.enter_context(no_pdf(env))
        stack.enter_context(mail_file(env, sink))
        env["debt.recovery.case"].search([], limit=1)
        env.cr.rollback()
        print("ready", flush=True)
        sys.stdin.readline()
        print(ROLES[role](env), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
