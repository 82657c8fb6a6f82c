from odoo import api, fields, models

from ..tools.split_test import Sample, compare

#: Outcomes that count.
OUTCOMES = ("paid", "unpaid")


class DebtRecoverySplitResult(models.AbstractModel):
    """What a split test found: counted customers, who of them paid, and the verdict.
    Nothing is stored: money unmatched later changes the answer."""

    _name = "debt.recovery.split.result.mixin"
    _description = "Result of a Split Test"

    size_a = fields.Integer("Counted A", compute="_compute_result")
    size_b = fields.Integer("Counted B", compute="_compute_result")
    paid_a = fields.Integer(compute="_compute_result")
    paid_b = fields.Integer(compute="_compute_result")
    rate_a = fields.Float("Paid A (%)", compute="_compute_result")
    rate_b = fields.Float("Paid B (%)", compute="_compute_result")
    early_count = fields.Integer("Still in Their Days", compute="_compute_result")
    excluded_count = fields.Integer("Left Out", compute="_compute_result")
    member_count = fields.Integer(compute="_compute_result")
    p_value = fields.Float(
        "Chance of Luck",
        compute="_compute_result",
        digits=(5, 4),
        help="Chance of a difference at least this large if A and B were equal.",
    )
    has_verdict = fields.Boolean(compute="_compute_result")
    winner = fields.Selection([("a", "A"), ("b", "B")], compute="_compute_result")
    verdict = fields.Char(compute="_compute_result")

    @api.depends("member_ids.exclusion", "member_ids.variant", "difference", "state")
    @api.depends_context("recovery_today", "lang")
    def _compute_result(self):
        self.member_ids.mapped("outcome")  # one reading for all tests
        for test in self:
            counted = test.member_ids.filtered(lambda member: not member.exclusion)
            judged = counted.filtered(lambda member: member.outcome in OUTCOMES)
            early = counted.filtered(lambda member: member.outcome == "early")
            samples = {code: self._sample(judged, code) for code in "ab"}
            found = compare(samples["a"], samples["b"], test.difference or 1)
            test.update(
                {
                    "member_count": len(test.member_ids),
                    "excluded_count": len(test.member_ids - judged - early),
                    "early_count": len(early),
                    "p_value": found.p_value or 0,
                    "has_verdict": found.is_given,
                    "winner": found.winner,
                    "verdict": test._verdict_sentence(samples, found),
                    **{f"size_{code}": samples[code].size for code in "ab"},
                    **{f"paid_{code}": samples[code].paid for code in "ab"},
                    **{
                        f"rate_{code}": 100 * (samples[code].rate or 0) for code in "ab"
                    },
                }
            )

    @api.model
    def _sample(self, members, code):
        mine = members.filtered(lambda member: member.variant == code)
        return Sample(len(mine), len(mine.filtered(lambda m: m.outcome == "paid")))

    def _verdict_sentence(self, samples, found):
        """One sentence for people."""
        if self.state == "draft":
            return self.env._(
                "%(needed)s customers are needed in each variant.", needed=found.needed
            )
        if found.missing_a or found.missing_b:
            return self.env._(
                "Too early for a verdict: %(a)s more customers are missing in A and "
                "%(b)s in B, %(needed)s are needed in each.",
                a=found.missing_a,
                b=found.missing_b,
                needed=found.needed,
            )
        if found.is_rare:
            return self.env._(
                "No verdict: nearly everybody, or nearly nobody, paid in both variants."
            )
        if not found.winner:
            return self.env._(
                "No difference: %(a)s of 100 paid with A and %(b)s with B, which luck "
                "explains.",
                a=f"{100 * samples['a'].rate:.0f}",
                b=f"{100 * samples['b'].rate:.0f}",
            )
        other = "b" if found.winner == "a" else "a"
        return self.env._(
            "%(winner)s is better: %(more)s of 100 paid, with %(other)s %(less)s; the "
            "chance that this is luck is below 5 in 100.",
            winner=found.winner.upper(),
            other=other.upper(),
            more=f"{100 * samples[found.winner].rate:.0f}",
            less=f"{100 * samples[other].rate:.0f}",
        )

    # WHO ENTERED

    @api.model
    def _collect_due(self, company):
        """Once a day: customers who entered running tests of a company."""
        tests = self.search(
            [("company_id", "=", company.id), ("state", "=", "running")]
        )
        tests._collect()

    def action_refresh(self):
        """Write down who entered since the last run."""
        self._collect()

    def _collect(self):
        members = self.env["debt.recovery.split.member"].sudo()
        for test in self.sudo().filtered(lambda test: test.state == "running"):
            members._enter(test, test._find_entries())
        self.invalidate_recordset()

    def _find_entries(self):
        """``[(case, day of entry)]`` of customers who are not in the test yet."""
        if self.kind == "strategy":
            return self._find_opened()
        return self._find_messages()

    def _find_opened(self):
        domain = [
            ("company_id", "=", self.company_id.id),
            ("strategy_id", "in", (self.strategy_id | self.strategy_b_id).ids),
            ("date_opened", ">=", self.date_start),
            ("partner_id", "not in", self.member_ids.partner_id.ids),
        ]
        if self.date_end:
            domain.append(("date_opened", "<=", self.date_end))
        cases = self.env["debt.recovery.case"].search(domain)
        return [(case, case.date_opened) for case in cases]

    def _find_messages(self):
        """E-mails that left; letters and text messages say the same in A and B."""
        actions = self.env["debt.recovery.action"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("step_id", "=", self.step_id.id),
                ("state", "=", "done"),
                ("channel_id.code", "=", "email"),
                ("date_done", ">=", fields.Date.to_string(self.date_start)),
                ("partner_id", "not in", self.member_ids.partner_id.ids),
            ]
        )
        zone = self.company_id._recovery_zone()
        found = [
            (action.case_id, self._local_day(action.date_done, zone))
            for action in actions
        ]
        last = self.date_end
        return [(case, day) for case, day in found if not last or day <= last]

    @api.model
    def _local_day(self, moment, zone):
        return fields.Datetime.context_timestamp(
            self.with_context(tz=zone.zone), moment
        ).date()
