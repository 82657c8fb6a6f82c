from datetime import date, timedelta
from decimal import Decimal

from odoo import api, fields, models

from ..tools.interest import Stop
from .agreement import ENDED, FAILED, RESTING

ONE_DAY = timedelta(days=1)


class DebtRecoveryChargeStop(models.AbstractModel):
    """When an item bears no interest: holds that say so, contested parts, and
    agreements under which interest rests."""

    _name = "debt.recovery.charge.stop.mixin"
    _description = "Time without Charges"

    @api.model
    def _stops_of(self, lines, company):
        """``{line id: [Stop]}``."""
        stops = {line.id: [] for line in lines}
        holds = self._stopping_holds(lines, company).grouped("partner_id")
        for line in lines:
            mine = holds.get(line.partner_id.commercial_partner_id, ())
            stops[line.id] += [
                self._hold_stop(hold) for hold in mine if self._hold_covers(hold, line)
            ]
        rows = self._disputed_rows(lines)
        credited = rows._credited_amounts()
        for row in rows:
            stop = self._dispute_stop(row, credited.get(row.move_line_id.id, 0.0))
            stops[row.move_line_id.id].append(stop)
        for row in self._agreed_rows(lines):
            stops[row.move_line_id.id].append(self._agreement_stop(row))
        return stops

    # HOLDS

    @api.model
    def _stopping_holds(self, lines, company):
        holds = self.env["debt.recovery.hold"]
        return holds.search(
            [
                ("type_id.stop_charges", "=", True),
                ("partner_id", "in", lines.partner_id.commercial_partner_id.ids),
                ("company_id", "in", [False, company.id]),
                holds._approved_domain(),
            ]
        )

    @api.model
    def _hold_covers(self, hold, line):
        target = {"invoice": line.move_id, "line": line}.get(hold.scope)
        return target is None or target in (hold.move_id, hold.move_line_id)

    @api.model
    def _hold_stop(self, hold):
        """Days of a hold; the day of its release bears interest again."""
        last = hold.date_to or date.max
        if hold.date_released:
            last = min(last, fields.Date.subtract(hold.date_released, days=1))
        return Stop(hold.date_from, max(last, hold.date_from))

    # DISPUTES

    @api.model
    def _disputed_rows(self, lines):
        return self.env["debt.recovery.dispute.line"].search(
            [("move_line_id", "in", lines.ids), ("amount_blocked", ">", 0)]
        )

    @api.model
    def _dispute_stop(self, row, credited):
        """The contested part bears none while it is contested; once it is rejected, all
        days count. What was credited meanwhile is off the invoice already."""
        since = max(credited - row.credited_before, 0.0)
        amount = max(row.amount_blocked - since, 0.0)
        return Stop(row.dispute_id.date_opened, date.max, Decimal(str(amount)))

    # AGREEMENTS

    @api.model
    def _agreed_rows(self, lines):
        return (
            self.env["debt.recovery.agreement.line"]
            .search(
                [
                    ("move_line_id", "in", lines.ids),
                    ("agreement_id.interest_pause", "!=", "none"),
                    ("agreement_id.date_signed", "!=", False),
                    ("state", "in", [*RESTING, *FAILED, *ENDED]),
                ]
            )
            .filtered(lambda row: not row.agreement_id._interest_is_restored())
        )

    @api.model
    def _agreement_stop(self, row):
        """What is agreed shrinks as money arrives, as in the bridge."""
        agreement = row.agreement_id
        end = agreement.date_rest_end
        return Stop(
            agreement.date_signed,
            end - ONE_DAY if end else date.max,
            Decimal(str(row.amount_covered)),
            Decimal(str(row.residual_at_signing - row.amount_credited)),
        )
