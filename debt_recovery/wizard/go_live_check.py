from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import config

LEVELS = [("ok", "Ready"), ("warn", "Check"), ("stop", "Missing")]


class DebtRecoveryGoLiveCheckMixin(models.AbstractModel):
    """The checklist. Every row says what is so, and what to do about it.

    Each method returns ``(level, sentence)``; integrators add a row by extending
    ``_checks``.
    """

    _name = "debt.recovery.go.live.check.mixin"
    _description = "Checks before Going Live"

    def _checks(self):
        """Seam: ``(code, label, action)`` of each row; ``_check_<code>`` judges it."""
        return [
            ("unit", self.env._("Money unit"), "settings"),
            ("alias", self.env._("Answers"), "settings"),
            ("sender", self.env._("Sender address"), None),
            ("strategy", self.env._("Strategy"), "strategies"),
            ("officer", self.env._("Officers"), None),
            ("escalation", self.env._("Escalations"), None),
            ("approvers", self.env._("Who approves"), None),
            ("calendar", self.env._("Working days"), "calendars"),
            ("rules", self.env._("Rules followed"), None),
            ("followup", self.env._("Other follow-up"), "crons"),
            ("job", self.env._("Daily job"), "crons"),
            ("server", self.env._("Mail server"), "servers"),
            ("pdf", self.env._("PDF documents"), None),
        ]

    def _prepare_checks(self):
        """Values of the rows, judged now."""
        self.ensure_one()
        rows = []
        for sequence, (code, label, action) in enumerate(self._checks()):
            level, text = getattr(self, f"_check_{code}")(self.company_id.sudo())
            may = level != "ok" and action and self._may_mend(action)
            rows.append(
                {
                    "sequence": sequence,
                    "name": label,
                    "level": level,
                    "text": text,
                    "action": action if may else False,
                }
            )
        return rows

    @api.model
    def _mending_actions(self):
        """Where a row is put right, and the right one needs for it."""
        system = "base.group_system"
        return {
            "settings": ("debt_recovery.debt_recovery_settings_action", system),
            "strategies": (
                "debt_recovery.debt_recovery_strategy_action",
                "debt_recovery.group_manager",
            ),
            "calendars": ("resource.action_resource_calendar_form", system),
            "crons": ("base.ir_cron_act", system),
            "servers": ("base.action_ir_mail_server_list", system),
        }

    @api.model
    def _may_mend(self, action):
        return self.env.user.has_group(self._mending_actions()[action][1])

    # ROWS

    def _check_unit(self, company):
        if company.recovery_money_unit:
            return "ok", self.env._(
                "One unit is %(amount)s; every minimum is a multiple of it.",
                amount=company.currency_id.format(company.recovery_money_unit),
            )
        return "stop", self.env._(
            "The money unit of %(company)s is unknown: an administrator enters it in "
            "the settings.",
            company=company.name,
        )

    def _check_alias(self, company):
        if company.catchall_email:
            return "ok", self.env._(
                "Answers to %(mail)s appear on the case.", mail=company.catchall_email
            )
        return "warn", self.env._(
            "There is no alias domain: answers go to the sender's mailbox and not onto "
            "the case. An administrator sets it in the general settings."
        )

    def _check_sender(self, company):
        if company.recovery_sender_email:
            return "ok", company.recovery_sender_email
        if company.catchall_email:
            return "warn", self.env._(
                "Messages leave from the officer's own address; enter one address for "
                "all below."
            )
        return "stop", self.env._(
            "There is no sender address and no alias domain, so nobody could answer: "
            "enter a sender address."
        )

    def _check_strategy(self, company):
        strategies = self.env["debt.recovery.strategy"].with_company(company)
        known = strategies.search(strategies._company_strategies_domain(company))
        default = known.filtered("is_default")[:1]
        if not default.step_ids:
            return "stop", self.env._(
                "No default strategy with steps: choose one, or customers without a "
                "rule are left alone."
            )
        return "ok", self.env._(
            "%(strategy)s is the default, with %(steps)s steps.",
            strategy=default.name,
            steps=default.step_count,
        )

    def _check_officer(self, company):
        if company.recovery_user_id.active:
            return "ok", self.env._(
                "New cases go to %(user)s.", user=company.recovery_user_id.name
            )
        return "warn", self.env._(
            "New cases belong to nobody: choose the officer who gets them below."
        )

    def _check_escalation(self, company):
        if company.recovery_escalate_user_id.active:
            return "ok", self.env._(
                "Work left undone goes to %(user)s.",
                user=company.recovery_escalate_user_id.name,
            )
        return "warn", self.env._(
            "Nobody hears of work left undone: choose the manager below."
        )

    def _check_approvers(self, company):
        """By the rules of the Approvals room: limits decide who is asked."""
        approvals = self.env["debt.recovery.approval"]
        managers = approvals._managers(company)
        if not managers:
            return "stop", self.env._(
                "Nobody may approve anything: an administrator makes somebody a "
                "recovery manager."
            )
        final = approvals._final_approver(company) or managers
        names = ", ".join(final.mapped("name"))
        if len(managers) == 1:
            return "ok", self.env._(
                "%(names)s decides alone; own requests are logged as self-approved.",
                names=names,
            )
        return "ok", self.env._("The last word has: %(names)s.", names=names)

    def _check_calendar(self, company):
        calendar = company.resource_calendar_id
        if calendar.attendance_ids:
            return "ok", calendar.name
        return "warn", self.env._(
            "%(company)s has no working days: Monday to Friday is assumed.",
            company=company.name,
        )

    def _check_rules(self, company):
        packs = company.recovery_pack_ids.filtered("active")
        if company.recovery_jurisdiction or packs:
            names = [company.recovery_jurisdiction, *packs.mapped("name")]
            return "ok", ", ".join(filter(None, names))
        return "warn", self.env._(
            "Nobody noted whose rules the messages follow: name your house policy or "
            "the law below."
        )

    def _check_followup(self, company):
        crons = self._find_followup_crons()
        if crons.filtered("active"):
            return "stop", self.env._(
                "The follow-up of Odoo Enterprise is active and would write to the "
                "same customers: an administrator switches off its scheduled action "
                "“%(name)s” first.",
                name=crons.filtered("active")[0].name,
            )
        return "ok", self.env._("No other module writes to overdue customers.")

    @api.model
    def _find_followup_crons(self):
        """Scheduled actions of Enterprise ``account_followup``, whatever their name."""
        data = self.env["ir.model.data"].sudo()
        names = Domain("module", "=", "account_followup")
        rows = data.search(names & Domain("model", "=", "ir.cron"))
        crons = self.env["ir.cron"].sudo().with_context(active_test=False)
        return crons.browse(rows.mapped("res_id")).exists()

    def _check_job(self, company):
        cron = self.env.ref("debt_recovery.ir_cron_daily_run").sudo()
        if cron.active:
            return "ok", self.env._("The run looks at every customer each day.")
        return "stop", self.env._(
            "The daily job is switched off: an administrator activates “%(name)s”.",
            name=cron.name,
        )

    def _check_server(self, company):
        servers = self.env["ir.mail_server"].sudo()
        found = servers.search([], limit=1)
        if found or config.get("smtp_server") not in (False, None, "", "localhost"):
            return "ok", found.name or self.env._("Set by the server's configuration.")
        return "warn", self.env._(
            "No outgoing mail server is set up: messages may stay in the queue."
        )

    def _check_pdf(self, company):
        state = self.env["ir.actions.report"].sudo().get_wkhtmltopdf_state()
        if state in ("ok", "workers"):
            return "ok", self.env._("Letters and invoice copies can be printed.")
        return "warn", self.env._(
            "The PDF engine is missing or too old: letters and invoice copies cannot "
            "be printed."
        )


class DebtRecoveryGoLiveCheck(models.TransientModel):
    """One row of the checklist."""

    _name = "debt.recovery.go.live.check"
    _description = "Row of the Go-Live Checklist"
    _order = "sequence, id"

    wizard_id = fields.Many2one(
        "debt.recovery.go.live", required=True, ondelete="cascade"
    )
    sequence = fields.Integer()
    name = fields.Char("What")
    level = fields.Selection(LEVELS, "State", required=True)
    text = fields.Char("What To Do")
    action = fields.Char()

    def action_mend(self):
        """The page where the row is put right."""
        self.ensure_one()
        xmlid, group = self.wizard_id._mending_actions()[self.action]
        if not self.env.user.has_group(group):
            return False
        return self.env["ir.actions.act_window"]._for_xml_id(xmlid)
