from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager


class DebtRecoveryPortal(CustomerPortal):
    """Agreements on the customer's page: read, download, sign. Customers have no
    rights on the model, whose notes are ours: a page is reached by its token, or by a
    login of the same commercial partner."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        agreements = request.env["debt.recovery.agreement"].sudo()
        domain = self._agreement_domain()
        if "recovery_agreement_count" in counters:
            values["recovery_agreement_count"] = agreements.search_count(domain)
        if "recovery_sign_count" in counters:
            to_sign = Domain.AND([domain, agreements._to_sign_domain()])
            values["recovery_sign_count"] = agreements.search_count(to_sign)
        return values

    def _agreement_domain(self):
        agreements = request.env["debt.recovery.agreement"]
        return agreements._portal_domain(request.env.user.partner_id)

    @http.route(
        ["/my/agreements", "/my/agreements/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_agreements(self, page=1, **kw):
        """All that was agreed with the customer of this login, newest first."""
        agreements = request.env["debt.recovery.agreement"].sudo()
        domain = self._agreement_domain()
        pages = pager(
            url="/my/agreements",
            total=agreements.search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        found = agreements.search(
            domain,
            order="state desc, date_signed desc, id desc",
            limit=self._items_per_page,
            offset=pages["offset"],
        )
        values = self._prepare_portal_layout_values() | {
            "agreements": found,
            "page_name": "recovery_agreement",
            "pager": pages,
            "default_url": "/my/agreements",
        }
        return request.render("debt_recovery.portal_my_agreements", values)

    @http.route(
        "/my/agreements/<int:agreement_id>", type="http", auth="public", website=True
    )
    def portal_agreement(
        self, agreement_id, access_token=None, report_type=None, download=False, **kw
    ):
        """One agreement, or its document as PDF."""
        try:
            agreement = self._get_agreement(agreement_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        if report_type == "pdf":
            return self._agreement_document(agreement, download)
        values = self._get_page_view_values(
            agreement,
            access_token,
            {
                "agreement": agreement,
                "page_name": "recovery_agreement",
                "message": kw.get("message"),
            },
            "my_agreements_history",
            False,
        )
        return request.render("debt_recovery.portal_agreement", values)

    def _agreement_document(self, agreement, download):
        """What was signed, where something was; else the document to sign."""
        if not agreement.signature:
            report = agreement._document_report()
            return self._show_report(agreement, "pdf", report, download)
        stream = request.env["ir.binary"]._get_stream_from(
            agreement, "signed_copy", filename=agreement.signed_copy_name
        )
        return stream.get_response(as_attachment=bool(download))

    @http.route(
        "/my/agreements/<int:agreement_id>/accept",
        type="jsonrpc",
        auth="public",
        website=True,
    )
    def portal_agreement_accept(
        self, agreement_id, access_token=None, name=None, signature=None
    ):
        """The customer signs; errors come back as one sentence."""
        access_token = access_token or request.httprequest.args.get("access_token")
        try:
            agreement = self._get_agreement(agreement_id, access_token)
        except (AccessError, MissingError):
            return {"error": request.env._("This agreement does not exist.")}
        if not (name or "").strip() or not signature:
            return {"error": request.env._("Enter your name and sign, please.")}
        user = request.env.user
        author = agreement.partner_id if user._is_public() else user.partner_id
        try:
            with request.env.cr.savepoint():
                agreement._accept(name, signature=signature, author=author)
        except UserError as error:
            return {"error": str(error)}
        url = agreement.get_portal_url(query_string="&message=signed")
        return {"force_refresh": True, "redirect_url": url}

    def _get_agreement(self, agreement_id, access_token=None):
        """The agreement, as the system, for who may see it.

        :raise AccessError: without its token, for others than the debtor and us
        :raise MissingError: where it does not exist, or is not the debtor's yet
        """
        model = "debt.recovery.agreement"
        agreement = request.env[model].sudo().browse(agreement_id)
        if not agreement.search_count(
            [("id", "=", agreement_id), *agreement._portal_state_domain()]
        ):
            raise MissingError(request.env._("This agreement does not exist."))
        try:
            return self._document_check_access(model, agreement_id, access_token)
        except AccessError:
            own = agreement.filtered_domain(self._agreement_domain())
            if not own or request.env.user._is_public():
                raise
            return own
