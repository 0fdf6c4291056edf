"""One fault for each check, planted in a finished workbook by changing one part of its zip file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl

Change = Callable[[str], str]
STYLES, BOOK, CORE, STRINGS = "xl/styles.xml", "xl/workbook.xml", "docProps/core.xml", "xl/sharedStrings.xml"


@dataclass(frozen=True)
class Fault:
    """A change to a part, named by its path or by its worksheet, that one check must see."""

    number: int
    name: str
    part: str
    change: Change


def swap(old: str, new: str) -> Change:
    def change(text: str) -> str:
        made, count = re.subn(old, new, text, count=1, flags=re.DOTALL)
        assert count == 1, old
        return made

    return change


def before_end(tag: str, xml: str) -> Change:
    return swap(f"</{tag}>", f"{xml}</{tag}>")


def after_data(xml: str) -> Change:
    return swap("</sheetData>", f"</sheetData>{xml}")


def blank_last_row(text: str) -> str:
    head, row = text.rsplit("<row ", 1)
    body, tail = row.split("</sheetData>", 1)
    return f"{head}<row {re.sub('<c .*</c>', '', body)}</sheetData>{tail}"


def fill_every_format(text: str) -> str:
    head, formats = text.split("<cellXfs", 1)
    return f"{head}<cellXfs{formats.replace(FILL_NONE, FILL_GREY)}"


FILL_NONE, FILL_GREY = 'fillId="0"', 'fillId="1"'
FAULTS = (
    Fault(2, "no title", CORE, swap("<dc:title>.*?</dc:title>", "")),
    Fault(3, "no language", CORE, swap("<dc:language>.*?</dc:language>", "")),
    Fault(3, "another language", CORE, swap("en-GB", "fr-FR")),
    Fault(4, "a login as creator", CORE, swap("<dc:creator>.*?</dc:creator>", "<dc:creator>jsmith01</dc:creator>")),
    Fault(5, "a cover without producer", STRINGS, swap("<t>Producer</t>", "<t>Made by</t>")),
    Fault(
        6, "a link that leads elsewhere", "Contents", swap("location=\"'?Effects'?!A1\"", "location=\"'Summary'!A1\"")
    ),
    Fault(7, "a note nobody defined", STRINGS, swap(r"<t>\[note 1\]</t>", "<t>[note 77]</t>")),
    Fault(8, "a title in another style", "Effects", swap(r'(<c r="A1" s=)"\d+"', r'\1"0"')),
    Fault(9, "a sheet name with a space", BOOK, swap('name="Levels"', 'name="The levels"')),
    Fault(10, "an empty sheet", "Readiness", blank_last_row),
    Fault(11, "a hidden sheet", BOOK, swap('(<sheet name="Levels")', r'\1 state="hidden"')),
    Fault(11, "a hidden row", "Levels", swap('<row r="9"', '<row r="9" hidden="1"')),
    Fault(12, "a sheet without table", "Effects", swap("<tableParts.*?</tableParts>", "")),
    Fault(13, "a table that starts in column B", "xl/tables/table1.xml", swap('(<table [^>]*ref=")A', r"\1B")),
    Fault(14, "a sum below the table", "Effects", before_end("sheetData", '<row r="90"><c r="B90"><v>1</v></c></row>')),
    Fault(15, "two headings alike", STRINGS, swap("<t>Why it is watched</t>", "<t>Kind</t>")),
    Fault(16, "merged cells", "Effects", after_data('<mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells>')),
    Fault(17, "a blank row", "Definitions", blank_last_row),
    Fault(18, "a blank nobody explained", "Definitions", swap('<c r="C9"[^>]*>.*?</c>', "")),
    Fault(
        19, "filter buttons", "xl/tables/table3.xml", swap("<tableColumns", '<autoFilter ref="A1:B2"/><tableColumns')
    ),
    Fault(
        20,
        "frozen panes",
        "Effects",
        swap(
            r"(<sheetView [^>]*?)/?>(</sheetView>)?",
            r'\1><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView>',
        ),
    ),
    Fault(
        21, "a page footer", "Effects", after_data("<headerFooter><oddFooter>&amp;CPage 1</oddFooter></headerFooter>")
    ),
    Fault(23, "a chart without words", "xl/drawings/drawing1.xml", swap('descr="[^"]*"', 'descr="Chart"')),
    Fault(24, "a chart of cells outside its table", "xl/charts/chart1.xml", swap(r"(\$B\$\d+:\$B\$)\d+", r"\g<1>900")),
    Fault(25, "a filled cell", STYLES, fill_every_format),
    Fault(
        26,
        "conditional formatting",
        "Effects",
        after_data(
            '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>1</formula></cfRule>'
            "</conditionalFormatting>"
        ),
    ),
    Fault(27, "a column too narrow", "Effects", swap(r'(<col min="1" [^>]*?width=)"[^"]*"', r'\1"3"')),
    Fault(
        28, "a number kept as text", "Effects", swap(r'<c r="J(\d+)" s="(\d+)"><v>', r'<c r="J\1" s="\2" t="str"><v>')
    ),
    Fault(29, "a date shown as a number", "Events", swap(r'<c r="B(\d+)" s="\d+"><v>', r'<c r="B\1" s="0"><v>')),
    Fault(30, "a bare address", STRINGS, swap("<t>Voices</t>", "<t>https://example.org</t>")),
    Fault(
        31,
        "a sheet that starts far down",
        "Effects",
        swap(r"(<sheetView [^>]*?)/?>(</sheetView>)?", r'\1><selection activeCell="C30" sqref="C30"/></sheetView>'),
    ),
    Fault(32, "a formula nobody declared", "Effects", swap(r'(<c r="J\d+" s="\d+">)<v>', r"\1<f>1+1</f><v>")),
    Fault(32, "a formula without its value", "By_year", swap(r"(<f>[^<]*</f>)<v>[^<]*</v>", r"\1")),
    Fault(32, "a check that is not true", "Checks", swap(r"(<f>[^<]*</f>)<v>1</v>", r"\1<v>0</v>")),
)


def planted(source: Path, target: Path, fault: Fault) -> Path:
    """A copy of the workbook with the fault in it."""
    part = _part(source, fault.part)
    with zipfile.ZipFile(source) as held, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for info in held.infolist():
            content = held.read(info)
            if info.filename == part:
                content = fault.change(content.decode("utf-8")).encode("utf-8")
            made.writestr(info, content)
    return target


def _part(source: Path, name: str) -> str:
    if "/" in name:
        return name
    with source.open("rb") as file:
        names = openpyxl.load_workbook(file).sheetnames
    return f"xl/worksheets/sheet{names.index(name) + 1}.xml"


def with_part(source: Path, target: Path, name: str) -> Path:
    """A copy of the workbook with one more part."""
    target.write_bytes(source.read_bytes())
    with zipfile.ZipFile(target, "a") as made:
        made.writestr(name, "<x/>")
    return target
