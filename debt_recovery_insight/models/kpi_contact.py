from datetime import datetime, time, timedelta

import pytz

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.kpi import work

#: Reasons of the contact rules that are about the hour or the day.
HOURS = ("rule_window", "rule_debtor_window")


class DebtRecoveryKpiContact(models.AbstractModel):
    """Key figures of the contact log, and the domains they share with the others."""

    _name = "debt.recovery.kpi.contact.mixin"
    _description = "Key Figures of Contacts"

    def _kpi_domain(self, span, *extra, partner="partner_id"):
        """Rows of the company and of the customers asked for."""
        domain = Domain.AND([Domain("company_id", "=", span.company.id), *extra])
        if span.partner_ids is None:
            return domain
        return domain & Domain(partner, "in", span.partner_ids)

    def _kpi_within(self, span, name):
        return Domain(name, ">=", span.date_from) & Domain(name, "<=", span.date_to)

    def _kpi_moments(self, span, name):
        """The period as moments of the company's days, in UTC as they are stored."""
        zone = span.company._recovery_zone()
        start, end = (
            zone.localize(datetime.combine(day, time()))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for day in (span.date_from, span.date_to + timedelta(days=1))
        )
        return Domain(name, ">=", start) & Domain(name, "<", end)

    # CONTACTS

    def _attempt_domain(self, span):
        """Calls and visits that happened; messages reach an address, not a person."""
        domain = self._kpi_domain(
            span,
            Domain("state", "=", "done"),
            Domain("direction", "=", "out"),
            Domain("channel_id.code", "in", ("phone", "visit")),
            Domain("correction_of_id", "=", False),
            self._kpi_moments(span, "date_done"),
        )
        if span.user_ids is not None:
            domain &= Domain("user_id", "in", span.user_ids)
        return domain

    def _count_contacts(self, span):
        """Attempts by what they ended in."""
        return span.once("contacts", lambda: self._read_contacts(span))

    def _read_contacts(self, span):
        actions = self.env["debt.recovery.action"].sudo()
        groups = actions._read_group(
            self._attempt_domain(span), ["channel_id", "outcome_id"], ["__count"]
        )
        counts = {"attempts": 0, "right_party": 0, "answered": 0, "promises": 0}
        for channel, outcome, count in groups:
            counts["attempts"] += count
            counts["right_party"] += count if outcome.is_rpc else 0
            answered = outcome and outcome.group != "no_contact"
            counts["answered"] += count if answered else 0
            promised = outcome.is_rpc and outcome.promise_source
            counts["promises"] += count if promised else 0
            for kind, number in (
                ("attempts", count),
                ("right_party", count if outcome.is_rpc else 0),
            ):
                name = f"{kind}_{channel.code}"
                counts[name] = counts.get(name, 0) + number
        return counts

    def _kpi_rpc_rate(self, span):
        counts = self._count_contacts(span)
        return work.contact_rate(
            counts["right_party"], counts["attempts"], "no_contacts", counts
        )

    def _kpi_rpc_answered(self, span):
        counts = self._count_contacts(span)
        return work.contact_rate(
            counts["right_party"], counts["answered"], "nobody_answered", counts
        )

    def _kpi_contact_promise(self, span):
        counts = self._count_contacts(span)
        return work.contact_rate(
            counts["promises"], counts["right_party"], "nobody_answered", counts
        )

    def _refused_domain(self, span):
        return self._kpi_domain(
            span,
            Domain("state", "=", "refused"),
            self._kpi_within(span, "date_planned"),
        )

    def _kpi_compliance(self, span):
        actions = self.env["debt.recovery.action"].sudo()
        done = self._kpi_domain(
            span,
            Domain("state", "=", "done"),
            Domain("direction", "=", "out"),
            self._kpi_moments(span, "date_done"),
        )
        row = self._kpi_rows(
            SQL(
                """SELECT COUNT(*) AS done,
                          COUNT(*) FILTER (WHERE a.override_reason > '') AS overridden,
                          COUNT(*) FILTER (WHERE %(broken)s) AS breaches,
                          COUNT(*) FILTER (WHERE %(broken)s AND %(hours)s) AS outside
                     FROM debt_recovery_action a WHERE a.id IN %(done)s""",
                broken=SQL(
                    """a.verdict IN ('delayed', 'refused')
                       AND COALESCE(a.override_reason, '') = ''"""
                ),
                hours=SQL(
                    """EXISTS (SELECT 1 FROM jsonb_array_elements(
                           a.verdict_facts -> 'reasons') w
                         WHERE w ->> 'code' IN %s)""",
                    HOURS,
                ),
                done=actions._search(done).subselect(),
            )
        )[0]
        refused = actions.search_count(self._refused_domain(span))
        return work.compliance(refused, **row, no_notice=self._count_no_notice(span))

    def _count_no_notice(self, span):
        """Legal cases in court or with counsel whose debtor never got the notice that a
        rule the company follows asks for; None where no rule asks."""
        rules = span.company._recovery_contact_rules().filtered(
            lambda rule: rule.rule_type == "notice_gate" and rule.gates == "legal"
        )
        if not rules:
            return None
        legal = self.env["debt.recovery.legal.case"].sudo()
        return legal.search_count(
            self._kpi_domain(
                span,
                Domain("date_filed", "!=", False),
                Domain("is_open", "=", True),
                Domain.OR(map(self._no_notice_domain, rules)),
            )
        )

    def _no_notice_domain(self, rule):
        """Seam: legal cases the rule is about, as far as its countries say, without its
        notice in the log."""
        sent = [("step_id", "=", rule.notice_step_id.id), ("state", "=", "done")]
        domain = Domain("case_id.action_ids", "not any", sent)
        if rule.country_ids:
            domain &= Domain("partner_id.country_id", "in", rule.country_ids.ids)
        return domain
