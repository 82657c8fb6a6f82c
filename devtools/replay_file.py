"""Reads a receivables file: what is wrong with a row is said, never guessed."""

import csv
from collections import namedtuple
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

#: Columns the replay lives on; others may be there and are not read.
NEEDED = (
    "customerID",
    "invoiceNumber",
    "InvoiceDate",
    "DueDate",
    "InvoiceAmount",
    "SettledDate",
)
FIRST_YEAR, LAST_YEAR = 1990, 2100
LARGEST = Decimal(10) ** 12
CENT = Decimal("0.01")

#: A line of the file that was left out, and why.
Fault = namedtuple("Fault", "line text")


class FileProblem(Exception):
    """The file as a whole cannot be used; the text is one sentence for the user."""


class RowProblem(Exception):
    """One row cannot be used."""


@dataclass(frozen=True, slots=True)
class Row:
    """One invoice. ``settled`` is the day the money came, None while it is open."""

    line: int
    customer: str
    number: str
    issued: date
    due: date
    amount: Decimal
    settled: date | None


def read_file(path):
    """Rows of a file and the faults found on the way.

    :raise FileProblem: when there is nothing to go on with
    """
    path = Path(path)
    if not path.exists():
        raise FileProblem(f"There is no file {path}.")
    if path.is_dir():
        raise FileProblem(f"{path} is a folder, not a file.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return read_stream(stream)
    except UnicodeDecodeError:
        raise FileProblem(f"{path} is not a text file in UTF-8.") from None
    except OSError as error:
        raise FileProblem(f"{path} cannot be read: {error.strerror}.") from None


def read_stream(stream):
    """Rows and faults of an open text file; see :func:`read_file`."""
    records = _records(stream)
    _line, header = next(records, (1, []))
    columns = _find_columns(header)
    rows, faults, seen = [], [], {}
    for line, record in records:
        try:
            row = _parse(line, record, columns, len(header))
            if row.number in seen:
                first = seen[row.number]
                raise RowProblem(f"invoice {row.number} stands on line {first} already")
        except RowProblem as problem:
            faults.append(Fault(line, str(problem)))
            continue
        seen[row.number] = line
        rows.append(row)
    if not rows:
        raise FileProblem("There is no usable invoice in the file.")
    return rows, faults


def _records(stream):
    """Line number and fields of every record that is not empty."""
    reader = csv.reader(stream)
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            record = error
        if isinstance(record, Exception) or any(field.strip() for field in record):
            yield line, record


def _find_columns(header):
    """Position of each needed column, whatever the case of its name."""
    if isinstance(header, Exception):
        raise FileProblem(f"The first line is not a line of columns: {header}.")
    names = [name.strip().lower() for name in header]
    missing = [name for name in NEEDED if name.lower() not in names]
    if missing:
        word = "column" if len(missing) == 1 else "columns"
        hint = ""
        if len(names) == 1 and any(mark in names[0] for mark in ";\t|"):
            hint = " (the columns must be separated by commas)"
        raise FileProblem(f"The file lacks the {word} {', '.join(missing)}{hint}.")
    return {name: names.index(name.lower()) for name in NEEDED}


def _parse(line, record, columns, width):
    if isinstance(record, Exception):
        raise RowProblem(f"is not readable ({record})")
    if len(record) != width:
        raise RowProblem(f"has {len(record)} columns instead of {width}")
    values = {name: record[at].strip() for name, at in columns.items()}
    row = Row(
        line=line,
        customer=_text(values, "customerID"),
        number=_text(values, "invoiceNumber"),
        issued=_day(values, "InvoiceDate"),
        due=_day(values, "DueDate"),
        amount=_amount(values, "InvoiceAmount"),
        settled=_day(values, "SettledDate") if values["SettledDate"] else None,
    )
    if row.due < row.issued:
        raise RowProblem(f"DueDate {row.due} is before InvoiceDate {row.issued}")
    if row.settled and row.settled < row.issued:
        raise RowProblem(
            f"SettledDate {row.settled} is before InvoiceDate {row.issued}"
        )
    return row


def _text(values, name):
    if not values[name]:
        raise RowProblem(f"{name} is empty")
    return values[name]


def _day(values, name):
    """A date written month/day/year."""
    text = _text(values, name)
    try:
        day = datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007  a day, no time
    except ValueError:
        problem = f'{name} "{text}" is not a date like 12/31/2013'
        raise RowProblem(problem) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise RowProblem(f'{name} "{text}" is not in {FIRST_YEAR} to {LAST_YEAR}')
    return day


def _amount(values, name):
    """A positive amount with a decimal point, rounded to cents."""
    text = _text(values, name)
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise RowProblem(f'{name} "{text}" is not an amount like 1234.50')
    if abs(amount) >= LARGEST:
        raise RowProblem(f'{name} "{text}" is too large')
    amount = amount.quantize(CENT)
    if amount <= 0:
        raise RowProblem(f'{name} "{text}" is not more than zero')
    return amount


def limit_customers(rows, number):
    """Only the rows of the first customers of the file."""
    kept = list(dict.fromkeys(row.customer for row in rows))[:number]
    return [row for row in rows if row.customer in set(kept)]
