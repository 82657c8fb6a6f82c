from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.results import Verdict, reason

#: So many numbers stand in a sentence; the rest is counted.
NAMES = 3
#: Words put in front of the debtor, against words spoken and tasks.
WRITTEN = ("email", "letter", "sms")


class DebtRecoveryCaseLimitation(models.AbstractModel):
    """Limitation of the items of a case: no suit, no threat of one on a time-barred
    claim, nothing at all on an extinguished one, and a word before it comes to that."""

    _name = "debt.recovery.case.limitation.mixin"
    _description = "Limitation of a Recovery Case"

    limitation_event_ids = fields.One2many(
        "debt.recovery.limitation.event", "case_id", "Limitation Events"
    )
    limitation_text = fields.Char(
        "Limitation", compute="_compute_limitation", help="Items whose end is near."
    )
    limitation_state = fields.Selection(
        [("near", "Near"), ("urgent", "Urgent"), ("expired", "Expired")],
        compute="_compute_limitation",
    )

    @api.depends("amount_overdue", "partner_id", "state", "limitation_event_ids")
    @api.depends_context("recovery_today", "lang")
    def _compute_limitation(self):
        """Only what ends within the company's warning days, judged now."""
        live = self.filtered(lambda case: case.state != "closed" and case.partner_id)
        found = live._limitation_near()
        for case in self:
            near = found.get(case.id) or {}
            worst = min((item.days_left for item in near.values()), default=None)
            case.limitation_text = bool(near) and case._limitation_sentence(near)
            case.limitation_state = worst is not None and case._limitation_level(worst)

    def _limitation_level(self, days_left):
        if days_left < 0:
            return "expired"
        urgent = self.company_id.sudo().recovery_limitation_urgent_days
        return "urgent" if days_left <= urgent else "near"

    def _limitation_near(self):
        """Items of these cases that end within the warning days: ``{case id: {item:
        Limitation}}``; two queries where nothing is old enough."""
        found = defaultdict(dict)
        for company, cases in self.grouped("company_id").items():
            warn = company.sudo().recovery_limitation_warn_days
            old = cases._limitation_old_items(company, warn)
            lines = self.env["account.move.line"].sudo().browse(old)
            for line, item in lines._recovery_limitation().items():
                if item.ends_within(warn):
                    found[old[line.id]][line] = item
        return found

    def _limitation_old_items(self, company, ahead=0):
        """Open items old enough for the shortest of all periods to end within so many
        days: ``{item id: case id}``."""
        day = company._recovery_today() + timedelta(days=ahead)
        self.env.flush_all()
        accounts = self.env["account.account"]._recovery_trade_account_ids()
        rows = self.env.execute_query(
            SQL(
                """SELECT l.id, c.id FROM debt_recovery_case c
                     JOIN res_partner p ON p.commercial_partner_id = c.partner_id
                     JOIN account_move_line l ON l.partner_id = p.id
                     JOIN account_move m ON m.id = l.move_id
                    WHERE c.id IN %s AND l.account_id IN %s AND l.company_id IN %s
                      AND l.reconciled IS NOT TRUE AND l.parent_state = 'posted'
                      AND l.amount_residual_currency > 0 AND l.no_followup IS NOT TRUE
                      AND LEAST(COALESCE(m.invoice_date, l.date),
                                COALESCE(l.date_maturity, l.date))
                          <= (SELECT %s::date - MIN(make_interval(
                                     months => r.years * 12 + COALESCE(r.months, 0)))
                                FROM debt_recovery_limitation_rule r WHERE r.active)
                    ORDER BY l.id""",
                tuple(self.ids) or (0,),
                tuple(accounts) or (0,),
                tuple(company._recovery_branches().ids),
                day,
            )
        )
        return dict(rows)

    def _limitation_sentence(self, near):
        """“Time-barred since 12 May 2026: INV/1. Time-barred after 31 December 2026, in
        39 days: INV/7 and 2 more”."""
        over = {line: near[line] for line in near if near[line].expired}
        ahead = {line: near[line] for line in near if line not in over}
        parts = [self._limitation_part(part) for part in (over, ahead) if part]
        return ". ".join(parts)

    def _limitation_part(self, near):
        item = min(near.values(), key=lambda item: item.date)
        names = self._limitation_names(near)
        day = self._format_day(item.date)
        if item.expired:
            return self.env._(
                "Time-barred since %(day)s: %(items)s", day=day, items=names
            )
        if item.suspended:
            return self.env._(
                "Limitation stands still, %(days)s days are left: %(items)s",
                days=item.days_left,
                items=names,
            )
        if not item.days_left:
            return self.env._("Time-barred after today: %(items)s", items=names)
        return self.env._(
            "Time-barred after %(day)s, in %(days)s days: %(items)s",
            day=day,
            days=item.days_left,
            items=names,
        )

    @api.model
    def _limitation_names(self, lines):
        """“INV/2023/0007, INV/2023/0009 and 2 more”."""
        lines = list(lines)
        names = ", ".join(line.move_name or line.name or "" for line in lines[:NAMES])
        if len(lines) > NAMES:
            return self.env._(
                "%(names)s and %(more)s more", names=names, more=len(lines) - NAMES
            )
        return names

    def _limitation_short(self, item):
        """“31 December 2026, 39 days left”."""
        day = self._format_day(item.date)
        if item.expired:
            return self.env._("%(day)s, time-barred", day=day)
        if item.suspended:
            return self.env._("stands still, %(days)s days left", days=item.days_left)
        return self.env._("%(day)s, %(days)s days left", day=day, days=item.days_left)

    def _schedule_limitation(self, users, day):
        """A task for each of these people that they do not have yet."""
        kind = "debt_recovery.mail_activity_type_limitation"
        open_tasks = self.activity_search([kind], only_automated=False)
        for user in users - open_tasks.user_id:
            self.activity_schedule(
                kind,
                date_deadline=self.company_id._recovery_today(),
                user_id=user.id,
                summary=self.env._(
                    "Time-barred after %(day)s", day=self._format_day(day)
                ),
                note=self.limitation_text or "",
            )

    # GATE

    def _gate_facts(self, day):
        """Adds ``expired``: ``{item: Limitation}`` of the items that are over."""
        facts = super()._gate_facts(day)
        for company, cases in self.grouped("company_id").items():
            old = cases._limitation_old_items(company)
            lines = self.env["account.move.line"].sudo().browse(old)
            for case in cases:
                facts[case]["expired"] = {}
            for line, item in lines._recovery_limitation().items():
                if item.expired:
                    facts[cases.browse(old[line.id])]["expired"][line] = item
        return facts

    def _gate_rules(self):
        return [*super()._gate_rules(), self._gate_limitation]

    def _gate_limitation(self, channel, person, automatic, facts):
        """No suit and no threat of one on a barred claim; nothing in writing claims
        what is extinguished. Whatever claims nothing is free."""
        firm = self._gate_step_kind(channel, facts.get("step"))
        expired = facts.get("expired") or {}
        claimed = facts.get("claimed")
        if claimed is not None:
            expired = {line: expired[line] for line in expired if line.id in claimed}
        stopped = {
            code: {line: item for line, item in expired.items() if stops(item)}
            for code, stops in (
                ("limitation_extinguished", lambda x: x.effect == "extinguished"),
                ("limitation_barred", lambda x: x.effect == "block"),
                ("limitation_warn", lambda x: x.effect == "warn"),
            )
        }
        against = [
            self._limitation_reason(code, items)
            for code, items in stopped.items()
            if items and self._limitation_stops(code, channel, firm, claimed)
        ]
        if against:
            return Verdict.refused(*against)
        mind = [
            self._limitation_reason(c, items) for c, items in stopped.items() if items
        ]
        return Verdict("allowed", warnings=tuple(mind))

    @api.model
    def _limitation_stops(self, code, channel, firm, claimed):
        if code == "limitation_extinguished":
            return bool(firm) or (channel in WRITTEN and claimed is not None)
        return code == "limitation_barred" and bool(firm)

    def _limitation_reason(self, code, items):
        return reason(
            code,
            date=min(item.date for item in items.values()),
            items=self._limitation_names(items),
        )

    # PRIORITY

    @api.model
    def _priority_columns(self, company, today):
        """The nearest end of what may be chased; what is over needs no hurry."""
        return super()._priority_columns(company, today) | {
            "limitation": SQL(
                """SELECT MIN(t.date_end)
                     FROM debt_recovery_limitation t
                     JOIN account_move_line l ON l.id = t.move_line_id
                     JOIN res_partner p ON p.id = l.partner_id
                    WHERE p.commercial_partner_id = c.partner_id
                      AND l.company_id IN %s AND t.date_end >= %s
                      AND l.reconciled IS NOT TRUE AND l.no_followup IS NOT TRUE""",
                tuple(company._recovery_branches().ids),
                today,
            )
        }

    @api.model
    def _prepare_priority_facts(self, row):
        end = row["limitation"]
        facts = super()._prepare_priority_facts(row)
        return facts | {"limitation": end, "limitation_of": end}

    # BUTTONS

    def action_limitation(self):
        """Items of this customer with their last day."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery.debt_recovery_receivable_action_limitation"
        )
        action["domain"] = [
            ("partner_id", "=", self.partner_id.id),
            ("root_company_id", "=", self.company_id.id),
            ("limitation_date", "!=", False),
        ]
        action["context"] = {}
        return action

    def action_limitation_event(self):
        """Write down an acknowledgement, or why the period stands still."""
        self.ensure_one()
        return self._screen_wizard(
            "debt.recovery.limitation.event",
            self.env._("Acknowledgement or Suspension"),
            case_id=self.id,
        )
