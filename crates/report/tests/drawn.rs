//! Every shape of output on a drawn run: a form with findings of each class, a consistent one, an unchecked one, a
//! document that was not read and one without a form.

use expect_test::{Expect, expect};
use gouji_model::{
    Alternative, Bilingual, Cell, Class, Finding, Form, FormVerdict, Format, FundsField, FundsLine, FundsRole,
    Indicator, IndicatorField, Ledger, Level, NotCheckable, Note, Place, Pointer, Printed, Repair, Total, UnreadCode,
    VerdictKind,
};
use gouji_report::{Config, Entry, Lang, Outcome, Report, Shape, Subject};

fn cell(text: &str, line: u32, column: u32) -> Option<Cell> {
    Some(Cell { text: text.to_owned(), raw: None, place: Place::in_text(line, column) })
}

fn row(name: &str, score: &str, line: u32) -> Indicator {
    Indicator {
        l1: cell("产出指标", 9, 1),
        name: cell(name, line, 3),
        target: cell("≥12项", line, 4),
        weight: cell("10", line, 6),
        score: cell(score, line, 7),
        ..Indicator::default()
    }
}

fn form(ordinal: usize, project: &str) -> Form {
    let line = |text, role, line| FundsLine {
        label: cell(text, line, 2),
        role,
        revised: cell("547.98", line, 4),
        executed: cell("541.6", line, 5),
        rate: cell("100%", line, 7),
        ..FundsLine::default()
    };
    Form {
        ordinal,
        title: cell("项目支出绩效自评表", 1, 1),
        year: cell("2022", 2, 1),
        project: cell(project, 3, 2),
        funds: vec![line("年度资金总额", FundsRole::Total, 5), line("其中：财政拨款", FundsRole::Fiscal, 6)],
        indicators: vec![
            row("开展巡查\x1b[2J次数", "8", 9),
            row("一个名称很长很长的指标，比一栏所能容纳的还要长", "10", 10),
        ],
        repairs: (0..2).map(|idx| moved(idx, "1")).chain([moved(0, "2")]).collect(),
        alternatives: vec![Alternative {
            at: vec![Pointer::Indicator(0, IndicatorField::Target), Pointer::Indicator(0, IndicatorField::Actual)],
            values: vec![None, Some("≥12项".to_owned())],
            cost_centi: 40,
            why: Bilingual::new("该行在两列之间", "the row stands between two columns"),
        }],
        total: Total { weight: cell("100", 11, 6), score: cell("98", 11, 7) },
        renderings: 1,
        printed: Printed { labels: vec![Pointer::Unit], ..Printed::default() },
        ..Form::default()
    }
}

fn moved(row_idx: usize, columns: &str) -> Repair {
    Repair {
        code: "R01".into(),
        at: vec![Pointer::Row(row_idx)],
        what: Bilingual::new(format!("移动 {columns} 列"), format!("cells moved by {columns}")),
        evidence: Bilingual::new("类别", "their kinds"),
    }
}

fn both(zh: &str, en: &str) -> Bilingual {
    Bilingual { zh: zh.to_owned(), en: en.to_owned() }
}

fn finding(code: &'static str, class: Class, at: Vec<Pointer>) -> Finding {
    Finding {
        code,
        class,
        confidence: Level::High,
        severity: Level::High,
        at,
        inputs: Vec::new(),
        stated: None,
        recomputed: None,
        admissible: None,
        equation: None,
        message: both("一句话", "a sentence"),
        agrees_if: Vec::new(),
        notes: Vec::new(),
        fingerprint: "0123456789abcdef".to_owned(),
    }
}

fn verdict(form: &Form, kind: VerdictKind, findings: Vec<Finding>, not_checkable: Vec<NotCheckable>) -> FormVerdict {
    let finding = findings.len();
    FormVerdict {
        ordinal: form.ordinal,
        project: form.project.as_ref().map(|it| it.text.clone()),
        profile: "MOF-50".to_owned(),
        kind,
        verified: vec![],
        findings,
        ledger: Ledger { exact: 3, within_rounding: 1, finding, not_applicable: 2, not_checkable },
    }
}

