from __future__ import annotations

from pathlib import Path

from tests.programs import Validate
from xl_disclosure.narrative.word_template import TEMPLATE_NAME, build_word_template
from xl_disclosure.resources import templates_directory

SHIPPED = templates_directory() / TEMPLATE_NAME


def test_the_shipped_template_is_what_the_project_builds() -> None:
    assert SHIPPED.read_bytes() == build_word_template(), "run python -m xl_disclosure.narrative.word_template"


def test_the_template_conforms_to_the_standard(ooxml_validator: Validate) -> None:
    assert ooxml_validator(Path(SHIPPED)) == []
