"""复原版式: after a clerk has pasted over the form, it is as its edition has it again, and the figures are kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest
import xlwings

from tests.actions import pasting
from tests.programs import Validate
from tests.running_office import headless_libreoffice
from tests.workbook.sheet_looks import describe_sheets
from xl_disclosure.actions.clerk_book import as_clerk_book, open_clerk_book
from xl_disclosure.actions.fill import fill_book
from xl_disclosure.actions.form_damage import check_form
from xl_disclosure.actions.new import create_workbook
from xl_disclosure.actions.reading import read_return, return_from_facts
from xl_disclosure.actions.restore import restore_file, summarise
from xl_disclosure.checks.findings import Outcome
from xl_disclosure.checks.wording import fix, message
from xl_disclosure.cli import main
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.live.journal import FOLDER_VARIABLE
from xl_disclosure.live.run import act_on_open_book
from xl_disclosure.rules.binding import computed_facts
from xl_disclosure.workbook.book import CellContent, CellValue
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.form_model import form_model
from xl_disclosure.workbook.layout import CellPlace, fact_places
from xl_disclosure.workbook.live_book import LiveBook

# openpyxl says what it would lose of a file that it only reads.
pytestmark = [pytest.mark.libreoffice, pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")]

Damage = Callable[[xlwings.Book, Edition], None]


@pytest.fixture(scope="module")
def office() -> Iterator[xlwings.App]:
    """Give a headless LibreOffice that pastes without asking."""
    with headless_libreoffice() as app:
        pasting.allow_overwriting(app)
        yield app


@pytest.fixture
def passing_office() -> Iterator[xlwings.App]:
    """Give another one for a single test, whose workbook need not be closed.

    LibreOffice 7.4 crashes now and then in closing a window (Application::RemoveUserEvent), after this much was done.
    """
    with headless_libreoffice() as app:
        pasting.allow_overwriting(app)
        yield app


@pytest.fixture(params=edition_ids())
def edition(request: pytest.FixtureRequest) -> Edition:
    return load_edition(request.param)


@pytest.fixture
def sound(edition: Edition, tmp_path: Path) -> Path:
    """Give a filled workbook of an edition."""
    return make_book(edition, tmp_path / "我局.xlsm")


def make_book(edition: Edition, path: Path) -> Path:
    create_workbook(edition.id, path, "某某县林业局", min(edition.last_year, 2023))
    clerk = open_clerk_book(path)
    computed = computed_facts(edition)
    figures = {address: number % 7 for number, address in enumerate(edition.facts) if address not in computed}
    fill_book(clerk, return_from_facts(edition, figures, fact_places(edition), clerk.cover, path.name))
    clerk.book.save(path)
    return path


def damaged(sound: Path, office: xlwings.App, damage: Damage, edition: Edition) -> Path:
    """Return a copy of a workbook that was damaged in LibreOffice, and saved there."""
    path = Path(shutil.copy(sound, sound.with_name("弄坏的.xlsm")))
    office.activate()
    with xlwings.Book(path) as opened:
        damage(opened, edition)
        opened.save()
    return path


def place_of(edition: Edition, number: int, *, computed: bool = False) -> CellPlace:
    """Return the place of a fact, by its number among those that are computed or typed."""
    totals = computed_facts(edition)
    return fact_places(edition)[[address for address in edition.facts if (address in totals) is computed][number]]


def figures_in(path: Path) -> Mapping[FactAddress, object]:
    return dict(read_return(path).facts)


def unlock(opened: xlwings.Book, sheet: str) -> None:
    opened.sheets[sheet].api.unprotect("")


# What clerks do


def paste_over_entries(opened: xlwings.Book, edition: Edition) -> None:
    """Paste the figures that stand there anyway, from another sheet, over typed ones: the sheet stays protected."""
    for number in (0, 3, 7):
        place = place_of(edition, number)
        value = opened.sheets[place.sheet][place.a1].value
        pasting.paste(opened, place.sheet, place.a1, [[value]])


def paste_over_everything(opened: xlwings.Book, edition: Edition) -> None:
    """Paste the form's own values over it, formulas and labels included."""
    for form in edition.sheets:
        unlock(opened, form.name)
        block = opened.sheets[form.name].used_range
        pasting.paste(opened, form.name, "A1", block.options(ndim=2).value)


def copy_cells_within(opened: xlwings.Book, edition: Edition) -> None:
    """Copy typed cells over a total, and put the total's figure in by hand."""
    total = place_of(edition, 0, computed=True)
    entry = next(place for place in fact_places(edition).values() if place.sheet == total.sheet and place != total)
    value = opened.sheets[total.sheet][total.a1].value
    unlock(opened, total.sheet)
    pasting.copy_within(opened, total.sheet, entry.a1, total.a1)
    opened.sheets[total.sheet][total.a1].value = value


