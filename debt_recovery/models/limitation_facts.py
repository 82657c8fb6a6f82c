from collections import defaultdict

from odoo import Command, api, models
from odoo.tools import SQL

from ..tools.limitation import Claim, Event, Limitation, assess, choose
from ..tools.results import reason


class DebtRecoveryLimitationFacts(models.AbstractModel):
    """When journal items become time-barred, from what the books and the log know now:
    a number of queries that does not grow with the items."""

    _name = "debt.recovery.limitation.facts.mixin"
    _description = "Limitation of Journal Items"

    def _recovery_limitation(self):
        """The limitation of these receivable items today.

        :return: ``{journal item: tools.limitation.Limitation}``; ``date`` and
            ``days_left`` are None where no rule is known
        """
        rules = self.env["debt.recovery.limitation.rule"]._plain_rules()
        claims = self._limitation_claims()
        events = self._limitation_events()
        days = {
            root: root._recovery_today() for root in self.company_id._recovery_root()
        }
        fitting = {}
        found = {}
        for line in self:
            claim = claims[line.id]
            key = (claim.country, claim.state, claim.kind, claim.debtor)
            if key not in fitting:
                fitting[key] = [rule for rule in rules if rule.speaks_of(claim)]
            rule = choose(fitting[key], claim)
            today = days[line.company_id._recovery_root()]
            found[line] = (
                assess(rule, claim, events[line.id], today)
                if rule
                else Limitation(reasons=(reason("limitation_unknown"),))
            )
        return found

    # CLAIM

    def _limitation_claims(self):
        """``{item id: Claim}``."""
        rows = self.env.execute_query_dict(self._limitation_claims_sql())
        partners = self.env["res.partner"].sudo()
        companies = self.env["res.company"].sudo()
        partners = partners.browse({row["partner_id"] for row in rows} - {None})
        partners.fetch(self._limitation_law_fields())  # all of them, only these
        by_id = {partner.id: partner for partner in partners}
        laws = {}
        for row in rows:
            key = (row["partner_id"], row["company_id"])
            if key not in laws:
                company = companies.browse(row["company_id"]).root_id
                partner = by_id.get(row["partner_id"], partners.browse())
                laws[key] = self._limitation_law(partner, company)
        return {
            row["id"]: Claim(
                due=row["due"],
                invoiced=row["invoiced"],
                kind=row["kind"] or "",
                **laws[row["partner_id"], row["company_id"]],
            )
            for row in rows
        }

    @api.model
    def _limitation_law_fields(self):
        """Fields of the customer that :meth:`_limitation_law` reads."""
        law = ["recovery_law_country_id", "recovery_law_state_id"]
        kind = ["recovery_debtor_type", "is_company", "vat"]
        return ["country_id", "state_id", *law, *kind]

    @api.model
    def _limitation_law(self, partner, company):
        """Whose law it is: the one agreed with the customer; a consumer's own; else
        ours or the debtor's, as the company says."""
        consumer = bool(partner) and partner._recovery_debtor_kind() == "consumer"
        own = company.recovery_limitation_law == "own" and not consumer
        place = company.partner_id if own and company.country_id else partner
        country, state = place.country_id, place.state_id
        if partner.recovery_law_country_id:
            country = partner.recovery_law_country_id
            state = partner.recovery_law_state_id
        return {
            "country": country.code or company.country_id.code or "",
            "state": state.code or "",
            "debtor": "consumer" if consumer else "business",
        }

    def _limitation_claims_sql(self):
        """Due and invoice dates, customer, and whether goods or services were sold;
        nothing where both were, or no product tells."""
        self.env.flush_all()
        return SQL(
            """SELECT l.id, COALESCE(l.date_maturity, l.date) AS due, l.company_id,
                      COALESCE(m.invoice_date, l.date) AS invoiced,
                      p.commercial_partner_id AS partner_id,
                      (SELECT CASE WHEN bool_and(t.type = 'consu') THEN 'goods'
                                   WHEN bool_and(t.type = 'service') THEN 'services' END
                         FROM account_move_line x
                         JOIN product_product y ON y.id = x.product_id
                         JOIN product_template t ON t.id = y.product_tmpl_id
                        WHERE x.move_id = l.move_id AND x.display_type = 'product'
                      ) AS kind
                 FROM account_move_line l
                 JOIN account_move m ON m.id = l.move_id
                 LEFT JOIN res_partner p ON p.id = l.partner_id
                WHERE l.id IN %s""",
            tuple(self.ids) or (0,),
        )

    # WHAT HAPPENED

    def _limitation_events(self):
        """``{item id: [Event]}`` of every source."""
        events = defaultdict(list)
        queries = self._limitation_sources()
        union = SQL(" UNION ALL ").join(SQL("(%s)", query) for query in queries)
        for line, kind, day, until in self.env.execute_query(union):
            events[line].append(Event(kind, day, until))
        return events

    def _limitation_sources(self):
        """Seam: queries of (item id, kind, day, until) about these items; ``until`` is
        for suspensions."""
        ids = tuple(self.ids) or (0,)
        return [
            self._limitation_recorded_sql(ids),
            self._limitation_paid_sql(ids),
            self._limitation_confirmed_sql(ids),
            self._limitation_signed_sql(ids),
            self._limitation_demanded_sql(ids),
            self._limitation_moratorium_sql(ids),
            self._limitation_filed_sql(ids),
        ]

    @api.model
    def _limitation_recorded_sql(self, ids):
        """What people and other parts of the program wrote down."""
        return SQL(
            """SELECT r.line_id, COALESCE(e.cause, e.kind) AS kind, e.date, e.date_to
                 FROM debt_recovery_limitation_event e
                 JOIN debt_recovery_limitation_event_line_rel r ON r.event_id = e.id
                WHERE r.line_id IN %s""",
            ids,
        )

    @api.model
    def _limitation_paid_sql(self, ids):
        """Money of the debtor, dated by its own entry; credit notes acknowledge
        nothing."""
        return SQL(
            """SELECT p.debit_move_id, 'payment', c.date, NULL::date
                 FROM account_partial_reconcile p
                 JOIN account_move_line c ON c.id = p.credit_move_id
                 JOIN account_move m ON m.id = c.move_id
                WHERE p.debit_move_id IN %s AND %s = 'cash'""",
            ids,
            self.env["debt.recovery.agreement"]._facts_kind(),
        )

    @api.model
    def _limitation_confirmed_sql(self, ids):
        """A balance confirmation acknowledges what was on the account that day."""
        return SQL(
            """SELECT l.id, 'acknowledgement', f.reply_date, NULL::date
                 FROM account_move_line l
                 JOIN res_partner p ON p.id = l.partner_id
                 JOIN res_company o ON o.id = l.company_id
                 JOIN debt_recovery_confirmation f
                      ON f.partner_id = p.commercial_partner_id
                     AND f.state = 'agreed' AND f.reply_date IS NOT NULL
                     AND l.date <= f.date
                     AND f.company_id = split_part(o.parent_path, '/', 1)::int
                WHERE l.id IN %s""",
            ids,
        )

    @api.model
    def _limitation_signed_sql(self, ids):
        """A signed agreement whose document acknowledges the debt, whatever becomes of
        it."""
        return SQL(
            """SELECT x.move_line_id, 'acknowledgement', a.date_accepted, NULL::date
                 FROM debt_recovery_agreement_line x
                 JOIN debt_recovery_agreement a ON a.id = x.agreement_id
                WHERE x.move_line_id IN %s AND a.date_accepted IS NOT NULL
                  AND a.acknowledges""",
            ids,
        )

    @api.model
    def _limitation_demanded_sql(self, ids):
        """A formal demand that left as a letter."""
        return SQL(
            """SELECT x.move_line_id, 'demand', a.date_done::date, NULL::date
                 FROM debt_recovery_action_line x
                 JOIN debt_recovery_action a ON a.id = x.action_id
                 JOIN debt_recovery_channel h ON h.id = a.channel_id
                 JOIN debt_recovery_strategy_step s ON s.id = a.step_id
                 JOIN debt_recovery_stage g ON g.id = s.stage_id
                WHERE x.move_line_id IN %s AND a.state = 'done'
                  AND a.correction_of_id IS NULL AND h.code = 'letter'
                  AND g.code IN ('demand', 'legal', 'agency')""",
            ids,
        )

    @api.model
    def _limitation_moratorium_sql(self, ids):
        """Moratoria placed as holds, for as long as they really ran."""
        return SQL(
            """SELECT l.id, 'moratorium', h.date_from,
                      LEAST(h.date_to, h.date_released - 1)
                 FROM account_move_line l
                 JOIN res_partner p ON p.id = l.partner_id
                 JOIN debt_recovery_hold h
                      ON h.partner_id = p.commercial_partner_id
                     AND (h.scope IN ('partner', 'case') OR h.move_id = l.move_id
                          OR h.move_line_id = l.id)
                 JOIN debt_recovery_hold_type t
                      ON t.id = h.type_id AND t.code = 'moratorium'
                WHERE l.id IN %s
                  AND COALESCE(h.approval_state, '') NOT IN ('waiting', 'refused')""",
            ids,
        )

    @api.model
    def _limitation_filed_sql(self, ids):
        """Proceedings about the item, from filing to the end of the legal case."""
        return SQL(
            """SELECT i.move_line_id, 'proceedings', g.date_filed, g.date_closed
                 FROM debt_recovery_legal_item i
                 JOIN debt_recovery_legal_case g ON g.id = i.legal_case_id
                WHERE i.move_line_id IN %s AND g.date_filed IS NOT NULL""",
            ids,
        )

    # WRITING DOWN

    def _recovery_note_limitation(self, kind, day, **vals):
        """Write down a restart or a suspension of these items, all of one customer.

        :param kind: ``acknowledgement``, ``payment`` or ``suspension`` (with ``cause``
            ``negotiation``, ``proceedings`` or ``moratorium``, and ``date_to``)
        :return: the event
        """
        partner = self.partner_id.commercial_partner_id
        case = self.env["debt.recovery.case"].sudo()
        case = case.search(
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", self.company_id._recovery_root().id),
            ],
            order="state DESC, id DESC",  # a closed one only if there is no other
            limit=1,
        )
        vals = {"case_id": case.id, "kind": kind, "date": day, **vals}
        vals["line_ids"] = [Command.set(self.ids)]
        return self.env["debt.recovery.limitation.event"].sudo().create(vals)

    def _recovery_store_limitation(self):
        """Bring the lists up to date at once."""
        rows = self.env["debt.recovery.limitation"].sudo()
        rows._store(self.sudo().filtered("partner_id")._recovery_limitation())
        rows.invalidate_model(flush=False)
