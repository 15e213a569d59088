"""The command line: thin, in Chinese, over the same actions as the buttons."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
import typer.exceptions

from xl_disclosure import console
from xl_disclosure.cli_chinese import ChineseCommand, chinese_app, explain_usage_error
from xl_disclosure.errors import UNFORESEEN, DisclosureError

app = chinese_app("政府信息公开工作年度报告：填表、审核、汇总、生成报告。")
command = partial(app.command, cls=ChineseCommand)

JsonOption = Annotated[bool, typer.Option("--json", help="在标准输出打印一个 JSON，别无其他")]
EditionOption = Annotated[str, typer.Option("--edition", metavar="版式", help="版式编号，见 editions 命令")]
LastYearOption = Annotated[Path | None, typer.Option("--last-year", metavar="文件", help="上一年度的报表")]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    0: done; 1: done, with error findings; 2: the input cannot be used; 3: the machine lacks something; 4: a failure
    that nobody foresaw, told beside its details.
    """
    words = None if arguments is None else list(arguments)
    try:
        status = app(args=words, prog_name="xl-disclosure", standalone_mode=False)
    except DisclosureError as error:
        console.complain(str(error))
        return error.exit_status
    except typer.Abort:
        console.complain("已中断，没有改动任何文件")
        return 2
    except typer.exceptions.TyperException as error:
        console.complain(explain_usage_error(error))
        return 2
    except Exception as error:  # noqa: BLE001 nobody is left with a traceback
        console.complain(_explain_unforeseen(error, words))
        return UNFORESEEN
    return status if isinstance(status, int) else 0


def _explain_unforeseen(error: Exception, words: Sequence[str] | None) -> str:
    from xl_disclosure.live.failure_note import explain_unforeseen

    stated = sys.argv[1:] if words is None else words
    action = stated[0] if stated else ""
    opening = f"命令 {action} 没有做完：程序自己出了错，读入的文件没有改动。"
    return explain_unforeseen(opening, Path.cwd() / "xl-disclosure", action, error)


@command(help="用随附的真实数据把全部工作走一遍，并说明每样东西在哪里。")
def demo(
    into: Annotated[Path, typer.Option("--into", metavar="文件夹", help="结果放在哪里")] = Path("xl-disclosure-demo"),
) -> int:
    """Run the main job on bundled data."""
    from xl_disclosure.demo.tour import run_demo

    return run_demo(into)


@command(help="列出全部版式、适用年度和依据。")
def editions() -> int:
    """List the editions."""
    from xl_disclosure.display import print_editions
    from xl_disclosure.forms.catalog import edition_ids, load_edition

    print_editions([load_edition(edition_id) for edition_id in edition_ids()])
    return 0


@command(help="列出一个版式的全部审核规则。")
def rules(edition: Annotated[str, typer.Argument(metavar="版式", help="版式编号，见 editions 命令")]) -> int:
    """List an edition's rules in Chinese."""
    from xl_disclosure.display import print_rules
    from xl_disclosure.forms.catalog import load_edition

    print_rules(load_edition(edition))
    return 0


@command(help="由模板新建一个工作簿。")
def new(
    edition: Annotated[str, typer.Argument(metavar="版式", help="版式编号，见 editions 命令")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="工作簿", help="文件名：.xlsm 有按钮，.xlsx 没有")],
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="单位名称")] = "",
    year: Annotated[int | None, typer.Option("--year", metavar="年度", help="报告年度")] = None,
) -> int:
    """Make a fresh workbook."""
    from xl_disclosure.actions.new import create_workbook

    create_workbook(edition, output, unit, year)
    console.tell(f"已新建 {output}")
    return 0


@command(help="显示从一个文件里读到了什么。")
def read(
    file: Annotated[Path, typer.Argument(metavar="文件", help="任何报表文件：工作簿、Word、网页、文本、JSON")],
    edition: EditionOption = "",
    as_json: JsonOption = False,
) -> int:
    """Show what is read in a file."""
    from xl_disclosure.actions.reading import read_return
    from xl_disclosure.display import print_return
    from xl_disclosure.forms.catalog import load_edition
    from xl_disclosure.json_output import return_json

    returned = read_return(file, edition)
    if as_json:
        console.print_json(return_json(returned))
    else:
        print_return(returned, load_edition(returned.edition))
    return 1 if any(problem.blocks_use for problem in returned.problems) else 0


@command(help="填表：由工作簿中的台账计数，或由另一份文件取数。")
def fill(
    book: Annotated[Path, typer.Argument(metavar="工作簿", help="要填的工作簿")],
    source: Annotated[Path | None, typer.Option("--from", metavar="文件", help="从这份文件取数")] = None,
    last_year: LastYearOption = None,
) -> int:
    """Fill the form of a workbook."""
    from xl_disclosure.actions.fill import fill_file
    from xl_disclosure.display import print_fill

    print_fill(fill_file(book, source, last_year))
    return 0