def insert_rows(opened: xlwings.Book, edition: Edition) -> None:
    """Insert a row above the first figure and another one further down."""
    place = place_of(edition, 0)
    unlock(opened, place.sheet)
    rows = opened.sheets[place.sheet].api.Rows
    rows.insertByIndex(place.row + 3, 1)
    rows.insertByIndex(place.row, 1)


def paste_copy_and_insert(opened: xlwings.Book, edition: Edition) -> None:
    """Do all that clerks do one after another, but for pasting over everything."""
    for damage in (paste_over_entries, copy_cells_within, insert_rows):
        damage(opened, edition)


@pytest.mark.parametrize("damage", [paste_copy_and_insert, paste_over_everything])
def test_the_form_of_a_file_equals_the_template_again_and_keeps_its_figures(
    edition: Edition, sound: Path, office: xlwings.App, ooxml_validator: Validate, damage: Damage
) -> None:
    path = damaged(sound, office, damage, edition)
    names = [form.name for form in edition.sheets]
    wanted = describe_sheets(sound, names)
    broken = check_form(edition, open_clerk_book(path), FileBook.open(path))
    assert Outcome.FAILED in {finding.outcome for finding in broken}
    assert restore_file(path).strays == ()
    restored = describe_sheets(path, names)
    for subject, stated in wanted.items():
        assert restored[subject] == stated, subject
    assert figures_in(path) == figures_in(sound)
    whole = check_form(edition, open_clerk_book(path), FileBook.open(path))
    assert [finding.outcome for finding in whole] == [Outcome.PASSED]
    assert ooxml_validator(path) == ooxml_validator(sound)


def test_the_open_form_equals_the_template_again_and_keeps_its_figures(
    edition: Edition, sound: Path, passing_office: xlwings.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "数据"))
    passing_office.activate()
    opened = xlwings.Book(sound)
    names = opened.sheet_names
    wanted = {form.name: describe_open_sheet(opened.sheets[form.name], edition) for form in edition.sheets}
    paste_over_everything(opened, edition)
    broken = contents(opened, edition)
    assert act_on_open_book("restore", opened, Path.touch) == 0
    for form in edition.sheets:
        assert describe_open_sheet(opened.sheets[form.name], edition) == wanted[form.name]
    assert opened.sheet_names == names
    opened.save()
    assert act_on_open_book("undo", opened, Path.touch) == 0
    assert contents(opened, edition) == broken
    findings = check_form(edition, open_clerk_book(sound), FileBook.open(sound))
    assert [finding.outcome for finding in findings] == [Outcome.PASSED]


def contents(opened: xlwings.Book, edition: Edition) -> Mapping[str, list[list[CellValue]]]:
    return {form.name: LiveBook(opened).read_used(form.name) for form in edition.sheets}


_PROPERTIES = tuple(
    sorted(
        [
            *("CellBackColor", "CharColor", "CharFontName", "CharHeight", "CharWeight", "HoriJustify", "VertJustify"),
            *("IsTextWrapped", "ParaIndent", "ShrinkToFit"),
        ]
    )
)


def describe_open_sheet(sheet: xlwings.Sheet, edition: Edition) -> Mapping[str, object]:
    """Return what each cell of an open form says, looks like and lets be typed, and how large it is."""
    area = form_model(edition)[sheet.name].area
    described: dict[str, object] = {}
    formulas = sheet.range((1, 1), (area.last_row + 1, area.last_column + 1)).formula
    for row, column in area.cells():
        cell = sheet.api.getCellByPosition(column, row)
        rule, protection = cell.Validation, cell.CellProtection
        described[str((row, column))] = (
            formulas[row][column],
            [str(value) for value in cell.getPropertyValues(_PROPERTIES)],
            [cell.TopBorder2.LineWidth, cell.BottomBorder2.LineWidth, cell.LeftBorder2.LineWidth],
            (rule.Type.value, rule.InputMessage, rule.ErrorMessage),
            (protection.IsLocked, cell.ConditionalFormat.Count, cell.getIsMerged()),
            (cell.Size.Width, cell.Size.Height),
        )
    described["protected"] = sheet.api.isProtected()
    described["buttons"] = sheet.api.DrawPage.Count
    return described


# What finds no place


@pytest.fixture
def national() -> Edition:
    return load_edition("2014")


