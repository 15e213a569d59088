"""Two sequences laid side by side: what is expected and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Weights = Sequence[Mapping[int, int]]
"""For each expected item, how well each found item fits it, by the found item's position; absent: not at all."""


def certain_pairs(weights: Weights, found_count: int) -> dict[int, int]:
    """Return which found item each expected one is, as far as their order leaves no doubt.

    Labels repeat within a form, so it is the order that tells them apart: of all ways to lay the sequences side by
    side without crossings those that fit best are taken, and a pair is certain when no other of them has another
    partner for either item.
    """
    before = _scores(weights, found_count)
    backwards = [{found_count - 1 - found: weight for found, weight in row.items()} for row in reversed(weights)]
    after = _scores(backwards, found_count)
    best = before[-1][-1]
    partners: dict[int, list[int]] = {}
    claimed: dict[int, int] = {}
    for expected, row in enumerate(weights):
        for found, weight in row.items():
            rest = after[len(weights) - 1 - expected][found_count - 1 - found]
            if before[expected][found] + weight + rest == best:
                partners.setdefault(expected, []).append(found)
                claimed[found] = claimed.get(found, 0) + 1
    return {expected: found[0] for expected, found in partners.items() if len(found) == 1 and claimed[found[0]] == 1}


def moved_pairs(candidates: Sequence[Sequence[int]], pairs: Mapping[int, int]) -> dict[int, int]:
    """Return further pairs, out of order, of items that fit one another and nothing else that is left.

    ``candidates`` are the found items that fit each expected one.
    """
    taken = set(pairs.values())
    left = {
        expected: [found for found in row if found not in taken]
        for expected, row in enumerate(candidates)
        if expected not in pairs
    }
    claims = [found for row in left.values() for found in row]
    return {expected: row[0] for expected, row in left.items() if len(row) == 1 and claims.count(row[0]) == 1}


def _scores(weights: Weights, found_count: int) -> list[list[int]]:
    """Return the best score of the first n expected with the first m found items, for every n and m."""
    scores = [[0] * (found_count + 1)]
    for row in weights:
        above = scores[-1]
        line = [0] * (found_count + 1)
        best = 0
        for found in range(found_count):
            best = max(best, above[found + 1])
            weight = row.get(found)
            if weight is not None:
                best = max(best, above[found] + weight)
            line[found + 1] = best
        scores.append(line)
    return scores