fn findings() -> Vec<Finding> {
    let rate = Pointer::Funds(0, FundsField::Rate);
    let scores: Vec<Pointer> = (0..7).map(|it| Pointer::Indicator(it % 2, IndicatorField::Score)).collect();
    vec![
        Finding {
            inputs: vec![Pointer::Funds(0, FundsField::Revised), Pointer::Funds(0, FundsField::Executed), rate],
            stated: Some("100%".to_owned()),
            recomputed: Some("98.84%".to_owned()),
            admissible: Some("[98.82, 98.86)".to_owned()),
            equation: Some("541.6 / 547.98 = 98.84%".to_owned()),
            message: both("印出的执行率与金额不符", "the printed rate does not follow from the amounts"),
            agrees_if: vec!["/funds/0/executed read as 547.98".to_owned()],
            notes: vec![Note { code: "F04", at: vec![rate], message: both("得分随之", "the score follows") }],
            ..finding("F03", Class::Contradiction, vec![rate])
        },
        Finding {
            recomputed: Some("18".to_owned()),
            inputs: scores,
            ..finding("Z01", Class::Breach, vec![Pointer::TotalScore])
        },
        Finding {
            agrees_if: vec!["truncated".to_owned(), "unit is 元".to_owned()],
            message: both("（/indicators/1/score read as empty）也可", "/indicators/1/score read as empty, 元/台"),
            ..finding("Z01", Class::Breach, vec![Pointer::Indicator(1, IndicatorField::Score)])
        },
        Finding {
            confidence: Level::Medium,
            notes: vec![Note { code: "Z02", at: vec![Pointer::Row(0)], message: both("附带", "besides") }],
            ..finding(
                "F10",
                Class::Suspicion,
                vec![Pointer::Unit, Pointer::Column(IndicatorField::Actual), Pointer::Form],
            )
        },
    ]
}

fn not_checkable(code: &'static str, zh: &str, en: &str) -> NotCheckable {
    NotCheckable { code, at: vec![Pointer::Row(1)], reason: both(zh, en) }
}

struct Run {
    forms: Vec<Form>,
    verdicts: Vec<FormVerdict>,
}

fn run() -> Run {
    let forms = vec![form(1, "道路养护"), form(2, "河道巡查"), form(3, "绿化")];
    let reasons = || {
        vec![
            not_checkable("I01", "实际完成值一栏是分数", "the actual column holds points"),
            not_checkable("I02", "实际完成值一栏是分数", "the actual column holds points"),
            not_checkable("T05", "没有总分行", "there is no total"),
        ]
    };
    let verdicts = vec![
        verdict(&forms[0], VerdictKind::Consistent, vec![], vec![]),
        verdict(&forms[1], VerdictKind::Contradiction, findings(), reasons()),
        verdict(&forms[2], VerdictKind::Unchecked, vec![], reasons()),
    ];
    Run { forms, verdicts }
}

fn written(config: Config) -> String {
    let run = run();
    let report = Report::new(config);
    let unread = Outcome::Unread { code: UnreadCode::UnknownFormat, reason: "a PNG picture" };
    let reason = "no title or label of the lexicon";
    let entries = [
        Entry { path: "d/a.png", sha256: None, outcome: unread },
        Entry {
            path: "d/b.txt",
            sha256: None,
            outcome: Outcome::Forms {
                format: Format::OcrText,
                forms: &run.forms,
                verdicts: &run.verdicts,
                left_out: None,
            },
        },
        Entry {
            path: "d/c.txt",
            sha256: None,
            outcome: Outcome::Formless { format: Format::Markdown, reason, left_out: None },
        },
        Entry {
            path: "d/d.txt",
            sha256: None,
            outcome: Outcome::Forms {
                format: Format::Csv,
                forms: &run.forms[..1],
                verdicts: &run.verdicts[..1],
                left_out: None,
            },
        },
    ];
    let mut out = Vec::new();
    let mut writer = report.writer(&mut out).unwrap();
    for entry in &entries {
        writer.push(report.render(entry)).unwrap();
    }
    let tally = writer.finish(&[]).unwrap();
    assert_eq!((tally.documents, tally.forms, tally.unread, tally.formless, tally.failing), (2, 4, 1, 1, 3));
    String::from_utf8(out).unwrap()
}

fn config(subject: Subject, shape: Shape, lang: Lang) -> Config {
    Config { subject, shape, lang, has_color: false, is_quiet: false }
}

fn check(config: Config, expected: Expect) {
    expected.assert_eq(&written(config));
}

