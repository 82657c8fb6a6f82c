"""What the books pay for the addon: posting and paying with it and without it.

Two databases with the same book take turns in small rounds of one process, so that a
noisy machine disturbs both alike; the median of the rounds counts.
"""

import statistics
from datetime import timedelta

from odoo.tools import SQL

from .meter import measured

ROUND = 25


class Side:
    """One database: drafts invoices, posts and pays them, each in a transaction."""

    def __init__(self, env):
        self.env = env
        self.bank = env["account.journal"].search([("type", "=", "bank")], limit=1)
        self.day = env.cr.now().date() - timedelta(days=40)
        rows = env.execute_query(
            SQL(
                """SELECT partner_id FROM bench_drawn GROUP BY partner_id
                   HAVING bool_and(kind IN ('paid', 'paid_foreign'))
                    ORDER BY partner_id LIMIT 500"""
            )
        )
        self.partner_ids = [row[0] for row in rows]
        self.place = 0

    def draft(self, count):
        """Invoices of customers without a case: most of a book."""
        ids = [
            self.partner_ids[(self.place + i) % len(self.partner_ids)]
            for i in range(count)
        ]
        self.place += count
        line = (0, 0, {"name": "Goods", "price_unit": 100})
        moves = self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": pid,
                    "invoice_date": self.day,
                    "invoice_line_ids": [line],
                }
                for pid in ids
            ]
        )
        self._commit()
        return moves

    def _commit(self):
        self.env.cr.commit()
        self.env.invalidate_all()

    def post(self, moves):
        with measured(self.env.cr) as cost:
            for move in moves:
                move.action_post()
                self._commit()
        return cost

    def pay(self, moves):
        with measured(self.env.cr) as cost:
            for move in moves:
                wizard = self.env["account.payment.register"].with_context(
                    active_model="account.move", active_ids=move.ids
                )
                wizard.create({"journal_id": self.bank.id})._create_payments()
                self._commit()
        return cost


def measure(without, with_addon, count):
    """Rounds of both sides: ``{work: [(cost without, cost with)]}``."""
    sides = [Side(without), Side(with_addon)]
    costs = {"post": [], "pay": []}
    for number in range(-1, max(1, count // ROUND)):
        drafts = [side.draft(ROUND) for side in sides]
        for work, rounds in costs.items():
            order = (0, 1) if number % 2 else (1, 0)
            pair = {}
            for index in order:
                pair[index] = getattr(sides[index], work)(drafts[index])
            if number >= 0:  # the first round only warms up
                rounds.append((pair[0], pair[1]))
    return costs


def summary(rounds):
    """Queries per transaction without and with, and the median CPU ratio."""
    per = len(rounds) * ROUND
    return {
        "queries without": sum(a.queries for a, _b in rounds) / per,
        "queries with": sum(b.queries for _a, b in rounds) / per,
        "cpu ms without": 1000 * statistics.median(a.cpu for a, _b in rounds) / ROUND,
        "cpu ms with": 1000 * statistics.median(b.cpu for _a, b in rounds) / ROUND,
        "cpu ratio": statistics.median(b.cpu / a.cpu for a, b in rounds if a.cpu),
    }
