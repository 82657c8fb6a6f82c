import hashlib

from odoo import fields, models
from odoo.tools import SQL


class DebtRecoveryRunCarry(models.AbstractModel):
    """Most cases have nothing due today: nobody paid, nothing fell due, no rule changed
    since the last run, and time alone cannot change the answer yet. Their decision is
    carried over in one statement; the others are decided anew.

    Untouched means the same *facts*: the rows that the ladder is told are hashed by the
    database, from the very statements that gather them."""

    _name = "debt.recovery.run.carry.mixin"
    _description = "Decisions Carried Over"

    rules_key = fields.Char(
        readonly=True, help="What all decisions of the run rest on, as a checksum."
    )

    def _phase_decide(self):
        self.rules_key = self._find_rules_key()
        if former := self._find_former_run():
            self._carry_over(former)
            if not self._checkpoint():
                return False
        return super()._phase_decide()

    def _decide_cases(self, cases):
        result = super()._decide_cases(cases)
        self._note_facts(cases)
        return result

    # WHAT DECISIONS REST ON

    def _find_rules_key(self):
        """Settings, strategies, brakes, words and code, as one checksum."""
        rules = repr([self._plain_rules(), self._plain_strategies()])
        return hashlib.sha256(rules.encode()).hexdigest()

    def _plain_rules(self):
        """Seam: everything a decision rests on that is no fact of a case."""
        company = self.company_id
        settings = company._recovery_settings()
        names = [name for name in settings.__dataclass_fields__ if name != "calendar"]
        calendar = settings.calendar
        return [
            [getattr(settings, name) for name in names],
            calendar and (sorted(calendar.weekdays), sorted(calendar.holidays)),
            (self.bank_stale_date, self.checks_sent, company.recovery_autopay_days),
            (self._zone_name(), self.env.lang, company._recovery_branches().ids),
            self.env["account.account"]._recovery_trade_account_ids(),
            self.env.execute_query(
                SQL(
                    """SELECT name, latest_version FROM ir_module_module
                        WHERE state = 'installed' ORDER BY name"""
                )
            ),
            self.env.execute_query(
                SQL("SELECT MAX(write_date) FROM debt_recovery_hold_type")
            ),
        ]

    def _plain_strategies(self):
        company = self.company_id
        strategies = self.env["debt.recovery.strategy"].with_context(active_test=False)
        return [
            (
                strategy.id,
                strategy._is_live(company),
                self._live_from(strategy),
                self._prepare_steps(strategy),
                strategy.step_ids.mapped("name"),
            )
            for strategy in strategies.search([], order="id")
        ]

    def _facts_sql(self, cases):
        """``(case_id, facts)``: a checksum of all that is known of each case."""
        own = SQL(", ").join(
            SQL("c.%s", SQL.identifier(n)) for n in self._carry_columns()
        )
        parts = [SQL("SELECT c.id AS case_id, 0 AS part, ROW(%s)::text AS row", own)]
        parts[0] = SQL("%s FROM debt_recovery_case c", parts[0])
        parts += [
            SQL(
                """SELECT c.id, %s, x::text FROM (%s) x
                     JOIN debt_recovery_case c ON c.%s = x.%s AND c.company_id = %s""",
                number,
                rows,
                SQL.identifier("id" if key == "case_id" else key),
                SQL.identifier(key),
                self.company_id.id,
            )
            for number, (key, rows) in enumerate(self._carry_sources(cases), 1)
        ]
        return SQL(
            """SELECT u.case_id,
                      md5(string_agg(u.row, ';' ORDER BY u.part, u.row)) AS facts
                 FROM (%s) u WHERE u.case_id IN %s GROUP BY u.case_id""",
            SQL(" UNION ALL ").join(parts),
            tuple(cases.ids) or (0,),
        )

    def _carry_columns(self):
        """Seam: columns of the case that a decision or its notes depend on."""
        return [
            "partner_id",
            "state",
            "strategy_id",
            "cycle",
            "cycle_count",
            "step_id",
            "next_step_id",
            "next_action_date",
            "next_reason",
            "amount_not_due",
            "amount_disputed",
            "amount_agreed",
            "amount_held",
            "amount_credit",
        ]

    def _carry_sources(self, cases):
        """Seam: ``(case_id or partner_id, SQL of rows with that column)``. Whoever
        tells the ladder more in :meth:`_gather_facts` adds the rows here."""
        holds = self.env["debt.recovery.hold"]
        valid = holds._search(
            [
                ("partner_id", "in", cases.partner_id.ids),
                *holds._valid_domain(self.date),
            ]
        )
        sources = [
            ("partner_id", self._lines_sql(cases)),
            ("partner_id", self._told_sql(cases)),
            ("partner_id", valid.select("partner_id", "id", "write_date")),
            ("case_id", self._claims_sql(cases)),
            ("case_id", self._actions_sql(cases)),
        ]
        if self._has_braked_lines():
            sources.append(("partner_id", self._brakes_sql(cases)))
        return sources

    # CARRYING

    def _find_former_run(self):
        """The last run of the company, if it was ruled like this one."""
        former = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "=", "real"),
                ("state", "=", "done"),
                ("id", "<", self.id),
            ],
            order="id desc",
            limit=1,
        )
        same = former.rules_key == self.rules_key and former.date <= self.date
        return former if former and same else former.browse()

    def _carry_over(self, former):
        cases = self._fetch_live("partner_id")
        if not cases:
            return
        self.env.flush_all()
        kept = ["case_id", "partner_id", "company_id", "phase", "outcome", "step_id"]
        kept += ["reason_code", "reason", "facts", "until"]
        columns = SQL(", ").join(map(SQL.identifier, kept))
        self.env.execute_query(
            SQL(
                """INSERT INTO debt_recovery_run_line (run_id, date, create_uid,
                          create_date, write_uid, write_date, test_mail, %(columns)s)
                   SELECT %(run)s, %(day)s, %(user)s, %(now)s, %(user)s, %(now)s, FALSE,
                          %(values)s
                     FROM debt_recovery_run_line x
                     JOIN (%(facts)s) f ON f.case_id = x.case_id AND f.facts = x.facts
                    WHERE x.run_id = %(former)s AND x.phase = 'decide'
                      AND x.until > %(day)s
                      AND NOT EXISTS (SELECT 1 FROM debt_recovery_run_line y
                                       WHERE y.run_id = %(run)s AND y.phase = 'decide'
                                         AND y.case_id = x.case_id)
                RETURNING id""",
                columns=columns,
                values=SQL(", ").join(SQL("x.%s", SQL.identifier(n)) for n in kept),
                run=self.id,
                day=self.date,
                user=self.env.uid,
                now=self.env.cr.now(),
                facts=self._facts_sql(cases),
                former=former.id,
            )
        )
        self.invalidate_recordset(["line_ids"], flush=False)

    def _note_facts(self, cases):
        """Remember what the decisions that can stand for days rest on; who acted is
        decided anew anyhow."""
        standing = self._find_standing(cases)
        if not standing:
            return
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """UPDATE debt_recovery_run_line x SET facts = f.facts FROM (%s) f
                    WHERE x.run_id = %s AND x.phase = 'decide'
                      AND x.case_id = f.case_id RETURNING x.id""",
                self._facts_sql(standing),
                self.id,
            )
        )

    def _find_standing(self, cases):
        rows = self.env.execute_query(
            SQL(
                """SELECT case_id FROM debt_recovery_run_line
                    WHERE run_id = %s AND phase = 'decide' AND case_id IN %s
                      AND until IS NOT NULL""",
                self.id,
                tuple(cases.ids) or (0,),
            )
        )
        return cases.browse([row[0] for row in rows])
