//! What the columns of every table mean.

use super::Kind::{Integer, Pointers, Text, Texts};
use super::{Column, Kind, Table, rows};

const fn column(name: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Column {
    Column { name, kind, zh, en }
}

/// Which form a row belongs to.
const OF_FORM: &[Column] = &[
    column("document", Text, "文件路径，按所给", "path of the document, as given"),
    column("format", Text, "读取方式", "how the document was read"),
    column("ordinal", Integer, "表在文件中的序号，自1起", "which form of the document, from 1"),
    column("kind", Text, "自评表或目标表", "self_evaluation or target"),
    column("year", Text, "年度，四位", "year, four digits"),
    column("project", Text, "项目名称，按所印", "project, as printed"),
    column("department", Text, "主管部门，按所印", "department, as printed"),
    column("unit", Text, "实施单位，按所印", "implementing unit, as printed"),
];

/// Where a row is printed.
const AT_PLACE: &[Column] = &[
    column("page", Integer, "页，自1起", "page, from 1"),
    column("line", Integer, "行，自1起", "line of the text, from 1"),
    column("column", Integer, "列，自1起；文中为字", "column of the table, from 1; in prose the character"),
];

pub(super) const DOCUMENTS: Table = Table {
    name: "documents",
    zh: "每份文件一行",
    en: "one row a document",
    columns: &[&[
        column("document", Text, "文件路径，按所给", "path of the document, as given"),
        column("sha256", Text, "文件内容的SHA-256，十六进制", "SHA-256 of its bytes, in hex"),
        column(
            "status",
            Text,
            "有表、无表、未读或部分未读",
            "forms, formless, partly (some of it was left out) or unread",
        ),
        column("format", Text, "读取方式", "how it was read"),
        column("code", Text, "未读的原因代码", "why it, or a part of it, was not read: E01 to E07"),
        column("reason", Text, "原因", "the reason in words"),
        column("forms", Integer, "表的数目", "how many forms it holds"),
    ]],
    rows: rows::documents,
};

pub(super) const FORMS: Table = Table {
    name: "forms",
    zh: "每张表一行",
    en: "one row a form",
    columns: &[
        OF_FORM,
        &[
            column("title", Text, "标题，按所印", "title, as printed"),
            column(
                "funds_unit",
                Text,
                "资金单位，按所印；空为万元",
                "unit of the amounts, as printed; 万元 where none is",
            ),
            column("goal_expected", Text, "预期目标", "the goal as it was set"),
            column("goal_achieved", Text, "目标实际完成情况", "what was reached of it"),
            column("total_weight", Text, "总分值，按所印", "total points, as printed"),
            column("total_score", Text, "总得分，按所印", "total score, as printed"),
            column("grade", Text, "评价等级，按所印", "grade, as printed"),
            column("deviation", Text, "偏差原因一栏", "the one box for reasons"),
            column("renderings", Integer, "合并的印本数", "printed copies that were merged into it"),
            column("profile", Text, "分值方案", "weight scheme"),
            column("verdict", Text, "结论", "contradiction, breach, suspicion, consistent or unchecked"),
            column("contradictions", Integer, "矛盾数", "findings that are contradictions"),
            column("breaches", Integer, "违规数", "findings that are breaches"),
            column("suspicions", Integer, "疑点数", "findings that are suspicions"),
            column("exact", Integer, "完全相符的核对数", "places where a check held to the last digit"),
            column("within_rounding", Integer, "在舍入之内相符的核对数", "places where it held within rounding"),
            column("not_applicable", Integer, "不适用的核对数", "checks, or places, that the form has no cell for"),
            column("not_checkable", Integer, "未能进行的核对数", "places where a check applies and could not be made"),
            column("verified", Texts, "完全平衡的核对", "codes of balances that hold exactly"),
        ],
        AT_PLACE,
    ],
    rows: rows::forms,
};

pub(super) const INDICATORS: Table = Table {
    name: "indicators",
    zh: "每行指标一行",
    en: "one row an indicator",
    columns: &[
        OF_FORM,
        &[
            column("row", Integer, "指标行，自0起，与指针相同", "row of the indicator block, from 0, as in pointers"),
            column("l1", Text, "一级指标，合并格已填下", "一级指标, merged cells filled down"),
            column("l1_weight", Text, "一级指标旁的分值", "points printed beside it"),
            column("l2", Text, "二级指标，合并格已填下", "二级指标, merged cells filled down"),
            column("l2_weight", Text, "二级指标旁的分值", "points printed beside it"),
            column("name", Text, "三级指标，按所印", "indicator, as printed"),
            column("target", Text, "年度指标值，按所印，含符号与单位", "target, as printed, with operator and unit"),
            column("adjusted", Text, "调整后指标值，按所印", "adjusted target, as printed"),
            column("actual", Text, "实际完成值，按所印", "actual, as printed"),
            column("weight", Text, "分值，按所印", "points, as printed"),
            column("score", Text, "得分，按所印", "score, as printed"),
            column("method", Text, "得分计算方法", "how it is scored"),
            column("reason", Text, "偏差原因及改进措施", "reason of a deviation"),
        ],
        AT_PLACE,
    ],
    rows: rows::indicators,
};

pub(super) const FUNDS: Table = Table {
    name: "funds",
    zh: "每行资金一行",
    en: "one row a line of the funds",
    columns: &[
        OF_FORM,
        &[
            column("row", Integer, "资金行，自0起，与指针相同", "line of the funds block, from 0, as in pointers"),
            column("label", Text, "资金名称，按所印", "label, as printed"),
            column("group", Text, "所在组的名称", "label of the group it stands in"),
            column("role", Text, "资金类别", "total, fiscal, central, provincial, local, carried_over, own or other"),
            column(
                "funds_unit",
                Text,
                "资金单位，按所印；空为万元",
                "unit of the amounts, as printed; 万元 where none is",
            ),
            column("budget", Text, "年初预算数，按所印", "initial budget, as printed"),
            column("revised", Text, "全年预算数，按所印", "budget of the year, as printed"),
            column("executed", Text, "全年执行数，按所印", "spent in the year, as printed"),
            column("weight", Text, "分值，按所印", "points, as printed"),
            column("rate", Text, "执行率，按所印", "execution rate, as printed"),
            column("score", Text, "得分，按所印", "score, as printed"),
        ],
        AT_PLACE,
    ],
    rows: rows::funds,
};

pub(super) const FINDINGS: Table = Table {
    name: "findings",
    zh: "每项发现一行，其后为由它引出的说明",
    en: "one row a finding, its consequences below it",
    columns: &[
        &[
            column("document", Text, "文件路径，按所给", "path of the document, as given"),
            column("ordinal", Integer, "表在文件中的序号，自1起", "which form of the document, from 1"),
            column("project", Text, "项目名称，按所印", "project, as printed"),
            column("profile", Text, "分值方案", "weight scheme"),
            column("verdict", Text, "全表的结论", "verdict on the form"),
            column("code", Text, "核对代码", "code of the check"),
            column("class", Text, "矛盾、违规、疑点或说明", "contradiction, breach, suspicion or note"),
            column("confidence", Text, "把握", "high, medium or low"),
            column("severity", Text, "轻重", "high, medium or low; only sorts"),
            column("root", Text, "说明所属发现的代码", "of a note: code of the finding that it follows from"),
            column("at", Pointers, "有误之格", "the cells accused"),
        ],
        AT_PLACE,
        &[
            column("inputs", Pointers, "计算所用之格", "the cells that the recomputation used"),
            column("stated", Text, "所印", "what is printed"),
            column("recomputed", Text, "应为", "what it comes to"),
            column("admissible", Text, "可印的范围", "what may be printed"),
            column("equation", Text, "算式", "the arithmetic"),
            column("message_zh", Text, "中文说明", "the finding in Chinese"),
            column("message_en", Text, "英文说明", "the finding in English"),
            column("agrees_if", Texts, "何种读法下相符", "readings under which the figures would agree"),
            column("fingerprint", Text, "指纹，十六位", "16 hex digits over what it is about, not where it stands"),
        ],
    ],
    rows: rows::findings,
};

pub(super) const LEDGER: Table = Table {
    name: "ledger",
    zh: "每项未能进行的核对一行",
    en: "one row a check that applies and could not be made",
    columns: &[&[
        column("document", Text, "文件路径，按所给", "path of the document, as given"),
        column("ordinal", Integer, "表在文件中的序号，自1起", "which form of the document, from 1"),
        column("code", Text, "核对代码", "code of the check"),
        column("at", Pointers, "本应核对之格", "the cells that it would have been made at"),
        column("reason_zh", Text, "中文原因", "why not, in Chinese"),
        column("reason_en", Text, "英文原因", "why not, in English"),
    ]],
    rows: rows::ledger,
};

pub(super) const REPAIRS: Table = Table {
    name: "repairs",
    zh: "每项修复一行",
    en: "one row a repair",
    columns: &[&[
        column("document", Text, "文件路径，按所给", "path of the document, as given"),
        column("ordinal", Integer, "表在文件中的序号，自1起", "which form of the document, from 1"),
        column("code", Text, "修复代码", "code of the repair"),
        column("at", Pointers, "所动之格", "the cells that it touched"),
        column("what_zh", Text, "做了什么，中文", "what was done, in Chinese"),
        column("what_en", Text, "做了什么，英文", "what was done, in English"),
        column("evidence_zh", Text, "依据，中文", "on what evidence, in Chinese"),
        column("evidence_en", Text, "依据，英文", "on what evidence, in English"),
    ]],
    rows: rows::repairs,
};
