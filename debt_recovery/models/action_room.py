from odoo import api, models
from odoo.tools import format_date, format_duration


class DebtRecoveryActionRoom(models.AbstractModel):
    """The head of the Outgoing room: when things leave, what does not leave today and
    why. Counted with the reader's own rights."""

    _name = "debt.recovery.action.room.mixin"
    _description = "Outgoing room"

    @api.model
    @api.readonly
    def action_outgoing_facts(self):
        """What the strip above the list shows.

        :return: ``{"hour": text, "day": text, "reasons": [...], "notes": [...]}``
        """
        roots = self.env.companies._recovery_root().sudo()
        runs = self._room_runs(roots)
        return {
            "hour": self._room_hour(roots),
            "day": self._room_day(roots, runs),
            "run_ids": runs.ids,
            "reasons": self._room_reasons(runs),
            "notes": self._room_notes(roots),
        }

    def _room_runs(self, roots):
        """The latest real run of each company."""
        groups = self.env["debt.recovery.run"]._read_group(
            [("company_id", "in", roots.ids), ("kind", "=", "real")],
            ["company_id"],
            ["id:max"],
        )
        return self.env["debt.recovery.run"].browse(last for _company, last in groups)

    def _room_hour(self, roots):
        """The release hour, where all companies shown have the same."""
        hours = {
            company.recovery_release_hour
            for company in roots
            if company.recovery_release == "hour"
        }
        return format_duration(hours.pop()) if len(hours) == 1 else False

    def _room_day(self, roots, runs):
        """Day of the decisions, unless it is today."""
        today = {root._recovery_today() for root in roots}
        days = set(runs.mapped("date")) - today
        return format_date(self.env, min(days)) if days else False

    def _room_reasons(self, runs):
        """Customers nothing is sent to, by reason, most frequent first."""
        lines = self.env["debt.recovery.run.line"]
        groups = lines._read_group(
            [
                ("run_id", "in", runs.ids),
                ("phase", "=", "decide"),
                ("outcome", "in", ("wait", "stop", "idle", "shadow")),
            ],
            ["reason_code"],
            ["__count"],
            order="__count DESC",
        )
        field = lines._fields["reason_code"]
        labels = dict(field._description_selection(self.env))
        return [
            {"code": code, "label": labels.get(code, code or ""), "count": count}
            for code, count in groups
        ]

    def _room_notes(self, roots):
        """What concerns every message, said once instead of on each row."""
        channel = self.env["debt.recovery.channel.email"]
        notes = [root._recovery_release_warning() for root in roots]
        if not all(channel._has_reply_alias(root) for root in roots):
            notes.append(channel._no_alias_sentence())
        return list(dict.fromkeys(note for note in notes if note))
