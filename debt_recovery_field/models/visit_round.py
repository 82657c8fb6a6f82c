from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import format_date

#: The big buttons of the phone form, in their order.
MAIN_OUTCOMES = (
    "visit_paid",
    "promise",
    "visit_nobody",
    "dispute",
    "visit_served",
    "ceased",
)
#: Answers of a telephone, not of a door.
PHONE_OUTCOMES = ("no_answer", "message", "copy", "new_contact")
MORNING, AFTERNOON, NOON = 10, 15, 12
MOST_ATTEMPTS = 3


class DebtRecoveryVisitRound(models.AbstractModel):
    """The day's round as the phone needs it: everything in one answer, because the
    next one may not come."""

    _name = "debt.recovery.visit.round.mixin"
    _description = "Round of a Field Officer"

    @api.model
    def action_round(self, visit_id=False):
        """What the phone form shows: my visits of today (and older open ones), what
        may be chosen, and my cash in hand.

        :param visit_id: a visit to show whatever its day
        """
        company = self.env.company._recovery_root()
        today = company._recovery_today()
        visits = self.search(self._round_domain(today))
        if visit_id:
            visits |= self.browse(visit_id).exists()
        visits = visits.sorted(lambda v: (v.state == "done", v.date, v.sequence))
        return {
            "today": fields.Date.to_string(today),
            "user_id": self.env.uid,
            "switches": self._round_switches(company.sudo()),
            "outcomes": self._round_outcomes(),
            "cash": self._round_cash(company),
            "visits": [visit._round_card(today) for visit in visits],
        }

    @api.model
    def _round_domain(self, today):
        return [
            ("user_id", "=", self.env.uid),
            "|",
            "&",
            ("state", "in", ("planned", "on_way")),
            ("date", "<=", today),
            "&",
            ("state", "=", "done"),
            ("date", "=", today),
        ]

    @api.model
    def _round_switches(self, company):
        names = ("location", "photo", "signature", "employer")
        return {name: company[f"recovery_field_{name}"] for name in names}

    @api.model
    def _round_outcomes(self):
        """Outcomes of a visit, the big buttons first."""
        outcomes = self.env["debt.recovery.outcome"].search(
            [("code", "not in", PHONE_OUTCOMES)]
        )
        order = {code: place for place, code in enumerate(MAIN_OUTCOMES)}
        short = self._round_short_names()
        rows = [
            {
                "code": outcome.code,
                "name": short.get(outcome.code, outcome.name),
                "main": outcome.code in order,
                "promise": bool(outcome.promise_source),
            }
            for outcome in outcomes
        ]
        return sorted(rows, key=lambda row: order.get(row["code"], len(order)))

    @api.model
    def _round_short_names(self):
        """Words that fit on a thumb-size button."""
        return {
            "visit_paid": self.env._("Paid"),
            "promise": self.env._("Promises"),
            "visit_nobody": self.env._("Nobody, card left"),
            "dispute": self.env._("Disputes"),
            "visit_served": self.env._("Demand handed over"),
            "ceased": self.env._("Moved or closed"),
        }

    @api.model
    def _round_cash(self, company):
        receipts = self.env["debt.recovery.receipt"]
        hand = receipts._cash_in_hand(self.env.user, company)
        limit, _days = receipts._cash_limit(self.env.user, company)
        money = company.currency_id.format
        return {
            "held": float(hand.amount),
            "limit": float(limit),
            "symbol": company.currency_id.symbol,
            "text": self.env._(
                "Cash in hand %(held)s of %(limit)s",
                held=money(float(hand.amount)),
                limit=money(float(limit)),
            ),
            "keep_until": hand.keep_until and fields.Date.to_string(hand.keep_until),
        }

    # ONE VISIT

    def _round_card(self, today):
        """Head, data and suggestions of one visit."""
        self.ensure_one()
        case = self.case_id.sudo()
        partner = self.sudo().address_id or case.partner_id
        when = max(self.start, fields.Datetime.now())
        verdict = self._visit_verdict(when) if self.is_open else None
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "hour": self._round_hour(),
            "day": format_date(self.env, self.date) if self.date != today else False,
            "customer": case.partner_id.display_name,
            "is_person": not case.partner_id.is_company,
            "case": case.name,
            "purpose": self.purpose or "",
            "address": self.address,
            "map_url": self.map_url,
            "safety_note": self.safety_note or "",
            "phone": partner.phone or case.partner_id.phone or "",
            "amount": case.amount_collectable,
            "amount_text": case.company_currency_id.format(case.amount_collectable),
            "currency_id": case.company_currency_id.id,
            "currency_symbol": case.company_currency_id.symbol,
            "last": case.last_contact or "",
            "items": self._round_items(),
            "why_not": self._verdict_sentence(verdict),
            "data": {
                "street": partner.street or "",
                "zip": partner.zip or "",
                "city": partner.city or "",
                "phone": partner.phone or "",
                "employer": case.partner_id.recovery_employer or "",
            },
            "email": case.call_email or "",
            "next_start": self._round_next_start(today),
            "attempts": self._round_attempts(),
            "outcome": self.outcome_id.name or "",
            "result": self.submit_result or False,
        }

    def _round_hour(self):
        zone = self.company_id._recovery_zone()
        return pytz.utc.localize(self.start).astimezone(zone).strftime("%H:%M")

    def _round_items(self):
        return [
            {
                "id": row.move_line_id.id,
                "name": row.move_name,
                "days": row.days_overdue,
                "text": row.currency_id.format(row.amount_collectable_currency),
            }
            for row in self._sheet_lines()
        ]

    def _round_attempts(self):
        """Visits in vain so far."""
        return self.sudo().search_count(
            [
                ("case_id", "=", self.case_id.id),
                ("outcome_id.code", "=", "visit_nobody"),
            ]
        )

    def _round_next_start(self, today):
        """After a visit in vain: three working days later at another part of the day,
        three times at most. Local time of the company, for the field of the form."""
        if self._round_attempts() + 1 >= MOST_ATTEMPTS:
            return False
        calendar = self.company_id._recovery_calendar(today, today + timedelta(days=60))
        day = calendar.add_working_days(today, 3)
        early = self._round_hour() < f"{NOON}:00"
        return f"{day}T{AFTERNOON if early else MORNING}:00"

    # ARRIVAL

    def action_arrive(self, data=None):
        """The officer stands at the door: ask the contact rules once more.

        :param data: ``at`` (ISO, UTC), ``latitude``, ``longitude``; all optional
        :return: ``{"why_not": sentence or ""}``
        """
        self.ensure_one()
        self._check_open()
        verdict = self._visit_verdict()
        why_not = self._verdict_sentence(verdict)
        if why_not:
            self._log_refused(verdict)
        else:
            self._record({"state": "on_way", **self._prepare_arrival_vals(data or {})})
        return {"why_not": why_not}

    def _log_refused(self, verdict):
        """A visit that the rules stopped at the door is part of the log."""
        action = self.env["debt.recovery.action"].sudo()
        action = action.create(self._prepare_log_vals())
        action._keep_verdict(verdict)
        action._set_refused(verdict.status, action._verdict_text(verdict))
