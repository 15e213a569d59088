from __future__ import annotations

import pytest

from xl_disclosure.workbook.book import CellContent, CellValue
from xl_disclosure.workbook.parts.sheet_xml import FilledAreaError, SheetXml
from xl_disclosure.workbook.parts.xml_text import decode_xml

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(rows: str, before: str = "", after: str = "") -> SheetXml:
    return SheetXml(f'<worksheet xmlns="{NAMESPACE}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>')


def rows_of(part: SheetXml) -> str:
    return part.to_text().partition("<sheetData>")[2].partition("</sheetData>")[0]


def after_rows_of(part: SheetXml) -> str:
    return part.to_text().partition("</sheetData>")[2].removesuffix("</worksheet>")


def test_rows_and_cells_that_leave_out_their_names_follow_each_other() -> None:
    part = sheet(
        '<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row r="5"/><row><c><v>4</v></c></row>'
    )
    assert part.read_row(0, ()) == {0: CellValue(1), 3: CellValue(2), 4: CellValue(3)}
    assert part.read_row(5, ()) == {0: CellValue(4)}
    part.write_cells({(0, 1): CellContent(9)})
    assert part.read_row(0, ()) == {0: CellValue(1), 1: CellValue(9), 3: CellValue(2), 4: CellValue(3)}


