from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

FEW = 8


class DebtRecoveryDashboardOfficer(models.AbstractModel):
    """The page of one officer: what was done today and in the period, records to mend,
    what the contact rules refused, promises that were broken. For the officer and the
    managers."""

    _name = "debt.recovery.dashboard.officer.mixin"
    _description = "Officer on the Dashboard"

    @api.model
    def _board_officer(self, span):
        """None for the whole team."""
        if span.user_ids is None:
            return None
        return {
            "work": self._officer_work(span),
            "commitments": self._officer_commitments(span),
            "mend": self._officer_mend(span),
            "refused": self._officer_refused(span),
            "broken": self._officer_broken(span),
        }

    # WORK

    @api.model
    def _log_kinds(self):
        """What people do, as domains of the contact log: key -> (label, domain)."""
        done = Domain("state", "=", "done") & Domain("direction", "=", "out")
        people = done & Domain("channel_id.code", "in", ("phone", "visit"))
        return {
            "tried": (self.env._("Calls and visits"), people),
            "reached": (
                self.env._("Right party reached"),
                people & Domain("outcome_id.is_rpc", "=", True),
            ),
            "promised": (
                self.env._("Promises taken"),
                people
                & Domain("outcome_id.is_rpc", "=", True)
                & Domain("outcome_id.promise_source", "!=", False),
            ),
            "sent": (
                self.env._("Messages sent"),
                done & Domain("channel_id.is_message", "=", True),
            ),
        }

    @api.model
    def _log_domain(self, span, kind, first=None):
        """Rows of the log of the officers asked for, since a day."""
        reader = self.env["debt.recovery.kpi.reader"]
        days = self._moved(span, first or span.date_from, span.date_to)
        domain = Domain("company_id", "=", span.company.id)
        if span.user_ids is not None:
            domain &= Domain("user_id", "in", span.user_ids)
        return (
            domain
            & Domain("correction_of_id", "=", False)
            & reader._kpi_moments(days, "date_done")
            & self._log_kinds()[kind][1]
        )

    @api.model
    def _officer_work(self, span):
        """Counts by kind; of a past period ``today`` is False."""
        log = self.env["debt.recovery.action"]
        return [
            {
                "key": key,
                "label": label,
                "today": log.search_count(self._log_domain(span, key, span.today))
                if self._is_now(span)
                else False,
                "period": log.search_count(self._log_domain(span, key)),
            }
            for key, (label, _domain) in self._log_kinds().items()
        ]

    @api.model
    def _judged_commitments(self, span):
        """Month-end commitments of the six months before."""
        month = fields.Date.start_of(span.date_to, "month")
        filters = {"partner_ids": span.partner_ids, "user_ids": span.user_ids}
        pushes = self.env["debt.recovery.push"]
        return pushes._judged_before(span.company, month, filters)

    @api.model
    def _officer_commitments(self, span):
        rows = self._judged_commitments(span)
        hit = len(rows.filtered(lambda row: row.state == "hit"))
        return {"count": len(rows), "text": self._percent(hit, len(rows))}

    # RECORDS

    @api.model
    def _accuracy_words(self):
        """Seam: what is missing, by the rules of record accuracy."""
        return {
            "no_owner": self.env._("no officer"),
            "no_strategy": self.env._("no strategy"),
            "no_next_action": self.env._("no next action, or it has passed"),
            "no_contact_point": self.env._("no e-mail, phone or contact person"),
            "no_outcome": self.env._("a call or visit without outcome"),
            "task_overdue": self.env._("a task is overdue"),
        }

    @api.model
    def _mend_domain(self, span):
        return self.env["debt.recovery.kpi.reader"]._failing_domain(span)

    @api.model
    def _read_mend(self, span, limit=None):
        """[(case, [what is missing])], the largest first."""
        reader = self.env["debt.recovery.kpi.reader"]
        model = self.env["debt.recovery.case"]
        cases = model.search(
            self._mend_domain(span), order="amount_overdue desc, id", limit=limit
        )
        words = self._accuracy_words()
        missing = {case.id: [] for case in cases}
        for name, rule in reader._accuracy_rules(span.today).items():
            for case in model.search(Domain("id", "in", cases.ids) & rule):
                missing[case.id].append(words.get(name, name))
        return [(case, missing[case.id]) for case in cases]

    @api.model
    def _officer_mend(self, span):
        rows = [
            {
                "id": case.id,
                "name": case.partner_id.sudo().display_name,
                "text": ", ".join(missing),
            }
            for case, missing in self._read_mend(span, FEW)
        ]
        count = self.env["debt.recovery.case"].search_count(self._mend_domain(span))
        return {"count": count, "rows": rows}

    # REFUSALS, BROKEN PROMISES

    @api.model
    def _refused_in(self, span):
        """Contacts that the rules refused, on the cases of the officer."""
        reader = self.env["debt.recovery.kpi.reader"]
        return (
            self._owned_domain(span, "case_id.user_id")
            & self._asked_domain(span)
            & Domain("state", "=", "refused")
            & reader._kpi_within(span, "date_planned")
        )

    @api.model
    def _officer_refused(self, span):
        log = self.env["debt.recovery.action"]
        domain = self._refused_in(span)
        found = log.search(domain, order="date_planned desc, id desc", limit=FEW)
        return {
            "count": log.search_count(domain),
            "rows": [
                {
                    "id": action.id,
                    "day": format_date(
                        self.env, action.date_planned, date_format="d MMM"
                    ),
                    "name": action.partner_id.sudo().display_name,
                    "channel": action.channel_id.name,
                    "text": action.reason or action.verdict or "",
                }
                for action in found
            ],
        }

    @api.model
    def _officer_broken(self, span):
        agreements = self.env["debt.recovery.agreement"].search(
            self._broken_domain(span), order="date_verdict desc, id desc", limit=FEW
        )
        return [
            {
                "id": agreement.id,
                "day": format_date(
                    self.env, agreement.date_agreed, date_format="d MMM"
                ),
                "name": agreement.partner_id.sudo().display_name,
                "text": self._money(
                    span, max(agreement.value_agreed - agreement.value_paid, 0)
                ),
            }
            for agreement in agreements
        ]
