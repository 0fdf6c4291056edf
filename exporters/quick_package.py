"""The package of a workbook, packed sheet by sheet: a sheet that is whole goes into the file and is let go of.

XlsxWriter keeps every sheet and chart until the end. Here the worksheet is packed at once; the small parts that stand
behind all worksheets in the package (charts, drawings, tables) wait packed. XlsxWriter is imported with
this module.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BufferedWriter, BytesIO, StringIO, TextIOWrapper
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter.packager import Packager
from xlsxwriter.table import Table
from xlsxwriter.worksheet import Worksheet

from exporters.finishing import with_heading, with_language

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The day that XlsxWriter dates the parts of a workbook made in memory: the same workbook has the same bytes."""
AT_ONCE = 1 << 18
_OWN = 0o600
"""Who may read and write a part that is unpacked, as `zipfile` says it of every part."""


class PackedSheet:
    """What stays of a worksheet once it is packed: its name and its links. Else it looks like one without anything."""

    _blank = Worksheet()

    def __init__(self, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self.name, self.index, self.drawing = sheet.name, sheet.index, bool(sheet.drawing)
        self.external_drawing_links = sheet.external_drawing_links
        self.external_table_links = sheet.external_table_links
        self.drawing_links = sheet.drawing_links

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - xlsxwriter has no types
        return getattr(self._blank, name)


class Parts:
    """Parts of one kind that wait to be put into the file."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._held: list[Waiting] = []

    def __len__(self) -> int:
        return len(self._held)

    def add(self, part: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        """Make the part now and pack it."""
        self._held.append(Waiting(xml_of(part).encode("utf-8")))

    def files(self) -> list[tuple[Waiting, str, bool]]:
        """The parts as XlsxWriter's packager lists them: the content, the name, and that it is text."""
        return [(held, f"{self._name}{number}.xml", False) for number, held in enumerate(self._held, 1)]


class Waiting:
    """A part packed as it will lie in the file, which waits for its place there."""

    def __init__(self, content: bytes) -> None:
        packing = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._packed = packing.compress(content) + packing.flush()
        self._size, self._sum = len(content), zlib.crc32(content)

    def put_into(self, file: ZipFile, made: ZipInfo) -> None:
        """Put the part at the end of the file, just as `writestr` would."""
        made.file_size, made.compress_size, made.CRC = self._size, len(self._packed), self._sum
        made.external_attr = _OWN << 16
        there = file.fp
        if there is None:
            text = "the file is closed"
            raise ValueError(text)
        there.seek(file.start_dir)
        made.header_offset = there.tell()
        there.write(made.FileHeader(zip64=False))
        there.write(self._packed)
        file.filelist.append(made)
        file.NameToInfo[made.filename] = made
        file.start_dir = there.tell()


def xml_of(part: Any) -> str:  # noqa: ANN401 - xlsxwriter has no types
    """A part of XlsxWriter as XML."""
    held = StringIO()
    part._set_xml_writer(held)  # noqa: SLF001 - as XlsxWriter's own packager does
    part._assemble_xml_file()  # noqa: SLF001
    return held.getvalue()


def _about(name: str) -> ZipInfo:
    made = ZipInfo(name, FIRST_DAY)
    made.compress_type = ZIP_DEFLATED
    return made


class QuickPackage(Packager):  # type: ignore[misc] # xlsxwriter has no types
    """Packs the first parts, then each worksheet as it comes, and at the end the others in XlsxWriter's order."""

    def __init__(self, packed: BytesIO, workbook: Any, *, sheets: int, charts: int) -> None:  # noqa: ANN401 - no types
        super().__init__()
        self._file = ZipFile(packed, "w", compression=ZIP_DEFLATED)
        self._set_in_memory(True)
        self.workbook = workbook
        self.worksheet_count = self.table_count = sheets
        self.chart_count = self.drawing_count = charts
        self._charts, self._drawings = Parts("xl/charts/chart"), Parts("xl/drawings/drawing")
        self._tables = Parts("xl/tables/table")
        self._names_of_tables: dict[str, bool] = {}
        self._done = 0
        self._begin(sheets)

    def _begin(self, sheets: int) -> None:
        """The parts in front say only how many sheets, charts and tables there will be."""
        there, self.workbook.worksheets_objs = self.workbook.worksheets_objs, [PackedSheet(Worksheet())] * sheets
        super()._write_content_types_file()
        super()._write_root_rels_file()
        super()._write_workbook_rels_file()
        self.workbook.worksheets_objs = there
        self._pack()

    def pack_sheet(self, sheet: Any) -> PackedSheet:  # noqa: ANN401 - xlsxwriter has no types
        """Pack a worksheet that is whole; what stays of it."""
        self._done += 1
        if self._done == 1:
            sheet.selected = sheet.active = 1
        sheet._prepare_tables(len(self._tables) + 1, self._names_of_tables)  # noqa: SLF001 - numbers them and links them
        for number in range(len(sheet.charts)):
            sheet._prepare_chart(number, len(self._charts) + number + 1, len(self._drawings) + 1)  # noqa: SLF001
        self._add_figures(sheet)
        self._stream(f"xl/worksheets/sheet{self._done}.xml", sheet)
        for chart in self.workbook.charts:
            self._charts.add(chart)
            vars(chart).clear()
        self.workbook.charts.clear()
        if sheet.drawing:
            self._drawings.add(sheet.drawing)
        for properties in sheet.tables:
            table = Table()
            table._set_properties(properties)  # noqa: SLF001 - as XlsxWriter's own packager does
            self._tables.add(table)
        return PackedSheet(sheet)

    def _add_figures(self, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        """The figures that a chart keeps; they are in the table of its own sheet."""
        if self.workbook.charts:
            there, self.workbook.worksheets_objs = self.workbook.worksheets_objs, [sheet]
            self.workbook._add_chart_data()  # noqa: SLF001 - as XlsxWriter does at the end
            self.workbook.worksheets_objs = there

    def finish(self) -> None:
        """Pack all that stands behind the worksheets."""
        self.named_ranges = self.workbook.named_ranges
        self._create_package()
        self._pack()
        self.close()

    def close(self) -> None:
        """Let go of the file, whole or not."""
        self._file.close()

    def _pack(self) -> None:
        for part, name, is_binary in self.filenames:
            if isinstance(part, Waiting):
                part.put_into(self._file, _about(name))
                continue
            self._write(name, part.getvalue() if not is_binary else part.getvalue().decode("utf-8"))
        self.filenames.clear()

    def _write(self, name: str, content: str) -> None:
        self._file.writestr(_about(name), content.encode("utf-8"))

    def _stream(self, name: str, part: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        """Pack a part while it is made: no more than a few rows of it stand in memory as XML."""
        with self._file.open(_about(name), "w") as file:
            roomy = BufferedWriter(file, AT_ONCE)
            with TextIOWrapper(roomy, "utf-8", newline="") as held:
                part.fh = held
                part._assemble_xml_file()  # noqa: SLF001 - as XlsxWriter's own packager does

    def _get_table_count(self) -> None:
        """Every sheet has one table."""

    def _write_content_types_file(self) -> None:
        """In the file already."""

    _write_root_rels_file = _write_workbook_rels_file = _write_worksheet_files = _write_content_types_file

    def _write_chart_files(self) -> None:
        self.filenames += self._charts.files()

    def _write_drawing_files(self) -> None:
        self.filenames += self._drawings.files()

    def _write_table_files(self) -> None:
        self.filenames += self._tables.files()

    def _write_core_file(self) -> None:
        super()._write_core_file()
        self._change_last(with_language)

    def _write_styles_file(self) -> None:
        super()._write_styles_file()
        self._change_last(lambda styles: with_heading(styles, {self.workbook.title_style}))

    def _change_last(self, change: Callable[[str], str]) -> None:
        part, name, is_binary = self.filenames[-1]
        self.filenames[-1] = (StringIO(change(part.getvalue())), name, is_binary)