def test_elements_may_bear_a_prefix() -> None:
    part = SheetXml(
        f'<x:worksheet xmlns:x="{NAMESPACE}"><x:sheetData><x:row r="1"><x:c r="A1" s="2"><x:v>1</x:v></x:c>'
        '<x:c r="B1" t="str"><x:f>A1</x:f><x:v>一</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert part.read_row(0, ()) == {0: CellValue(1), 1: CellValue("一", formula="A1")}
    part.write_cells({(0, 0): CellContent("文字", link="'封面'!A1")})
    assert part.to_text() == (
        f'<x:worksheet xmlns:x="{NAMESPACE}"><x:sheetData><x:row r="1">'
        '<x:c r="A1" s="2" t="inlineStr"><x:is><x:t xml:space="preserve">文字</x:t></x:is></x:c>'
        '<x:c r="B1" t="str"><x:f>A1</x:f><x:v>一</x:v></x:c></x:row></x:sheetData>'
        '<x:hyperlinks><x:hyperlink ref="A1" location="\'封面\'!A1"/></x:hyperlinks></x:worksheet>'
    )


def test_comments_sections_and_stray_signs_do_not_mislead() -> None:
    odd = f"""<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{NAMESPACE}"><sheetData><!-- <row r="9"/> -->
        <row r="1" x="a>b"><c r="A1" t="str"><v><![CDATA[<c r="B1"><v>7</v></c>]]></v></c><?row r="2"?></row>
        </sheetData></worksheet>"""
    part = SheetXml(decode_xml(odd.encode("utf-16")))
    assert part.rows == [0]
    assert part.read_row(0, ()) == {0: CellValue('<c r="B1"><v>7</v></c>')}


def test_links_stand_between_validations_and_page_margins() -> None:
    before, after = '<mergeCells/><dataValidations><x a="1"/></dataValidations>', "<pageMargins/><drawing/>"
    part = sheet("", after=before + after)
    part.write_cells({(0, 0): CellContent(1, link="'封面'!C4")})
    assert after_rows_of(part) == (
        f'{before}<hyperlinks><hyperlink ref="A1" location="\'封面\'!C4"/></hyperlinks>{after}'
    )


def test_links_stand_right_after_the_rows_where_nothing_comes_before_them() -> None:
    part = sheet("", after="<extLst><mergeCells/></extLst>")
    part.write_cells({(0, 0): CellContent(1, link="'封面'!C4")})
    assert after_rows_of(part).startswith("<hyperlinks>")


def test_the_area_in_use_is_stated_anew() -> None:
    part = sheet('<row r="3"><c r="C3"><v>1</v></c></row>', before='<dimension ref="C3"/>')
    part.write_cells({(0, 4): CellContent(1)})
    assert '<dimension ref="C1:E3"/>' in part.to_text()


def test_a_row_that_gains_a_cell_no_longer_hints_at_its_columns() -> None:
    part = sheet('<row r="1" spans="1:1" ht="30" customHeight="1"><c r="A1"><v>1</v></c></row>')
    part.write_cells({(0, 8): CellContent(2)})
    assert rows_of(part).startswith('<row r="1" ht="30" customHeight="1"><c r="A1">')


def test_a_filtered_out_line_of_a_list_is_seen_again() -> None:
    part = sheet('<row r="1"/><row r="2" hidden="1" s="4" customFormat="1"><c r="A2" s="4"><v>1</v></c></row>')
    part.write_list(1, [[CellContent(2)]])
    assert rows_of(part) == '<row r="1"/><row r="2" s="4" customFormat="1"><c r="A2" s="4"><v>2</v></c></row>'


# Formulas of several cells

SHARED = (
    '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$A$9&amp;"A1"</f><v>1</v></c></row>'
    '<row r="2"><c r="A2"><v>2</v></c><c r="B2" s="5"><f t="shared" si="0"/><v>2</v></c></row>'
    '<row r="3"><c r="A3"><v>3</v></c><c r="B3"><f t="shared" si="0"/><v>3</v></c></row>'
)


def test_a_shared_formula_reads_in_each_cell_as_it_is_shown() -> None:
    part = sheet(SHARED)
    formulas = [part.read_row(row, ())[1].formula for row in range(3)]
    assert formulas == ['A1*$A$9&"A1"', 'A2*$A$9&"A1"', 'A3*$A$9&"A1"']


def test_overwriting_the_cell_that_states_a_shared_formula_leaves_the_others_theirs() -> None:
    part = sheet(SHARED)
    part.write_cells({(0, 1): CellContent(7)})
    assert part.read_row(0, ())[1] == CellValue(7)
    assert part.read_row(1, ())[1] == CellValue(2, formula='A2*$A$9&"A1"')
    assert "shared" not in part.to_text()
    assert '<c r="B2" s="5"><f>A2*$A$9&amp;"A1"</f><v>2</v></c>' in part.to_text()


FILLED = (
    '<row r="1"><c r="A1"><f t="array" ref="A1:A3">ROW(1:3)</f><v>1</v></c>'
    '<c r="C1" cm="1"><f t="array" ref="C1">SUM(A1:A3)</f><v>6</v></c></row>'
    '<row r="2"><c r="A2"><v>2</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>'
)


@pytest.mark.parametrize("row", [0, 1, 2])
def test_no_cell_amid_an_array_formula_is_overwritten(row: int) -> None:
    part = sheet(FILLED)
    untouched = part.to_text()
    with pytest.raises(FilledAreaError, match="A1:A3"):
        part.write_cells({(0, 5): CellContent(1), (row, 0): CellContent(1)})
    assert part.to_text() == untouched


def test_no_list_cuts_through_an_array_formula() -> None:
    with pytest.raises(FilledAreaError, match="A1:A3"):
        sheet(FILLED).write_list(1, [[CellContent(1)]])


def test_an_array_formula_may_be_overwritten_as_a_whole() -> None:
    part = sheet(FILLED)
    part.write_cells({(0, 2): CellContent(5)})
    assert part.read_row(0, ())[2] == CellValue(5)
    assert "cm=" not in part.to_text()
    part.write_list(0, [[CellContent(1)]])
    assert part.read_row(0, ())[0] == CellValue(1)
    assert part.read_row(1, ()) == {}


def test_formulas_that_are_gone_are_known() -> None:
    part = sheet(SHARED)
    part.write_cells({(0, 1): CellContent(1), (1, 1): CellContent(1), (2, 1): CellContent(1, formula="A1")})
    assert part.formulas_gone == {"B1", "B2"}
    part.write_cells({(1, 1): CellContent(1, formula="A1")})
    assert part.formulas_gone == {"B1"}
    part.write_list(2, [])
    assert part.formulas_gone == {"B1", "B3"}


def test_older_lines_that_look_as_their_columns_do_leave_nothing_behind() -> None:
    columns = '<cols><col min="1" max="2" style="7"/></cols>'
    line = '<row r="{0}" ht="45"><c r="A{0}" s="7"><v>1</v></c><c r="B{0}" s="{1}"><v>2</v></c></row>'
    part = sheet(line.format(1, 7) + line.format(2, 7) + line.format(3, 7) + line.format(4, 8), before=columns)
    part.write_list(1, [[CellContent(5)]])
    assert rows_of(part) == line.format(1, 7) + (
        '<row r="2"><c r="A2" s="7"><v>5</v></c></row><row r="4"><c r="B4" s="8"/></row>'
    )
