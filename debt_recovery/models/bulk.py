"""Rows written set by set, where one decision of the engine makes thousands."""

import json
from datetime import date
from decimal import Decimal

from odoo.tools import SQL


def rows_sql(model, names, rows):
    """``SELECT`` of the named columns from plain dicts; what is missing is NULL. The
    database casts each value to the type of its column."""
    return SQL(
        "SELECT %s FROM jsonb_populate_recordset(NULL::%s, %s::jsonb) x",
        SQL(", ").join(SQL("x.%s", SQL.identifier(name)) for name in names),
        SQL.identifier(model._table),
        json.dumps(rows, default=_plain),
    )


def insert_rows(model, rows, returning="id"):
    """Insert rows in one statement: no defaults and no hooks of the ORM, so only the
    engine uses it, for rows that it makes alone.

    :param rows: dicts of stored columns as the database keeps them
    :param returning: name of one more column to return beside the id
    :return: ``[(id, value)]`` of the rows, in no order
    """
    if not rows:
        return []
    stamp = {}
    if model._log_access:
        user, now = model.env.uid, model.env.cr.now()
        stamp = {"create_uid": user, "create_date": now}
        stamp |= {"write_uid": user, "write_date": now}
    names = sorted(set(stamp).union(*rows))
    return model.env.execute_query(
        SQL(
            "INSERT INTO %s (%s) %s RETURNING id, %s",
            SQL.identifier(model._table),
            SQL(", ").join(map(SQL.identifier, names)),
            rows_sql(model, names, [row | stamp for row in rows]),
            SQL.identifier(returning),
        )
    )


def update_rows(model, rows):
    """Write stored columns of many rows in one statement, each row its own values: no
    checks, no hooks and no cleaning of HTML, so only for values the engine made.

    :param rows: ``{id: dict}`` with the same columns in each
    """
    if not rows:
        return
    records = model.browse(rows)
    names = sorted(next(iter(rows.values())))
    model.flush_model(names)
    model.env.execute_query(
        SQL(
            """UPDATE %s t SET (%s, write_uid, write_date) = (%s, %s, %s)
                 FROM (%s) x WHERE x.id = t.id RETURNING t.id""",
            SQL.identifier(model._table),
            SQL(", ").join(map(SQL.identifier, names)),
            SQL(", ").join(SQL.identifier("x", name) for name in names),
            model.env.uid,
            model.env.cr.now(),
            rows_sql(
                model,
                ["id", *names],
                [vals | {"id": row_id} for row_id, vals in rows.items()],
            ),
        )
    )
    records.invalidate_recordset(names, flush=False)
    records.modified(names)


def insert_links(model, name, pairs):
    """Links of a many2many field, ``(id, id)``, in one statement."""
    if not pairs:
        return
    field = model._fields[name]
    model.env.execute_query(
        SQL(
            """INSERT INTO %s (%s, %s) SELECT * FROM unnest(%s, %s)
               ON CONFLICT DO NOTHING RETURNING 1""",
            SQL.identifier(field.relation),
            SQL.identifier(field.column1),
            SQL.identifier(field.column2),
            *map(list, zip(*pairs, strict=True)),
        )
    )
    records = model.browse(dict.fromkeys(pair[0] for pair in pairs))
    records.invalidate_recordset([name], flush=False)
    records.modified([name])


def _plain(value):
    """Dates in ISO form, amounts as exact text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{value!r} cannot be written in a set.")
