from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.strategy_live import LIVE_MODES

#: Settings of the company a manager completes here, without rights on companies.
SETTINGS = (
    "recovery_sender_email",
    "recovery_user_id",
    "recovery_escalate_user_id",
    "recovery_jurisdiction",
    "recovery_test_recipient_id",
    "recovery_capacity",
)


class DebtRecoveryGoLive(models.TransientModel):
    """The page before the first letter: what is ready, what each beginning would send
    today, and the button that lets the engine act."""

    _name = "debt.recovery.go.live"
    _description = "Go Live"
    _inherit = ["debt.recovery.go.live.check.mixin"]

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    strategy_ids = fields.Many2many(
        "debt.recovery.strategy",
        "debt_recovery_go_live_strategy_rel",
        string="Strategies",
        domain="[('company_id', 'in', [False, company_id]), ('step_ids', '!=', False)]",
    )
    mode = fields.Selection(LIVE_MODES, "Beginning", required=True, default="today")
    check_ids = fields.One2many("debt.recovery.go.live.check", "wizard_id", "Checklist")
    way_ids = fields.One2many("debt.recovery.go.live.way", "wizard_id", "Beginnings")
    recovery_sender_email = fields.Char("Sender Address")
    recovery_user_id = fields.Many2one("res.users", "Default Officer")
    recovery_escalate_user_id = fields.Many2one("res.users", "Manager for Escalations")
    recovery_jurisdiction = fields.Char("Rules Followed")
    recovery_test_recipient_id = fields.Many2one("res.users", "All Messages to Me")
    recovery_capacity = fields.Integer("Tasks per Officer and Day")

    @api.depends("company_id")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Go Live")

    # OPENING

    @api.model
    def action_open(self, strategies=None):
        """A fresh page for the company one works in."""
        self._check_manager()
        company = self.env.company._recovery_root()
        wizard = self.create(self._prepare_page(company, strategies))
        wizard._refresh_page()
        return wizard._reopen()

    @api.model
    def _prepare_page(self, company, strategies=None):
        model = self.env["debt.recovery.strategy"].with_company(company)
        known = model.search(model._company_strategies_domain(company))
        known = known.filtered(lambda strategy: strategy.step_ids)
        chosen = strategies or known.filtered(lambda s: s.state == "shadow")
        values = {name: company.sudo()[name] for name in SETTINGS}
        return {
            "company_id": company.id,
            "strategy_ids": [(6, 0, chosen.ids)],
            **{k: getattr(v, "id", v) for k, v in values.items()},
        }

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Go Live"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
        }

    @api.model
    def _check_manager(self):
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise UserError(
                self.env._("Only a recovery manager can let a strategy go live.")
            )

    # SETTINGS

    def _save_settings(self):
        """What was filled in on the page belongs to the company."""
        for wizard in self:
            company = wizard.company_id.sudo()
            values = {
                name: getattr(wizard[name], "id", wizard[name])
                for name in SETTINGS
                if wizard[name] != company[name]
            }
            if values:
                company.write(values)

    def _refresh_page(self):
        for wizard in self:
            wizard.check_ids.unlink()
            wizard.way_ids.unlink()
            wizard.write(
                {
                    "check_ids": [(0, 0, vals) for vals in wizard._prepare_checks()],
                    "way_ids": [(0, 0, vals) for vals in wizard._prepare_ways()],
                }
            )

    # WAYS TO BEGIN

    def _prepare_ways(self):
        """What each beginning would do today, by simulation."""
        self.ensure_one()
        if not self.company_id.recovery_money_unit:
            return []
        return [{"mode": mode, **self._count_way(mode)} for mode, _label in LIVE_MODES]

    def _count_way(self, mode):
        """Decisions of today, were the chosen strategies live in this way."""
        company = self.company_id
        day = company._recovery_today()
        runs = self.env["debt.recovery.run"]
        run = runs._imagine_run(company, day, mode, self.strategy_ids)
        counts = dict.fromkeys(("messages", "reviews", "tasks", "left_alone"), 0)
        kinds = {"auto": "messages", "review": "reviews", "task": "tasks"}
        for case, decision in run._imagine_decisions().items():
            if case.strategy_id.id not in self.strategy_ids.ids:
                continue
            if decision.outcome == "act":
                counts[kinds[decision.mode]] += 1
            elif decision.reasons[0].code == "before_live":
                counts["left_alone"] += 1
        return counts

    # BUTTONS

    def action_check(self):
        """Keep what was filled in and look again."""
        self.ensure_one()
        self._check_manager()
        self._save_settings()
        self._refresh_page()
        return self._reopen()

    def action_go_live(self):
        """Let the chosen strategies act from now on."""
        self.ensure_one()
        self._check_manager()
        self._save_settings()
        self._check_ready()
        strategies = self.strategy_ids.with_company(self.company_id)
        strategies._go_live(self.company_id, self.mode)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s strategies are live; the next run acts.",
                    count=len(strategies),
                ),
                "next": self.env["ir.actions.act_window"]._for_xml_id(
                    "debt_recovery.debt_recovery_strategy_action"
                ),
            },
        }

    def _check_ready(self):
        """What must not be missing, each in one sentence."""
        if not self.strategy_ids:
            raise UserError(self.env._("Choose the strategies that shall go live."))
        company = self.company_id.sudo()
        if not company.recovery_sender_email and not company.alias_domain_id:
            raise UserError(
                self.env._(
                    "Nobody could answer the messages: enter a sender address, or let "
                    "an administrator set the alias domain of %(company)s.",
                    company=company.name,
                )
            )
        for vals in self._prepare_checks():
            if vals["level"] == "stop":
                raise UserError(vals["text"])


class DebtRecoveryGoLiveWay(models.TransientModel):
    """One way to begin, with what it would do today."""

    _name = "debt.recovery.go.live.way"
    _description = "Beginning of a Live Strategy"

    wizard_id = fields.Many2one(
        "debt.recovery.go.live", required=True, ondelete="cascade"
    )
    mode = fields.Selection(LIVE_MODES, "Beginning", required=True)
    messages = fields.Integer("Messages Today")
    reviews = fields.Integer("Wait for Review")
    tasks = fields.Integer()
    left_alone = fields.Integer("Worked by Hand")
