"""Take the pictures of the README anew: ``python -m tests.pictures``."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

from tests import programs
from tests.live.clerk import PHOTOGRAPHS, office_with_buttons
from tests.live.sample_office import lay_out
from tests.reference import Reference, place
from xl_disclosure.actions.fill import fill_file
from xl_disclosure.cli import main
from xl_disclosure.forms.catalog import load_edition

PICTURES = Path(__file__).resolve().parent.parent / ".pictures"
RESOLUTION = 80
FINE_RESOLUTION = 170
SHOWN_WIDTH, SHOWN_HEIGHT = 0.6, 0.3
"""Of the wide sheet of findings, as much as can be read on a page."""
REPORTS = {
    "2021": ("suqian_2023", (0, 2, 3)),
    "2019": ("pt_lyy_2020", (0, 2, 3)),
    "2014-fujian": ("pt_region_2017", (0, 2)),
}
"""The published report whose facts each edition's picture is made from, and the pages shown."""
MARGIN = 16
COLOURS = 64


def take_pictures() -> None:
    """Run the demo, published reports and a form with a misplaced total, and keep the telling pages as printed."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        convert = programs.Convert(profile=folder / "profile")
        main(["demo", "--into", str(folder / "demo")])
        book = convert(next((folder / "demo").glob("兴义*.xlsm")), "pdf", folder / "book")
        keep("form.png", [page_saying(book, "填报单位", "收到申请数")])
        findings = page_saying(book, "处理办法", "依据", resolution=FINE_RESOLUTION)
        keep(
            "findings.png",
            [findings.crop((0, 0, int(findings.width * SHOWN_WIDTH), int(findings.height * SHOWN_HEIGHT)))],
        )
        keep("report.png", pages_of(printed_report(next((folder / "demo").glob("兴义*.xlsm"))))[:3])
        for edition_id, (report_name, numbers) in REPORTS.items():
            printed = pages_of(report_on_published_facts(report_name, folder))
            keep(f"report-{edition_id}.png", [printed[number] for number in numbers])
        red = convert(book_with_misplaced_total(folder), "pdf", folder / "red")
        keep("red.png", [page_saying(red, "申请人情况")])
        keep("click.png", [screen_after_a_click(folder)])


def report_on_published_facts(name: str, folder: Path) -> Path:
    """Return the PDF of the report that a published report's facts give."""
    reference = Reference(place())
    record = reference.report(name)
    book = folder / f"{name}.xlsm"
    words = ["--unit", record["unit"], "--year", str(record["year"])]
    main(["new", record["printed_edition"], "-o", str(book), *words])
    main(["fill", str(book), "--from", str(reference.path(f"reports/{name}.json"))])
    return printed_report(book)


def printed_report(book: Path) -> Path:
    """Return the report of a workbook as PDF."""
    folder = book.with_suffix("")
    main(["report", str(book), "-o", str(folder), "--format", "pdf"])
    return next(folder.glob("*.pdf"))


def book_with_misplaced_total(folder: Path) -> Path:
    """Return a 2021 workbook whose total row has one applicant's outcome in another's column."""
    facts = dict.fromkeys(load_edition("2021").facts, 0)
    in_columns = {"received": (2, 1, 3), "granted": (1, 0, 1), "not_held": (1, 1, 2), "outcomes_total": (3, 0, 3)}
    for row, (people, others, total) in in_columns.items():
        for column, figure in (("natural_person", people), ("other_organisation", others), ("total", total)):
            facts[type(next(iter(facts)))(f"requests.{row}.{column}")] = figure
    source = folder / "facts.json"
    source.write_text(
        json.dumps({"edition": "2021", "unit": "示例单位", "year": 2021, "facts": facts}), encoding="utf-8"
    )
    book = folder / "red.xlsm"
    main(["new", "2021", "-o", str(book), "--unit", "示例单位", "--year", "2021"])
    main(["fill", str(book), "--from", str(source)])
    return book


def screen_after_a_click(folder: Path) -> Image.Image:
    """Return the screen on which 审核 was clicked in a filled 2021 workbook, with the message that tells the result."""
    with office_with_buttons(folder) as office:
        path = lay_out("2021", office.folder / "2021")
        fill_file(path)
        with office.open(path) as clerk:
            clerk.opened.sheets["表三"].activate()
            clerk.click("审核")
            clerk.hear("审核")
    return Image.open(PHOTOGRAPHS / "审核.png")


def pages_of(pdf: Path, resolution: int = RESOLUTION) -> list[Image.Image]:
    """Return every page of a PDF as a picture."""
    stem = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", str(resolution), "-png", pdf, stem], check=True)
    return [Image.open(path) for path in sorted(pdf.parent.glob(f"{stem.name}-*.png"))]


def page_saying(pdf: Path, *words: str, resolution: int = RESOLUTION) -> Image.Image:
    """Return the first page that says all of the words."""
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    for number, page in enumerate(text.split("\f")):
        if all(word in page for word in words):
            return pages_of(pdf, resolution)[number]
    raise LookupError(f"no page of {pdf.name} says {words}")


def keep(name: str, pages: list[Image.Image]) -> None:
    """Save pages side by side, the white around them cut off."""
    sheet = Image.new("RGB", (sum(page.width for page in pages), max(page.height for page in pages)), "white")
    left = 0
    for page in pages:
        sheet.paste(page, (left, 0))
        left += page.width
    box = ImageChops.difference(sheet, Image.new("RGB", sheet.size, "white")).getbbox()
    if box is not None:
        left, top, right, bottom = box
        sheet = sheet.crop(
            (
                max(left - MARGIN, 0),
                max(top - MARGIN, 0),
                min(right + MARGIN, sheet.width),
                min(bottom + MARGIN, sheet.height),
            )
        )
    sheet.quantize(COLOURS).save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    take_pictures()
