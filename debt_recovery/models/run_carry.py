import hashlib

from odoo import fields, models
from odoo.tools import SQL

from .receivable_sql import id_array


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
        former = self._find_former_run()
        if former and former._has_standing(self.date):
            self._scan_ledger()._carry_over(former)
            if not self._checkpoint():
                return False
        return super()._phase_decide()

    def _decide_cases(self, cases):
        """All that is asked about these cases is asked of one look at the ledger."""
        run = self._scan_ledger(cases.partner_id.ids)
        return super(DebtRecoveryRunCarry, run)._decide_cases(cases.with_env(run.env))

    def _insert_decisions(self, vals_list):
        """Remember what the decisions that can stand for days rest on; who acted is
        decided anew anyhow."""
        standing = [vals["case_id"] for vals in vals_list if vals.get("until")]
        facts = self._find_facts(self.env["debt.recovery.case"].browse(standing))
        return super()._insert_decisions(
            [vals | {"facts": facts.get(vals["case_id"])} for vals in vals_list]
        )

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
                 FROM (%s) u WHERE u.case_id = ANY(%s) GROUP BY u.case_id""",
            SQL(" UNION ALL ").join(parts),
            id_array(cases.ids),
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

    def _has_standing(self, day):
        """Whether some decision of this run stands on that day."""
        standing = [("phase", "=", "decide"), ("until", ">", day)]
        lines = self.env["debt.recovery.run.line"]
        return lines.search_count([("run_id", "=", self.id), *standing], limit=1)

    def _carry_over(self, former):
        cases = self._fetch_live("partner_id") - self._find_decided()
        if not cases:
            return
        self.env.flush_all()
        kept = ["case_id", "partner_id", "company_id", "phase", "outcome", "step_id"]
        kept += ["reason_code", "reason", "facts", "until"]
        columns = SQL(", ").join(map(SQL.identifier, kept))
        self.env.execute_query(
            SQL(
                """INSERT INTO debt_recovery_run_line (run_id, date, test_mail,
                          %(columns)s)
                   SELECT %(run)s, %(day)s, FALSE, %(values)s
                     FROM debt_recovery_run_line x
                     JOIN (%(facts)s) f ON f.case_id = x.case_id AND f.facts = x.facts
                    WHERE x.run_id = %(former)s AND x.phase = 'decide'
                      AND x.until > %(day)s
                RETURNING id""",
                columns=columns,
                values=SQL(", ").join(SQL("x.%s", SQL.identifier(n)) for n in kept),
                run=self.id,
                day=self.date,
                facts=self._facts_sql(cases),
                former=former.id,
            )
        )
        self.invalidate_recordset(["line_ids"], flush=False)

    def _find_decided(self):
        """A run that was interrupted has decided some cases already."""
        return self.line_ids.search(
            [("run_id", "=", self.id), ("phase", "=", "decide")]
        ).case_id

    def _find_facts(self, cases):
        """``{case id: checksum}``"""
        if not cases:
            return {}
        self.env.flush_all()
        return dict(self.env.execute_query(self._facts_sql(cases)))