#[test]
fn findings_in_chinese() {
    check(
        config(Subject::Findings, Shape::Text, Lang::Zh),
        expect![[r#"
            d/b.txt  OCR 文本，3 张表

              第 2 张  河道巡查  矛盾
              d/b.txt:1:1  分值方案 MOF-50  恰好相符 3，舍入内相符 1，不符 4，不能核对 3

                矛盾 F03 执行率不符
                  印出的执行率与金额不符
                  算式      541.6 / 547.98 = 98.84%
                  填报      100%    复算 98.84%    可填 [98.82, 98.86)
                  位置      d/b.txt:5:7  年度资金总额 · 执行率「100%」
                  依据      d/b.txt:5:4  同行 · 全年预算数「547.98」
                            d/b.txt:5:5  同行 · 全年执行数「541.6」
                  若则相符  年度资金总额 · 全年执行数 读作 547.98
                  附注      F04 执行得分不符  得分随之

                违规 Z01 ×2
                  (1) 一句话
                  填报      98    复算 18
                  位置      d/b.txt:11:7  总分 · 得分「98」
                  依据      7 格，第 9–10 行
                  (2) （指标第 2 行 一个名称很长很长的指标，比… · 得分 读作空）也可
                  位置      d/b.txt:10:7  指标第 2 行 一个名称很长很长的指标，比… · 得分「10」
                  若则相符  按截尾而非四舍五入
                  若则相符  单位为 元

                疑点·中 F10 执行率低未说明
                  一句话
                  位置      d/b.txt:1:1  实施单位（空）
                            d/b.txt:1:1  实际完成值整列
                            d/b.txt:1:1  整张表
                  附注      Z02  附带
                              d/b.txt:9:3  指标第 1 行 开展巡查�[2J次数

                不能核对 I01 I02  实际完成值一栏是分数
                不能核对 T05  没有总分行

              第 3 张  绿化  未能核对
              d/b.txt:1:1  分值方案 MOF-50  恰好相符 3，舍入内相符 1，不能核对 3

                不能核对 I01 I02  实际完成值一栏是分数
                不能核对 T05  没有总分行

              第 1 张  道路养护  一致  恰好相符 3，舍入内相符 1

            d/d.txt  CSV，1 张表

              第 1 张  道路养护  一致  恰好相符 3，舍入内相符 1

            合计
              文档      2 份有表，共 4 张；1 份无表；1 份未读
              结论      矛盾 1，未能核对 1，一致 2
              发现      2  Z01
                        1  F03 执行率不符
                        1  F10 执行率低未说明
              覆盖率    76.9%：应核 26 项，已核 20 项（恰好相符 12，舍入内相符 4，不符 4）
              不能核对  2  I01 实际完成值一栏是分数
                        2  I02 实际完成值一栏是分数
                        2  T05 没有总分行
              未读      E02 d/a.png  a PNG picture
              无表      d/c.txt  没有词典中的标题或标签
        "#]],
    );
}

#[test]
fn findings_in_english() {
    check(
        config(Subject::Findings, Shape::Text, Lang::En),
        expect![[r#"
            d/b.txt  OCR text, 3 forms

              form 2  河道巡查  contradiction
              d/b.txt:1:1  weights MOF-50  3 exact, 1 within rounding, 4 in findings, 3 not checkable

                contradiction F03 execution-rate
                  the printed rate does not follow from the amounts
                  sum        541.6 / 547.98 = 98.84%
                  printed    100%    recomputed 98.84%    admissible [98.82, 98.86)
                  at         d/b.txt:5:7  年度资金总额 · rate "100%"
                  from       d/b.txt:5:4  same row · budget of the year "547.98"
                             d/b.txt:5:5  same row · spent "541.6"
                  agrees if  年度资金总额 · spent read as 547.98
                  note       F04 funds-score  the score follows

                breach Z01 ×2
                  (1) a sentence
                  printed    98    recomputed 18
                  at         d/b.txt:11:7  total · score "98"
                  from       7 cells on lines 9–10
                  (2) indicator row 2 一个名称很长很长的指标，比… · score read as empty, 元/台
                  at         d/b.txt:10:7  indicator row 2 一个名称很长很长的指标，比… · score "10"
                  agrees if  truncated
                  agrees if  unit is 元

                suspicion, medium F10 low-rate-unexplained
                  a sentence
                  at         d/b.txt:1:1  unit (empty)
                             d/b.txt:1:1  the whole column actual
                             d/b.txt:1:1  the whole form
                  note       Z02  besides
                               d/b.txt:9:3  indicator row 1 开展巡查�[2J次数

                not checkable I01 I02  the actual column holds points
                not checkable T05  there is no total

              form 3  绿化  unchecked
              d/b.txt:1:1  weights MOF-50  3 exact, 1 within rounding, 3 not checkable

                not checkable I01 I02  the actual column holds points
                not checkable T05  there is no total

              form 1  道路养护  consistent  3 exact, 1 within rounding

            d/d.txt  CSV, 1 form

              form 1  道路养护  consistent  3 exact, 1 within rounding

            summary
              documents      2 with 4 forms, 1 without a form, 1 unread
              verdicts       contradiction 1, unchecked 1, consistent 2
              findings       2  Z01
                             1  F03 execution-rate
                             1  F10 low-rate-unexplained
              coverage       76.9%: 20 of 26 checks that apply were made (12 exact, 4 within rounding, 4 in findings)
              not checkable  2  I01 the actual column holds points
                             2  I02 the actual column holds points
                             2  T05 there is no total
              unread         E02 d/a.png  a PNG picture
              without form   d/c.txt  no title or label of the lexicon
        "#]],
    );
}

#[test]
fn quiet_findings_are_findings_only() {
    let written = written(Config { is_quiet: true, ..config(Subject::Findings, Shape::Text, Lang::En) });
    // Consistent forms and the summary are gone; what was not read stays.
    let heads = written.lines().filter(|it| it.starts_with("  f") || it.starts_with("  un"));
    let heads: Vec<&str> = heads.map(str::trim).collect();
    let expected =
        ["form 2  河道巡查  contradiction", "form 3  绿化  unchecked", "unread         E02 d/a.png  a PNG picture"];
    assert_eq!(heads, expected);
    assert!(!written.contains("summary") && !written.contains("d/d.txt") && !written.contains("d/c.txt"));
}

#[test]
fn colors_change_nothing_but_color() {
    let plain = config(Subject::Findings, Shape::Text, Lang::Zh);
    let mut colored = written(Config { has_color: true, ..plain });
    assert!(colored.contains("\x1b[1;31m矛盾 F03"));
    while let Some(start) = colored.find("\x1b[") {
        let end = start + colored[start..].find('m').unwrap();
        colored.replace_range(start..=end, "");
    }
    assert_eq!(colored, written(plain));
}

#[test]
fn findings_as_one_object() {
    check(
        config(Subject::Findings, Shape::Json, Lang::Zh),
        expect![[r#"
            {"schema":"gouji.findings/1","documents":[
            {"path":"d/b.txt","format":"ocr_text","forms":[{"ordinal":1,"project":"道路养护","profile":"MOF-50","verdict":"consistent","verified":[],"findings":[],"ledger":{"exact":3,"within_rounding":1,"finding":0,"not_applicable":2,"not_checkable":[]}},{"ordinal":2,"project":"河道巡查","profile":"MOF-50","verdict":"contradiction","verified":[],"findings":[{"code":"F03","class":"contradiction","confidence":"high","severity":"high","at":["/funds/0/rate"],"inputs":["/funds/0/revised","/funds/0/executed","/funds/0/rate"],"stated":"100%","recomputed":"98.84%","admissible":"[98.82, 98.86)","equation":"541.6 / 547.98 = 98.84%","message_zh":"印出的执行率与金额不符","message_en":"the printed rate does not follow from the amounts","agrees_if":["/funds/0/executed read as 547.98"],"notes":[{"code":"F04","at":["/funds/0/rate"],"message_zh":"得分随之","message_en":"the score follows"}],"fingerprint":"0123456789abcdef"},{"code":"Z01","class":"breach","confidence":"high","severity":"high","at":["/total/score"],"inputs":["/indicators/0/score","/indicators/1/score","/indicators/0/score","/indicators/1/score","/indicators/0/score","/indicators/1/score","/indicators/0/score"],"stated":null,"recomputed":"18","admissible":null,"equation":null,"message_zh":"一句话","message_en":"a sentence","agrees_if":[],"notes":[],"fingerprint":"0123456789abcdef"},{"code":"Z01","class":"breach","confidence":"high","severity":"high","at":["/indicators/1/score"],"inputs":[],"stated":null,"recomputed":null,"admissible":null,"equation":null,"message_zh":"（/indicators/1/score read as empty）也可","message_en":"/indicators/1/score read as empty, 元/台","agrees_if":["truncated","unit is 元"],"notes":[],"fingerprint":"0123456789abcdef"},{"code":"F10","class":"suspicion","confidence":"medium","severity":"high","at":["/unit","/indicators/-/actual",""],"inputs":[],"stated":null,"recomputed":null,"admissible":null,"equation":null,"message_zh":"一句话","message_en":"a sentence","agrees_if":[],"notes":[{"code":"Z02","at":["/indicators/0"],"message_zh":"附带","message_en":"besides"}],"fingerprint":"0123456789abcdef"}],"ledger":{"exact":3,"within_rounding":1,"finding":4,"not_applicable":2,"not_checkable":[{"code":"I01","at":["/indicators/1"],"reason":"the actual column holds points","reason_zh":"实际完成值一栏是分数"},{"code":"I02","at":["/indicators/1"],"reason":"the actual column holds points","reason_zh":"实际完成值一栏是分数"},{"code":"T05","at":["/indicators/1"],"reason":"there is no total","reason_zh":"没有总分行"}]}},{"ordinal":3,"project":"绿化","profile":"MOF-50","verdict":"unchecked","verified":[],"findings":[],"ledger":{"exact":3,"within_rounding":1,"finding":0,"not_applicable":2,"not_checkable":[{"code":"I01","at":["/indicators/1"],"reason":"the actual column holds points","reason_zh":"实际完成值一栏是分数"},{"code":"I02","at":["/indicators/1"],"reason":"the actual column holds points","reason_zh":"实际完成值一栏是分数"},{"code":"T05","at":["/indicators/1"],"reason":"there is no total","reason_zh":"没有总分行"}]}}]},
            {"path":"d/d.txt","format":"csv","forms":[{"ordinal":1,"project":"道路养护","profile":"MOF-50","verdict":"consistent","verified":[],"findings":[],"ledger":{"exact":3,"within_rounding":1,"finding":0,"not_applicable":2,"not_checkable":[]}}]}
            ],"across":[],"unread":[{"path":"d/a.png","code":"E02","reason":"a PNG picture"}],"formless":[{"path":"d/c.txt","format":"markdown","reason":"no title or label of the lexicon"}],"summary":{"documents":2,"forms":4,"by_verdict":{"contradiction":1,"breach":0,"suspicion":0,"unchecked":1,"consistent":2},"by_code":{"F03":1,"F10":1,"Z01":2},"coverage":0.7692,"unread":1,"formless":1}}
        "#]],
    );
}

#[test]
fn findings_as_lines() {
    check(
        config(Subject::Findings, Shape::JsonLines, Lang::Zh),
        expect![[r#"
            {"kind":"unread","path":"d/a.png","code":"E02","reason":"a PNG picture"}
            {"kind":"document","path":"d/b.txt","format":"ocr_text","forms":[{"ordinal":1,"project":"道路养护","profile":"MOF-50","verdict":"consistent","verified":[],"findings":[],"ledger":{"exact":3,"within_rounding":1,"finding":0,"not_applicable":2,"not_checkable":[]}},{"ordinal":2,"project":"河道巡查","profile":"MOF-50","verdict":"contradiction","verified":[],"findings":[{"code":"F03","class":"contradiction","confidence":"high","severity":"high","at":["/funds/0/rate"],"inputs":["/funds/0/revised","/funds/0/executed","/funds/0/rate"],"stated":"100%","recomputed":"98.84%","admissible":"[98.82, 98.86)","equation":"541.6 / 547.98 = 98.84%","message_zh":"印出的执行率与金额不符","message_en":"the printed rate does not follow from the amounts","agrees_if":["/funds/0/executed read as 547.98"],"notes":[{"code":"F04","at":["/funds/0/rate"],"message_zh":"得分随之","message_en":"the score follows"}],"fingerprint":"0123456789abcdef"},{"code":"Z01","class":"breach","confidence":"high","severity":"high","at":["/total/score"],"inputs":["/indicators/0/score","/indicators/1/score","/indicators/0/score","/indicators/1/score","/indicators/0/score","/indicators/1/score","/indicators/0/score"],"stated":null,"recomputed":"18","admissible":null,"equation":null,"message_zh":"一句话","message_en":"a sentence","agrees_if":[],"notes":[],"fingerprint":"0123456789abcdef"},{"code":"Z01","class":"breach","confidence":"high","severity":"high","at":["/indicators/1/score"],"inputs":[],"stated":null,"recomputed":null,"admissible":null,"equation":null,"message_zh":"（/indicators/1/score read as empty）也可","message_en":"/indicators/1/score read as empty, 元/台","agrees_if":["truncated","unit is 元"],"notes":[],"fingerprint":"0123456789abcdef"},{"code":"F10","class":"suspicion","confidence":"medium","severity":"high","at":["/unit","/indicators/-/actual",""],"inputs":[],"stated":null,"recomputed":null,"admissible":null,"equation":null,"message_zh":"一句话","message_en":"a sentence","agrees_if":[],"notes":[{"code":"Z02","at":["/indicators/0"],"message_zh":"附带","message_en":"besides"}],"fingerprint":"0123456789abcdef"}],"ledger":{"exact":3,"within_rounding":1,"finding":4,"not_applicable":2,"not_checkable":[{"code":"I01","at":["/indicators/1"],"reason":"the actual column holds points","reason_zh":"实际完成值一栏是分数"},{"code":"I02","at":["/indicators/1"],"reason":"the actual column holds points","reason_zh":"实际完成值一栏是分数"},{"code":"T05","at":["/indicators/1"],"reason":"there is no total","reason_zh":"没有总分行"}]}},{"ordinal":3,"project":"绿化","profile":"MOF-50","verdict":"unchecked","verified":[],"findings":[],"ledger":{"exact":3,"within_rounding":1,"finding":0,"not_applicable":2,"not_checkable":[{"code":"I01","at":["/indicators/1"],"reason":"the actual column holds points","reason_zh":"实际完成值一栏是分数"},{"code":"I02","at":["/indicators/1"],"reason":"the actual column holds points","reason_zh":"实际完成值一栏是分数"},{"code":"T05","at":["/indicators/1"],"reason":"there is no total","reason_zh":"没有总分行"}]}}]}
            {"kind":"formless","path":"d/c.txt","format":"markdown","reason":"no title or label of the lexicon"}
            {"kind":"document","path":"d/d.txt","format":"csv","forms":[{"ordinal":1,"project":"道路养护","profile":"MOF-50","verdict":"consistent","verified":[],"findings":[],"ledger":{"exact":3,"within_rounding":1,"finding":0,"not_applicable":2,"not_checkable":[]}}]}
            {"kind":"summary","documents":2,"forms":4,"by_verdict":{"contradiction":1,"breach":0,"suspicion":0,"unchecked":1,"consistent":2},"by_code":{"F03":1,"F10":1,"Z01":2},"coverage":0.7692,"unread":1,"formless":1}
        "#]],
    );
}

#[test]
fn findings_as_a_table() {
    check(
        config(Subject::Findings, Shape::Csv, Lang::Zh),
        expect![[r#"
            document,ordinal,project,profile,verdict,code,class,confidence,severity,root,at,page,line,column,inputs,stated,recomputed,admissible,equation,message_zh,message_en,agrees_if,fingerprint
            d/b.txt,2,河道巡查,MOF-50,contradiction,F03,contradiction,high,high,,/funds/0/rate,,5,7,/funds/0/revised /funds/0/executed /funds/0/rate,100%,98.84%,"[98.82, 98.86)",541.6 / 547.98 = 98.84%,印出的执行率与金额不符,the printed rate does not follow from the amounts,/funds/0/executed read as 547.98,0123456789abcdef
            d/b.txt,2,河道巡查,MOF-50,contradiction,F04,note,,,F03,/funds/0/rate,,5,7,,,,,,得分随之,the score follows,,0123456789abcdef
            d/b.txt,2,河道巡查,MOF-50,contradiction,Z01,breach,high,high,,/total/score,,11,7,/indicators/0/score /indicators/1/score /indicators/0/score /indicators/1/score /indicators/0/score /indicators/1/score /indicators/0/score,,18,,,一句话,a sentence,,0123456789abcdef
            d/b.txt,2,河道巡查,MOF-50,contradiction,Z01,breach,high,high,,/indicators/1/score,,10,7,,,,,,（/indicators/1/score read as empty）也可,"/indicators/1/score read as empty, 元/台",truncated; unit is 元,0123456789abcdef
            d/b.txt,2,河道巡查,MOF-50,contradiction,F10,suspicion,medium,high,,/unit /indicators/-/actual ,,1,1,,,,,,一句话,a sentence,,0123456789abcdef
            d/b.txt,2,河道巡查,MOF-50,contradiction,Z02,note,,,F10,/indicators/0,,9,3,,,,,,附带,besides,,0123456789abcdef
        "#]],
    );
}

#[test]
fn forms_in_chinese() {
    check(
        config(Subject::Forms, Shape::Text, Lang::Zh),
        expect![[r#"
            d/b.txt  OCR 文本，3 张表

              第 1 张  自评表  d/b.txt:1:1
                标题            项目支出绩效自评表
                年度            2022
                项目名称        道路养护

                名称            全年预算数  全年执行数  执行率
                年度资金总额    547.98      541.6       100%
                其中：财政拨款  547.98      541.6       100%

                一级指标  三级指标                 年度指标值  分值  得分
                产出指标  开展巡查�[2J次数         ≥12项       10    8
                产出指标  一个名称很长很长的指标…  ≥12项       10    10

                总分 · 分值     100
                总分 · 得分     98
                修复            R01 移动 1 列 (类别) ×2  指标第 1 行 开展巡查�[2J次数 …
                修复            R01 移动 2 列 (类别)  指标第 1 行 开展巡查�[2J次数
                另一读法        指标第 1 行 开展巡查�[2J次数 · 年度指标值 = （空）；指标第 1 行 开展巡查�[2J次数 · 实际完成值 = ≥12项  该行在两列之间

              第 2 张  自评表  d/b.txt:1:1
                标题            项目支出绩效自评表
                年度            2022
                项目名称        河道巡查

                名称            全年预算数  全年执行数  执行率
                年度资金总额    547.98      541.6       100%
                其中：财政拨款  547.98      541.6       100%

                一级指标  三级指标                 年度指标值  分值  得分
                产出指标  开展巡查�[2J次数         ≥12项       10    8
                产出指标  一个名称很长很长的指标…  ≥12项       10    10

                总分 · 分值     100
                总分 · 得分     98
                修复            R01 移动 1 列 (类别) ×2  指标第 1 行 开展巡查�[2J次数 …
                修复            R01 移动 2 列 (类别)  指标第 1 行 开展巡查�[2J次数
                另一读法        指标第 1 行 开展巡查�[2J次数 · 年度指标值 = （空）；指标第 1 行 开展巡查�[2J次数 · 实际完成值 = ≥12项  该行在两列之间

              第 3 张  自评表  d/b.txt:1:1
                标题            项目支出绩效自评表
                年度            2022
                项目名称        绿化

                名称            全年预算数  全年执行数  执行率
                年度资金总额    547.98      541.6       100%
                其中：财政拨款  547.98      541.6       100%

                一级指标  三级指标                 年度指标值  分值  得分
                产出指标  开展巡查�[2J次数         ≥12项       10    8
                产出指标  一个名称很长很长的指标…  ≥12项       10    10

                总分 · 分值     100
                总分 · 得分     98
                修复            R01 移动 1 列 (类别) ×2  指标第 1 行 开展巡查�[2J次数 …
                修复            R01 移动 2 列 (类别)  指标第 1 行 开展巡查�[2J次数
                另一读法        指标第 1 行 开展巡查�[2J次数 · 年度指标值 = （空）；指标第 1 行 开展巡查�[2J次数 · 实际完成值 = ≥12项  该行在两列之间

            d/d.txt  CSV，1 张表

              第 1 张  自评表  d/d.txt:1:1
                标题            项目支出绩效自评表
                年度            2022
                项目名称        道路养护

                名称            全年预算数  全年执行数  执行率
                年度资金总额    547.98      541.6       100%
                其中：财政拨款  547.98      541.6       100%

                一级指标  三级指标                 年度指标值  分值  得分
                产出指标  开展巡查�[2J次数         ≥12项       10    8
                产出指标  一个名称很长很长的指标…  ≥12项       10    10

                总分 · 分值     100
                总分 · 得分     98
                修复            R01 移动 1 列 (类别) ×2  指标第 1 行 开展巡查�[2J次数 …
                修复            R01 移动 2 列 (类别)  指标第 1 行 开展巡查�[2J次数
                另一读法        指标第 1 行 开展巡查�[2J次数 · 年度指标值 = （空）；指标第 1 行 开展巡查�[2J次数 · 实际完成值 = ≥12项  该行在两列之间

            合计
              文档      2 份有表，共 4 张；1 份无表；1 份未读
              未读      E02 d/a.png  a PNG picture
              无表      d/c.txt  没有词典中的标题或标签
        "#]],
    );
}

#[test]
fn forms_as_a_table() {
    check(
        config(Subject::Forms, Shape::Csv, Lang::Zh),
        expect![[r#"
        document,format,ordinal,kind,year,project,department,unit,row,l1,l1_weight,l2,l2_weight,name,target,adjusted,actual,weight,score,method,reason,page,line,column
        d/b.txt,ocr_text,1,self_evaluation,2022,道路养护,,,0,产出指标,,,,开展巡查[2J次数,≥12项,,,10,8,,,,9,3
        d/b.txt,ocr_text,1,self_evaluation,2022,道路养护,,,1,产出指标,,,,一个名称很长很长的指标，比一栏所能容纳的还要长,≥12项,,,10,10,,,,10,3
        d/b.txt,ocr_text,2,self_evaluation,2022,河道巡查,,,0,产出指标,,,,开展巡查[2J次数,≥12项,,,10,8,,,,9,3
        d/b.txt,ocr_text,2,self_evaluation,2022,河道巡查,,,1,产出指标,,,,一个名称很长很长的指标，比一栏所能容纳的还要长,≥12项,,,10,10,,,,10,3
        d/b.txt,ocr_text,3,self_evaluation,2022,绿化,,,0,产出指标,,,,开展巡查[2J次数,≥12项,,,10,8,,,,9,3
        d/b.txt,ocr_text,3,self_evaluation,2022,绿化,,,1,产出指标,,,,一个名称很长很长的指标，比一栏所能容纳的还要长,≥12项,,,10,10,,,,10,3
        d/d.txt,csv,1,self_evaluation,2022,道路养护,,,0,产出指标,,,,开展巡查[2J次数,≥12项,,,10,8,,,,9,3
        d/d.txt,csv,1,self_evaluation,2022,道路养护,,,1,产出指标,,,,一个名称很长很长的指标，比一栏所能容纳的还要长,≥12项,,,10,10,,,,10,3
    "#]],
    );
}

#[test]
fn forms_as_one_object_stand_in_one_array() {
    let written = written(config(Subject::Forms, Shape::Json, Lang::Zh));
    let starts: Vec<String> = written.lines().map(|it| it.chars().take(62).collect()).collect();
    expect![[r#"
        {"schema":"gouji.forms/1","forms":[
        {"document":"d/b.txt","format":"ocr_text","ordinal":1,"kind":"
        {"document":"d/b.txt","format":"ocr_text","ordinal":2,"kind":"
        {"document":"d/b.txt","format":"ocr_text","ordinal":3,"kind":"
        {"document":"d/d.txt","format":"csv","ordinal":1,"kind":"self_
        ],"unread":[{"path":"d/a.png","code":"E02","reason":"a PNG pic"#]]
    .assert_eq(&starts.join("\n"));
}

#[test]
fn forms_as_lines_have_a_document_each() {
    let written = written(config(Subject::Forms, Shape::JsonLines, Lang::Zh));
    let starts: Vec<String> = written.lines().map(|it| it.chars().take(74).collect()).collect();
    expect![[r#"
        {"kind":"unread","path":"d/a.png","code":"E02","reason":"a PNG picture"}
        {"kind":"document","path":"d/b.txt","format":"ocr_text","forms":[{"documen
        {"kind":"formless","path":"d/c.txt","format":"markdown","reason":"no title
        {"kind":"document","path":"d/d.txt","format":"csv","forms":[{"document":"d
        {"kind":"summary","documents":2,"forms":4,"unread":1,"formless":1}"#]]
    .assert_eq(&starts.join("\n"));
}

#[test]
fn a_run_without_documents_is_still_whole() {
    for (shape, expected) in [
        (
            Shape::Json,
            expect![[r#"
            {"schema":"gouji.findings/1","documents":[

            ],"across":[],"unread":[],"formless":[],"summary":{"documents":0,"forms":0,"by_verdict":{"contradiction":0,"breach":0,"suspicion":0,"unchecked":0,"consistent":0},"by_code":{},"coverage":null,"unread":0,"formless":0}}
        "#]],
        ),
        (
            Shape::JsonLines,
            expect![[r#"
            {"kind":"summary","documents":0,"forms":0,"by_verdict":{"contradiction":0,"breach":0,"suspicion":0,"unchecked":0,"consistent":0},"by_code":{},"coverage":null,"unread":0,"formless":0}
        "#]],
        ),
        (
            Shape::Text,
            expect![[r#"
            summary
              documents      0 with 0 forms, 0 without a form, 0 unread
        "#]],
        ),
    ] {
        let mut out = Vec::new();
        Report::new(config(Subject::Findings, shape, Lang::En)).writer(&mut out).unwrap().finish(&[]).unwrap();
        expected.assert_eq(&String::from_utf8(out).unwrap());
    }
}
