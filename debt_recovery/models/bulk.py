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
    now = model.env.cr.now()
    stamp = {
        "create_uid": model.env.uid,
        "create_date": now,
        "write_uid": model.env.uid,
        "write_date": now,
    }
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


def _plain(value):
    """Dates in ISO form, amounts as exact text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{value!r} cannot be written in a set.")
