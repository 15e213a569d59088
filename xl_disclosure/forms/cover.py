"""The cover sheet and its fields, by code, with the wording a clerk sees."""

from __future__ import annotations

from collections.abc import Mapping

COVER_SHEET = "封面"

COVER_FIELDS: Mapping[str, str] = {
    "unit": "单位名称",
    "unit_code": "单位代码",
    "year": "报告年度",
    "level": "单位级别",
    "head": "单位负责人",
    "reviewer": "审核人",
    "preparer": "填报人",
    "phone": "联系电话",
    "date": "填报日期",
}