def test_what_finds_no_place_is_listed_and_kept_on_a_copy(
    national: Edition, office: xlwings.App, tmp_path: Path
) -> None:
    sound = make_book(national, tmp_path / "我局.xlsm")
    total = place_of(national, 0, computed=True)

    def damage(opened: xlwings.Book, _: Edition) -> None:
        sheet = opened.sheets["统计表"]
        unlock(opened, "统计表")
        sheet[total.a1].value = 999
        sheet["A3"].value = "这里写了一句话"
        sheet["H70"].value = "旁边的备注"

    path = damaged(sound, office, damage, national)
    restoration = restore_file(path)
    assert [(stray.place.a1, stray.text) for stray in restoration.strays] == [
        (total.a1, "999"),
        ("A3", "这里写了一句话"),
    ]
    assert "原来的表另存为“统计表（复原前）”" in summarise(restoration)
    book = FileBook.open(path)
    assert book.sheet_names()[-1] == "统计表（复原前）"
    assert book.read_block("统计表（复原前）", total.row, total.column, 1, 1) == [[CellValue(999)]]
    assert book.read_block("统计表", 69, 7, 1, 1) == [[CellValue("旁边的备注")]]
    assert figures_in(path) == figures_in(sound)
    assert restore_file(path).strays == ()


def test_the_copy_opens_in_libreoffice_and_a_second_one_has_another_name(
    national: Edition, office: xlwings.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "数据"))
    path = make_book(national, tmp_path / "我局.xlsm")
    office.activate()
    for _ in range(2):
        book = FileBook.open(path)
        book.write_cells("统计表", {(2, 0): CellContent("一句话")})
        book.save(path)
        restore_file(path)
    with xlwings.Book(path) as opened:
        assert opened.sheet_names[-2:] == ["统计表（复原前）", "统计表（复原前2）"]
        assert opened.sheets[-1]["A3"].value == "一句话"
        unlock(opened, "统计表")
        opened.sheets["统计表"]["A3"].value = "又一句话"
        assert act_on_open_book("restore", opened, Path.touch) == 0
        assert opened.sheet_names[-1] == "统计表（复原前3）"
        assert opened.sheets["统计表（复原前3）"]["A3"].value == "又一句话"
        assert str(opened.sheets["统计表"]["A3"].formula).startswith("=")


def test_a_total_that_its_source_stated_stays(national: Edition, tmp_path: Path) -> None:
    path = make_book(national, tmp_path / "我局.xlsm")
    clerk = open_clerk_book(path)
    address = next(iter(computed_facts(national)))
    facts = {**figures_in(path), address: 999}
    fill_book(clerk, return_from_facts(national, facts, fact_places(national), clerk.cover, path.name))  # type: ignore[arg-type]
    clerk.book.save(path)
    assert restore_file(path).strays == ()
    assert figures_in(path)[address] == 999


def test_deleted_buttons_come_back_in_a_file(national: Edition, office: xlwings.App, tmp_path: Path) -> None:
    def delete_buttons(opened: xlwings.Book, _: Edition) -> None:
        page = opened.sheets["统计表"].api.DrawPage
        while page.Count:
            page.remove(page.getByIndex(0))

    sound = make_book(national, tmp_path / "我局.xlsm")
    path = damaged(sound, office, delete_buttons, national)
    restore_file(path)
    with xlwings.Book(path) as opened:
        page = opened.sheets["统计表"].api.DrawPage
        labels = [getattr(page.getByIndex(place), "Control", None) for place in range(page.Count)]
        assert {label.Label for label in labels if label is not None} == {"填表", "审核", "汇总", "生成报告"}


def test_a_workbook_without_macros_is_restored_without_buttons(national: Edition, tmp_path: Path) -> None:
    path = make_book(national, tmp_path / "我局.xlsx")
    book = FileBook.open(path)
    book.write_cells("统计表", {(2, 0): CellContent("一句话")})
    book.save(path)
    restore_file(path)
    assert openpyxl.load_workbook(path)["统计表"]["A3"].value.startswith("=")


# What checking says


def test_checking_names_what_was_destroyed_and_the_remedy_in_the_window_and_in_the_file(
    national: Edition, office: xlwings.App, tmp_path: Path
) -> None:
    path = make_book(national, tmp_path / "我局.xlsm")
    office.activate()
    with xlwings.Book(path) as opened:
        live = LiveBook(opened)
        clerk = as_clerk_book(live, path)
        assert [one.outcome for one in check_form(national, clerk, live)] == [Outcome.PASSED]
        paste_over_everything(opened, national)
        from_window = check_form(national, clerk, live)
        opened.save()
    assert from_window == check_form(national, open_clerk_book(path), FileBook.open(path))
    words = message(national, from_window[0])
    for what in ("没有了保护", "没有了填数检查", "格式变了", "锁定变了", "公式没有了"):
        assert what in words
    assert "按“复原版式”" in fix(national, from_window[0])


def test_the_command_restores_and_says_so(
    national: Edition, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make_book(national, tmp_path / "我局.xlsm")
    assert main(["restore", str(path)]) == 0
    assert "“统计表”的格式、公式、填数检查、按钮和保护已按版式复原" in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "没有.xlsm")]) == 2
