"""Random rules and random figures for readings of one rule to agree on."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from xl_disclosure.forms.model import FactAddress
from xl_disclosure.rules.expressions import Number

COUNTS = (
    "requests.received.total",
    "requests.granted.total",
    "requests.carried_forward.total",
    "disputes.reconsideration.total",
)
MONEY = "charges.administrative_charges.amount"

ADDRESSES = [FactAddress(address) for address in (*COUNTS, MONEY)]


def counts() -> st.SearchStrategy[int]:
    """Give mostly small counts, so that equalities hold now and then."""
    return st.one_of(st.integers(0, 5), st.integers(0, 10**9))


def money() -> st.SearchStrategy[Decimal]:
    """Give sums of 万元 to the fen."""
    fen = st.one_of(st.sampled_from([0, 1, 100_000, 200_000, 300_000, 1_000_000]), st.integers(0, 10**11))
    return fen.map(lambda value: Decimal(value) / 10**6)


def figures() -> st.SearchStrategy[dict[FactAddress, Number | None]]:
    """Give figures for all the facts that random rules name, now and then one missing."""
    known: dict[FactAddress, st.SearchStrategy[Number | None]] = {
        address: st.one_of(money() if address == MONEY else counts(), st.none()) for address in ADDRESSES
    }
    return st.fixed_dictionaries(known)


def names() -> st.SearchStrategy[str]:
    """Give facts of this year and of last year."""
    this = st.sampled_from([*COUNTS, MONEY])
    return st.one_of(this, this.map(lambda name: f"last_year({name})"))


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    listed = st.lists(inner, min_size=1, max_size=3).map(", ".join)
    return st.one_of(
        pair.map(lambda two: f"({two[0]} + {two[1]})"),
        pair.map(lambda two: f"({two[0]} - {two[1]})"),
        inner.map(lambda one: f"3 * {one}"),
        inner.map(lambda one: f"0.2 * {one}"),
        inner.map(lambda one: f"-{one}"),
        inner.map(lambda one: f"abs({one})"),
        st.tuples(st.sampled_from(["sum", "max", "min"]), listed).map(lambda call: f"{call[0]}({call[1]})"),
    )


def numbers() -> st.SearchStrategy[str]:
    """Give numbers without division."""
    leaves = st.one_of(names(), st.sampled_from(["0", "1", "2.5"]))
    return st.recursive(leaves, _compound, max_leaves=4)


def comparisons() -> st.SearchStrategy[str]:
    """Give comparisons and chains; a share is compared with a constant, as a rule about a share is."""
    sign = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    single = st.tuples(numbers(), sign, numbers()).map(" ".join)
    chain = st.tuples(numbers(), sign, numbers(), sign, numbers()).map(" ".join)
    share = st.tuples(names(), names(), sign, st.sampled_from(["0.2", "0.5", "1", "3"])).map(
        lambda part: f"{part[0]} / {part[1]} {part[2]} {part[3]}"
    )
    return st.one_of(single, chain, share)


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    word = st.sampled_from(["and", "or", "==", "!="])
    return st.one_of(
        st.tuples(inner, word, inner).map(lambda three: f"({three[0]}) {three[1]} ({three[2]})"),
        inner.map(lambda one: f"not ({one})"),
    )


def conditions() -> st.SearchStrategy[str]:
    """Give conditions of all kinds."""
    return st.recursive(comparisons(), _joined, max_leaves=3)
