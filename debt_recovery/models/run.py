import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

#: First key of the advisory lock; the second is the root company.
LOCK_SPACE = 0x0DEB7


class DebtRecoveryRun(models.Model):
    """One execution of the engine for one root company: what it looked at, did, left
    alone and why, per customer. Phases are resumable: every case whose work is
    recorded in this run is done, so a killed run goes on where it stopped."""

    _name = "debt.recovery.run"
    _description = "Recovery Run"
    _inherit = [
        "debt.recovery.run.placement.mixin",
        "debt.recovery.run.creditor.mixin",
        "debt.recovery.run.limitation.mixin",
        "debt.recovery.run.loop.mixin",
        "debt.recovery.run.legal.mixin",
        "debt.recovery.run.disputes.mixin",
        "debt.recovery.run.judge.mixin",
        "debt.recovery.run.cases.mixin",
        "debt.recovery.run.brakes.mixin",
        "debt.recovery.run.facts.mixin",
        "debt.recovery.run.carry.mixin",
        "debt.recovery.run.decide.mixin",
        "debt.recovery.run.shadow.mixin",
        "debt.recovery.run.imagine.mixin",
        "debt.recovery.run.release.mixin",
        "debt.recovery.run.escalate.mixin",
        "debt.recovery.run.hour.mixin",
        "debt.recovery.run.score.mixin",
        "debt.recovery.run.weekly.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "debt.recovery.run.approvals.mixin",
        "debt.recovery.run.hardship.mixin",
    ]
    _order = "date desc, id desc"

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one("res.company", required=True, index=True)
    date = fields.Date("Reference Day", required=True, index=True)
    kind = fields.Selection(
        [("real", "Real"), ("simulation", "Simulation")], required=True, default="real"
    )
    state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("failed", "Failed")],
        required=True,
        default="running",
        readonly=True,
    )
    phase = fields.Char(readonly=True, help="Phase that is worked on or was last.")
    date_started = fields.Datetime(default=fields.Datetime.now, readonly=True)
    date_finished = fields.Datetime(readonly=True)
    drift_count = fields.Integer(
        "Drift",
        readonly=True,
        help="Cases whose stored figures of the day differed from the ledger.",
    )
    warning = fields.Char(readonly=True)
    line_ids = fields.One2many("debt.recovery.run.line", "run_id", "Customers")
    act_count = fields.Integer("Acted", compute="_compute_counts")
    wait_count = fields.Integer("Not Acted", compute="_compute_counts")
    shadow_count = fields.Integer("Would Act", compute="_compute_counts")
    failed_count = fields.Integer("Failed", compute="_compute_counts")

    _running_idx = models.Index("(company_id, date) WHERE state = 'running'")

    @api.depends("date", "company_id", "kind")
    def _compute_name(self):
        for run in self:
            run.name = f"{run.company_id.name} {run.date or ''}".strip()

    @api.depends("line_ids.outcome")
    def _compute_counts(self):
        groups = self.env["debt.recovery.run.line"]._read_group(
            [
                ("run_id", "in", self.ids),
                "|",
                ("phase", "=", "decide"),
                ("outcome", "=", "failed"),
            ],
            ["run_id", "outcome"],
            ["__count"],
        )
        counts = {(run.id, outcome): count for run, outcome, count in groups}
        for run in self:
            run.act_count = counts.get((run.id, "act"), 0)
            run.shadow_count = counts.get((run.id, "shadow"), 0)
            run.failed_count = counts.get((run.id, "failed"), 0)
            run.wait_count = sum(
                counts.get((run.id, outcome), 0) for outcome in ("wait", "stop", "idle")
            )

    # ENTRY POINTS

    @api.model
    def _cron_daily_run(self):
        """Scheduled action: one run per root company that has receivables."""
        for company in self._find_companies():
            if self._lock_company(company):
                self._run_locked(company)

    def _run_locked(self, company):
        run = self._start(company)
        self.env["ir.cron"]._commit_progress()
        try:
            run._execute(commit=True)
        except Exception as error:
            self.env.cr.rollback()
            run.write({"state": "failed", "warning": str(error)[:500]})
            self.env["ir.cron"]._commit_progress()
            raise
        finally:
            self._unlock_company(company)

    @api.model
    def _lock_company(self, company):
        """One process works on a company; a second finds it busy and leaves. The lock
        belongs to the database session: commits keep it, a killed process drops it."""
        rows = self.env.execute_query(
            SQL("SELECT pg_try_advisory_lock(%s, %s)", LOCK_SPACE, company.id)
        )
        if not rows[0][0]:
            _logger.info("Another process runs the recovery of %s", company.name)
        return rows[0][0]

    @api.model
    def _unlock_company(self, company):
        self.env.execute_query(
            SQL("SELECT pg_advisory_unlock(%s, %s)", LOCK_SPACE, company.id)
        )

    @api.model
    def _find_companies(self):
        companies = self.env["res.company"].sudo().search([("parent_id", "=", False)])
        return companies.filtered("chart_template")

    @api.model
    def _start(self, company, kind="real"):
        """The running run of today, to be finished, or a new one."""
        today = company.with_env(self.env)._recovery_today()
        run = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("date", "=", today),
                ("kind", "=", kind),
                ("state", "=", "running"),
            ],
            limit=1,
        )
        return run or self.sudo().with_context(tracking_disable=True).create(
            {"company_id": company.id, "date": today, "kind": kind}
        )

    def _execute(self, commit=False):
        """Work through the phases.

        :param commit: commit after every batch (scheduled action); tests and dialogs
            keep one transaction
        :return: whether all is done
        """
        self.ensure_one()
        run = self._in_company().with_context(recovery_commit=commit)
        run._note_warnings()
        if run.state == "failed":
            return True
        run._note_brakes()
        run._checkpoint()
        for phase in run._phases_left():
            if not run._try_phase(phase):
                return False
        run.write({"state": "done", "date_finished": fields.Datetime.now()})
        run._checkpoint(remaining=0)
        return True

    def _phases_left(self):
        """A resumed run goes on with the phase it was in."""
        phases = self._run_phases()
        return phases[phases.index(self.phase) if self.phase in phases else 0 :]

    def _in_company(self):
        """The engine works as the system, inside the companies of the tree."""
        self.ensure_one()
        companies = self.company_id._recovery_branches()
        allowed = [self.company_id.id, *(companies - self.company_id).ids]
        return (
            self.sudo()
            .with_company(self.company_id)
            .with_context(
                allowed_company_ids=allowed,
                recovery_today=self.date,
                tracking_disable=True,
                lang=self.env.user.lang or "en_US",
            )
        )

    @api.model
    def _run_phases(self):
        """Seam: phase names in order; ``_phase_<name>`` returns False to stop."""
        if self.kind == "simulation":
            return ["imagine"]
        phases = [
            "judge",
            "refresh",
            "open",
            "close",
            "limitation",
            "decide",
            "release",
        ]
        return [*phases, "follow_up", "approvals", "hardship", "score", "weekly"]

    def _note_warnings(self):
        if not self.company_id.recovery_money_unit:
            self.write(
                {
                    "state": "failed",
                    "date_finished": fields.Datetime.now(),
                    "warning": self.env._(
                        "The money unit is unknown, so no minimum can be judged. Enter "
                        "it in Settings, Debt Recovery, and run again."
                    ),
                }
            )
            return
        notes = [note for note in self._collect_notes() if note]
        if notes and not self.warning:
            self.warning = " ".join(notes)

    def _collect_notes(self):
        """Seam: what whoever opens the run should know before anything else."""
        company = self.company_id
        channel = self.env["debt.recovery.channel.email"]
        return [
            not channel._has_reply_alias(company) and channel._no_alias_sentence(),
            company._recovery_release_warning(),
        ]

    def action_open_lines(self):
        """Customers of this run with their reasons."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery.debt_recovery_run_line_action"
        )
        return action | {"domain": [("run_id", "=", self.id)]}

    def action_run_now(self):
        """Run the daily job at once, as the scheduler would."""
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise UserError(self.env._("Only a recovery manager can start the run."))
        cron = self.env.ref("debt_recovery.ir_cron_daily_run").sudo()
        cron.method_direct_trigger()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery.debt_recovery_run_action"
        )
        return action | {"target": "main"}

    @api.autovacuum
    def _gc_runs(self):
        """Lines without an act are explanations of the day; keep them a quarter."""
        limit = fields.Date.subtract(self.env.company._recovery_today(), days=90)
        rows = self.env.execute_query(
            SQL(
                """DELETE FROM debt_recovery_run_line x USING debt_recovery_run r
                    WHERE r.id = x.run_id AND r.date < %s
                      AND x.outcome IN ('wait', 'stop', 'idle', 'shadow')
                RETURNING x.id""",
                limit,
            )
        )
        return len(rows), 0
