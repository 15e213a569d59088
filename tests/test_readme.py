"""The READMEs against the program: every command runs, every option, picture and target shown is there."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup

from tests.rule_tables import with_table
from xl_disclosure.cli import app, main
from xl_disclosure.forms.catalog import load_edition

REPOSITORY = Path(__file__).resolve().parent.parent
ENGLISH = (REPOSITORY / "README.md").read_text(encoding="utf-8")
CHINESE = (REPOSITORY / "README.zh-CN.md").read_text(encoding="utf-8")


def shell_lines(text: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line.split("   #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def commands_of(text: str) -> list[str]:
    inline = re.findall(r"`(xl-disclosure [^`]+)`", text)
    return [line for line in [*shell_lines(text), *inline] if line.startswith("xl-disclosure ")]


@pytest.fixture
def office(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that holds what the commands of the READMEs name, and stand in it, with a home of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    demo = REPOSITORY / "xl_disclosure" / "demo"
    shutil.copy(demo / "published_report.txt", "report.txt")
    assert main(["new", "2021", "-o", "去年.xlsm", "--unit", "某某局", "--year", "2024"]) == 0
    for folder, name in (("units", "roster.csv"), ("下级单位", "单位名录.csv")):
        Path(folder).mkdir()
        shutil.copy(demo / "sample_unit_a.json", folder)
        shutil.copy(demo / "sample_unit_b.json", folder)
        Path(name).write_text("单位名称\n示例单位甲\n示例单位乙\n", encoding="utf-8-sig")
    return tmp_path


def test_every_command_of_the_english_readme_runs(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = commands_of(ENGLISH)
    assert len(lines) >= 7
    for line in lines:
        status = main(shlex.split(line)[1:])
        assert status in (0, 1), f"{line}\n{capsys.readouterr().err}"
    assert (office / "county.xlsm").is_file()
    assert list((office / "report").glob("*.docx"))


def test_every_command_of_the_chinese_readme_runs(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = commands_of(CHINESE)
    assert len(lines) >= 6
    zeros = dict.fromkeys(load_edition("2021").facts, 0)
    facts = {"edition": "2021", "unit": "某某局", "year": 2025, "facts": zeros}
    Path("zeros.json").write_text(json.dumps(facts), encoding="utf-8")
    made = next(number for number, line in enumerate(lines) if line.startswith("xl-disclosure new"))
    lines.insert(made + 1, "xl-disclosure fill 我局.xlsm --from zeros.json")
    for line in sorted(lines, key=lambda line: ("trace" in line, "aggregate" in line)):
        status = main(shlex.split(line)[1:])
        assert status in (0, 1), f"{line}\n{capsys.readouterr().err}"
    assert (office / "汇总.xlsm").is_file()


def test_the_table_of_commands_is_that_of_the_program() -> None:
    table = dict(re.findall(r"^\| `([\w-]+)([^`]*)` \|", ENGLISH, re.MULTILINE))
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    commands = {name: command for name, command in group.commands.items() if not command.hidden}
    assert set(table) == set(commands)
    for name, command in commands.items():
        options = {option for parameter in command.params for option in parameter.opts if option.startswith("-")}
        stated = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", table[name]))
        assert stated <= options
        assert {option for option in options if option.startswith("--")} - stated <= {"--help", "--output"}


def test_the_list_of_rules_is_that_of_the_edition_in_force() -> None:
    assert with_table(CHINESE) == CHINESE


def test_every_picture_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", ENGLISH)
    assert len(pictures) >= 4
    assert all((REPOSITORY / picture).is_file() for picture in pictures)


def test_every_target_of_make_is_there() -> None:
    targets = {line.split()[1] for line in shell_lines(ENGLISH) if line.startswith("make ")}
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    assert targets
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)
