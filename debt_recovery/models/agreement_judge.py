from datetime import timedelta

from odoo import api, fields, models

from ..tools.agreements import judge, together
from ..tools.allocation import Fact, counted, owed
from ..tools.money import ZERO, to_decimal

ENDED = ("cancelled", "replaced")
JUDGED = ("active", "kept", "kept_late", "partly_kept", "broken")
KEPT = ("kept", "kept_late")
FAILED = ("partly_kept", "broken")


class DebtRecoveryAgreementJudge(models.AbstractModel):
    """The verdict. It is a snapshot: undoing a payment deletes what it rested on, so
    it is made again whenever the facts change, until it is locked."""

    _name = "debt.recovery.agreement.judge.mixin"
    _description = "Verdict on Agreements"

    date_verdict = fields.Date(
        "Verdict Of",
        readonly=True,
        copy=False,
        help="Judged, cancelled or replaced on that day.",
    )
    date_breach = fields.Date(
        "Breach", readonly=True, copy=False, help="The default clause was met."
    )
    date_notice = fields.Date(
        "Notice", readonly=True, copy=False, help="The customer was told of the breach."
    )
    date_broken = fields.Date("Broken On", readonly=True, copy=False, index=True)
    provisional = fields.Boolean(
        "Money under Way",
        readonly=True,
        copy=False,
        help="A payment that is not in the books yet keeps it from breaking.",
    )
    locked = fields.Boolean(
        readonly=True, copy=False, help="The verdict does not change any more."
    )
    break_told = fields.Boolean(
        readonly=True, copy=False, help="The strategy has answered the break."
    )

    def write(self, vals):
        """What is cancelled or replaced ends on that day."""
        ending = self.browse()
        if vals.get("state") in ENDED and "date_verdict" not in vals:
            ending = self.filtered(lambda row: row.state not in ENDED)
        result = super().write(vals)
        for company, agreements in ending.grouped("company_id").items():
            agreements.sudo().date_verdict = company._recovery_today()
        return result

    @api.model
    def _judged_domain(self):
        """Agreements whose verdict may change."""
        return [
            ("locked", "=", False),
            "|",
            ("state", "in", [*JUDGED, "to_sign"]),
            ("cancelled_by", "=", "credited"),
        ]

    def _judge(self):
        """Bring state and instalments up to the ledger.

        :return: the agreements whose state changed
        """
        agreements = self.sudo().filtered_domain(self._judged_domain())
        items = agreements._read_items()
        self._note_credits(pair for pairs in items.values() for pair in pairs)
        standings = {
            agreement: agreement._stand(items.get(agreement.id, ()))
            for agreement in agreements
        }
        doubtful = agreements.filtered(
            lambda a: a.state not in FAILED and a._word(standings[a]) in FAILED
        )
        under_way = doubtful._read_under_way() if doubtful else {}
        for agreement in doubtful:
            money = under_way.get(agreement.id, {})
            standings[agreement] = agreement._stand(items[agreement.id], money)
        changed = self.browse()
        for agreement, standing in standings.items():
            if agreement._take_standing(standing):
                changed |= agreement
        # broken while the strategy was in shadow
        for agreement in agreements.filtered(lambda a: a.state in FAILED):
            agreement._on_broken()
        return changed.sudo(self.env.su)

    @api.model
    def _note_credits(self, pairs):
        """Credits lower the part of an item that was not agreed first: the bridge
        needs their sum."""
        for line, item in pairs:
            credited = float(sum((fact.amount for fact in item.credits), ZERO))
            if line.currency_id.compare_amounts(line.amount_credited, credited):
                line.amount_credited = credited

    @api.model
    def _word(self, standings):
        return together(list(standings.values()))

    def _stand(self, items, under_way=None):
        """``{currency: Standing}`` of one agreement.

        :param items: ``[(agreement line, Item)]``
        :param under_way: ``{currency: amount}`` that is not in the books yet
        """
        today = self.company_id._recovery_today()
        standings = {}
        for currency, rows in self.instalment_ids.grouped("currency_id").items():
            mine = [item for line, item in items if line.currency_id == currency]
            facts = [fact for item in mine for fact in counted(item)]
            hoped = (under_way or {}).get(currency)
            last = min(today, max(rows.mapped("date_grace_end")))
            standings[currency] = judge(
                [row._to_tools() for row in rows.sorted()],
                facts,
                self._rule(),
                today,
                owed=self._owed(mine, rows),
                provisional=[Fact(last, hoped)] if hoped else (),
                notice=self.date_notice or None,
            )
        return standings

    def _owed(self, items, rows):
        """What is to be paid in money altogether: credits lower it."""
        digits = rows.currency_id.decimal_places
        agreed = to_decimal(sum(rows.mapped("amount")), digits)
        return min(agreed, sum((owed(item) for item in items), ZERO))

    def _take_standing(self, standings):
        """Write what is new.

        :return: whether the state changed
        """
        for currency, standing in standings.items():
            rows = self.instalment_ids.filtered(
                lambda row, currency=currency: row.currency_id == currency
            )
            rows.sorted()._take_standing(standing)
        state = self._word(standings)
        state = self._next_state(state, standings)
        vals = self._prepare_standing_vals(state, standings.values())
        changed = state != self.state
        news = {k: v for k, v in vals.items() if self[k] != v}
        if news:
            self.write(news)
        if changed:
            self._on_verdict()
        return changed

    def _next_state(self, state, standings):
        """The state the verdict leads to; some verdicts cannot be taken."""
        if state == "moot":
            return "cancelled"
        if self.state == "to_sign":
            return self._next_unsigned_state(standings)
        if state == "active" and self.state != "active" and self._is_taken():
            return self.state  # its items were agreed anew meanwhile
        return state

    def _next_unsigned_state(self, standings):
        """Waits for its signature and its down payment until the day agreed."""
        today = self.company_id._recovery_today()
        first = self.instalment_ids.sorted()[:1]
        paid = self.kind == "settlement" and not first.amount_open
        if self.signature_needed and not self.date_accepted and not paid:
            waits = True  # a settlement is accepted by paying, too
        else:
            down = self.instalment_ids.filtered(lambda row: row.number == 0)
            waits = any(row.amount_open for row in down)
        if not waits:
            return "active"
        late = self.date_until and self.date_until < today
        return "cancelled" if late else "to_sign"

    def _is_taken(self):
        return bool(
            self.line_ids.search_count(
                [
                    ("move_line_id", "in", self.line_ids.move_line_id.ids),
                    ("state", "in", ("active", "to_sign")),
                    ("agreement_id", "!=", self.id),
                ],
                limit=1,
            )
        )

    def _prepare_standing_vals(self, state, standings):
        today = self.company_id._recovery_today()
        breaches = [s.breach for s in standings if s.breach]
        vals = {
            "state": state,
            "provisional": any(s.provisional for s in standings),
            "date_breach": max(breaches, default=False),
        }
        if state == "active":
            ends = [s.covered_until for s in standings if s.covered_until]
            vals |= {"date_verdict": False, "date_broken": False, "cancelled_by": False}
            # money under way keeps it standing from day to day
            until = min(ends, default=self.date_until)
            vals["date_until"] = max(until, today) if vals["provisional"] else until
        elif state in JUDGED:
            broken = [s.broken for s in standings if s.broken]
            vals["date_broken"] = min(broken, default=False)
            vals["date_verdict"] = (
                self.date_verdict if self.state == state else today
            ) or today
        elif state == "cancelled":
            unsigned = self.state == "to_sign"
            vals["cancelled_by"] = "unsigned" if unsigned else "credited"
        return vals

    def _on_verdict(self):
        """What follows from a new state."""
        self.ensure_one()
        self._cancel_messages()
        if self.state in FAILED:
            self._on_broken()
        elif self.state in KEPT:
            self._thank()
        self.case_id.message_post(body=self._verdict_sentence())

    def _on_broken(self):
        """The strategy answers with a call, once per agreement; one that is not live
        yet does so as soon as it is."""
        if not self.break_told and self.case_id._is_event_due():
            self.break_told = True
            self.case_id._recovery_event("broken")

    def _verdict_sentence(self):
        return self.env._(
            "%(name)s: %(state)s. %(paid)s",
            name=self.name,
            state=self._state_label().lower(),
            paid=self.paid_text or "",
        ).strip()

    @api.model
    def _judge_partners(self, partner_ids):
        """Books of these customers changed: look again, at once."""
        partners = self.env["res.partner"].browse(partner_ids).commercial_partner_id
        domain = [("partner_id", "in", partners.ids), *self._judged_domain()]
        return self.search(domain)._judge()

    def _lock_old_verdicts(self):
        """Verdicts older than the company's time stay as they are."""
        for company, agreements in self.grouped("company_id").items():
            days = company._recovery_root().sudo().recovery_agreement_lock_days
            limit = company._recovery_today() - timedelta(days=days)
            agreements.filtered(
                lambda a, limit=limit: a.date_verdict and a.date_verdict <= limit
            ).write({"locked": True})

    def _broken_before(self):
        """Earlier broken agreements of the same customer."""
        return self.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("state", "in", FAILED),
                ("id", "not in", self._origin.ids),
            ]
        )
