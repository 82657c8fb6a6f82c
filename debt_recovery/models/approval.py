from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .approval_limit import KINDS, ROLES


class DebtRecoveryApproval(models.Model):
    """One request to decide. It names what it is about, what a yes would do and who
    was asked; only its buttons change it, and it is never deleted."""

    _name = "debt.recovery.approval"
    _description = "Recovery Approval"
    _inherit = [
        "debt.recovery.approval.people.mixin",
        "debt.recovery.approval.decide.mixin",
        "debt.recovery.approval.notify.mixin",
        "mail.thread",
    ]
    _order = "date_asked, id"
    _mail_post_access = "read"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    res_model = fields.Char("Subject Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Subject", model_field="res_model", required=True, readonly=True
    )
    case_id = fields.Many2one(
        "debt.recovery.case", readonly=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(readonly=True)
    reason = fields.Text("Why", required=True, readonly=True)
    effect = fields.Text("What a Yes Does", readonly=True)
    fingerprint = fields.Text(readonly=True, copy=False)
    payload = fields.Json(readonly=True, help="What the subject needs to carry it out.")
    note = fields.Char(readonly=True, help="What became of it, in words.")
    level = fields.Selection(
        ROLES[1:], "Decides", required=True, readonly=True, default="manager"
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("cancelled", "Withdrawn"),
            ("expired", "Overtaken"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
        copy=False,
    )
    requested_by_id = fields.Many2one(
        "res.users", "Asked By", required=True, readonly=True, index=True
    )
    asked_ids = fields.Many2many(
        "res.users", "debt_recovery_approval_asked_rel", readonly=True
    )
    date_asked = fields.Date("Waiting Since", required=True, readonly=True)
    date_reminded = fields.Date("Reminded", readonly=True, copy=False)
    date_escalated = fields.Date("Escalated", readonly=True, copy=False)
    date_decided = fields.Date("Decided", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    deputised_for_id = fields.Many2one(
        "res.users", "On Behalf Of", readonly=True, copy=False
    )
    self_approved = fields.Boolean(readonly=True, copy=False)
    refusal_reason = fields.Char(readonly=True, copy=False)
    history = fields.Char("Before", compute="_compute_history")

    _one_waiting = models.UniqueIndex(
        "(res_model, res_id, kind) WHERE state = 'waiting'",
        "This waits for a decision already.",
    )
    _waiting_idx = models.Index("(company_id, date_asked) WHERE state = 'waiting'")

    @api.depends("kind", "partner_id")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for approval in self:
            names = (kinds.get(approval.kind), approval.partner_id.display_name)
            approval.name = " · ".join(filter(None, names))

    @api.depends("partner_id", "kind", "state")
    def _compute_history(self):
        """What was decided for this customer before, same kind."""
        groups = self.sudo()._read_group(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("kind", "in", self.mapped("kind")),
                ("state", "in", ("approved", "refused")),
            ],
            ["partner_id", "company_id", "kind", "state"],
            ["__count"],
        )
        counts = {
            (partner.id, company.id, kind, state): count
            for partner, company, kind, state, count in groups
        }
        for approval in self:
            key = (approval.partner_id.id, approval.company_id.id, approval.kind)
            yes = counts.get((*key, "approved"), 0) - (approval.state == "approved")
            no = counts.get((*key, "refused"), 0) - (approval.state == "refused")
            approval.history = (
                self.env._("%(yes)s approved, %(no)s refused", yes=yes, no=no)
                if yes or no
                else False
            )

    # CRUD

    @api.model
    def _ask(self, vals_list):
        """Create requests and tell those who decide. Private: people ask through the
        subject, which knows the limits."""
        approvals = self.create([self._prepare_ask_vals(vals) for vals in vals_list])
        for approval in approvals:
            subject = approval._subject()
            approval.write(
                {
                    "effect": subject._approval_effect(approval),
                    "fingerprint": subject._approval_fingerprint(approval),
                    "asked_ids": [(6, 0, approval._people_to_ask().ids)],
                }
            )
            approval._notify_asked(approval.asked_ids)
        approvals._log_on_case(self.env._("Approval asked for"))
        return approvals

    @api.model
    def _prepare_ask_vals(self, vals):
        company = self.env["res.company"].browse(vals["company_id"])
        return {"date_asked": company._recovery_today(), **vals}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        raise UserError(
            self.env._(
                "“%(request)s” shows who decided what and cannot be deleted: withdraw "
                "it instead.",
                request=self[:1].name,
            )
        )

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(
            self.env._("A request cannot be duplicated: ask again where it came from.")
        )

    # SUBJECT

    def _subject(self):
        """The record to decide on, as the system; empty when it is gone."""
        self.ensure_one()
        if self.res_model not in self.env:
            return self.env["debt.recovery.approvable.mixin"]
        return self.env[self.res_model].sudo().browse(self.res_id).exists()

    def _problem(self):
        """Why there is nothing to decide any more; False as long as there is."""
        self.ensure_one()
        subject = self._subject()
        if not subject:
            return self.env._("What it was about has been deleted meanwhile.")
        return subject._approval_problem(self)

    def _lock(self):
        """Of two people who decide at the same moment, the second reads what the
        first did."""
        self.env.execute_query(
            SQL(
                "SELECT id FROM debt_recovery_approval WHERE id IN %s "
                "ORDER BY id FOR UPDATE",
                tuple(self.ids) or (0,),
            )
        )
        self.invalidate_recordset()

    def _follow_merged_case(self, target):
        """The case of open requests was merged into another one."""
        self.filtered(lambda a: a.res_model != "debt.recovery.case").write(
            {"case_id": target.id, "partner_id": target.partner_id.id}
        )

    def _log_on_case(self, what):
        for approval in self.filtered("case_id"):
            approval.case_id.sudo()._message_log(
                body=self.env._(
                    "%(what)s: %(request)s. %(reason)s",
                    what=what,
                    request=approval.effect or approval.name,
                    reason=approval.refusal_reason or approval.reason,
                )
            )
