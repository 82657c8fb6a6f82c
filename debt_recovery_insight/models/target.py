from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, formatLang

#: Below this share of the pace a target is behind.
PACE = 0.9
#: A target entered in the first days of a month is one for the month.
NEAR_DAYS = 15


class DebtRecoveryTarget(models.Model):
    """What an officer, or the team of a company, wants a key figure to be at the end of
    a period. Progress is read from the key figure itself, never stored."""

    _name = "debt.recovery.target"
    _description = "Target"
    _order = "date_from desc, user_id, kpi_id, id"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company.root_id,
        domain="[('parent_id', '=', False)]",
        ondelete="cascade",
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        "Officer",
        index=True,
        domain="[('share', '=', False)]",
        help="Empty: the whole team of the company.",
    )
    kpi_id = fields.Many2one(
        "debt.recovery.kpi",
        "Key Figure",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.ref(
            "debt_recovery_insight.kpi_recovered", raise_if_not_found=False
        ),
    )
    unit = fields.Selection(related="kpi_id.unit")
    direction = fields.Selection(related="kpi_id.direction")
    date_from = fields.Date(
        "From", required=True, default=lambda self: self._default_month()[0]
    )
    date_to = fields.Date(
        "To", required=True, default=lambda self: self._default_month()[1]
    )
    value = fields.Float(
        "Target",
        required=True,
        digits=(16, 2),
        help="In company currency, days, per cent or numbers, as the key figure.",
    )
    value_text = fields.Char("Target in Words", compute="_compute_progress")
    actual = fields.Float(compute="_compute_progress", digits=(16, 2))
    actual_text = fields.Char("So Far", compute="_compute_progress")
    progress = fields.Float(
        compute="_compute_progress",
        help="Per cent of the target. Where lower is better: 100 once it is reached.",
    )
    pace = fields.Selection(
        [
            ("reached", "Reached"),
            ("on", "On pace"),
            ("behind", "Behind"),
            ("missed", "Missed"),
            ("unknown", "Not known yet"),
        ],
        compute="_compute_progress",
    )
    reason = fields.Char("Remark", compute="_compute_progress")

    @api.model
    def _default_month(self):
        today = self.env.company._recovery_today()
        first = today.replace(day=1)
        return first, fields.Date.end_of(first, "month")

    @api.depends("kpi_id", "user_id")
    def _compute_display_name(self):
        for target in self:
            who = target.user_id.name or self.env._("Team")
            target.display_name = f"{target.kpi_id.name or ''} · {who}"

    @api.depends("company_id", "user_id", "kpi_id", "date_from", "date_to", "value")
    @api.depends_context("recovery_today", "lang")
    def _compute_progress(self):
        def question(target):
            return target.company_id, target.user_id, target.date_from, target.date_to

        for (company, user, first, last), targets in self.grouped(question).items():
            answers = targets._read_answers(company, user, first, last)
            for target in targets:
                target._set_progress(answers.get(target.kpi_id.code))

    def _read_answers(self, company, user, first, last):
        """Answers of the key figures by code; none before the period has begun."""
        if not company or not first or not last or last < first:
            return {}
        if first > company._recovery_today():
            return {}
        filters = {"user_ids": user.ids} if user else None
        codes = self.kpi_id.mapped("code")
        answers = company._recovery_kpis(codes, first, last, filters)
        return {answer["code"]: answer for answer in answers}

    def _set_progress(self, answer):
        value = answer and answer["value"]
        actual = float(value or 0)
        self.update(
            {
                "actual": actual,
                "actual_text": answer["text"] if answer else "–",
                "value_text": self._value_text(self.value),
                "progress": 0.0 if value is None else self._share(actual),
                "pace": "unknown" if value is None else self._judge(actual),
                "reason": self._reason_text(answer),
            }
        )

    def _value_text(self, value):
        company = self.company_id or self.env.company
        if not self.kpi_id:
            return formatLang(self.env, value)
        reader = self.env["debt.recovery.kpi.reader"]
        return reader._value_text(self.kpi_id, value, company)

    def _reason_text(self, answer):
        if answer:
            return " ".join(answer["reasons"])
        if not self.date_from:
            return False
        day = format_date(self.env, self.date_from)
        return self.env._("Begins on %(day)s.", day=day)

    def _share(self, actual):
        if self.direction == "down":
            over = actual > self.value
            return 100.0 * self.value / actual if over and actual else 100.0
        return 100.0 * actual / self.value if self.value else 0.0

    def _judge(self, actual):
        """Sums grow day by day, so they are compared with the share of the period that
        is over; other figures with the target itself."""
        today = self.company_id._recovery_today()
        if self._share(actual) >= 100:
            return "reached"
        if today > self.date_to:
            return "missed"
        days = (self.date_to - self.date_from).days + 1
        gone = ((today - self.date_from).days + 1) / days
        due = 100 * (gone if self._grows() else 1) * PACE
        return "on" if self._share(actual) >= due else "behind"

    def _grows(self):
        """Whether the figure adds up day by day, so that it belongs to one period."""
        return self.unit in ("amount", "count") and self.direction == "up"

    def _is_about(self, first):
        """Whether its period begins with that day, or a little later."""
        return 0 <= (self.date_from - first).days < NEAR_DAYS

    # CHECKS

    @api.constrains("date_from", "date_to", "value")
    def _check_period(self):
        for target in self:
            if target.date_to < target.date_from:
                raise ValidationError(
                    self.env._(
                        "The target ends (%(end)s) before it begins (%(begin)s): "
                        "exchange the two days.",
                        end=format_date(self.env, target.date_to),
                        begin=format_date(self.env, target.date_from),
                    )
                )
            if target.value <= 0:
                raise ValidationError(
                    self.env._("A target is above zero: enter what is to be reached.")
                )

    @api.constrains("date_from", "date_to", "company_id", "user_id", "kpi_id")
    def _check_overlap(self):
        for target in self:
            other = self.search(target._overlap_domain(), limit=1)
            if other:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” has a target from %(begin)s to %(end)s already: "
                        "change that one or choose other days.",
                        name=target.display_name,
                        begin=format_date(self.env, other.date_from),
                        end=format_date(self.env, other.date_to),
                    )
                )

    def _overlap_domain(self):
        return [
            ("id", "!=", self.id),
            ("company_id", "=", self.company_id.id),
            ("user_id", "=", self.user_id.id),
            ("kpi_id", "=", self.kpi_id.id),
            ("date_from", "<=", self.date_to),
            ("date_to", ">=", self.date_from),
        ]

    # ACTIONS

    def action_next_period(self):
        """The same targets for the period after; those that exist are left alone."""
        made = self.browse()
        for target in self:
            first = fields.Date.add(target.date_to, days=1)
            vals = target._next_vals(first)
            domain = target.new(vals)._overlap_domain()[1:]
            if not self.search_count(domain, limit=1):
                made |= self.create(vals)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery_insight.debt_recovery_target_action"
        )
        return action | {"domain": [("id", "in", made.ids)], "context": {}}

    def _next_vals(self, first):
        days = (self.date_to - self.date_from).days
        last = fields.Date.add(first, days=days)
        if first.day == 1 and self.date_from.day == 1:
            months = (self.date_to.year - self.date_from.year) * 12
            months += self.date_to.month - self.date_from.month
            last = fields.Date.end_of(fields.Date.add(first, months=months), "month")
        return {
            "company_id": self.company_id.id,
            "user_id": self.user_id.id,
            "kpi_id": self.kpi_id.id,
            "value": self.value,
            "date_from": first,
            "date_to": last,
        }

    def action_open_rows(self):
        """What the figure was counted from."""
        self.ensure_one()
        filters = {"user_ids": self.user_id.ids} if self.user_id else None
        first = min(self.date_from, self.company_id._recovery_today())
        answer = self.company_id._recovery_kpi(
            self.kpi_id.code, first, self.date_to, filters
        )
        return answer["action"] or self.kpi_id._get_records_action()
