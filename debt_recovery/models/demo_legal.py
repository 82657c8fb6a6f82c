import base64
from datetime import timedelta

from odoo import api, models
from odoo.fields import Command

from ..demo.books import Books
from ..demo.debtors_legal import DEBTORS

DEMAND_AFTER = 40


class DebtRecoveryDemoLegal(models.AbstractModel):
    """Two customers before the court and one hand-over in preparation, so that the
    legal screens show something."""

    _name = "debt.recovery.demo.legal.mixin"
    _description = "Legal Part of the Demo Story"

    @api.model
    def _tell_legal(self, company):
        """What the lawyers did in the last months."""
        seen = self._last_mail()
        company.recovery_legal = True
        users = self._find_people(company)
        books = Books(self.env, company, company._recovery_today())
        books.open(DEBTORS)
        court = self._legal_partner("Knox County Chancery Court", "Knoxville")
        counsel = self._legal_partner("Harding & Cole, attorneys", "Knoxville")
        self._tell_hearing(company, users, books, court, counsel)
        self._tell_garnishment(company, users, books)
        self._tell_preparation(company, users)
        self._silence_mails(seen)

    @api.model
    def _legal_partner(self, name, city, **vals):
        return self.env["res.partner"].create(
            {
                "name": name,
                "city": city,
                "is_company": True,
                "country_id": self.env.ref("base.us").id,
                **vals,
            }
        )

    @api.model
    def _legal_env(self, company, user, ago):
        """The day so long ago, seen by a user of the story."""
        day = company._recovery_today() - timedelta(days=ago)
        context = {
            "recovery_today": str(day),
            "allowed_company_ids": company.ids,
            "tracking_disable": True,
        }
        return self.env(user=user.id, su=False, context=context)

    @api.model
    def _hand_over(self, company, users, partner, ago, **vals):
        """Demanded, checked and handed over; the legal case, seen by the liaison."""
        case = (
            self.env["debt.recovery.case"]
            .sudo()
            .create(
                {
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "user_id": users["officer"].id,
                }
            )
        )
        self._demand(case, ago + DEMAND_AFTER)
        env = self._legal_env(company, users["manager"], ago)
        handover = env["debt.recovery.handover"].create(
            {
                "case_id": case.id,
                "legal_user_id": users["legal"].id,
                "reason": "No answer to the demand, no payment.",
                **vals,
            }
        )
        handover.action_confirm_address()
        handover._check_ready()
        legal = handover.sudo()._carry_out()
        env = self._legal_env(company, users["legal"], ago)
        return legal.with_env(env)

    @api.model
    def _demand(self, case, ago):
        """The letter that asked for the last time."""
        step = self.env["debt.recovery.strategy.step"].search(
            [
                ("stage_id.code", "=", "demand"),
                ("strategy_id", "=", case.strategy_id.id),
            ],
            limit=1,
        )
        day = case.company_id._recovery_today() - timedelta(days=ago)
        action = (
            self.env["debt.recovery.action"]
            .sudo()
            .create(
                {
                    "case_id": case.id,
                    "partner_id": case.partner_id.id,
                    "company_id": case.company_id.id,
                    "step_id": step.id,
                    "cycle": case.cycle,
                    "channel_id": self.env.ref("debt_recovery.channel_letter").id,
                    "date_planned": day,
                    "subject": "Last demand",
                }
            )
        )
        action._set_done(date_done=f"{day} 10:00:00")

    @api.model
    def _legal_seen(self, legal, ago):
        company = legal.company_id.sudo().with_context(recovery_today=None)
        return legal.with_env(self._legal_env(company, legal.env.user, ago))

    @api.model
    def _tell_hearing(self, company, users, books, court, counsel):
        legal = self._hand_over(
            company,
            users,
            books.partners["blackwater"],
            95,
            counsel_id=counsel.id,
            cost_estimate=2600,
            success_percent=70,
        )
        legal.write({"court_id": court.id, "court_number": "2026-CV-0417"})
        told = (
            ("filing", 88, None),
            ("service", 61, "Served by the sheriff."),
            ("defence", 44, "Says the crusher jaws wore out too early."),
        )
        for kind, ago, result in told:
            seen = self._legal_seen(legal, ago)
            seen._record_event(kind, seen._today(), result)
        books.pay("blackwater", 1, 0.5, books.today - timedelta(days=30))
        now = self._legal_seen(legal, 0)
        now.env["debt.recovery.legal.event"].create(
            now._prepare_event_vals(
                "hearing", now._today() + timedelta(days=9), turn="court"
            )
        )
        statement = books.draw("Statement of claim", ["Demonstration document."])
        for note in ("First draft", "As filed"):
            now.env["debt.recovery.legal.document"].create(
                {
                    "legal_case_id": now.id,
                    "name": "Statement of claim",
                    "filename": "statement_of_claim.pdf",
                    "file": base64.b64encode(statement),
                    "note": note,
                }
            )
        now.cost_ids = [
            Command.create(
                {
                    "kind": "court",
                    "name": "Filing fee",
                    "partner_id": now.court_id.id,
                    "date": now.date_filed,
                    "estimate": 405,
                    "amount": 405,
                    "recoverable": True,
                }
            ),
            Command.create(
                {
                    "kind": "counsel",
                    "name": "Retainer",
                    "partner_id": now.counsel_id.id,
                    "date": now.date_handed,
                    "amount": 1200,
                }
            ),
        ]

    @api.model
    def _tell_garnishment(self, company, users, books):
        legal = self._hand_over(
            company,
            users,
            books.partners["mercer"],
            200,
            cost_estimate=900,
            success_percent=60,
        )
        told = (("filing", 190, None), ("service", 170, None))
        for kind, ago, result in told:
            seen = self._legal_seen(legal, ago)
            seen._record_event(kind, seen._today(), result)
        seen = self._legal_seen(legal, 120)
        seen._record_event("judgment", seen._today(), "By default, nobody appeared.")
        seen._set_judgment(
            {
                "judgment_date": seen._today(),
                "judgment_amount": seen.amount_claimed,
                "judgment_costs": 210,
                "title_valid_until": seen._today() + timedelta(days=1826),
            }
        )
        seen = self._legal_seen(legal, 85)
        seen._record_event("appeal_end", seen._today())
        seen = self._legal_seen(legal, 70)
        measure = seen.env["debt.recovery.enforcement"].create(
            {
                "legal_case_id": legal.id,
                "third_id": self._legal_partner("Gem City Foundry", "Dayton").id,
                "amount": seen._enforceable(),
                "earnings": 640,
                "pay_period": "weekly",
            }
        )
        measure.action_order()
        measure.action_run()
        for week, ago in (("Week 1", 42), ("Week 2", 35), ("Week 3", 7)):
            self._withhold(measure, books, week, ago)

    @api.model
    def _withhold(self, measure, books, week, ago):
        """The employer sends it on, the last one not yet."""
        day = books.today - timedelta(days=ago)
        receipt = measure.env["debt.recovery.enforcement.receipt"].create(
            {
                "enforcement_id": measure.id,
                "date": day,
                "reference": week,
                "amount": measure.wage_limit,
            }
        )
        if ago > 10:
            move = books.moves["mercer"][0]
            books.pay("mercer", 0, measure.wage_limit / move.amount_residual, day)
            payment = move.matched_payment_ids | self.env["account.payment"].search(
                [("partner_id", "=", move.partner_id.id)], order="id desc", limit=1
            )
            receipt.sudo().payment_id = payment[-1:]

    @api.model
    def _tell_preparation(self, company, users):
        """A case whose officer thinks of the court; something is missing."""
        partner = self.env["res.partner"].search(
            [("ref", "=", "C-IVORY")], order="id desc", limit=1
        )
        case = self.env["debt.recovery.case"].search(
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", company.id),
                ("state", "=", "open"),
            ]
        )
        if case:
            env = self._legal_env(company, users["officer"], 0)
            handover = env["debt.recovery.handover"].create(
                {"case_id": case.id, "reason": "The credit line stays frozen."}
            )
            handover._refresh_checks()
