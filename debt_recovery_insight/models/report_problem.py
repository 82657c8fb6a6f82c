from odoo import models
from odoo.fields import Date, Domain
from odoo.tools import SQL, format_date

from ..tools import problem

#: Accounts that a meeting can talk about.
MOST = 50


class DebtRecoveryReportProblem(models.AbstractModel):
    """Problem accounts: the largest customers with a sign of trouble, the facts, and
    what to do about each with the reason."""

    _name = "debt.recovery.report.problem.mixin"
    _description = "Report of Problem Accounts"

    def _report_problem_accounts(self, ask):
        company = ask["company"]
        rows = self._problem_rows(ask)
        overdue = sum(row["overdue"] for row in rows)
        lead = self.env._(
            "Accounts with a sign of trouble: %(count)s, overdue: %(amount)s.",
            count=len(rows),
            amount=company.currency_id.format(overdue),
        )
        return {
            "title": self.env._(
                "%(company)s: problem accounts on %(day)s",
                company=company.name,
                day=format_date(self.env, company._recovery_today()),
            ),
            "lead": [lead] if rows else [],
            "sections": [
                self._problem_section(rows),
                self._problem_actions(rows),
            ],
            "notes": [
                self.env._(
                    "Amounts in %(currency)s. Listed is who is more than %(old)s days "
                    "overdue, broke %(broken)s promises or more, had a payment "
                    "returned, is over the credit limit, stands in risk band D or E "
                    "and is more than %(band)s days overdue, or owes what is "
                    "time-barred soon; at most %(most)s accounts, the largest first. "
                    "Actions are proposals: a person decides.",
                    currency=company.currency_id.name,
                    old=problem.OLD_DAYS,
                    broken=problem.BROKEN,
                    band=problem.BAND_DAYS,
                    most=MOST,
                )
            ],
        }

    # FACTS

    def _problem_rows(self, ask):
        """The rows of the table, the largest overdue amount first."""
        cases = self._problem_cases(ask)
        facts = self._problem_facts(ask["company"], cases)
        words = self._problem_words()
        rows = []
        for case in cases:
            account = self._problem_account(case, facts)
            signs = problem.signs(account)
            if not signs:
                continue
            rows.append(
                {
                    "customer": case.partner_id.sudo().display_name,
                    "overdue": case.amount_overdue,
                    "days": case.days_overdue,
                    "disputed": case.amount_disputed or None,
                    "broken": account.broken or None,
                    "band": account.band or "",
                    "user": case.user_id.sudo().name or self.env._("Nobody"),
                    "action": words[problem.recommend(account)],
                    "why": self._problem_why(case, account, signs),
                }
            )
            if len(rows) == MOST:
                break
        return rows

    def _problem_cases(self, ask):
        """Open cases of the question with a sign of trouble; more than are shown,
        because some drop out when they are judged."""
        company = ask["company"]
        partners, users = (ask["filters"].get(k) for k in ("partner_ids", "user_ids"))
        domain = (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "open")
            & Domain("amount_overdue", ">", 0)
        )
        if partners is not None:
            domain &= Domain("partner_id", "child_of", partners)
        if users is not None:
            domain &= Domain("user_id", "in", users)
        signs = (
            Domain("days_overdue", ">", problem.OLD_DAYS)
            | Domain("risk_band", "in", problem.BAD_BANDS)
            & Domain("days_overdue", ">", problem.BAND_DAYS)
            | Domain("partner_id", "in", self._problem_partners(company))
        )
        cases = self.env["debt.recovery.case"]
        order = "amount_overdue desc, id"
        return cases.search(domain & signs, order=order, limit=2 * MOST)

    def _problem_partners(self, company):
        """Customers whose behaviour, limit or limitation is a sign."""
        warn = company.sudo().recovery_limitation_warn_days
        self.env.flush_all()
        query = SQL(
            """SELECT partner_id FROM debt_recovery_behaviour
                WHERE company_id = %(company)s AND partner_id IS NOT NULL
                  AND (promises_broken >= %(broken)s OR returned_count > 0)
                UNION
               SELECT partner_id FROM debt_recovery_alert
                WHERE company_id = %(company)s AND kind = 'limit' AND state <> 'gone'
                UNION
               SELECT p.commercial_partner_id FROM debt_recovery_limitation t
                 JOIN account_move_line l ON l.id = t.move_line_id
                 JOIN res_partner p ON p.id = l.partner_id
                WHERE l.company_id IN %(companies)s AND t.date_end <= %(near)s""",
            company=company.id,
            companies=tuple(company._recovery_branches().ids),
            broken=problem.BROKEN,
            near=Date.add(company._recovery_today(), days=warn),
        )
        return [row[0] for row in self.env.execute_query(query)]

    def _problem_facts(self, company, cases):
        """Facts beside the cases: behaviour, customers over their limit, and from
        which amount a court is worth it."""
        partners = cases.partner_id
        alerts = self.env["debt.recovery.alert"].sudo()
        over = alerts.search(
            [
                ("company_id", "=", company.id),
                ("kind", "=", "limit"),
                ("state", "!=", "gone"),
                ("partner_id", "in", partners.ids),
            ]
        )
        rules = self.env["debt.recovery.handover.rule"].sudo()
        amounts = rules.search(
            [("code", "=", "amount"), ("company_id", "in", (False, company.id))]
        )
        units = max(amounts.mapped("value"), default=0)
        behaviours = self.env["debt.recovery.behaviour"].sudo()
        return {
            "behaviour": behaviours._of_partners(partners, company),
            "over": set(over.partner_id.ids),
            "worth": float(company.sudo()._recovery_units(units)),
            "today": company._recovery_today(),
        }

    def _problem_account(self, case, facts):
        """The case as the rules read it."""
        case = case.sudo()
        behaviour = facts["behaviour"].get(case.partner_id.id)
        overdue, last = case.amount_overdue, case.last_message_date
        return problem.Account(
            days=case.days_overdue,
            disputed=case.amount_disputed / overdue,
            agreed=case.amount_agreed / overdue,
            broken=behaviour.promises_broken if behaviour else 0,
            returned=behaviour.returned_count if behaviour else 0,
            band=case.risk_band or None,
            limitation=case.limitation_state or None,
            over_limit=case.partner_id.id in facts["over"],
            in_court=case.is_legal,
            with_agency=case.is_placed,
            on_hold=bool(case.running_hold_ids),
            worth_suing=overdue >= facts["worth"],
            may_sue=case.legal_switch,
            may_place=case.agency_switch,
            silent_days=(facts["today"] - last).days if last else None,
        )

    # WORDS

    def _problem_words(self):
        """Action by code."""
        return {
            "write_off": self.env._("Decide: write off, or accept what is offered"),
            "court": self.env._("Follow the legal case"),
            "secure": self.env._("File a claim, or have the debt acknowledged"),
            "agency": self.env._("Ask the agency for a report"),
            "hold": self.env._("Look at the hold"),
            "dispute": self.env._("Decide the dispute"),
            "agreement": self.env._("Watch the agreement"),
            "sue": self.env._("Hand over to a lawyer"),
            "place": self.env._("Place with an agency"),
            "stop": self.env._("Deliver only against payment"),
            "pay_way": self.env._("Agree on another way to pay"),
            "call": self.env._("Call and agree on a day"),
            "demand": self.env._("Send the last demand, with a day"),
        }

    def _problem_why(self, case, account, signs):
        """The reason of the action: what is under way, else the signs."""
        action = problem.recommend(account)
        if action in ("write_off", "secure"):
            return case.sudo().limitation_text
        if action in ("court", "agency", "hold", "dispute", "agreement"):
            return case.status_sentence or ""
        texts = self._problem_signs(case, account)
        reasons = [texts[sign] for sign in signs if texts.get(sign)]
        if action == "call":
            reasons.append(self._problem_silence(account))
        return "; ".join(filter(None, reasons))

    def _problem_signs(self, case, account):
        return {
            "limitation": case.sudo().limitation_text,
            "old": self.env._("%(days)s days overdue", days=account.days),
            "broken": self.env._("%(count)s promises broken", count=account.broken),
            "returned": self.env._(
                "%(count)s payments returned", count=account.returned
            ),
            "over_limit": self.env._("over the credit limit"),
            "band": self.env._("risk band %(band)s", band=account.band),
        }

    def _problem_silence(self, account):
        if account.silent_days is None:
            return self.env._("no message has been sent")
        if account.silent_days <= problem.SILENT_DAYS:
            return ""
        return self.env._("no message for %(days)s days", days=account.silent_days)

    # TABLES

    def _problem_section(self, rows):
        return self._section(
            self.env._("Problem accounts"),
            [
                ("customer", self.env._("Customer"), "text"),
                ("overdue", self.env._("Overdue"), "amount"),
                ("days", self.env._("Days"), "days"),
                ("disputed", self.env._("Disputed"), "amount"),
                ("broken", self.env._("Broken Promises"), "integer"),
                ("band", self.env._("Risk"), "text"),
                ("user", self.env._("Officer"), "text"),
                ("action", self.env._("Recommended"), "text"),
                ("why", self.env._("Because"), "text"),
            ],
            rows,
            totals=self._totals(rows, "overdue", "disputed"),
            empty=self.env._("No account shows a sign of trouble."),
        )

    def _problem_actions(self, rows):
        """How much waits for each action."""
        groups = {}
        for row in rows:
            groups.setdefault(row["action"], []).append(row["overdue"])
        found = [
            {"action": action, "count": len(amounts), "overdue": sum(amounts)}
            for action, amounts in groups.items()
        ]
        found.sort(key=lambda row: -row["overdue"])
        return self._section(
            self.env._("By recommended action"),
            [
                ("action", self.env._("Recommended"), "text"),
                ("count", self.env._("Accounts"), "integer"),
                ("overdue", self.env._("Overdue"), "amount"),
            ],
            found,
            totals=self._totals(found, "count", "overdue"),
            empty=self.env._("Nothing to recommend."),
            chart={"kind": "column", "label": "action", "values": ["overdue"]},
        )
