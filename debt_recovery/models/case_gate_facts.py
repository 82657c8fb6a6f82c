from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.tools import SQL

from ..tools.contact_rules import Consent, Contact, Debtor, Flag, Notice

#: Outcome of a call or visit → what it is to the counters; else its group tells.
RESULTS = {
    "no_answer": "no_answer",
    "visit_nobody": "no_answer",
    "message": "voicemail",
    "wrong": "wrong_number",
    "third": "third_party",
    "new_contact": "third_party",
}
#: Hold type → the state of the debtor it stands for.
HOLD_KINDS = {
    "cease": "cease",
    "lawyer": "attorney",
    "insolvency": "insolvency",
    "moratorium": "moratorium",
    "deceased": "deceased",
    "vulnerable": "vulnerable",
    "fraud": "fraud",
}
#: So far back the log is read at least; longer where a rule counts further.
LOG_DAYS = 31


class DebtRecoveryCaseGateFacts(models.AbstractModel):
    """What the contact rules ask about, read once for a batch of cases: a number of
    queries that does not grow with it. Without rules nothing is read but the holds."""

    _name = "debt.recovery.case.gate.facts.mixin"
    _description = "Facts of the Contact Gate"
    _inherit = ["debt.recovery.case.gate.debts.mixin"]

    def _gate_facts(self, day):
        """What the rules need, read once for a batch: ``{case: {"day", "holds",
        "rules", "log", "debtor"}}``."""
        facts = {
            case: {"day": day, "holds": holds}
            for case, holds in self._gate_hold_facts(day).items()
        }
        for company, cases in self.grouped("company_id").items():
            rules = company._recovery_contact_rules()
            if rules:
                holds = {case: facts[case]["holds"] for case in cases}
                for case, found in cases._gate_rule_facts(rules, day, holds).items():
                    facts[case] |= found
                cases._gate_add_debts(facts, rules, day)
        return facts

    def _gate_hold_facts(self, day):
        """Holds that run on that day: ``{case: holds}``."""
        holds = self.env["debt.recovery.hold"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", [False, *self.company_id.ids]),
                *self.env["debt.recovery.hold"]._valid_domain(day),
            ]
        )
        by_partner = holds.grouped("partner_id")
        return {
            case: by_partner.get(case.partner_id, holds.browse()).filtered(
                lambda hold, case=case: (
                    hold.company_id in (hold.company_id.browse(), case.company_id)
                )
            )
            for case in self
        }

    def _gate_rule_facts(self, rules, day, holds):
        """Rules, log and debtor of each case of one company."""
        company = self.company_id
        log = self._gate_log(rules, day)
        wishes = self._gate_wishes(day)
        consents = self._gate_callbacks()
        notices = self._gate_notices(rules)
        broken = self._gate_broken(rules)
        holidays = frozenset(company._recovery_holidays(day, day + timedelta(days=30)))
        calendar = company._recovery_calendar(
            day - timedelta(days=60), day + timedelta(days=60)
        )
        dialling = company._recovery_dialling_codes()
        rules_by_case = self._gate_rules_by_case(rules)
        facts = {}
        for case in self:
            plain, licences = rules_by_case[case]
            wish = wishes.get(case.partner_id.id, {})
            debtor = Debtor(
                zones=case._gate_zones(dialling),
                holidays=holidays,
                calendar=calendar,
                flags=case._gate_flags(holds[case]),
                notices=tuple(notices[case.id]),
                broken_promise=broken.get(case.id),
                licences=licences,
                **wish | {"consents": (*wish.get("consents", ()), *consents[case.id])},
            )
            facts[case] = {
                "rules": plain,
                "log": log[case.partner_id.id],
                "debtor": debtor,
            }
        return facts

    # MOMENT

    def _gate_day(self, when):
        if isinstance(when, datetime):
            return when.replace(tzinfo=UTC).astimezone(self._gate_zone()).date()
        return when or self.company_id._recovery_today()

    def _gate_moment(self, when=None):
        """The moment asked about: now, on the day that tests and replays live in."""
        if isinstance(when, datetime):
            return when.replace(tzinfo=UTC)
        now = fields.Datetime.now().replace(tzinfo=UTC).astimezone(self._gate_zone())
        day: date = self._gate_day(when)
        return datetime.combine(day, now.time(), now.tzinfo).astimezone(UTC)

    def _gate_zone(self):
        return ZoneInfo(self.company_id._recovery_zone().zone)

    # DEBTOR

    def _gate_zones(self, dialling):
        """Plausible time zones, those that always show the same hour once; the
        company's where nothing is known."""
        names = self.partner_id._recovery_zone_names(dialling)
        names = names or [self.company_id._recovery_zone().zone]
        year = self.company_id._recovery_today().year
        seasons = [datetime(year, month, 1, tzinfo=UTC) for month in (1, 7)]
        zones = {}
        for name in names:
            zone = ZoneInfo(name)
            hours = tuple(day.astimezone(zone).utcoffset() for day in seasons)
            zones.setdefault(hours, zone)
        return tuple(zones.values())

    def _gate_flags(self, holds):
        return tuple(
            Flag(
                kind=HOLD_KINDS[hold.type_id.code],
                start=hold.date_from,
                end=hold.date_to or None,
                label=hold.representative_id.name or hold.type_id.name,
                instead=frozenset(hold.representative_id.ids),
            )
            for hold in holds
            if hold.type_id.code in HOLD_KINDS and hold.scope in ("partner", "case")
        )

    def _gate_wishes(self, day):
        """What the debtors said about being contacted: ``{partner id: facts}``."""
        wishes = self.env["debt.recovery.contact.preference"].sudo()
        found = wishes.search(
            [
                ("partner_id.commercial_partner_id", "in", self.partner_id.ids),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ]
        )
        channels = self.env["debt.recovery.channel"].search(
            [("code", "!=", "activity")]
        )
        everywhere = channels.mapped("code")
        return {
            partner.id: rows._to_facts(everywhere)
            for partner, rows in found.grouped(
                lambda wish: wish.partner_id.commercial_partner_id
            ).items()
        }

    def _gate_callbacks(self):
        """Callbacks agreed with the debtor are wanted contacts: ``{case id: …}``."""
        consents = defaultdict(list)
        activities = self.env["mail.activity"].sudo()
        if "recovery_hour" not in activities._fields:
            return consents
        found = activities.search(
            [
                ("res_model", "=", "debt.recovery.case"),
                ("res_id", "in", self.ids),
                ("recovery_hour", "!=", False),
            ]
        )
        for task in found:
            consents[task.res_id].append(
                Consent(
                    given=task.create_date.replace(tzinfo=UTC),
                    start=task.recovery_hour.replace(tzinfo=UTC),
                    channels=frozenset({"phone"}),
                )
            )
        return consents

    # LOG

    def _gate_log(self, rules, day):
        """Contacts of the last weeks, as far back as a rule counts."""
        reach = max([LOG_DAYS, *(rule.days + 1 for rule in rules)])
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT a.partner_id, a.case_id, a.date_done, a.direction,
                          ch.code AS channel,
                          ch.is_message AND a.mode <> 'task' AS sent,
                          o.code AS outcome, o."group" AS kind, o.is_rpc,
                          ARRAY(SELECT x.move_line_id FROM debt_recovery_action_line x
                                 WHERE x.action_id = a.id
                                   AND x.move_line_id IS NOT NULL) AS debts
                     FROM debt_recovery_action a
                     JOIN debt_recovery_channel ch ON ch.id = a.channel_id
                     LEFT JOIN debt_recovery_outcome o ON o.id = a.outcome_id
                    WHERE a.partner_id IN %s AND a.company_id = %s
                      AND a.state = 'done' AND a.correction_of_id IS NULL
                      AND ch.code <> 'activity' AND a.date_done >= %s
                    ORDER BY a.date_done""",
                tuple(self.partner_id.ids) or (0,),
                self.company_id.id,
                day - timedelta(days=reach),
            )
        )
        log = defaultdict(list)
        for row in rows:
            log[row["partner_id"]].append(self._gate_contact(row))
        return log

    def _gate_contact(self, row):
        return Contact(
            moment=row["date_done"].replace(tzinfo=UTC),
            channel=row["channel"],
            result=self._gate_result(row),
            inbound=row["direction"] == "in",
            case=row["case_id"],
            debts=frozenset(row["debts"]),
        )

    def _gate_result(self, row):
        """What a row of the log is to the counters."""
        if row["sent"] and row["direction"] == "out":
            return "sent"
        if row["outcome"] in RESULTS:
            return RESULTS[row["outcome"]]
        if row["kind"] == "no_contact" or (not row["kind"] and not row["sent"]):
            return "no_answer"
        if row["kind"] in ("stop", "other") and not row["is_rpc"]:
            return "third_party"
        return "conversation"

    def _gate_notices(self, rules):
        """Notices that left: ``{case id: [Notice]}``. A cycle has its own notice only
        where the rule's step is sent again."""
        notices = defaultdict(list)
        steps = rules.notice_step_id
        if not steps:
            return notices
        sent = self.env["debt.recovery.action"].search(
            [
                ("case_id", "in", self.ids),
                ("step_id", "in", steps.ids),
                ("state", "=", "done"),
            ]
        )
        zone = self._gate_zone()
        for action in sent:
            moment = action.date_done.replace(tzinfo=UTC).astimezone(zone)
            came = action.outcome_id.code == "visit_served" and moment.date()
            notices[action.case_id.id].append(
                Notice(
                    code=action.step_id.code,
                    sent=moment.date(),
                    delivered=came or None,
                    electronic=action.channel in ("email", "sms"),
                )
            )
        return notices
