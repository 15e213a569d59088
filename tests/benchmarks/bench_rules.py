"""Time the rules over many returns at once, with the reading of one return as the baseline of the same run.

Run `python -m tests.benchmarks.bench_rules`; it ends with status 1 where a return takes longer than the limit.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from decimal import Decimal

from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import Edition, FactAddress, Measure
from xl_disclosure.rules.binding import BoundRule, bind_rules
from xl_disclosure.rules.columns import evaluate_columns, pack_facts
from xl_disclosure.rules.evaluate import Facts, evaluate
from xl_disclosure.rules.expressions import Number

EDITION = "2021"
RULES = 100
RETURNS = 10_000
BASELINE_RETURNS = 200
LIMIT = 50e-6  # seconds a return
_REPEATS = 3


def main() -> int:
    """Print how long a return takes in each reading, and their ratio; return the exit status."""
    edition = load_edition(EDITION)
    rules = some_rules(edition)
    source = random.Random(EDITION)
    this = [random_facts(edition, source) for _ in range(RETURNS)]
    last = [random_facts(edition, source) for _ in range(RETURNS)]
    packed, packed_last = pack_facts(edition, this), pack_facts(edition, last)
    at_once = shortest(lambda: list(evaluate_columns(rules, packed, packed_last))) / RETURNS
    one_by_one = shortest(lambda: read_singly(rules, this, last)) / BASELINE_RETURNS
    sys.stdout.write(
        f"{len(rules)} rules, {RETURNS} returns\n"
        f"columns       {at_once * 1e6:8.1f} microseconds a return (limit {LIMIT * 1e6:.0f})\n"
        f"plain Python  {one_by_one * 1e6:8.1f} microseconds a return\n"
        f"ratio         {one_by_one / at_once:8.0f}\n"
    )
    return 0 if at_once < LIMIT else 1


def some_rules(edition: Edition) -> list[BoundRule]:
    """Return 100 instances of rules, those of the form's own columns and rows first."""
    rules = sorted(bind_rules(edition), key=lambda rule: rule.id == "jump")
    return rules[:RULES]


def random_facts(edition: Edition, source: random.Random) -> dict[FactAddress, Number | None]:
    """Return figures of which one in a hundred is missing."""
    facts: dict[FactAddress, Number | None] = {}
    for address, fact in edition.facts.items():
        count = source.randrange(50)
        value: Number = Decimal(count) / 8 if fact.measure is Measure.MONEY else count
        facts[address] = None if source.random() < 0.01 else value
    return facts


def read_singly(rules: Sequence[BoundRule], this: Sequence[Facts], last: Sequence[Facts]) -> None:
    """Evaluate the rules on each of the first returns in turn."""
    for facts, before in zip(this[:BASELINE_RETURNS], last, strict=False):
        for rule in rules:
            evaluate(rule, facts, before)


def shortest(work: Callable[[], object]) -> float:
    """Return the shortest of some runs, in seconds."""
    times: list[float] = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
