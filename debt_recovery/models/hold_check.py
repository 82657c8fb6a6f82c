from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

#: Groups that may place a hold, by the type's ``placed_by``.
PLACED_BY_GROUPS = {
    "officer": ["debt_recovery.group_officer", "debt_recovery.group_legal"],
    "manager": ["debt_recovery.group_manager"],
    "legal": ["debt_recovery.group_legal", "debt_recovery.group_manager"],
    "salesperson": ["base.group_user"],
    "system": [],
}
HARD_GROUPS = ["debt_recovery.group_manager", "debt_recovery.group_legal"]


class DebtRecoveryHoldCheck(models.AbstractModel):
    """Who may place a hold, for how long, and who may end it. The program itself
    (superuser) is bound by dates only."""

    _name = "debt.recovery.hold.check.mixin"
    _description = "Rules for holds"

    @api.constrains("scope", "case_id", "move_id", "move_line_id")
    def _check_target(self):
        needed = {"case": "case_id", "invoice": "move_id", "line": "move_line_id"}
        for hold in self:
            fname = needed.get(hold.scope)
            if fname and not hold[fname]:
                raise ValidationError(
                    self.env._(
                        "A hold on “%(scope)s” must name it: fill in “%(field)s”.",
                        scope=dict(
                            hold._fields["scope"]._description_selection(self.env)
                        )[hold.scope],
                        field=hold._fields[fname]._description_string(self.env),
                    )
                )

    @api.constrains("date_from", "date_to", "type_id")
    def _check_dates(self):
        for hold in self:
            today = (hold.company_id or self.env.company)._recovery_today()
            if not hold.date_to:
                if hold.type_id.needs_end:
                    raise ValidationError(
                        self.env._(
                            "A hold “%(type)s” must end: enter its last day.",
                            type=hold.type_id.name,
                        )
                    )
                continue
            if hold.date_to < hold.date_from:
                raise ValidationError(
                    self.env._(
                        "The hold would end on %(end)s, before it starts on %(start)s: "
                        "choose a later last day.",
                        end=format_date(self.env, hold.date_to),
                        start=format_date(self.env, hold.date_from),
                    )
                )
            if hold.date_to < today:
                raise ValidationError(
                    self.env._(
                        "The last day %(end)s is in the past: choose today or a later "
                        "day.",
                        end=format_date(self.env, hold.date_to),
                    )
                )

    def _check_rights(self, fnames):
        """What depends on the user cannot be a constraint: Odoo runs those as the
        superuser."""
        if self.env.su:
            return
        if "type_id" in fnames:
            self._check_placed_by()
        if {"type_id", "date_from", "date_to"} & set(fnames):
            self._check_longest()
        if "date_released" in fnames:
            self._check_release()

    def _check_longest(self):
        for hold in self.filtered(lambda hold: hold.approval_state != "waiting"):
            if not hold._approval_is_mine():
                raise ValidationError(hold._longest_sentence())

    def _longest_sentence(self):
        company = self.company_id or self.env.company
        limit = self.type_id.quarter_limit
        if limit and self._count_in_quarter() > limit:
            return self.env._(
                "%(customer)s has had “%(type)s” %(count)s times this quarter: ask a "
                "manager for another one.",
                customer=self.partner_id.display_name,
                type=self.type_id.name,
                count=limit,
            )
        latest = self.type_id._get_latest_end(self.date_from, company)
        if not latest:
            return self.env._(
                "A hold “%(type)s” needs approval: use “Place Hold” to ask for it.",
                type=self.type_id.name,
            )
        return self.env._(
            "A hold “%(type)s” may last until %(latest)s: choose that day or ask a "
            "manager for a longer one.",
            type=self.type_id.name,
            latest=format_date(self.env, latest),
        )

    def _check_placed_by(self):
        for hold in self:
            hold_type = hold.type_id
            groups = PLACED_BY_GROUPS[hold_type.placed_by]
            if not any(self.env.user.has_group(group) for group in groups):
                raise ValidationError(
                    self.env._(
                        "A hold “%(type)s” is placed by: %(who)s. Choose another type.",
                        type=hold_type.name,
                        who=dict(
                            hold_type._fields["placed_by"]._description_selection(
                                self.env
                            )
                        )[hold_type.placed_by],
                    )
                )

    def _check_release(self):
        """Ending a hard hold needs a manager or legal; that of a legal case or of a
        placement ends with it."""
        for hold in self:
            if sentence := hold._ends_with_sentence():
                raise ValidationError(sentence)
        if any(self.env.user.has_group(group) for group in HARD_GROUPS):
            return
        for hold in self.filtered(lambda hold: hold.date_released and hold.is_hard):
            raise ValidationError(
                self.env._(
                    "The hold “%(hold)s” is a hard one: only a manager or legal can "
                    "end it.",
                    hold=hold.name,
                )
            )

    def _ends_with_sentence(self):
        """What ends a hold that the program placed; False for all others."""
        return {
            "legal": self.env._(
                "“%(hold)s” ends when the legal case is closed or withdrawn.",
                hold=self.name,
            ),
            "agency": self.env._(
                "“%(hold)s” ends when the placement is closed or recalled.",
                hold=self.name,
            ),
        }.get(self.type_id.code)

    @api.model
    def _check_unchanged(self, hold, vals):
        """What a hold is about cannot be changed afterwards."""
        for fname, value in vals.items():
            field = hold._fields[fname]
            if field.convert_to_write(hold[fname], hold) != (value or False):
                raise UserError(
                    self.env._(
                        "“%(field)s” of a hold cannot be changed: end this hold and "
                        "place a new one.",
                        field=field._description_string(self.env),
                    )
                )
