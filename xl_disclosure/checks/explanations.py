"""说明: why a finding stands as it is, in the clerk's words, and when that settles it."""

from __future__ import annotations

from dataclasses import dataclass

from xl_disclosure.forms.rules import Severity

APPROVED_MARKS = frozenset({"是", "√", "✓", "☑", "Y", "y", "TRUE"})
"""What a clerk may put into the box 上级已核准."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Hold what stands beside a finding in 审核结果: the reason, the box 上级已核准, and who approved."""

    note: str
    approved: str = ""
    approver: str = ""

    def settles(self, severity: Severity) -> bool:
        """Tell whether a finding of that severity is explained away.

        A reason is enough for 提示 and 参考; 错误 also needs the box 上级已核准 and a name.
        """
        if not self.note.strip():
            return False
        is_approved = self.approved.strip() in APPROVED_MARKS and bool(self.approver.strip())
        return is_approved or severity is not Severity.ERROR
