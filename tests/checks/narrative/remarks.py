"""What is known to be wrong in the published reports, and what the narrative checks make of it.

Each entry stands for one of a report's ``remarks``, by its position, in words of our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xl_disclosure.returns.model import Number

Mistake = tuple[str, Number | str | None, Number | str | None]
"""A rule, what was found and what was expected."""


class Beyond(StrEnum):
    """Say why the narrative checks do not report something."""

    FORM = "a matter of the form, of other years or of other units: no text is involved"
    EXCERPT = "it stands in a part of the report that the excerpts leave out"
    NO_RULE = "no rule asks for it: it needs an understanding of the matter"
    NO_CONTRADICTION = "text and form speak of different things: to report it would be a false alarm"


@dataclass(frozen=True, slots=True)
class Remark:
    """Hold one remark on a report: what is wrong, and the findings on it or why there are none."""

    position: int
    says: str
    found: tuple[Mistake, ...] = ()
    beyond: Beyond | None = None


REMARKS: dict[str, tuple[Remark, ...]] = {
    "pt_czj_2014": (
        Remark(0, "渠道合计小于总数", beyond=Beyond.FORM),
        Remark(1, "统计期限少写“年”字", (("text.year", "2014月1日", "2014年1月1日"),)),
        Remark(2, "章节序号跳号", beyond=Beyond.EXCERPT),
    ),
    "pt_gaj_2016": (Remark(0, "累计数与表差1", (("text.figures", 1224, 1223),)),),
    "pt_gaj_2022": (Remark(0, "现行有效件数跨年不符", beyond=Beyond.FORM),),
    "pt_gwh_2018": (Remark(0, "留有上年的年份", (("text.year", 2017, 2018),)),),
    "pt_gwh_2020": (Remark(0, "两处条数口径不同", beyond=Beyond.NO_CONTRADICTION),),
    "pt_lyy_2020": (
        Remark(0, "多出一章", beyond=Beyond.EXCERPT),
        Remark(1, "表头缺失", beyond=Beyond.FORM),
    ),
    "pt_lyy_2021": (
        Remark(0, "主动公开与依申请公开之和不等于制作数", (("text.breakdown", 844, 851),)),
        Remark(1, "落款年份", (("text.year", 2021, 2022),)),
        Remark(2, "“政策、规范性文件信息”的条数不同于规范性文件的件数", beyond=Beyond.NO_CONTRADICTION),
    ),
    "pt_nyn_2021": (
        Remark(0, "总计填错申请人一列", beyond=Beyond.FORM),
        Remark(1, "“行政许可类信息”的条数不同于许可决定的件数", beyond=Beyond.NO_CONTRADICTION),
        Remark(2, "改了第六章标题", (("text.sections", "六、需要说明的其他事项与附表", "六、其他需要报告的事项"),)),
    ),
    "pt_region_2016": (
        Remark(0, "下级有申请而汇总为0", beyond=Beyond.FORM),
        Remark(1, "累计数与下年不合", beyond=Beyond.FORM),
        Remark(2, "改进措施写了本年的年份", (("text.year", 2016, 2017),)),
    ),
    "pt_region_2017": (
        Remark(0, "下级有申请而汇总为0", beyond=Beyond.FORM),
        Remark(1, "累计数与上年不合", beyond=Beyond.FORM),
    ),
    "pt_region_2018": (Remark(0, "下级有申请而汇总为0", beyond=Beyond.FORM),),
    "pt_region_2019": (Remark(0, "分类之和小于总数", (("text.breakdown", 2533, 2599),)),),
    "pt_region_2020": (
        Remark(0, "办理结果之和与总计不符", beyond=Beyond.FORM),
        Remark(1, "分类之和大于总数", (("text.breakdown", 2603, 2602),)),
        Remark(2, "规章公开总数没有来源", beyond=Beyond.FORM),
    ),
    "pt_region_2022": (
        Remark(0, "收到数含上年结转而没有说明", (("text.received", 75, 74),)),
        Remark(
            1,
            "第四章标题多一字",
            (("text.sections", "四、政府信息公开行政法复议、行政诉讼情况", "四、政府信息公开行政复议、行政诉讼情况"),),
        ),
    ),
    "pt_scj_2016": (
        Remark(0, "渠道合计小于总数", beyond=Beyond.FORM),
        Remark(1, "行名写错", beyond=Beyond.FORM),
        Remark(2, "说是七类而列了九类", beyond=Beyond.NO_RULE),
    ),
    "pt_scj_2018": (
        Remark(0, "分类之和大于总数", (("text.breakdown", 424, 389),)),
        Remark(1, "累计数与上年不合", beyond=Beyond.FORM),
        Remark(2, "落款年份", (("text.year", 2018, 2019),)),
    ),
    "pt_shs_2021": (
        Remark(0, "用了旧版表格", beyond=Beyond.FORM),
        Remark(1, "阅读人数多于次数", beyond=Beyond.NO_RULE),
        Remark(2, "二级标题跳号", beyond=Beyond.EXCERPT),
    ),
    "pt_zrz_2018": (
        Remark(0, "各种申请方式之和与总数不符", beyond=Beyond.FORM),
        Remark(1, "正文先后写两个申请数，都与表不同", (("text.received", 11, 13), ("text.received", 14, 13))),
    ),
    "pt_zrz_2019": (
        Remark(0, "分类之和小于总数", (("text.breakdown", 425, 475),)),
        Remark(1, "缺第六章", beyond=Beyond.EXCERPT),
    ),
    "pt_zrz_2020": (Remark(0, "办理结果之和与总计不符", beyond=Beyond.FORM),),
    "sh_office_2019": (
        Remark(0, "总计列空白", beyond=Beyond.FORM),
        Remark(1, "公开及部分公开数与表不符", (("text.outcomes", 258, 275),)),
        Remark(2, "无法提供只写了其中一项", (("text.outcomes", 265, 337),)),
        Remark(3, "称均获维持而有尚未审结", (("text.disputes", 0, 3),)),
    ),
    "suqian_2023": (),
    "xingyi_2016": (
        Remark(0, "各栏目之和小于网站公开数", (("text.breakdown", 133, 178),)),
        Remark(1, "相关政策栏目有8条而规范性文件为0", beyond=Beyond.NO_CONTRADICTION),
        Remark(2, "正文没有提到培训", beyond=Beyond.NO_RULE),
        Remark(3, "有一段与公开无关", beyond=Beyond.NO_RULE),
    ),
}
