from __future__ import annotations

from pathlib import Path

import pytest

from xl_disclosure.errors import RuleError
from xl_disclosure.forms.catalog import EDITIONS_VARIABLE, load_edition
from xl_disclosure.forms.holdings import holding_terms

VARIANT = 'extends = "2021"\nname = "某市版"\nlocal = true\n'


@pytest.fixture
def variant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of a local variant of the 2021 edition."""
    folder = tmp_path / "2021-mou"
    folder.mkdir()
    (folder / "form.toml").write_text(VARIANT, encoding="utf-8")
    monkeypatch.setenv(EDITIONS_VARIABLE, str(tmp_path))
    return folder


def test_a_holding_is_the_sum_of_its_terms_and_a_group_row_of_its_leaves() -> None:
    assert holding_terms(load_edition("2021"), "requests.unavailable.total + requests.granted.total") == (
        ("requests.not_held.total", "requests.would_need_creating.total", "requests.still_unclear.total"),
        ("requests.granted.total",),
    )


@pytest.mark.parametrize("address", ["requests.recieved.total", "requests.unavailable.sum", "unknown.row.column", ""])
def test_what_is_no_fact_or_group_row_is_not_a_term(address: str) -> None:
    with pytest.raises(KeyError):
        holding_terms(load_edition("2021"), address)


def test_a_local_variant_may_add_its_own_way_of_speaking(variant: Path) -> None:
    claim = '[figures.letters]\nrule = "text.received"\nphrases = ["来函申请~#"]\nfacts = ["requests.received.total"]\n'
    (variant / "claims.toml").write_text(claim, encoding="utf-8")
    load_edition.cache_clear()
    assert "letters" in {figure.code for figure in load_edition("2021-mou").claims.figures}


def test_a_claim_on_a_fact_the_form_does_not_have_is_refused_with_file_key_and_remedy(variant: Path) -> None:
    (variant / "claims.toml").write_text('[figures.received]\nfacts = ["requests.recieved.total"]\n', encoding="utf-8")
    load_edition.cache_clear()
    with pytest.raises(RuleError) as refused:
        load_edition("2021-mou")
    assert "claims.toml" in str(refused.value)
    assert "键 figures.received.facts" in str(refused.value)
    assert "改为 requests.received.total" in str(refused.value)
