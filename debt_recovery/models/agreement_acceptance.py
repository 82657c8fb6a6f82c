import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

#: How the files of drawn signatures begin: PNG, JPEG.
PICTURES = (b"\x89PNG", b"\xff\xd8")
AGREEMENT = "debt_recovery.action_report_agreement"


class DebtRecoveryAgreementAcceptance(models.AbstractModel):
    """How the debtor says yes: signs on the customer's page, or sends a signed copy
    that somebody uploads. The signed document is kept with the agreement."""

    _name = "debt.recovery.agreement.acceptance.mixin"
    _description = "Acceptance of an Agreement"
    _inherit = "portal.mixin"

    signature_needed = fields.Boolean(readonly=True)
    date_valid = fields.Date(
        "Offer Valid Until",
        readonly=True,
        help="Last day on which the customer can accept.",
    )
    date_accepted = fields.Date("Accepted On", readonly=True, copy=False)
    accepted_by = fields.Char(readonly=True, copy=False)
    signature = fields.Binary(attachment=True, readonly=True, copy=False)
    signed_copy = fields.Binary(attachment=True, readonly=True, copy=False)
    signed_copy_name = fields.Char(readonly=True, copy=False)
    can_accept = fields.Boolean(compute="_compute_can_accept")

    @api.depends("state", "signature_needed", "date_accepted", "date_until")
    @api.depends_context("recovery_today")
    def _compute_can_accept(self):
        for agreement in self:
            agreement.can_accept = not agreement._acceptance_problem()

    def _compute_access_url(self):
        super()._compute_access_url()
        for agreement in self:
            agreement.access_url = f"/my/agreements/{agreement.id}"

    def _acceptance_problem(self):
        """Why nobody can accept it now, in one sentence; else False."""
        if self.date_accepted:
            return self.env._(
                "%(name)s was signed by %(who)s on %(day)s already.",
                name=self.name,
                who=self.accepted_by,
                day=format_date(self.env, self.date_accepted),
            )
        if self._is_lapsed():
            return self.env._(
                "%(name)s could be accepted until %(day)s: a new one is needed.",
                name=self.name,
                day=format_date(self.env, self.date_until),
            )
        if self.state != "to_sign" or not self.signature_needed:
            return self.env._("%(name)s does not wait for a signature.", name=self.name)
        return False

    def _is_lapsed(self):
        """Its day has passed, judged already or not."""
        today = self.company_id._recovery_today()
        waits = self.state == "to_sign" and self.date_until
        return self.cancelled_by == "unsigned" or bool(
            waits and self.date_until < today
        )

    def action_accept(self):
        """Ask who signed, and for the signed copy."""
        self.ensure_one()
        problem = self._acceptance_problem()
        if problem:
            raise UserError(problem)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Signed by the Customer"),
            "res_model": "debt.recovery.agreement.sign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_agreement_id": self.id},
        }

    def action_preview(self):
        """The page as the customer sees it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "target": "self",
            "url": self.get_portal_url(),
        }

    def _accept(self, signer, signature=None, copy=None, day=None, author=None):
        """The debtor said yes. What waited for it goes on at once.

        :param signature: drawn signature, base64; the document is printed with it
        :param copy: signed document as received: ``(file name, base64)``
        :param author: who did it, for the chatter; else the user
        :raise UserError: when it does not wait for a signature any more
        """
        self.ensure_one()
        problem = self._acceptance_problem()
        if problem:
            raise UserError(problem)
        if signature:
            self._check_signature(signature)
        agreement = self.sudo()
        agreement.write(
            {
                "date_accepted": day or agreement.company_id._recovery_today(),
                "accepted_by": (signer or "").strip() or agreement.partner_id.name,
                "signature": signature,
            }
        )
        if signature:
            content = agreement._render_document(AGREEMENT)
            copy = agreement._document_filename(AGREEMENT), base64.b64encode(content)
        if copy:
            agreement.signed_copy_name, agreement.signed_copy = copy
        agreement._post_acceptance(copy, author)
        agreement._judge()
        agreement.case_id._refresh_next_action()

    @api.model
    def _check_signature(self, signature):
        """A drawing, not anything else."""
        try:
            image = base64.b64decode(signature, validate=True)
        except (TypeError, ValueError):
            image = b""
        if not image.startswith(PICTURES):
            raise UserError(
                self.env._("The signature is not readable: please sign again.")
            )

    def _post_acceptance(self, copy, author):
        """The signed document stays with the agreement; its officer is told."""
        files = [(copy[0], base64.b64decode(copy[1]))] if copy else []
        self.message_post(
            body=self.env._("Signed by %(who)s.", who=self.accepted_by),
            attachments=files,
            author_id=author and author.id,
            partner_ids=(self.user_id - self.env.user).partner_id.ids,
        )

    # DOCUMENT

    def action_print(self):
        """The document that fits: agreement to sign, offer, or confirmation."""
        return self.env.ref(self._document_report()).report_action(self)

    def _document_report(self):
        """XML id of the report: a settlement is a letter before and after."""
        if self.kind != "settlement":
            return AGREEMENT
        if self.state in ("draft", "to_approve", "to_sign"):
            return "debt_recovery.action_report_settlement_offer"
        if self.can_confirm:
            return "debt_recovery.action_report_settlement_confirmation"
        return AGREEMENT

    def _get_report_base_filename(self):
        return self._document_filename().removesuffix(".pdf")

    def _document_filename(self, report=None):
        """What the file is called that the debtor gets."""
        report = report or self._document_report()
        name = self.document_title if report == AGREEMENT else self.env.ref(report).name
        return f"{name}.pdf"

    def _render_document(self, report=None):
        """The PDF, in the debtor's language."""
        reports = self.env["ir.actions.report"].sudo()
        report = report or self._document_report()
        return reports._render_qweb_pdf(report, self.ids)[0]

    # CUSTOMER'S PAGE

    @api.model
    def _portal_domain(self, partner):
        """What a debtor may see: what counts or counted, never what we still
        consider."""
        return [
            ("partner_id", "=", partner.commercial_partner_id.id),
            *self._portal_state_domain(),
        ]

    @api.model
    def _portal_state_domain(self):
        return [
            ("state", "not in", ("draft", "to_approve")),
            ("date_signed", "!=", False),
        ]

    @api.model
    def _to_sign_domain(self):
        return [
            ("state", "=", "to_sign"),
            ("signature_needed", "=", True),
            ("date_accepted", "=", False),
        ]
