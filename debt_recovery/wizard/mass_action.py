from odoo import Command, api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("assign", "Assign by the rules"),
    ("reassign", "Hand over to a colleague"),
    ("hold", "Place a hold"),
    ("strategy", "Change the strategy"),
    ("send", "Send the next step"),
    ("statement", "Send the statement"),
]
MESSAGES = ("send", "statement")
#: Rows of the preview; more is counted in words.
SHOWN = 100
MOST = 1000


class DebtRecoveryMassAction(models.TransientModel):
    """One piece of work on many cases, with a look first: who gets what, who does not
    and why. Failures stop nobody else."""

    _name = "debt.recovery.mass.action"
    _description = "Work on Many Cases"
    _inherit = [
        "debt.recovery.mass.action.kinds.mixin",
        "debt.recovery.bulk.message.rows.mixin",
    ]

    kind = fields.Selection(KINDS, "What", required=True, default="assign")
    case_ids = fields.Many2many("debt.recovery.case", string="Cases")
    from_selection = fields.Boolean(readonly=True)
    from_user_id = fields.Many2one(
        "res.users",
        "From",
        domain=[("share", "=", False)],
        context={"active_test": False},
        help="All running cases of this colleague.",
    )
    user_id = fields.Many2one("res.users", "To", domain=[("share", "=", False)])
    hold_type_id = fields.Many2one(
        "debt.recovery.hold.type",
        "Hold",
        domain=lambda self: self.env["debt.recovery.hold.place"]._domain_type_id(),
    )
    date_to = fields.Date(
        "Last Day", compute="_compute_date_to", store=True, readonly=False
    )
    strategy_id = fields.Many2one(
        "debt.recovery.strategy",
        domain="[('company_id', 'in', [False, company_id])]",
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    reason = fields.Char()
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    ready_count = fields.Integer(compute="_compute_preview")
    needs_approval = fields.Boolean(compute="_compute_preview")
    is_complete = fields.Boolean(compute="_compute_preview")
    result = fields.Html(readonly=True, sanitize=False)

    @api.model
    def default_get(self, fields):
        """Cases ticked in a list; without any, those that nobody works."""
        values = super().default_get(fields)
        ids = self.env.context.get("active_ids") or []
        if self.env.context.get("active_model") == "debt.recovery.case" and ids:
            values |= {"case_ids": [Command.set(ids)], "from_selection": True}
            values["kind"] = self.env.context.get("default_kind", "send")
        elif not values.get("case_ids"):
            values["case_ids"] = [Command.set(self._find_unassigned().ids)]
        return values

    @api.model
    def _find_unassigned(self):
        return self.env["debt.recovery.case"].search(
            [
                ("state", "!=", "closed"),
                ("company_id", "in", self.env.companies.root_id.ids),
                "|",
                ("user_id", "=", False),
                ("user_id.active", "=", False),
            ]
        )

    @api.depends("case_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.case_ids.company_id[:1]

    @api.depends("hold_type_id")
    def _compute_date_to(self):
        for wizard in self:
            company = self.env.company
            start = company._recovery_today()
            wizard.date_to = wizard.hold_type_id and (
                wizard.hold_type_id._get_default_end(start, company)
            )

    @api.onchange("from_user_id")
    def _onchange_from_user_id(self):
        if not self.from_selection and self.from_user_id:
            self.kind = "reassign"
            self.case_ids = self.env["debt.recovery.case"].search(
                [("user_id", "=", self.from_user_id.id), ("state", "!=", "closed")]
            )

    # PREVIEW

    @api.depends(
        "kind", "case_ids", "user_id", "hold_type_id", "date_to", "strategy_id"
    )
    def _compute_preview(self):
        for wizard in self:
            too_many = wizard._too_many()
            show = wizard._is_complete() and not too_many
            rows = wizard._rows() if show else []
            ready = [row for row in rows if row["ok"]]
            wizard.is_complete = wizard._is_complete()
            wizard.ready_count = len(ready)
            wizard.preview = wizard._render_rows(rows) if rows else too_many
            wizard.needs_approval = wizard._asks_first(ready)

    def _is_complete(self):
        """Whether enough is chosen to say what would happen."""
        needed = {"hold": "hold_type_id", "strategy": "strategy_id"}
        needed |= {"reassign": "user_id"}
        fname = needed.get(self.kind)
        return bool(self.case_ids and (not fname or self[fname]))

    def _rows(self):
        """``[{"case", "ok", "text"}]``: what would happen to each case."""
        cases = self.case_ids._origin
        if self.kind in MESSAGES:
            return self._preview_rows(self.kind, cases)
        return getattr(self, f"_rows_{self.kind}")(cases)

    def _asks_first(self, ready):
        """More recipients than this person may write to alone."""
        if self.kind not in MESSAGES or not ready:
            return False
        return not self._bulk_message(ready, new=True)._approval_is_mine()

    def _bulk_message(self, ready, new=False):
        cases = self.env["debt.recovery.case"].union(*(row["case"] for row in ready))
        bulk = self.env["debt.recovery.bulk.message"]
        vals = {
            "kind": self.kind,
            "case_ids": [Command.set(cases.ids)],
            "company_id": cases.company_id[:1].id,
            "user_id": self.env.uid,
        }
        return bulk.new(vals) if new else bulk.sudo().create(vals).sudo(self.env.su)

    def _render_rows(self, rows, done=False):
        """The table: what does not work first, somebody may want to mend it."""
        ordered = sorted(rows, key=lambda row: row["ok"])
        values = {
            "rows": [self._render_row(row) for row in ordered[:SHOWN]],
            "more": len(rows) - SHOWN,
            "ready": sum(row["ok"] for row in rows),
            "refused": sum(not row["ok"] for row in rows),
            "done": done,
        }
        return self.env["ir.qweb"]._render("debt_recovery.mass_action_rows", values)

    def _render_row(self, row):
        case = row["case"].sudo()
        return {
            "customer": case.partner_id.display_name,
            "amount": case.company_currency_id.format(case.amount_collectable),
            "text": row["text"],
            "ok": row["ok"],
        }

    # RUN

    def action_run(self):
        """Do it for everybody for whom it is possible, then show what came of it."""
        self.ensure_one()
        self._check_ready()
        before = self._rows()
        ready = [row for row in before if row["ok"]]
        if not ready:
            raise UserError(
                self.env._("There is nobody for whom this can be done: see the list.")
            )
        if self.kind in MESSAGES:
            bulk = self._bulk_message(ready)
            approvals = bulk._request_approval(self.reason or bulk.display_name)
            if approvals:
                return bulk._approval_asked_notice(approvals)
            rows = bulk._deliver()
        else:
            do = getattr(self, f"_do_{self.kind}")
            rows = [self._attempt(row, do) for row in ready]
        refused = [row for row in before if not row["ok"]]
        self.result = self._render_rows(refused + rows, done=True)
        return self._reopen()

    def _check_ready(self):
        if not self._is_complete():
            raise UserError(self.env._("Choose the cases, and what is done with them."))
        if too_many := self._too_many():
            raise UserError(too_many)
        if self.kind in ("hold", "strategy") and not (self.reason or "").strip():
            raise UserError(self.env._("Write down why."))

    def _too_many(self):
        """What to say to a selection that is too large, False if it is not."""
        if len(self.case_ids) <= MOST or self.kind in ("assign", "reassign"):
            return False
        return self.env._(
            "%(count)s cases are too many at once (at most %(most)s): choose fewer.",
            count=len(self.case_ids),
            most=MOST,
        )

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Came of It"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }
