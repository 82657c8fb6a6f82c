from odoo import api, fields, models
from odoo.tools import SQL, format_date


class DebtRecoveryCaseReach(models.AbstractModel):
    """Whom to reach, when somebody last did, and what the contact rules say about it
    now."""

    _name = "debt.recovery.case.reach.mixin"
    _description = "Reaching the Debtor of a Case"

    call_partner_id = fields.Many2one(
        "res.partner",
        "Contact",
        compute="_compute_call_partner_id",
        help="Whom to call: the contact of the case, else accounts payable.",
    )
    call_phone = fields.Char("Phone", compute="_compute_call_partner_id")
    call_email = fields.Char("E-mail", compute="_compute_call_partner_id")
    last_contact = fields.Char(compute="_compute_last_contact")

    @api.depends("partner_id", "contact_ids")
    def _compute_call_partner_id(self):
        known = self.filtered("partner_id")
        found = known._recipients_by_case("ap", "phone") if known.ids else {}
        for case in self:
            person = (found.get(case._origin.id) or case.partner_id)[:1]
            case.call_partner_id = person
            case.call_phone = person.phone or case.partner_id.phone
            case.call_email = person.email or case.partner_id.email

    # LAST CONTACT

    @api.depends("action_ids.state")
    @api.depends_context("lang")
    def _compute_last_contact(self):
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (a.case_id) a.case_id, a.id
                     FROM debt_recovery_action a
                    WHERE a.case_id IN %s AND a.state = 'done'
                      AND a.correction_of_id IS NULL
                    ORDER BY a.case_id, a.date_done DESC, a.id DESC""",
                tuple(self.ids) or (0,),
            )
        )
        done = self.env["debt.recovery.action"].browse([row[1] for row in rows])
        by_case = {action.case_id.id: action for action in done}
        for case in self:
            action = by_case.get(case._origin.id)
            case.last_contact = action and case._contact_sentence(action)

    def _contact_sentence(self, action):
        """“12 Mar · Promises to pay (Ms Jones)”, “12 Mar · E-mail · First reminder”: on
        the company's day, with the year when it is another one."""
        day = self._local_moment(action.date_done).date()
        this_year = day.year == self.company_id._recovery_today().year
        parts = [
            format_date(self.env, day, date_format="d MMM" if this_year else False),
            not action.outcome_id and action.channel_id.name,
            action.outcome_id.name or self._action_label(action),
        ]
        text = " · ".join(dict.fromkeys(filter(None, parts)))
        return f"{text} ({action.person})" if action.person else text
