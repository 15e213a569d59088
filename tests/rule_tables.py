"""Write the list of rules in README.zh-CN.md anew: ``python -m tests.rule_tables``."""

from __future__ import annotations

from pathlib import Path

from xl_disclosure.checks.rule_list import list_rules
from xl_disclosure.forms.catalog import load_edition

PAGE = Path(__file__).resolve().parent.parent / "README.zh-CN.md"
EDITION = "2021"
OPENING, CLOSING = "<!-- 规则表开始 -->", "<!-- 规则表结束 -->"


def rule_table() -> str:
    """Return the rules of the edition in force as a table."""
    lines = ["| 规则 | 级别 | 要求 | 依据 |", "|---|---|---|---|"]
    for rule in list_rules(load_edition(EDITION)):
        demand = f"{rule.name}：{rule.demand}" if rule.demand else rule.name
        lines.append(f"| `{rule.id}` | {rule.severity} | {demand} | {rule.basis} |")
    return "\n".join(lines)


def with_table(page: str) -> str:
    """Return the page with the table between its marks."""
    before, _, rest = page.partition(OPENING)
    _, _, after = rest.partition(CLOSING)
    return f"{before}{OPENING}\n{rule_table()}\n{CLOSING}{after}"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
