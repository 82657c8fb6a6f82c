from odoo import api, fields, models
from odoo.exceptions import UserError

LIVE_MODES = [
    ("today", "Start from today"),
    ("catch_up", "Catch up one level"),
    ("manual", "Everything asks first"),
]


class DebtRecoveryStrategyLive(models.Model):
    """From when a strategy really acts in a company, who decided that, and how it
    began. A row that ended stays: it answers who let the letters go, and who stopped
    them."""

    _name = "debt.recovery.strategy.live"
    _description = "Live Strategy"
    _order = "id desc"
    _rec_name = "strategy_id"

    strategy_id = fields.Many2one(
        "debt.recovery.strategy", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    mode = fields.Selection(
        LIVE_MODES,
        "Beginning",
        required=True,
        help="Start from today: what fell due before never drives a step. Catch up: "
        "each customer takes the next step of the ladder. Everything asks first: "
        "automatic messages wait for review.",
    )
    date = fields.Date("Live Since", required=True)
    user_id = fields.Many2one("res.users", "By", required=True, ondelete="restrict")
    date_end = fields.Date("Back in Shadow")
    end_user_id = fields.Many2one("res.users", "Stopped By", ondelete="restrict")

    _one_live = models.UniqueIndex(
        "(strategy_id, company_id) WHERE date_end IS NULL",
        "This strategy is live in this company already.",
    )

    def _end_live(self):
        """Close the period with the day and the person."""
        for live in self:
            day = live.company_id._recovery_today()
            live.write({"date_end": day, "end_user_id": self.env.uid})
        self.flush_recordset()


class DebtRecoveryStrategyState(models.AbstractModel):
    """Shadow or live. A strategy decides and explains from the first day; it acts only
    after a manager pressed *Go live*, and each company decides that for itself."""

    _name = "debt.recovery.strategy.state.mixin"
    _description = "Shadow Mode of a Strategy"

    live_ids = fields.One2many(
        "debt.recovery.strategy.live", "strategy_id", "Live Periods", copy=False
    )
    state = fields.Selection(
        [("shadow", "Shadow"), ("live", "Live")],
        compute="_compute_state",
        search="_search_state",
        compute_sudo=True,
        help="In shadow the run decides and explains, but nothing leaves.",
    )
    live_mode = fields.Selection(
        LIVE_MODES, "Beginning", compute="_compute_state", compute_sudo=True
    )
    live_date = fields.Date("Live Since", compute="_compute_state", compute_sudo=True)

    @api.depends("live_ids.date_end", "live_ids.company_id", "live_ids.mode")
    @api.depends_context("company", "recovery_assume_live")
    def _compute_state(self):
        """A simulation may assume what is not decided yet: the context carries
        ``(mode, date, strategy ids)``."""
        root = self.env.company._recovery_root()
        mode, day, assumed = self.env.context.get("recovery_assume_live") or ("", 0, ())
        found = {live.strategy_id.id: live for live in self._find_live(root)}
        for strategy in self:
            live = found.get(strategy._origin.id)
            strategy.state = "live" if live else "shadow"
            strategy.live_mode = live.mode if live else False
            strategy.live_date = live.date if live else False
            if strategy._origin.id in assumed:
                strategy.state = "live"
                strategy.live_mode = mode
                strategy.live_date = day

    def _find_live(self, root):
        return self.env["debt.recovery.strategy.live"].search(
            [
                ("strategy_id", "in", self._origin.ids),
                ("company_id", "=", root.id),
                ("date_end", "=", False),
            ]
        )

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        root = self.env.company._recovery_root()
        rows = self.env["debt.recovery.strategy.live"].sudo()
        live = rows.search([("company_id", "=", root.id), ("date_end", "=", False)])
        if set(value) >= {"live", "shadow"}:
            return []
        if "live" in value:
            return [("id", "in", live.strategy_id.ids)]
        return [("id", "not in", live.strategy_id.ids)]

    # PRIVATE API: the checks are the door's, see the go-live page

    def _go_live(self, company, mode="catch_up", day=None):
        """From now on the run acts for these strategies in this company.

        :param mode: one of ``LIVE_MODES``
        :return: the live periods
        """
        root = company._recovery_root()
        lives = self.env["debt.recovery.strategy.live"].sudo()
        self.sudo()._find_live(root)._end_live()
        lives = lives.create(
            [
                {
                    "strategy_id": strategy.id,
                    "company_id": root.id,
                    "mode": mode,
                    "date": day or root._recovery_today(),
                    "user_id": self.env.uid,
                }
                for strategy in self
            ]
        )
        return lives

    def _back_to_shadow(self, company):
        """Stop acting: what the engine had planned does not leave any more."""
        root = company._recovery_root()
        self.sudo()._find_live(root)._end_live()
        planned = self.env["debt.recovery.action"].search(
            [
                ("company_id", "=", root.id),
                ("strategy_id", "in", self.ids),
                ("origin", "in", ("engine", "event")),
                ("state", "in", ("planned", "approved")),
            ]
        )
        planned._cancel(self.env._("The strategy went back into shadow mode."))

    def _is_live(self, company):
        """May the engine act on a case of this strategy? A case without one follows
        the company: events beside the ladder are nobody's before the first go-live."""
        strategy = self.with_company(company)
        if strategy:
            return strategy.state == "live"
        rows = self.env["debt.recovery.strategy.live"].sudo()
        root = company._recovery_root()
        domain = [("company_id", "=", root.id), ("date_end", "=", False)]
        return bool(rows.search_count(domain, limit=1))

    # BUTTONS

    def action_go_live(self):
        """The page that checks everything first."""
        return self.env["debt.recovery.go.live"].action_open(self)

    def action_back_to_shadow(self):
        """Nothing of these strategies leaves any more."""
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise UserError(
                self.env._("Only a recovery manager can put a strategy into shadow.")
            )
        self._back_to_shadow(self.env.company)
        return True
