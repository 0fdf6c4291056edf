from __future__ import annotations

from dataclasses import replace

from analysis.vocabulary import Arm, ComparatorFacts, ComparatorKind, MeasureKind
from exporters.choices import Choices
from exporters.page import Box, Heading, Page, Paragraph, Picture, Small, Table, Title, page_of
from exporters.report import Report, report_of
from exporters.slide import slide_of, slide_text
from tests.analysis.making import navigator_series
from tests.exporters.making import REFERRALS, counts, file_answer, role_answer

BESIDE = next(iter(ComparatorKind))


def blocks(page: Page, kind: type) -> list[object]:
    return [block for block in page.blocks if isinstance(block, kind)]


def test_the_page_has_the_parts_of_a_summary_in_their_order(report: Report) -> None:
    page = page_of(report, report.roles[0])
    headings = [block.text for block in page.blocks if isinstance(block, Heading)]
    assert headings == [
        "What changed?",
        "How sure can we be?",
        "Was it worth its cost?",
        "Who pays, who gains?",
        "What this cannot tell",
    ]
    assert isinstance(page.blocks[0], Title)
    assert page.blocks[0].text == "Care navigator, Elm PCN"
    assert "Data to May 2025" in page.blocks[0].below
    assert isinstance(page.blocks[1], Box)
    assert "95\u00a0% interval" in page.blocks[1].text


def test_worth_never_stands_without_its_range_and_its_cash(report: Report) -> None:
    table, organisations = blocks(page_of(report, report.roles[0]), Table)
    assert isinstance(table, Table)
    assert isinstance(organisations, Table)
    assert [row[0] for row in organisations.rows] == ["Northvale Community Trust", "Northvale ICB", "Elm PCN practices"]
    assert [row[0] for row in table.rows] == ["Cash-releasing", "All public sector (cash and capacity)"]
    assert all(" to " in row[-1] for row in table.rows)


def test_the_picture_reads_the_fields_of_the_finding(report: Report) -> None:
    role = report.roles[0]
    (picture,) = blocks(page_of(report, role), Picture)
    assert isinstance(picture, Picture)
    leading = role.finding.leading
    assert leading is not None
    assert leading.xmr is not None
    assert [level.value for level in picture.levels][:3] == [
        leading.xmr.phases[0].upper_limit,
        leading.xmr.phases[0].mean,
        leading.xmr.phases[0].lower_limit,
    ]
    assert picture.alt_text == leading.texts.alt_text
    assert picture.launch == 12


def test_a_hidden_value_is_not_in_the_picture() -> None:
    values = [30, 31, 3, 33, 29, 34, 30, 27, 30, 30, 31, 29, *([24, 22, 26] * 4)]
    held = report_of(file_answer(role_answer(counts(values))), Choices())
    page = page_of(held, held.roles[0])
    (picture,) = blocks(page, Picture)
    assert isinstance(picture, Picture)
    assert [place for place, dot in enumerate(picture.dots) if not dot.shown] == [2]
    assert "hidden as small numbers" in str(page)
    assert "Gaps: hidden as small numbers. " in picture.note


def test_the_axis_of_a_share_is_in_per_cent_and_a_line_without_gaps_says_nothing_of_them() -> None:
    measure = replace(REFERRALS, kind=MeasureKind.PROPORTION)
    series = counts([0.2, 0.3] * 12, measure=measure, numerators=[80.0, 120.0] * 12, denominators=[400.0] * 24)
    held = report_of(file_answer(role_answer(series)), Choices())
    (picture,) = blocks(page_of(held, held.roles[0]), Picture)
    assert isinstance(picture, Picture)
    assert (picture.scale, picture.sign) == (100.0, "%")
    assert "Gaps" not in picture.note


def test_a_slide_says_what_the_change_is_against_a_comparator() -> None:
    own = navigator_series()
    other = replace(own, arm=Arm.COMPARATOR, arm_name="Oak PCN", comparator=ComparatorFacts("Oak PCN", BESIDE))
    held = report_of(file_answer(replace(role_answer(own, other), series=(own,), beside=(other,))), Choices())
    slide = slide_of(page_of(held, held.roles[0]))
    assert any(isinstance(block, Paragraph) and "Oak PCN" in block.text for block in slide.blocks)
    assert "Oak PCN" in slide_text(slide)


def test_a_reason_for_showing_every_number_is_on_the_page() -> None:
    choices = Choices(policy="none", reason="agreed with the ICB")
    held = report_of(file_answer(role_answer(navigator_series())), choices)
    last = page_of(held, held.roles[0]).blocks[-1]
    assert isinstance(last, Small)
    assert "agreed with the ICB" in last.text


def test_every_role_of_the_sample_has_a_page(report: Report) -> None:
    for role in report.roles:
        assert page_of(report, role).title == role.label


def test_a_slide_holds_the_sentence_the_chart_the_answers_and_the_level_and_its_text_says_the_same(
    report: Report,
) -> None:
    slide = slide_of(page_of(report, report.roles[0]))
    assert [type(block) for block in slide.blocks] == [Title, Box, Heading, Picture, Table, Small]
    text = slide_text(slide)
    for words in ("fell by about", "Cash-releasing\t", "Level\u00a02 of 5", "hide 1 to 7"):
        assert words in text
