from odoo import api, models
from odoo.tools import SQL

from .action_guard import LIVE_KEY_SQL
from .bulk import insert_links


class DebtRecoveryActionPlan(models.AbstractModel):
    """Planning with the exactly-once key.

    The row is inserted before anything is sent and the partial unique index decides
    who was first. Two runs, or two people, that plan the same step of the same cycle
    on the same channel get one action between them.
    """

    _name = "debt.recovery.action.plan.mixin"
    _description = "Planning of recovery actions"

    @api.model
    def _plan_from_decisions(self, vals_list):
        """Create the actions whose key is still free, in one statement.

        :param vals_list: values of the action; besides its stored columns each may
            carry ``recipient_ids``, ``cc_ids`` (lists of partner ids) and ``line_ids``
            (ids of the journal items to claim; left out, the message claims
            everything collectable when it is prepared)
        :return: the actions that were really created
        """
        if not vals_list:
            return self.browse()
        planned = [(self._plan_vals(vals), vals) for vals in vals_list]
        new_ids = self._plan_reserve_ids(len(planned))
        inserted = set(self._plan_insert([p[0] for p in planned], new_ids))
        created = {
            new_id: vals
            for new_id, (_columns, vals) in zip(new_ids, planned, strict=True)
            if new_id in inserted
        }
        actions = self.browse(created)
        self._plan_invalidate()
        actions._plan_links(created)
        actions._plan_lines(created)
        return actions

    @api.model
    def _plan_defaults(self):
        """Values of a planned action that a decision may leave out."""
        return {
            "state": "planned",
            "origin": "engine",
            "direction": "out",
            "mode": "auto",
            "cycle": 1,
            "custom_text": False,
            "claims_nothing": False,
        }

    @api.model
    def _plan_vals(self, vals):
        """Stored columns of one planned row; anything but a plan is refused."""
        vals = {k: v for k, v in vals.items() if v is not None}
        self._check_create_vals(vals)
        case = self.env["debt.recovery.case"].browse(vals["case_id"])
        vals = {
            **self._plan_defaults(),
            "partner_id": case.partner_id.id,
            "company_id": case.company_id.id,
            "date_planned": case.company_id._recovery_today(),
            "user_id": case.user_id.id or False,
            **vals,
        }
        if vals.get("step_id") and not vals.get("strategy_id"):
            step = self.env["debt.recovery.strategy.step"].browse(vals["step_id"])
            vals["strategy_id"] = step.strategy_id.id or case.strategy_id.id
        return {
            name: value
            for name, value in vals.items()
            if name in self._fields and self._fields[name].column_type
        }

    @api.model
    def _plan_reserve_ids(self, count):
        """Ids known before the insert: the only way to tell which row of several
        equal ones was really created."""
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) "
                "FROM generate_series(1, %s)",
                self._table,
                count,
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _plan_insert(self, rows, new_ids):
        """Insert what is free; ids of the rows really inserted."""
        names = sorted(set().union(*rows))
        now = self.env.cr.now()
        self.flush_model()  # states that free a key may still wait to be written
        stamp = (self.env.uid, now, self.env.uid, now)
        values = [
            SQL(
                "%s",
                (
                    new_id,
                    *stamp,
                    *(self._plan_column(name, row.get(name)) for name in names),
                ),
            )
            for new_id, row in zip(new_ids, rows, strict=True)
        ]
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO %s (id, create_uid, create_date, write_uid, write_date, %s)
                     VALUES %s
                ON CONFLICT (case_id, step_id, cycle, channel_id) WHERE %s DO NOTHING
                  RETURNING id
                """,
                SQL.identifier(self._table),
                SQL(", ").join(SQL.identifier(name) for name in names),
                SQL(", ").join(values),
                SQL(LIVE_KEY_SQL),  # pylint: disable=sql-injection
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _plan_column(self, name, value):
        field = self._fields[name]
        return field.convert_to_column_insert(value, self, {}, validate=False)

    @api.model
    def _plan_invalidate(self):
        """Raw rows are in no cache: forget the lists they belong to."""
        self.invalidate_model(flush=False)
        case_model = self.env["debt.recovery.case"]
        if "action_ids" in case_model._fields:
            case_model.invalidate_model(["action_ids"], flush=False)

    def _plan_links(self, created):
        """Recipients of the created rows, as the decision names them."""
        for name in ("recipient_ids", "cc_ids"):
            pairs = [
                (action.id, partner_id)
                for action in self
                for partner_id in created[action.id].get(name) or ()
            ]
            insert_links(self, name, pairs)

    def _plan_lines(self, created):
        """Claim lines of all created rows: one read, one batch create."""
        wanted = {
            action.id: list(created[action.id]["line_ids"])
            for action in self
            if created[action.id].get("line_ids")
        }
        self.browse(wanted)._claim_lines(wanted)
