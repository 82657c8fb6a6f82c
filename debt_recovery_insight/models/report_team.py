from odoo import api, models


class DebtRecoveryReportTeam(models.AbstractModel):
    """The officer sheet: what each officer recovered against the target, promises kept,
    contacts, records in order and refusals; records to mend by name. An officer gets
    the own sheet. The facts are those of the officer's page."""

    _name = "debt.recovery.report.team.mixin"
    _description = "Officer Sheet"
    _inherit = [
        "debt.recovery.report.promises.mixin",
        "debt.recovery.report.activity.mixin",
    ]

    @api.model
    def _report_month_team(self, ask):
        mine, span = self._begin(ask)
        return mine._team_answer(span)

    @api.model
    def _team_answer(self, span):
        return self._answer(
            self.env._(
                "Officers of %(company)s, %(period)s",
                company=span.company.name,
                period=self._period_label(span),
            ),
            [
                self._team_results(span),
                self._team_quality(span),
                self._activity_section(span),
                self._mend_section(span),
                self._refused_section(span),
            ],
            notes=[
                self.env._(
                    "Recovered is money on overdue items by the officer of the case "
                    "today. Records in order and records to mend are as of today; what "
                    "they were at the end of the period is not kept."
                )
            ],
        )

    # RESULTS

    @api.model
    def _team_results(self, span):
        board = self._board()
        money = {row["id"]: row for row in board._board_officers(span)}
        targets = board._recovered_targets(span)
        promises = {row["user_id"]: row for row in self._promise_rows(span)}
        users = set(money) | set(promises)
        names = self._user_names(users)
        rows = [
            self._result_row(
                names[user_id],
                money.get(user_id),
                targets.get(user_id),
                promises.get(user_id) or self._empty_promises() | {"share": None},
            )
            for user_id in users
        ]
        rows.sort(key=lambda row: (-row["recovered"], row["officer"]))
        return self._section(
            self.env._("Results"),
            [
                ("officer", self.env._("Officer"), "text"),
                ("recovered", self.env._("Recovered"), "amount"),
                ("target", self.env._("Target"), "amount"),
                ("reached", self.env._("Of target"), "percent"),
                ("due", self.env._("Promises due"), "integer"),
                ("share", self.env._("Kept, by value"), "percent"),
                ("broken", self.env._("Broken"), "integer"),
            ],
            rows,
            totals=self._totals(rows, "recovered", "due", "broken"),
            empty=self.env._("No officer recovered money or had promises due."),
            currency=span.company.currency_id.name,
        )

    @api.model
    def _result_row(self, name, money, target, promises):
        recovered = money["amount"] if money else 0.0
        value = target.value if target else None
        return {
            "officer": name,
            "recovered": recovered,
            "target": value,
            "reached": 100 * recovered / value if value else None,
            "due": promises["due"],
            "share": promises["share"],
            "broken": promises["broken"],
        }

    # QUALITY

    @api.model
    def _team_quality(self, span):
        """Open cases and how many of them are in order, refusals in the period."""
        cases = self.env["debt.recovery.case"]
        reader = self.env["debt.recovery.kpi.reader"]
        total = self._count_cases(cases, reader._accuracy_domain(span))
        bad = self._count_cases(cases, reader._failing_domain(span))
        refused = self._count_refused(span)
        names = self._user_names(set(total) | set(refused))
        rows = [
            {
                "officer": names[user_id],
                "cases": total.get(user_id, 0),
                "mend": bad.get(user_id, 0),
                "accuracy": 100 * (1 - bad.get(user_id, 0) / total[user_id])
                if total.get(user_id)
                else None,
                "refused": refused.get(user_id, 0),
            }
            for user_id in names
            if user_id in total or user_id in refused
        ]
        rows.sort(key=lambda row: row["officer"])
        totals = self._totals(rows, "cases", "mend", "refused")
        if totals and totals["cases"]:
            totals["accuracy"] = 100 * (1 - totals["mend"] / totals["cases"])
        return self._section(
            self.env._("Records and refusals"),
            [
                ("officer", self.env._("Officer"), "text"),
                ("cases", self.env._("Open cases"), "integer"),
                ("mend", self.env._("To mend"), "integer"),
                ("accuracy", self.env._("In order"), "percent"),
                ("refused", self.env._("Refused contacts"), "integer"),
            ],
            rows,
            totals=totals,
            empty=self.env._("No case is open."),
        )

    @api.model
    def _count_cases(self, cases, domain):
        groups = cases._read_group(domain, ["user_id"], ["__count"])
        return {user.id: count for user, count in groups}

    @api.model
    def _count_refused(self, span):
        """{officer of the case: refused contacts}"""
        refused = self._board()._refused_in(span)
        groups = self.env["debt.recovery.action"]._read_group(
            refused, ["case_id"], ["__count"]
        )
        counts = {}
        for case, count in groups:
            user_id = case.user_id.id
            counts[user_id] = counts.get(user_id, 0) + count
        return counts

    # TO MEND

    @api.model
    def _mend_section(self, span):
        rows = [
            {
                "officer": case.user_id.sudo().name or "",
                "customer": case.partner_id.sudo().display_name,
                "amount": case.amount_overdue,
                "missing": ", ".join(missing),
            }
            for case, missing in self._board()._read_mend(span)
        ]
        rows.sort(key=lambda row: (row["officer"], -row["amount"]))
        return self._section(
            self.env._("Records to mend"),
            [
                ("officer", self.env._("Officer"), "text"),
                ("customer", self.env._("Customer"), "text"),
                ("amount", self.env._("Overdue"), "amount"),
                ("missing", self.env._("What is missing"), "text"),
            ],
            rows,
            empty=self.env._("Every open case is in order."),
            currency=span.company.currency_id.name,
        )
