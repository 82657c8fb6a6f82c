import logging
from base64 import b64encode

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)
#: So many documents are put together while the user waits.
AT_ONCE = 40
#: A dossier that ended the program so often is not tried again.
ATTEMPTS = 3
#: Progress is shown after so many documents.
STEP = 10
#: Days a finished file can be taken.
KEPT_DAYS = 30


class DebtRecoveryDossier(models.Model):
    """A dossier that is prepared in the background, because a request could not wait
    for it. Who asked is told when it is ready and takes it from here; the file of a
    placement goes to the placement. Files are deleted after a month: who took what
    stands in the list of extracts."""

    _name = "debt.recovery.dossier"
    _description = "Dossier in Preparation"
    _order = "id desc"
    _rec_name = "case_id"

    case_id = fields.Many2one(
        "debt.recovery.case",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    placement_id = fields.Many2one(
        "debt.recovery.placement",
        "For Placement",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        "res.users",
        "Asked By",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
    )
    kind = fields.Selection(
        [("pdf", "PDF"), ("zip", "ZIP")], "File Type", required=True, readonly=True
    )
    sections = fields.Char(readonly=True, help="Codes of its parts; empty: all.")
    state = fields.Selection(
        [("waiting", "In preparation"), ("done", "Ready"), ("failed", "Not made")],
        "Status",
        required=True,
        default="waiting",
        readonly=True,
        index=True,
    )
    made_count = fields.Integer("Documents Made", readonly=True)
    total_count = fields.Integer("Documents", readonly=True)
    progress = fields.Integer(compute="_compute_progress")
    attempts = fields.Integer(readonly=True)
    problem = fields.Char("Why Not", readonly=True)
    missing = fields.Text("Missing or Damaged", readonly=True)
    file = fields.Binary(readonly=True, attachment=True)
    filename = fields.Char(readonly=True)
    activity_id = fields.Many2one("mail.activity", ondelete="set null", readonly=True)

    @api.depends("made_count", "total_count", "state")
    def _compute_progress(self):
        for dossier in self:
            share = dossier.made_count / (dossier.total_count or 1)
            dossier.progress = 100 if dossier.state == "done" else int(100 * share)

    # ASKING

    @api.model
    def _ask(self, case, kind, sections=None, placement=None):
        """Prepare it as soon as the server has time.

        :return: the new record, with the rights of the user
        """
        case.check_access("read")
        dossier = self.sudo().create(
            {
                "case_id": case.id,
                "placement_id": placement and placement.id,
                "user_id": self.env.uid,
                "kind": kind,
                "sections": sections and ",".join(sections),
            }
        )
        self.env.ref("debt_recovery.ir_cron_dossiers").sudo()._trigger()
        return dossier.sudo(False)

    # MAKING

    @api.model
    def _cron_make(self):
        """Scheduled action: make what was asked for, one after the other; one that
        fails stops no other."""
        cron = self.env["ir.cron"]
        waiting = self.search([("state", "=", "waiting")], order="id")
        cron._commit_progress(remaining=len(waiting))
        for dossier in waiting:
            if dossier.try_lock_for_update():
                dossier._make_safely()
            if not cron._commit_progress(1):
                break

    def _make_safely(self):
        """The attempt is noted before, so that one too large for the server ends."""
        self.ensure_one()
        if self.attempts >= ATTEMPTS:
            self._fail(
                self.env._("It is too large for the server: choose fewer parts of it.")
            )
            return
        self.attempts += 1
        self.env["ir.cron"]._commit_progress()
        try:
            self._deliver(self._make())
        except UserError as error:
            self.env.cr.rollback()
            self._fail(str(error))
        except Exception:
            self.env.cr.rollback()
            _logger.exception("Dossier of %s", self.case_id.name)
            self._fail(
                self.env._(
                    "An error stopped it; the administrator finds it in the log."
                )
            )

    def _make(self):
        user = self.user_id
        case = self.case_id.with_user(user).with_context(
            lang=user.lang, tz=user.tz, allowed_company_ids=user.company_ids.ids
        )
        sections = self.sections.split(",") if self.sections else None
        return case._dossier(self.kind, sections, self.placement_id, self._tick)

    def _tick(self, made, total):
        """Show how far it is."""
        if made % STEP == 0:
            self.sudo().write({"made_count": made, "total_count": total})
            self.env["ir.cron"]._commit_progress()

    def _deliver(self, made):
        vals = {
            "state": "done",
            "filename": made["filename"],
            "missing": "\n".join(made["missing"]),
        }
        if self.placement_id:
            self.placement_id.with_user(self.user_id)._take_dossier(made)
        else:
            vals["file"] = b64encode(made["content"])
        self.write(vals)
        self._tell(self.env._("Dossier is ready"))

    def _fail(self, problem):
        self.write({"state": "failed", "problem": problem})
        self._tell(self.env._("Dossier could not be made"))

    def _tell(self, summary):
        """An activity on the case that leads to the file."""
        record = self.placement_id or self.case_id
        path = "debt-placements" if self.placement_id else "debt-dossiers"
        link = f"/odoo/{path}/{(self.placement_id or self).id}"
        note = Markup('<a href="%s">%s</a>') % (link, self.filename or summary)
        self.activity_id = record.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=self.user_id.id,
            summary=summary,
            note=Markup("%s %s") % (note, self.problem or ""),
        )
        self.user_id._bus_send(
            "simple_notification",
            {"type": "info", "message": f"{summary}: {record.display_name}"},
        )

    # SCREEN

    def action_download(self):
        """Take the file; the reminder is done."""
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("There is no file yet: look again later."))
        self.sudo().activity_id.action_feedback()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file"
            "?filename_field=filename&download=true",
            "target": "download",
        }

    def action_retry(self):
        """Once more."""
        for dossier in self.filtered(lambda x: x.state == "failed"):
            dossier.sudo().write(
                {"state": "waiting", "attempts": 0, "problem": False, "made_count": 0}
            )
        self.env.ref("debt_recovery.ir_cron_dossiers").sudo()._trigger()

    @api.autovacuum
    def _gc_dossiers(self):
        """Copies of personal data do not lie around."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        self.search([("create_date", "<", limit)], limit=1000).unlink()
