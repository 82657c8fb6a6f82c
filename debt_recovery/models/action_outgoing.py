from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from .action_guard import OPEN_STATES


class DebtRecoveryActionOutgoing(models.AbstractModel):
    """What a row of the Outgoing room says beside its own columns: when it leaves and
    what to look at before it does. Everything is read for the whole page at once."""

    _name = "debt.recovery.action.outgoing.mixin"
    _description = "Row of the Outgoing room"

    line_count = fields.Integer("Lines", compute="_compute_line_count", aggregator=None)
    leaves_at = fields.Datetime("Leaves at", compute="_compute_leaves_at")
    leaves = fields.Char(
        compute="_compute_leaves_at", help="In the company's own time zone."
    )
    watch_out = fields.Char(
        "Look Before It Leaves",
        compute="_compute_watch_out",
        help="Why somebody should look at this message, or why it did not leave.",
    )

    def _compute_line_count(self):
        rows = self.env["debt.recovery.action.line"]._read_group(
            [("action_id", "in", self.ids)], ["action_id"], ["__count"]
        )
        counts = {action.id: count for action, count in rows}
        for action in self:
            action.line_count = counts.get(action.id, 0)

    @api.depends("state", "mode", "date_planned", "date_done")
    def _compute_leaves_at(self):
        """The release that will take the message; nothing while a person must decide
        first, or where messages leave at once. What has left says when it did."""
        self.leaves_at = self.leaves = False
        for company, actions in self.grouped("company_id").items():
            root = company.sudo()._recovery_root()
            for action in actions.filtered(lambda a: a.state == "done"):
                action.leaves = root._recovery_moment_text(action.date_done)
            moment = root.recovery_release == "hour" and root._recovery_next_release()
            if not moment:
                continue
            days = {}
            for action in actions.filtered(lambda a: a._waits_for_the_hour()):
                day = action.date_planned
                if day not in days:
                    ahead = root._recovery_release_day(day)
                    days[day] = ahead and root._recovery_release_at(ahead)
                if days[day]:
                    action.leaves_at = leaves_at = max(moment, days[day])
                    action.leaves = root._recovery_moment_text(leaves_at)

    def _waits_for_the_hour(self):
        """Nobody has to do anything for this message to leave."""
        return self._is_message() and (
            self.state == "approved"
            or (self.state == "planned" and self.mode == "auto")
        )

    # ------------------------------------------------------------------
    # Warnings
    # ------------------------------------------------------------------

    @api.depends("state", "failure", "recipient_ids", "line_ids")
    def _compute_watch_out(self):
        waiting = self.filtered(lambda a: a.state in OPEN_STATES and a._is_message())
        facts = waiting._watch_facts()
        for action in self:
            if action in waiting:
                notes = action._watch_notes(facts)
                action.watch_out = " · ".join(note for note in notes if note)
            else:
                action.watch_out = action.failure

    def _watch_facts(self):
        """Everything the warnings of these messages need, a query per kind."""
        if not self.ids:
            return {}
        self.env.flush_all()
        stored = self.browse(self.ids)
        key_account = self.env.ref(
            "debt_recovery.partner_category_key_account", raise_if_not_found=False
        )
        partners = self.env["res.partner"].sudo()
        disputes = self.env["debt.recovery.dispute"].sudo()
        return {
            "log": {row["id"]: row for row in self._watch_rows()},
            "changed": set(stored.sudo()._claim_uncovered().ids),
            "key": set(
                partners.search(
                    [
                        ("id", "in", self.partner_id.ids),
                        ("category_id", "in", key_account and key_account.ids or []),
                    ]
                ).ids
            ),
            "disputed": set(
                disputes.search(
                    [
                        ("case_id", "in", self.case_id.ids),
                        ("state", "in", ("open", "answered")),
                    ]
                ).case_id.ids
            ),
        }

    def _watch_rows(self):
        """History of the customer and money since the message was planned."""
        return self.env.execute_query_dict(
            SQL(
                """SELECT a.id,
                          EXISTS (SELECT 1 FROM debt_recovery_action p
                            JOIN debt_recovery_channel c ON c.id = p.channel_id
                           WHERE p.partner_id = a.partner_id AND p.state = 'done'
                             AND p.company_id = a.company_id AND p.direction = 'out'
                             AND c.is_message) AS known,
                          EXISTS (SELECT 1 FROM debt_recovery_action f
                           WHERE f.case_id = a.case_id AND f.state = 'failed'
                             AND f.cycle = a.cycle AND f.channel_id = a.channel_id
                             AND f.step_id IS NOT DISTINCT FROM a.step_id
                             AND f.id < a.id) AS failed,
                          (SELECT -SUM(l.balance) FROM account_move_line l
                             JOIN account_account aa ON aa.id = l.account_id
                             JOIN account_move m ON m.id = l.move_id
                             JOIN res_company lc ON lc.id = l.company_id
                            WHERE l.partner_id = a.partner_id AND l.balance < 0
                              AND split_part(lc.parent_path, '/', 1)::int = a.company_id
                              AND l.parent_state = 'posted' AND m.move_type = 'entry'
                              AND aa.account_type = 'asset_receivable'
                              AND l.create_date > a.create_date) AS money
                     FROM debt_recovery_action a WHERE a.id IN %s""",
                tuple(self.ids),
            )
        )

    def _watch_notes(self, facts):
        """Seam: warnings of one message, the heaviest first; empty ones are dropped."""
        self.ensure_one()
        log = facts["log"].get(self._origin.id, {}) if facts else {}
        if not log:
            return []
        money = log["money"] and formatLang(
            self.env, log["money"], currency_obj=self.company_currency_id
        )
        return [
            not self.recipient_ids and self.env._("No recipient"),
            money and self.env._("Money came in: %(amount)s", amount=money),
            self._origin.id in facts["changed"] and self.env._("Claim has changed"),
            self.case_id.id in facts["disputed"] and self.env._("Open dispute"),
            self.partner_id.id in facts["key"] and self.env._("Key account"),
            log["failed"] and self.env._("Failed before"),
            not log["known"] and self.env._("First message ever"),
        ]

    # ------------------------------------------------------------------
    # Acts of the room
    # ------------------------------------------------------------------

    def action_open_message(self):
        """What waits opens as the debtor will get it; the rest as it is in the log."""
        self.ensure_one()
        may_send = self.env["debt.recovery.send.preview"].has_access("create")
        if may_send and self.state in OPEN_STATES and self._is_message():
            return self.action_preview()
        return self._button_open() | {"name": self.display_name}

    def action_hold(self):
        """Place a hold on the cases behind these messages."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hold"),
            "res_model": "debt.recovery.hold.place",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_scope": "case",
                "default_case_ids": [(6, 0, self.case_id.ids)],
            },
        }

    def _remove_lines(self, lines):
        """Leave lines out of a waiting message. The debt keeps its schedule: the next
        message claims what is collectable then, these lines among it."""
        self.ensure_one()
        self._check_not_merged()
        self._check_button_state(*OPEN_STATES)
        kept = self.line_ids - lines
        if not kept:
            raise UserError(
                self.env._("This is all the message claims: skip the message instead.")
            )
        vals = {"note": "\n".join(filter(None, [self.note, self._removed_note(lines)]))}
        if self.driver_line_id in lines.move_line_id:
            vals |= self._prepare_driver_vals(kept)
        lines.unlink()
        self.write(vals)
        self._claim_write_amount()
        self._renew_documents()
        if self.custom_text:
            self._to_be_read_again()

    def _removed_note(self, lines):
        return self.env._(
            "%(user)s left out %(invoices)s.",
            user=self.env.user.name,
            invoices=", ".join(line.name or "" for line in lines),
        )

    def _prepare_driver_vals(self, lines):
        """The oldest claimed line now drives the step: its payment starts it anew."""
        driver = lines.sorted(lambda line: (line.date_due, line.id))[:1]
        return {
            "driver_line_id": driver.move_line_id.id,
            "driver_amount": driver.amount,
        }

    def _to_be_read_again(self):
        """A text written by hand names amounts that have changed since."""
        self._guarded().write(
            {
                "state": "planned",
                "mode": "review",
                "reason": self.env._(
                    "Amounts have changed since the text was written: read it again."
                ),
            }
        )

    def _check_not_merged(self):
        """One clear sentence when the customer was merged while somebody looked."""
        for action in self.sudo():
            target = action.case_id.merged_into_id
            if target:
                raise UserError(
                    self.env._(
                        "“%(action)s” is obsolete: its case was merged into %(case)s "
                        "of %(customer)s meanwhile.",
                        action=action.display_name,
                        case=target.name,
                        customer=target.partner_id.display_name,
                    )
                )
