"""What is known to be wrong in the form of the published reports, and which rule finds it, or why none does.

Each entry stands for one of a report's ``remarks``, by its position, in words of our own. Remarks on the text are in
``tests/checks/narrative/remarks.py``; together the two account for every remark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FormRemark:
    """Hold one remark: what is wrong, and the rule that finds it or the reason why none does.

    ``facts`` are among those of the finding. To find it takes ``last_year``, a published report or figures told of in
    the remark; or ``children``, published reports or figures told of in the remark by the child's name; or ``labels``,
    what the printed form says in place of its official labels.
    """

    position: int
    says: str
    rule: str = ""
    facts: tuple[str, ...] = ()
    last_year: str | Mapping[str, int] = ""
    children: Mapping[str, str | Mapping[str, int]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    why_none: str = ""


NOT_ALL_CHANNELS = "福建版没有列全各种渠道，各渠道之和本来就可以小于总数"
RECEIVED = "statistics.received.year"
DISCLOSED_SO_FAR = "statistics.disclosed.cumulative"

FORM_REMARKS: dict[str, tuple[FormRemark, ...]] = {
    "pt_czj_2014": (FormRemark(0, "渠道合计小于总数", why_none=NOT_ALL_CHANNELS),),
    "pt_gaj_2022": (
        FormRemark(
            0,
            "现行有效件数跨年不符",
            "documents.in_force",
            ("documents.normative_documents.in_force",),
            last_year={"documents.normative_documents.in_force": 2},
        ),
    ),
    "pt_lyy_2020": (
        FormRemark(1, "第（六）项的表头缺失", why_none="缺的只是小标题，行名、栏名都在，数一个不少地读得出来"),
    ),
    "pt_nyn_2021": (
        FormRemark(0, "总计填错申请人一列", "requests.balance", ("requests.outcomes_total.natural_person",)),
    ),
    "pt_region_2016": (
        FormRemark(
            0,
            "下级有申请而汇总为0",
            "rollup.child",
            (RECEIVED,),
            children={"平潭综合实验区环境与国土资源局": {RECEIVED: 9}},
        ),
        FormRemark(1, "累计数与下年不合", why_none="在下一年的报告里查出：pt_region_2017"),
    ),
    "pt_region_2017": (
        FormRemark(
            0,
            "下级有申请而汇总为0",
            "rollup.child",
            (RECEIVED,),
            children={"平潭综合实验区市场监督管理局": {RECEIVED: 5}},
        ),
        FormRemark(1, "累计数与上年不合", "cumulative", (DISCLOSED_SO_FAR,), last_year="pt_region_2016"),
    ),
    "pt_region_2018": (
        FormRemark(
            0,
            "下级有申请而汇总为0",
            "rollup.child",
            (RECEIVED,),
            children={"环境与国土资源局": "pt_zrz_2018", "市场监督管理局": "pt_scj_2018"},
        ),
    ),
    "pt_region_2020": (
        FormRemark(0, "办理结果之和与总计不符", "requests.outcomes", ("requests.outcomes_total.total",)),
        FormRemark(2, "规章公开总数没有来源", "documents.power", ("documents.regulations.public_total",)),
    ),
    "pt_scj_2016": (
        FormRemark(0, "渠道合计小于总数", why_none=NOT_ALL_CHANNELS),
        FormRemark(1, "行名写错", "layout", labels={"网上申请数": "传真申请数"}),
    ),
    "pt_scj_2018": (
        FormRemark(1, "累计数与上年不合", "cumulative", (DISCLOSED_SO_FAR,), last_year={DISCLOSED_SO_FAR: 837}),
    ),
    "pt_shs_2021": (FormRemark(0, "用了旧版表格", "edition"),),
    "pt_zrz_2018": (FormRemark(0, "各种申请方式之和与总数不符", "received", (RECEIVED,)),),
    "pt_zrz_2020": (FormRemark(0, "办理结果之和与总计不符", "requests.outcomes", ("requests.outcomes_total.total",)),),
    "sh_office_2019": (FormRemark(0, "总计列空白", "blank", ("requests.granted.total",)),),
}
