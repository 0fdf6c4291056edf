"""Every chart of a report as a file of its own: the drawings of the declared charts, checked like the workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis.problems import UserProblem
from analysis.wording import plural
from exporters.audit import refuse_narrowing
from exporters.chart_drawing import drawing_of
from exporters.personal import refuse_personal_data
from exporters.placing import in_place
from exporters.register import ExportFacts, export_facts
from exporters.report import Report
from exporters.sheets import all_sheets

PICTURE, SVG = "picture", ".svg"
Make = Callable[[str], bytes]


@dataclass(frozen=True)
class ChartFiles:
    """What was written, in the order of the workbook, and what the register of exports keeps of it."""

    paths: tuple[Path, ...]
    facts: ExportFacts

    @property
    def sentence(self) -> str:
        """What was written, in one sentence."""
        return f"{plural(len(self.paths), 'chart')} written, the first is {self.paths[0].name}."


def as_svg(drawing: str) -> bytes:
    """A drawing as it is."""
    return drawing.encode()


def write_charts(report: Report, target: Path, make: Make = as_svg) -> ChartFiles:
    """Write every chart of a report beside the name that was asked for: `summary-chart-1.svg` and so on.

    `make` turns a drawing into the content of its file. Raises UserProblem where there is no chart, where a text holds
    personal data, or when a file cannot be written; older files are then as they were.
    """
    sheets = [sheet for sheet in all_sheets(report) if sheet.chart is not None]
    if not sheets:
        raise UserProblem("There is no chart to write.", "Choose another measure, or enter more months.")
    refuse_personal_data(sheets)
    refuse_narrowing(report)
    content = {_name(target, sheet.name): make(drawing_of(sheet)) for sheet in sheets}
    paths = tuple(_written(path, held) for path, held in content.items())
    sha256 = hashlib.sha256(b"".join(content.values())).hexdigest()
    return ChartFiles(paths, export_facts(report, PICTURE, paths[0].name, sha256))


def charts_there(report: Report, target: Path) -> Path | None:
    """The first file that writing the charts of a report by this name would replace."""
    names = (_name(target, sheet.name) for sheet in all_sheets(report) if sheet.chart is not None)
    return next((path for path in names if path.exists()), None)


def _name(target: Path, sheet: str) -> Path:
    return target.with_name(f"{target.stem}-{sheet.lower().replace('_', '-')}{target.suffix or SVG}")


def _written(path: Path, content: bytes) -> Path:
    """One file, put in its place when it is whole."""
    return in_place(path, lambda beside: beside.write_bytes(content))[0]
