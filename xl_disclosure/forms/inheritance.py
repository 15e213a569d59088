"""A local variant laid over the edition it extends."""

from __future__ import annotations

from typing import Any

from xl_disclosure.forms.decode import nearest, refuse

Toml = dict[str, Any]


def overlay(base: Toml, change: Toml, file: str, key: str = "") -> Toml:
    """Return the base with the change laid over it, neither of them altered.

    ``drop = [...]`` in the change leaves out keys of the base; a new entry with ``after = "code"`` stands behind that
    one, otherwise at the end. Raises RuleError where either names a key the base does not have.
    """
    merged = dict(base)
    for name in change.get("drop", []):
        _require(name, merged, file, f"{key}drop")
        del merged[name]
    for name, value in change.items():
        if name == "drop":
            continue
        here = f"{key}{name}"
        if isinstance(value, dict) and isinstance(merged.get(name), dict):
            merged[name] = overlay(merged[name], value, file, f"{here}.")
        elif isinstance(value, dict) and "after" in value:
            _require(value["after"], merged, file, f"{here}.after")
            entry = {part: inner for part, inner in value.items() if part != "after"}
            merged = _insert_behind(merged, value["after"], name, entry)
        else:
            merged[name] = value
    return merged


def _insert_behind(table: Toml, anchor: str, name: str, entry: Toml) -> Toml:
    result: Toml = {}
    for key, value in table.items():
        result[key] = value
        if key == anchor:
            result[name] = entry
    return result


def _require(name: str, known: Toml, file: str, key: str) -> None:
    if name in known:
        return
    suggestion = nearest(name, known)
    remedy = f"改为 {suggestion}" if suggestion else f"改为下列之一：{'、'.join(known)}"
    raise refuse(file, key, f"所扩展的版式中没有 {name}", remedy)
