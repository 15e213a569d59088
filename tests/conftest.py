"""Give every test its fixtures, and say plainly which tests cannot run for want of the reference material."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests import browser, programs
from tests import reference as material
from tests.browser import CheckAccess
from tests.programs import Convert, Validate, ValidatePages
from tests.reference import PLACE_VARIABLE, Reference
from xl_disclosure.rollup.cache_place import CACHE_VARIABLE

# A test that asks for one of these fixtures bears the marker of the same line.
_MARKERS = {"soffice": "libreoffice", "reference": "reference"}
_not_run = pytest.StashKey[int]()

# How long an example takes is for the benchmarks to tell: a busy machine makes no test fail.
settings.register_profile(
    "untimed",
    settings.get_profile(settings.get_current_profile_name()),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _cache_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every test read its files itself, and leave the user's own cache alone."""
    monkeypatch.setenv(CACHE_VARIABLE, "")


@pytest.fixture(scope="session")
def reference() -> Reference:
    """Give the reference material."""
    return Reference(material.place())


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Give `convert(path, to, outdir)`: headless LibreOffice with a profile of this test process's own."""
    return Convert(profile=tmp_path_factory.mktemp("libreoffice-profile"))


@pytest.fixture(scope="session")
def ooxml_validator() -> Validate:
    """Give `validate(path)`: the errors that the Open XML SDK finds in an Office document, one line each."""
    return programs.validator()


@pytest.fixture(scope="session")
def nu_validator() -> ValidatePages:
    """Give `validate(pages)`: what the Nu Html Checker finds wrong in web pages, one line each."""
    return programs.page_validator()


@pytest.fixture(scope="session")
def axe() -> Iterator[CheckAccess]:
    """Give `check(page, width)`: what axe finds in a web page that a screen that wide shows, one line each."""
    with browser.Browser() as opened:
        yield opened.check_access


def pytest_report_header() -> str:
    """Say where the reference material is, or that it is absent."""
    if material.is_present():
        return f"reference material: {material.place()}"
    return _absence("the tests that need it are not run")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by the fixtures they use; leave out those that need reference material which is absent."""
    for item in items:
        for fixture, marker in _MARKERS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
    if material.is_present():
        return
    without = [item for item in items if item.get_closest_marker("reference")]
    items[:] = [item for item in items if item not in without]
    config.stash[_not_run] = len(without)
    config.hook.pytest_deselected(items=without)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that reports how many tests this process left out."""
    output: dict[str, int] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["not_run"] = session.config.stash.get(_not_run, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a test process how many tests it left out; each collects all tests, so all say the same."""
    node.config.stash[_not_run] = getattr(node, "workeroutput", {}).get("not_run", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many tests were not run."""
    count = config.stash.get(_not_run, 0)
    if count:
        terminalreporter.write_line(_absence(f"tests not run: {count}"), yellow=True)


def _absence(consequence: str) -> str:
    return f"reference material is absent (no folder {material.place()}, see {PLACE_VARIABLE}): {consequence}"
