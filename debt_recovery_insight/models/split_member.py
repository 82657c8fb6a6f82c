from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.split_test import variant
from .split_test import VARIANTS

EXCLUSIONS = [
    ("by_hand", "Strategy chosen by hand"),
    ("hold", "On hold when entering"),
    ("agreement", "Agreement when entering"),
]


class DebtRecoverySplitMember(models.Model):
    """A customer in a split test, from the first day on. Written once: a hold, an
    agreement or a strategy chosen by hand on that day leaves the customer out of the
    count; what comes later is a result of the variant and stays in."""

    _name = "debt.recovery.split.member"
    _description = "Customer of a Split Test"
    _order = "date_entry desc, id desc"
    _rec_name = "partner_id"

    test_id = fields.Many2one(
        "debt.recovery.split.test", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="test_id.company_id")
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict"
    )
    case_id = fields.Many2one(
        "debt.recovery.case", required=True, index=True, ondelete="cascade"
    )
    variant = fields.Selection(VARIANTS, required=True)
    date_entry = fields.Date("Entered", required=True)
    exclusion = fields.Selection(EXCLUSIONS, "Not Counted")
    date_judged = fields.Date("Judged On", compute="_compute_outcome")
    amount_open = fields.Monetary(
        "At Stake", currency_field="company_currency_id", compute="_compute_outcome"
    )
    amount_paid = fields.Monetary(
        "Paid", currency_field="company_currency_id", compute="_compute_outcome"
    )
    outcome = fields.Selection(
        [
            ("paid", "Paid"),
            ("unpaid", "Not paid"),
            ("early", "Too early"),
            ("nothing", "Nothing at stake"),
        ],
        compute="_compute_outcome",
    )

    @api.depends("test_id", "date_entry", "partner_id")
    @api.depends_context("recovery_today")
    def _compute_outcome(self):
        facts = self._read_outcomes()
        for member in self:
            test = member.test_id
            day = member.date_entry and fields.Date.add(
                member.date_entry, days=test.days
            )
            stake, cash = facts.get(member.id, (0, 0))
            member.date_judged = day
            member.amount_open, member.amount_paid = stake, cash
            if not day or day >= test.company_id._recovery_today():
                member.outcome = "early"
            elif not stake:
                member.outcome = "nothing"
            else:
                enough = 100 * cash >= test.paid_percent * stake
                member.outcome = "paid" if enough else "unpaid"

    def _read_outcomes(self):
        """``{member id: (at stake, paid)}``: items of the customer open at the end of
        the day before the entry and due within the days of the test, and the money
        that came on them in those days. One statement."""
        self.env.flush_all()
        agreements = self.env["debt.recovery.agreement"]
        accounts = self.env["account.account"]._recovery_trade_account_ids()
        rows = self.env.execute_query(
            SQL(
                """SELECT x.id, SUM(x.balance - x.before), SUM(x.cash)
                     FROM (SELECT y.id, l.balance, COALESCE(was.amount, 0) AS before,
                                  COALESCE(came.amount, 0) AS cash
                             FROM debt_recovery_split_member y
                             JOIN debt_recovery_split_test t ON t.id = y.test_id
                             JOIN res_partner a
                               ON a.commercial_partner_id = y.partner_id
                             JOIN account_move_line l ON l.partner_id = a.id
                              AND l.account_id IN %(accounts)s
                              AND l.parent_state = 'posted' AND l.balance > 0
                              AND l.date <= y.date_entry
                              AND COALESCE(l.date_maturity, l.date)
                                  <= y.date_entry + t.days
                              AND l.company_id IN (
                                  SELECT o.id FROM res_company o
                                   WHERE SPLIT_PART(o.parent_path, '/', 1)::int
                                         = t.company_id)
                             LEFT JOIN LATERAL (%(before)s) was ON TRUE
                             LEFT JOIN LATERAL (%(cash)s) came ON TRUE
                            WHERE y.id IN %(members)s) x
                    WHERE x.balance > x.before GROUP BY x.id""",
                accounts=tuple(accounts) or (0,),
                members=tuple(self.ids) or (0,),
                before=self._before_sql(),
                cash=self._cash_sql(agreements),
            )
        )
        return {
            member_id: (float(stake), float(cash)) for member_id, stake, cash in rows
        }

    @api.model
    def _before_sql(self):
        return SQL(
            """SELECT SUM(p.amount) AS amount FROM account_partial_reconcile p
                 JOIN account_move_line c ON c.id = p.credit_move_id
                  AND c.parent_state = 'posted'
                WHERE p.debit_move_id = l.id AND p.max_date < y.date_entry"""
        )

    @api.model
    def _cash_sql(self, agreements):
        return SQL(
            """SELECT SUM(z.cash) AS amount
                 FROM (SELECT p.amount * (1 - COALESCE(own.share, 0)) AS cash,
                              %s AS kind
                         FROM account_partial_reconcile p
                         JOIN account_move_line c ON c.id = p.credit_move_id
                         JOIN account_move m ON m.id = c.move_id
                         LEFT JOIN LATERAL (%s) own ON TRUE
                        WHERE p.debit_move_id = l.id
                          AND p.max_date BETWEEN y.date_entry
                                             AND y.date_entry + t.days) z
                WHERE z.kind = 'cash'""",
            agreements._facts_kind(),
            agreements._facts_own_share(),
        )

    # ENTERING

    @api.model
    def _enter(self, test, entries):
        """Write down who entered.

        :param entries: ``[(case, day)]``, the first day of a customer counts
        """
        known = test.member_ids.partner_id
        first = {}
        for case, day in sorted(entries, key=lambda entry: (entry[1], entry[0].id)):
            if case.partner_id not in known:
                first.setdefault(case.partner_id, (case, day))
        out = self._read_exclusions(test, list(first.values()))
        return self.create(
            [
                {
                    "test_id": test.id,
                    "partner_id": partner.id,
                    "case_id": case.id,
                    "variant": variant(test.salt, partner.id, test.percent_b),
                    "date_entry": day,
                    "exclusion": out.get(case),
                }
                for partner, (case, day) in first.items()
            ]
        )

    @api.model
    def _read_exclusions(self, test, entries):
        """``{case: why the variant could not act on it from the beginning}``; holds
        and agreements of all are read at once and judged for the day of each."""
        partners = self.env["res.partner"].union(*(c.partner_id for c, _ in entries))
        holds = self.env["debt.recovery.hold"].search(self._hold_domain(test, partners))
        agreements = self.env["debt.recovery.agreement"].search(
            self._agreement_domain(test, partners)
        )
        held = holds.grouped("partner_id")
        agreed = agreements.grouped("partner_id")
        found = {}
        for case, day in entries:
            partner = case.partner_id
            if self._is_by_hand(test, case):
                found[case] = "by_hand"
            elif held.get(partner, holds.browse()).filtered_domain(
                holds._valid_domain(day)
            ):
                found[case] = "hold"
            elif agreed.get(partner, agreements.browse()).filtered_domain(
                self._agreed_on_domain(day)
            ):
                found[case] = "agreement"
        return found

    @api.model
    def _is_by_hand(self, test, case):
        """Seam: somebody chose the strategy, so that chance did not."""
        return test.kind == "strategy" and bool(
            case.strategy_manual
            or case.partner_id.with_company(test.company_id).recovery_strategy_id
        )

    @api.model
    def _hold_domain(self, test, partners):
        return [
            ("partner_id", "in", partners.ids),
            ("company_id", "in", [test.company_id.id, False]),
            ("scope", "in", ("partner", "case")),
            ("type_id.stop_strategy", "in", ("automatic", "all")),
        ]

    @api.model
    def _agreement_domain(self, test, partners):
        return [
            ("partner_id", "in", partners.ids),
            ("company_id", "=", test.company_id.id),
            ("state", "not in", ("draft", "to_approve", "cancelled", "replaced")),
        ]

    @api.model
    def _agreed_on_domain(self, day):
        """It ran on that day."""
        return [
            ("date_signed", "<=", day),
            "|",
            ("date_verdict", "=", False),
            ("date_verdict", ">=", day),
        ]