@command(help="审核：表内勾稽、与上年衔接、正文与表格一致。")
def check(
    files: Annotated[list[Path], typer.Argument(metavar="文件...", help="一份或多份报表")],
    last_year: LastYearOption = None,
    text: Annotated[Path | None, typer.Option("--text", metavar="文件", help="报告正文：.docx、.html 或 .txt")] = None,
    as_json: JsonOption = False,
) -> int:
    """Cross-check returns."""
    from xl_disclosure.actions.check import CheckRequest, check_file
    from xl_disclosure.display import print_check
    from xl_disclosure.json_output import check_json

    today = date.today()  # noqa: DTZ011 an office's settings hold for the days of its own calendar
    results = [check_file(CheckRequest(file, today, last_year, text)) for file in files]
    if as_json:
        console.print_json({"files": [check_json(result) for result in results]})
    else:
        for result in results:
            print_check(result)
    return 1 if any(result.has_errors for result in results) else 0


@command(help="汇总：把一个文件夹里下级单位的报表汇入工作簿。")
def aggregate(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="下级单位报表所在的文件夹")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="工作簿", help="汇总到这个工作簿；没有就新建")],
    roster: Annotated[Path | None, typer.Option("--roster", metavar="文件", help="单位名录（CSV 或 xlsx）")] = None,
    edition: EditionOption = "",
    year: Annotated[int | None, typer.Option("--year", metavar="年度", help="报告年度")] = None,
    last_year: LastYearOption = None,
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="个数", min=1, help="同时读取的进程数，默认为处理器核数")
    ] = None,
    cluster: Annotated[
        str, typer.Option("--cluster", metavar="地址", help="在 Dask 集群上读取，如 tcp://主机:8786")
    ] = "",
    as_json: JsonOption = False,
) -> int:
    """Roll up a folder of returns."""
    from xl_disclosure.actions.aggregate import RollupRequest, aggregate_folder
    from xl_disclosure.display import print_rollup
    from xl_disclosure.json_output import rollup_json

    request = RollupRequest(folder, output, roster, edition, year, last_year, workers, cluster)
    with console.progress("读取报表") as advance:
        rollup = aggregate_folder(request, advance)
    if as_json:
        console.print_json(rollup_json(rollup))
    else:
        print_rollup(rollup)
    return 1 if rollup.has_errors else 0


@command(help="追溯：汇总表中的一个数由哪些单位、哪些文件、哪些更正加起来。")
def trace(
    book: Annotated[Path, typer.Argument(metavar="工作簿", help="汇总过的工作簿")],
    address: Annotated[
        str,
        typer.Argument(metavar="数据项", help="代码、名称，或单元格（统计表!C6、小计表!F7）"),
    ],
    as_json: JsonOption = False,
) -> int:
    """Show what a figure of a roll-up is made of."""
    from xl_disclosure.actions.trace import trace_book
    from xl_disclosure.display import print_trace
    from xl_disclosure.json_output import trace_json

    result = trace_book(book, address)
    if as_json:
        console.print_json(trace_json(result))
    else:
        print_trace(result)
    return 0 if result.trace.agrees else 1


@command(help="生成报告：Word、网页，需要时 PDF。")
def report(
    book: Annotated[Path, typer.Argument(metavar="工作簿", help="填好的工作簿")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="文件夹", help="报告放在哪个文件夹")],
    formats: Annotated[str, typer.Option("--format", metavar="格式", help="docx、html、pdf，用逗号隔开")] = "docx,html",
) -> int:
    """Write the narrative report."""
    from xl_disclosure.actions.report import ReportRequest, write_report
    from xl_disclosure.display import print_report

    today = date.today()  # noqa: DTZ011 an office's settings hold for the days of its own calendar
    result = write_report(ReportRequest(book, output, formats.split(","), today))
    print_report(result)
    return 1 if result.is_draft else 0


@command("report-templates", help="取出报告的 Word 模板和网页模板，供本机关改样式；放在工作簿旁边即采用。")
def report_templates(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="文件夹", help="模板放在哪个文件夹")],
) -> int:
    """Lay out the templates of the report for an office to restyle."""
    from xl_disclosure.actions.report_templates import lay_out_templates

    for path in lay_out_templates(output):
        console.tell(f"已取出 {path}")
    return 0


@command(help="复原版式：粘贴弄坏了表格的格式、公式和填数检查时，按版式恢复，已填的数保留。")
def restore(book: Annotated[Path, typer.Argument(metavar="工作簿", help="要复原的工作簿")]) -> int:
    """Restore the form of a workbook."""
    from xl_disclosure.actions.restore import restore_file
    from xl_disclosure.display import print_restoration

    print_restoration(restore_file(book))
    return 0


@command(help="安装按钮：Excel 的加载项，或 LibreOffice 的信任设置；不需要管理员权限。")
def install(
    uninstall: Annotated[bool, typer.Option("--uninstall", help="取消安装，恢复原样")] = False,
    folders: Annotated[
        list[Path] | None,
        typer.Option("--folder", metavar="文件夹", help="LibreOffice 信任的文件夹，可多次给出；默认为当前文件夹"),
    ] = None,
) -> int:
    """Connect the buttons of workbooks to this program."""
    from xl_disclosure.installation import install as installation
    from xl_disclosure.installation.machine import this_machine
    from xl_disclosure.installation.wording import word_installation, word_removal

    machine = this_machine()
    if uninstall:
        lines = word_removal(installation.uninstall(machine))
    else:
        lines = word_installation(machine, installation.install(machine, folders or []))
    for line in lines:
        console.tell(line)
    return 0


@command(hidden=True)
def button(action: str, book: Path) -> int:
    """Do what a button of an open workbook asks for."""
    from xl_disclosure.buttons import press

    return press(action, book)
