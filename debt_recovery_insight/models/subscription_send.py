import base64
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

#: A report that waits for the month-end leaves without it after that time.
PATIENCE = timedelta(hours=24)
WARNING = "mail.mail_activity_data_warning"
TODO = "mail.mail_activity_data_todo"
ATTACHED = {"pdf": ("pdf",), "xlsx": ("xlsx",), "both": ("pdf", "xlsx")}


class DebtRecoverySubscriptionSend(models.AbstractModel):
    """Sending of subscriptions: who gets what under which rights, and what to do when
    it fails."""

    _name = "debt.recovery.subscription.send.mixin"
    _description = "Sending of Report Subscriptions"

    # WHAT IS DUE

    @api.model
    def _cron_send(self):
        """Scheduled action: what is due, one after the other."""
        due = self.search(
            [("is_on", "=", True), ("date_next", "<=", fields.Datetime.now())]
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(due))
        for row in due:
            row._send_due()
            if not cron._commit_progress(1):
                break

    def _send_due(self):
        """Send once and move on; what fails says why and stops nobody else."""
        self.ensure_one()
        if not self._is_ready():
            return
        if not self._is_wanted():
            return self._plan()
        try:
            with self.env.cr.savepoint():
                problem = self._send()
        except UserError as error:
            problem = str(error)
        except Exception as error:
            _logger.exception("Subscription %s was not sent", self.display_name)
            problem = self.env._(
                "It could not be made (%(error)s): press “Send Me a Test” and show the "
                "message to your administrator.",
                error=str(error)[:200],
            )
        self._note_outcome(problem)
        return self._plan()

    def _is_ready(self):
        """False while the month-end it waits for is not frozen."""
        if not self.after_snapshot or fields.Datetime.now() > self.date_next + PATIENCE:
            return True
        today = self.company_id._recovery_today()
        check = self.env["debt.recovery.snapshot.check"].sudo()
        return bool(
            check.search_count(
                [
                    ("company_id", "=", self.company_id.id),
                    ("kind", "=", "month"),
                    ("state", "=", "done"),
                    ("date", "=", today.replace(day=1) - timedelta(days=1)),
                ],
                limit=1,
            )
        )

    def _is_wanted(self):
        """Somebody gets it, the company uses its subject, something is overdue."""
        if self._lacks_recipients() or self._is_over(fields.Datetime.now()):
            return False
        if not self.report_id.active or not self.report_id._is_offered(self.company_id):
            return False
        return not self.only_overdue or self._has_overdue()

    def _has_overdue(self):
        cases = self.env["debt.recovery.case"].sudo()
        return bool(
            cases.search_count(
                [
                    ("company_id", "=", self.company_id.id),
                    ("state", "!=", "closed"),
                    ("amount_overdue", ">", 0),
                ],
                limit=1,
            )
        )

    def _note_outcome(self, problem):
        self._note_problem(problem)
        if not problem:
            self.date_sent = fields.Datetime.now()

    def _note_problem(self, problem, mail=None):
        """On the row, and as an activity of who can mend it."""
        self.sudo().write(
            {"problem": problem and problem[:500], "failed_mail_id": mail}
        )
        self.activity_unlink([WARNING])
        if problem:
            self.activity_schedule(
                WARNING,
                summary=self.env._("Report not sent: %(name)s", name=self.display_name),
                note=problem,
                user_id=self._responsible().id,
            )

    def _note_failed_mail(self, mail, reason):
        """It was made and did not leave."""
        self._note_problem(
            self.env._(
                "The e-mail to %(address)s did not leave: %(reason)s",
                address=mail.email_to,
                reason=reason or self.env._("the mail server gives no reason."),
            ),
            mail.id,
        )

    def _responsible(self):
        """Who is asked to mend a subscription."""
        manager = self.company_id.sudo().recovery_escalate_user_id
        people = manager | self.user_ids | self.create_uid
        return people.filtered("active")[:1] or self.env.user

    # SENDING

    def _send(self):
        """:return: a sentence on who did not get it, or False"""
        if self._is_statement():
            return self._send_statements()
        if self.format == "activity":
            return self._send_activities()
        mails, problems = [], []
        for user in self._find_people():
            try:
                mails.append(self._prepare_mail(user))
            except UserError as error:
                problems.append(str(error))
        self.env["mail.mail"].sudo().create(
            [vals | {"recovery_subscription_id": self.id} for vals in mails if vals]
        )
        return " ".join(dict.fromkeys(problems)) or False

    def _find_people(self):
        """Seam: users who get the report; whoever sends it may not know all of their
        companies."""
        if self.audience == "people":
            return self.user_ids.sudo().filtered("active")
        cases = self.env["debt.recovery.case"].sudo()
        domain = [("company_id", "=", self.company_id.id), ("state", "=", "open")]
        if self.audience == "officers":
            found = [user for (user,) in cases._read_group(domain, ["user_id"])]
        else:
            found = cases.search(domain)._salespeople_by_case().values()
        users = self.env["res.users"].sudo().union(*found)
        users = users.filtered(
            lambda user: (
                user.active and not user.share and self.report_id._may_read(user)
            )
        )
        if self.audience == "officers":
            users |= self.user_ids.sudo().filtered("active")
        return users

    def _send_activities(self):
        for user in self._find_people():
            report = self.report_id.with_context(lang=self.lang or user.lang)
            self.activity_schedule(
                TODO, summary=report.name, note=report.description, user_id=user.id
            )
        return False

    # THE MAIL OF ONE PERSON

    def _prepare_mail(self, user):
        """Values of the e-mail, None when this person has nothing in it.

        :raises UserError: naming the person and what to do
        """
        if not user.email:
            raise UserError(
                self.env._(
                    "%(name)s has no e-mail address: enter one or take the person off "
                    "the list.",
                    name=user.name,
                )
            )
        report = self.report_id.with_context(lang=self.lang or user.lang)
        answer = report._answer_for(user, self.company_id, filters=self._filters(user))
        if self.audience != "people" and not any(
            section["rows"] for section in answer["sections"]
        ):
            return None
        report = report._as(user, self.company_id).sudo()
        page = report._page_short(answer, self.company_id, self.format == "mail")
        kinds = ATTACHED.get(self.format, ())
        if "pdf" in kinds and not report._is_readable(answer):
            kinds = ("xlsx",)
            page["lead"] = [
                *page["lead"],
                self.env._("Too long for a PDF: the XLSX file has every row."),
            ]
        return {
            "subject": answer["title"],
            "body_html": report._page_html(
                page | {"url": f"{self.get_base_url()}/odoo/debt-reports"},
                "report_mail",
            ),
            "email_to": user.email_formatted,
            "email_from": self.company_id.sudo().email_formatted
            or self.env.user.email_formatted,
            "auto_delete": True,
            "attachment_ids": self._prepare_attachments(report, answer, kinds),
        }

    def _filters(self, user):
        """Who sells gets the own customers, also who may see all."""
        sells = self.audience == "salespeople"
        return {
            "user_ids": (user if sells else self.officer_ids).ids or None,
            "partner_ids": self.partner_ids.ids or None,
            "edges": self.edges or "",
        }

    def _prepare_attachments(self, report, answer, kinds):
        day = self.company_id._recovery_today()
        makers = {"pdf": report._answer_pdf, "xlsx": report._answer_xlsx}
        return [
            fields.Command.create(
                {
                    "name": report._filename(self.company_id, day, kind),
                    "datas": base64.b64encode(makers[kind](answer, self.company_id)),
                }
            )
            for kind in kinds
        ]

    # BUTTONS

    def action_test(self):
        """Send it to me now, as I may see it; the rhythm goes on as before."""
        self.ensure_one()
        if self._is_statement():
            return self._test_statement()
        if self.format == "activity":
            raise UserError(
                self.env._(
                    "An activity needs no test: it appears among the activities."
                )
            )
        user = self.env.user
        vals = self.with_context(lang=self.lang or user.lang)._prepare_mail(user)
        if not vals:
            raise UserError(
                self.env._("There is nothing of yours in this report today.")
            )
        self.env["mail.mail"].sudo().create(vals).send()
        return self._notify(
            self.env._("On its way to %(address)s.", address=user.email)
        )

    def action_send_now(self):
        """Send it to everybody now; the rhythm goes on as before."""
        for row in self:
            if row._lacks_recipients():
                raise UserError(
                    self.env._("Nobody would get it: choose who gets it first.")
                )
            row._note_outcome(row._send())
        return self._notify(self.env._("The report is on its way."))

    @api.model
    def _notify(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
