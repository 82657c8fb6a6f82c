"""Rows of a receivables file for the evaluation of the late-payment estimate.

Two shapes are known by their columns: invoices with issue, due and settlement date as
``./dev replay`` reads them, and cleared items by customer number. Exact duplicates are
one invoice; what was paid before it was issued, or never, tells nothing here."""

import csv
import io
from pathlib import Path

from devtools.replay_file import FileProblem, read_file, read_stream

#: Their column -> ours.
CLEARED = {
    "cust_number": "customerID",
    "posting_date_est": "InvoiceDate",
    "due_date": "DueDate",
    "amount": "InvoiceAmount",
    "clear_date": "SettledDate",
}


def read(path):
    """(rows in the order of issue, number of lines left out).

    :raise FileProblem: when there is nothing to evaluate
    """
    rows, left_out = _read_cleared(path) or _read_invoices(path)
    settled = [row for row in rows if row.settled]
    if not settled:
        raise FileProblem(f"{path} names no paid invoice: nothing can be evaluated.")
    settled.sort(key=lambda row: (row.issued, row.line))
    return settled, left_out + len(rows) - len(settled)


def _read_invoices(path):
    rows, faults = read_file(path)
    return rows, len(faults)


def _read_cleared(path):
    """None when the file has the other shape."""
    path = Path(path)
    if not path.is_file():
        return None
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if not set(CLEARED) <= set(reader.fieldnames or ()):
            return None
        records = list(reader)
    unique = {tuple(record.values()): record for record in records}
    rows, faults = read_stream(_as_invoices(unique.values()))
    return rows, len(records) - len(unique) + len(faults)


def _as_invoices(records):
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["invoiceNumber", *CLEARED.values()])
    for number, record in enumerate(records):
        writer.writerow([number, *(_plain(record[name]) for name in CLEARED)])
    stream.seek(0)
    return stream


def _plain(text):
    """ISO dates as the reader of invoices writes them."""
    year, _dash, rest = text.partition("-")
    month, _dash, day = rest.partition("-")
    return f"{month}/{day}/{year}" if day else text
