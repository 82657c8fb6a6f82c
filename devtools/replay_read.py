"""Reads one evening of the database with statements of its own, not the engine's."""

from collections import Counter
from decimal import Decimal

from .replay_check import Case, Claim, Facts, Item, Message

FIGURES = ("overdue", "not_due", "credit", "collectable", "disputed", "agreed", "held")

DECISIONS = """SELECT outcome, reason_code, COUNT(*)
                 FROM debt_recovery_run_line
                WHERE company_id = %s AND date = %s AND phase = 'decide'
                GROUP BY 1, 2"""
TASKS = """SELECT COALESCE(s.code, '-'), ch.code, COUNT(*) FROM debt_recovery_action a
             JOIN debt_recovery_channel ch ON ch.id = a.channel_id
             LEFT JOIN debt_recovery_strategy_step s ON s.id = a.step_id
            WHERE a.company_id = %s AND a.date_planned = %s AND a.mode = 'task'
            GROUP BY 1, 2"""
ENDED = """SELECT state, COALESCE(failure, reason, ''), COUNT(*)
             FROM debt_recovery_action
            WHERE company_id = %s AND write_date::date = %s
              AND state IN ('failed', 'unclear', 'skipped', 'refused', 'cancelled')
            GROUP BY 1, 2"""


class Reader:
    """Reads what is new since the evening before."""

    def __init__(self, company_id, decimals):
        self._company_id = company_id
        self._digit = Decimal(1).scaleb(-decimals)
        self._seen = set()

    def read(self, env, day, mails):
        """Facts for the checks of a day."""
        return Facts(
            day=day,
            items=tuple(self._items(env.cr)),
            cases=tuple(self._cases(env.cr)),
            messages=tuple(self._messages(env.cr)),
            mails=tuple(mails),
            tie_out=self._tie_out(env, day),
            failures=tuple(self._failures(env.cr, day)),
            decisions=self._count(env.cr, DECISIONS, day),
            tasks=self._count(env.cr, TASKS, day),
            ended=self._count(env.cr, ENDED, day),
        )

    def _amount(self, value):
        return Decimal(str(value or 0)).quantize(self._digit)

    def _items(self, cr):
        cr.execute(
            """SELECT p.commercial_partner_id, m.name, l.date_maturity,
                      l.amount_residual
                 FROM account_move_line l
                 JOIN account_account a ON a.id = l.account_id
                 JOIN account_move m ON m.id = l.move_id
                 LEFT JOIN res_partner p ON p.id = l.partner_id
                WHERE a.account_type = 'asset_receivable' AND l.amount_residual <> 0
                  AND m.state = 'posted' AND l.company_id = %s""",
            [self._company_id],
        )
        for partner, number, due, residual in cr.fetchall():
            yield Item(partner, number, due, self._amount(residual))

    def _cases(self, cr):
        columns = ", ".join(f"amount_{name}" for name in FIGURES)
        cr.execute(
            f"""SELECT id, name, partner_id, state, figures_date, date_oldest_due,
                       {columns}
                  FROM debt_recovery_case
                 WHERE state <> 'closed' AND company_id = %s""",
            [self._company_id],
        )
        for case_id, name, partner, state, day, oldest, *amounts in cr.fetchall():
            amounts = map(self._amount, amounts)
            figures = dict(zip(FIGURES, amounts, strict=True), oldest=oldest)
            yield Case(case_id, name, partner, state, day, figures)

    def _messages(self, cr):
        """What has left since the last call."""
        cr.execute(
            """SELECT a.id, a.date_done::date, a.partner_id, a.case_id, a.cycle,
                      COALESCE(s.code, s.id::text, '-'), COALESCE(s.day, 0), ch.code,
                      a.mode, a.origin, COALESCE(a.address, ''),
                      COALESCE(mm.message_id, '')
                 FROM debt_recovery_action a
                 JOIN debt_recovery_channel ch ON ch.id = a.channel_id
                 LEFT JOIN debt_recovery_strategy_step s ON s.id = a.step_id
                 LEFT JOIN mail_message mm ON mm.id = a.mail_message_id
                WHERE a.state = 'done' AND a.direction = 'out' AND ch.is_message
                  AND a.mode <> 'task' AND a.company_id = %s AND a.id <> ALL(%s)
                ORDER BY a.id""",
            [self._company_id, list(self._seen)],
        )
        rows = cr.fetchall()
        claims = self._claims(cr, [row[0] for row in rows])
        self._seen.update(claims)
        return [Message(*row, claims=tuple(claims[row[0]])) for row in rows]

    def _claims(self, cr, action_ids):
        claims = {action_id: [] for action_id in action_ids}
        if claims:
            cr.execute(
                """SELECT x.action_id, m.name, x.date_due, x.amount
                     FROM debt_recovery_action_line x
                     LEFT JOIN account_move m ON m.id = x.move_id
                    WHERE x.action_id IN %s""",
                [tuple(claims)],
            )
            for action_id, number, due, amount in cr.fetchall():
                claims[action_id].append(Claim(number, due, self._amount(amount)))
        return claims

    def _tie_out(self, env, day):
        """Posted balance of the receivable accounts less the product's bridge to it."""
        bridge = env["debt.recovery.tie.out"].with_context(recovery_today=str(day))
        ours = [("company_id", "=", self._company_id)]
        [(amount,)] = bridge._read_group(ours, [], ["amount:sum"])
        env.cr.execute(
            """SELECT SUM(l.balance) FROM account_move_line l
                 JOIN account_account a ON a.id = l.account_id
                WHERE a.account_type = 'asset_receivable'
                  AND l.parent_state = 'posted' AND l.company_id = %s""",
            [self._company_id],
        )
        return self._amount(env.cr.fetchone()[0]) - self._amount(amount)

    def _failures(self, cr, day):
        cr.execute(
            """SELECT concat('run ', r.id, ' is ', r.state, ' in phase ', r.phase)
                 FROM debt_recovery_run r
                WHERE r.company_id = %(company)s AND r.date = %(day)s
                  AND r.state <> 'done'
                UNION ALL
               SELECT concat('customer ', x.partner_id, ' fails: ', x.reason)
                 FROM debt_recovery_run_line x
                WHERE x.company_id = %(company)s AND x.date = %(day)s
                  AND x.outcome = 'failed'""",
            {"company": self._company_id, "day": day},
        )
        return [text for (text,) in cr.fetchall()]

    def _count(self, cr, statement, day):
        cr.execute(statement, [self._company_id, day])
        return Counter({tuple(key): number for *key, number in cr.fetchall()})
