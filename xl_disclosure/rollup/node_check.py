"""Every parent's own return held against those of the units directly below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from xl_disclosure.checks.across_units import check_parent
from xl_disclosure.checks.findings import Finding
from xl_disclosure.forms.model import Edition
from xl_disclosure.rollup.figures import Figures, pack
from xl_disclosure.rollup.totals import add_up
from xl_disclosure.rollup.tree import Node, UnitTree
from xl_disclosure.rules.evaluate import Facts


def check_nodes(edition: Edition, tree: UnitTree, find_sent: Callable[[], Mapping[str, Figures]]) -> list[Finding]:
    """Return how the return of each parent that sent one stands to the sum of its children.

    ``find_sent`` gives the figures of each unit that sent some; where no unit stands above others it is not asked.
    A child that sent none but is a parent itself stands with the sum of its own children, when all of them have
    figures; otherwise it is missing and the sum undecided.
    """
    parents = list(tree.parents())
    if not parents:
        return []
    sent = find_sent()

    def figures_of(node: Node, below: Sequence[Figures | None]) -> Figures | None:
        return sent[node.name] if node.name in sent else _complete_sum(below)

    checked = [place for place in parents if tree.nodes[place].name in sent]
    figures = tree.gather(figures_of) if checked else []
    findings: list[Finding] = []
    for place in checked:
        node = tree.nodes[place]
        below = {tree.nodes[child].name: figures[child] for child in tree.children(place)}
        known = {name: _facts(edition, found) for name, found in below.items() if found is not None}
        missing = [name for name, found in below.items() if found is None]
        findings.extend(check_parent(edition, node.name, _facts(edition, sent[node.name]), known, missing))
    return findings


def _complete_sum(children: Sequence[Figures | None]) -> Figures | None:
    """Return the sum over all children, a fact that one of them leaves blank left blank; None where one is missing."""
    known = [figures for figures in children if figures is not None]
    if not known or len(known) < len(children):
        return None
    blank = {place for figures in known for place, figure in figures.odd if figure is None}
    sums = add_up(known, len(known[0]))
    return pack([None if place in blank else figure for place, figure in enumerate(sums)])


def _facts(edition: Edition, figures: Figures) -> Facts:
    return dict(zip(edition.facts, figures, strict=True))
