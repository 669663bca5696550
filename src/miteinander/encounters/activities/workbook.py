"""Tables people take along: CSV and XLSX in which no cell is ever a formula.

A spreadsheet takes a text that begins with one of ``STARTERS`` for a formula (OWASP, CSV
injection). Such a text gets an apostrophe in front; every other one stays as it is.

The writer of XLSX is loaded at the first table: it brings NumPy along, which no page needs.
"""

import csv
import io
import re
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
INVISIBLE = re.compile("^[ \u00a0\u00ad\u2000-\u200f\u202a-\u202f\u205f-\u2069\u3000\ufeff]+")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
BYTE_ORDER_MARK = "\ufeff"  # so that spreadsheets read it as UTF-8
Cell = str | int | float | None


def harmless(value: Cell) -> Cell:
    """Return ``value`` so that no program runs it; numbers stay, and text stays readable."""
    if not isinstance(value, str):
        return value
    text = NOT_IN_XML.sub("", value)
    is_risky = text.startswith(STARTERS) or INVISIBLE.sub("", text).startswith(STARTERS)
    return f"'{text}" if is_risky else text


def csv_of(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Write ``rows`` as CSV for spreadsheets of this country: semicolons, UTF-8 with its mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow(["" if value is None else harmless(value) for value in row])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def xlsx_of(title: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    """Write ``rows`` as XLSX; every cell says itself whether it is text or a number."""
    book = import_module("openpyxl").Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append([_typed(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _typed(sheet: "WriteOnlyWorksheet", value: Cell) -> "SheetCell":
    cell: SheetCell = import_module("openpyxl.cell").WriteOnlyCell(sheet, harmless(value))
    if isinstance(value, str):
        cell.data_type = "s"
    return cell
