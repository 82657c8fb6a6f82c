"""The file reader of ./dev replay, on rows made up for these tests."""

import io
from datetime import date
from decimal import Decimal

import pytest

from devtools.replay_file import (
    FileProblem,
    limit_customers,
    read_file,
    read_stream,
)

HEADER = (
    "countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,"
    "InvoiceAmount,Disputed,SettledDate,PaperlessBill,DaysToSettle,DaysLate"
)
GOOD = "1,ACME,1/1/2020,0001,1/2/2020,2/1/2020,100.5,No,2/7/2020,Paper,36,6"


def read(*lines, header=HEADER):
    return read_stream(io.StringIO("\n".join([header, *lines]) + "\n"))


def changed(**values):
    """The good row with other values in some columns."""
    record = dict(zip(HEADER.split(","), GOOD.split(","), strict=True))
    return ",".join({**record, **values}.values())


def fault_of(line):
    """What is said about a bad row on line 3."""
    rows, faults = read(GOOD, line)
    assert len(rows) == 1
    [fault] = faults
    assert fault.line == 3
    return fault.text


def test_good_row():
    [row], faults = read(GOOD)
    assert not faults
    assert (row.line, row.customer, row.number) == (2, "ACME", "0001")
    assert (row.issued, row.due) == (date(2020, 1, 2), date(2020, 2, 1))
    assert (row.amount, row.settled) == (Decimal("100.50"), date(2020, 2, 7))


def test_not_settled_yet():
    [row], faults = read(changed(SettledDate=""))
    assert row.settled is None
    assert not faults


def test_columns_in_another_order_and_case():
    header = "SETTLEDDATE, invoicenumber ,InvoiceDate,DueDate,InvoiceAmount,customerID"
    [row], _faults = read("2/7/2020,7,1/2/2020,2/1/2020,3,B", header=header)
    assert (row.number, row.customer) == ("7", "B")


def test_empty_lines_are_no_rows():
    rows, faults = read("", GOOD, ",,,", "")
    assert len(rows) == 1
    assert not faults


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"customerID": " "}, "customerID is empty"),
        ({"invoiceNumber": ""}, "invoiceNumber is empty"),
        ({"InvoiceDate": "31/1/2020"}, 'InvoiceDate "31/1/2020" is not a date'),
        ({"InvoiceDate": "2020-01-02"}, 'InvoiceDate "2020-01-02" is not a date'),
        ({"DueDate": "2/30/2020"}, 'DueDate "2/30/2020" is not a date'),
        ({"DueDate": "2/1/20"}, 'DueDate "2/1/20" is not a date'),
        ({"DueDate": "2/1/1066"}, 'DueDate "2/1/1066" is not in 1990 to 2100'),
        ({"SettledDate": "soon"}, 'SettledDate "soon" is not a date'),
        ({"InvoiceAmount": "ten"}, 'InvoiceAmount "ten" is not an amount'),
        ({"InvoiceAmount": "nan"}, 'InvoiceAmount "nan" is not an amount'),
        ({"InvoiceAmount": "Infinity"}, "is not an amount"),
        ({"InvoiceAmount": ""}, "InvoiceAmount is empty"),
        ({"InvoiceAmount": "-5"}, "is not more than zero"),
        ({"InvoiceAmount": "0.001"}, "is not more than zero"),
        ({"InvoiceAmount": "1e40"}, "is too large"),
        ({"DueDate": "1/1/2020"}, "DueDate 2020-01-01 is before InvoiceDate"),
        ({"SettledDate": "1/1/2020"}, "SettledDate 2020-01-01 is before InvoiceDate"),
    ],
)
def test_malformed_row_is_named_and_skipped(values, text):
    assert text in fault_of(changed(**{"invoiceNumber": "0002", **values}))


def test_wrong_number_of_columns():
    assert fault_of("1,ACME,1/1/2020") == "has 3 columns instead of 12"


def test_duplicate_invoice_number():
    text = fault_of(changed(customerID="OTHER"))
    assert text == "invoice 0001 stands on line 2 already"


def test_line_numbers_after_a_quoted_line_break():
    two_lines = changed(PaperlessBill='"on\npaper"')
    [row], [fault] = read(two_lines, "", changed(DueDate="x"))
    assert row.line == 2
    assert fault.line == 5


def test_field_longer_than_the_reader_takes():
    long = changed(invoiceNumber="0002", customerID="x" * 200_000)
    assert "is not readable" in fault_of(long)


def test_missing_columns_are_listed():
    with pytest.raises(FileProblem) as caught:
        read("1,2", header="customerID,DueDate")
    assert str(caught.value) == (
        "The file lacks the columns invoiceNumber, InvoiceDate, InvoiceAmount, "
        "SettledDate."
    )


def test_one_missing_column():
    with pytest.raises(FileProblem, match="lacks the column DueDate\\."):
        read(GOOD, header=HEADER.replace("DueDate", "Due"))


def test_other_separator_is_guessed():
    with pytest.raises(FileProblem, match="separated by commas"):
        read(header=HEADER.replace(",", ";"))


@pytest.mark.parametrize("text", ["", "\n\n", HEADER, HEADER + "\nbad,row\n"])
def test_nothing_usable(text):
    with pytest.raises(FileProblem):
        read_stream(io.StringIO(text))


def test_files_that_are_none(tmp_path):
    with pytest.raises(FileProblem, match="There is no file"):
        read_file(tmp_path / "nowhere.csv")
    with pytest.raises(FileProblem, match="is a folder"):
        read_file(tmp_path)
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(FileProblem, match="not a text file"):
        read_file(binary)


def test_byte_order_mark_and_windows_line_ends(tmp_path):
    path = tmp_path / "from_a_spreadsheet.csv"
    path.write_bytes(f"\ufeff{HEADER}\r\n{GOOD}\r\n".encode())
    [row], faults = read_file(path)
    assert row.number == "0001"
    assert not faults


def test_limit_customers():
    rows, _faults = read(
        GOOD,
        changed(customerID="B", invoiceNumber="2"),
        changed(customerID="C", invoiceNumber="3"),
        changed(customerID="B", invoiceNumber="4"),
    )
    assert [row.number for row in limit_customers(rows, 2)] == ["0001", "2", "4"]
    assert limit_customers(rows, 9) == rows
