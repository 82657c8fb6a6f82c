import re

from odoo import fields, models
from odoo.tools import format_date, html2plaintext

CONTACTS_SHOWN = 5


class DebtRecoveryCasePanel(models.AbstractModel):
    """What the call panel shows beside the case: read once, when it opens."""

    _name = "debt.recovery.case.panel.mixin"
    _description = "Call Panel of a Case"

    def action_call_panel(self, channel="phone", action_id=False, contact_id=False):
        """Everything the panel shows. A button of the screen, it changes nothing."""
        self.ensure_one()
        self.check_access("read")
        people = self._panel_people()
        person = self.env["res.partner"].browse(contact_id) or self.call_partner_id
        today = self.company_id._recovery_today()
        return {
            "case": self.display_name,
            "customer": self.partner_id.display_name,
            "channel": channel,
            "people": [self._panel_person(who, channel) for who in people],
            "contact_id": person.id,
            "bridge": self.bridge or False,
            "script": self._panel_script(action_id),
            "items": self._panel_items(),
            "currency": self._panel_currency(),
            "contacts": self._panel_contacts(),
            "promises": self._panel_promises(),
            "negotiates": self.env["debt.recovery.negotiation"].has_access("create"),
            "card": self.payer_card,
            "outcomes": self._panel_outcomes(channel),
            "categories": self._panel_choices("debt.recovery.dispute.category"),
            "channels": self._panel_choices(
                "debt.recovery.channel", [("code", "!=", "activity")]
            ),
            "owners": self._panel_owners(),
            "today": fields.Date.to_string(today),
            "promise_date": fields.Date.to_string(self._promise_date()),
            "zone": self.company_id._recovery_zone().zone,
            "uid": self.env.uid,
        }

    def _panel_people(self):
        """Whom one may call: the proposed contact first, then the others."""
        contacts = self._find_customer_contacts().filtered(
            lambda p: p == self.partner_id or p.type in ("contact", "invoice", "other")
        )
        return self.call_partner_id | self.contact_ids | contacts

    def _panel_person(self, person, channel):
        """One contact with its dialling link and what the rules say about it."""
        verdict = self._contact_verdict(channel, person=person, automatic=False)
        roles = person._fields["recovery_contact_role"]
        role = dict(roles._description_selection(self.env)).get(
            person.recovery_contact_role
        )
        phone = person.phone or ""
        country = person._recovery_country(self.company_id)
        number = phone and person._recovery_dialable(phone, country)
        return {
            "id": person.id,
            "name": person.name or person.display_name,
            "role": role or "",
            "phone": number or phone,
            "tel": re.sub(r"[^+\d]", "", number or phone),
            "unsure": bool(phone and not number),
            "email": person.email or "",
            "wrong": person.recovery_wrong_text or "",
            "status": verdict.status,
            "verdict": self._gate_text(verdict),
            "reasons": self._gate_hint(verdict) or "",
        }

    def _panel_script(self, action_id):
        """What to say, in the language of the debtor: the text of the task, else of the
        step ahead, else three questions."""
        lang = self.partner_id.lang or self.env.lang
        action = self.env["debt.recovery.action"].browse(action_id)
        step = (action.step_id or self.next_step_id).with_context(lang=lang)
        if step.script and html2plaintext(step.script).strip():
            return step.script
        return self.env["ir.qweb"]._render(
            "debt_recovery.call_script",
            {"case": self.with_context(lang=lang)},
            lang=lang,
        )

    def _panel_items(self):
        """Open items, oldest first, with what of each may be chased."""
        rows = self.env["debt.recovery.receivable"].search(
            [*self._open_items_domain(), ("is_credit", "=", False)],
            order="date_due, id",
        )
        labels = dict(rows._fields["status"]._description_selection(self.env))
        return [
            {
                "id": row.move_line_id.id,
                "name": row.move_name or "",
                "ref": row.ref or "",
                "due": format_date(self.env, row.date_due),
                "days": row.days_overdue,
                "open": row.currency_id.format(row.amount_residual_currency),
                "amount": row.amount_collectable_currency,
                "currency_id": row.currency_id.id,
                "collectable": row.amount_collectable_currency > 0,
                "status": labels.get(row.status, ""),
            }
            for row in rows
        ]

    def _panel_currency(self):
        """Currency in which one sum can be named; none while items are in several."""
        rows = self.env["debt.recovery.receivable"].search(
            [*self._open_items_domain(), ("amount_collectable", ">", 0)]
        )
        currency = rows.currency_id
        return len(currency) == 1 and {
            "id": currency.id,
            "name": currency.name,
            "digits": currency.decimal_places,
        }

    def _panel_contacts(self):
        """The last contacts, newest first."""
        done = self.env["debt.recovery.action"].search(
            [
                ("case_id", "=", self.id),
                ("state", "=", "done"),
                ("correction_of_id", "=", False),
            ],
            order="date_done desc, id desc",
            limit=CONTACTS_SHOWN,
        )
        return [
            {
                "id": action.id,
                "text": self._contact_sentence(action),
                "note": action.note or "",
                "incoming": action.direction == "in",
            }
            for action in done
        ]

    def _panel_promises(self):
        """Running ones, and how many were not kept before."""
        agreements = self.agreement_ids
        today = self.company_id._recovery_today()
        running = agreements.filtered(
            lambda a: a.state == "active" and a.date_until >= today
        )
        return {
            "running": [
                {"id": a.id, "text": f"{a.name}: {a.amount_text}"} for a in running
            ],
            "broken": self._count_broken(),
        }

    def _count_broken(self):
        """Promises that were not kept, as far as they are judged."""
        agreements = self.env["debt.recovery.agreement"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "broken"),
            ]
        )
        return len(agreements)

    def _panel_outcomes(self, channel):
        """Outcomes that can come of this channel: the buttons first."""
        outcomes = self.env["debt.recovery.outcome"].search([("active", "=", True)])
        if channel != "visit":
            outcomes = outcomes.filtered(lambda outcome: not outcome.is_visit)
        if channel not in ("phone", "visit", "sms"):
            outcomes = outcomes.filtered(lambda o: o.group != "no_contact")
        return outcomes._panel_data()

    def _panel_choices(self, model, domain=()):
        return [
            {"id": record.id, "name": record.name}
            for record in self.env[model].search(list(domain))
        ]

    def _panel_owners(self):
        """Colleagues who can answer a question: whoever works with us."""
        users = self.env.user | self.user_id | self.partner_id.user_id
        rows = self.env["debt.recovery.receivable"].search(self._open_items_domain())
        users |= rows.invoice_user_id | self.company_id.recovery_escalate_user_id
        return [{"id": user.id, "name": user.name} for user in users.filtered("active")]
