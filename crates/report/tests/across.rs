//! Every shape of findings over documents, on a drawn run: a row that two documents print otherwise, and a text that nine
//! forms share.

use expect_test::{Expect, expect};
use gouji_model::{AcrossFinding, Bilingual, Class, IndicatorField, Level, Member, Place, Pointer};
use gouji_report::{Config, Lang, Report, Shape, Subject};

fn findings() -> Vec<AcrossFinding> {
    let member = |path: &str, at: Pointer, stated: &[&str]| Member {
        path: path.to_owned(),
        ordinal: 1,
        project: Some("道路\x1b[2J养护".to_owned()),
        at: vec![at],
        stated: stated.iter().map(|it| (*it).to_owned()).collect(),
        place: Place { line: Some(9), ..Place::default() },
    };
    let score = Pointer::Indicator(0, IndicatorField::Score);
    let finding = |code, members| AcrossFinding {
        code,
        members,
        class: Class::Suspicion,
        confidence: Level::Medium,
        severity: Level::High,
        message: Bilingual::new("两份文件不同", "two documents differ"),
        fingerprint: "fedcba9876543210".to_owned(),
    };
    let nine = (1..=9).map(|it| member(&format!("d/{it}.txt"), Pointer::GoalAchieved, &[])).collect();
    vec![finding("X01", vec![member("d/b.txt", score, &["8"]), member("d/d.txt", score, &["9"])]), finding("Z03", nine)]
}

fn written(subject: Subject, shape: Shape, lang: Lang, is_quiet: bool) -> String {
    let report = Report::new(Config { subject, shape, lang, has_color: false, is_quiet });
    let mut out = Vec::new();
    report.writer(&mut out).unwrap().finish(&findings()).unwrap();
    String::from_utf8(out).unwrap()
}

fn check(shape: Shape, lang: Lang, expected: Expect) {
    expected.assert_eq(&written(Subject::Findings, shape, lang, true));
}

#[test]
fn as_chinese_text() {
    check(
        Shape::Text,
        Lang::Zh,
        expect![[r#"
        文件之间  2 条

            疑点·中 X01 两版不一致
              两份文件不同
              位置      d/b.txt:9  第 1 张  道路�[2J养护
                          指标第 1 行 · 得分「8」
                        d/d.txt:9  第 1 张  道路�[2J养护
                          指标第 1 行 · 得分「9」

            疑点·中 Z03
              两份文件不同
              位置      d/1.txt:9  第 1 张  道路�[2J养护
                        d/2.txt:9  第 1 张  道路�[2J养护
                        d/3.txt:9  第 1 张  道路�[2J养护
                        d/4.txt:9  第 1 张  道路�[2J养护
                        d/5.txt:9  第 1 张  道路�[2J养护
                        d/6.txt:9  第 1 张  道路�[2J养护
                        d/7.txt:9  第 1 张  道路�[2J养护
                        d/8.txt:9  第 1 张  道路�[2J养护
                        另有 1 张表
    "#]],
    );
}

#[test]
fn as_english_text() {
    check(
        Shape::Text,
        Lang::En,
        expect![[r#"
        between documents  2 findings

            suspicion, medium X01 renderings-differ
              two documents differ
              at         d/b.txt:9  form 1  道路�[2J养护
                           indicator row 1 · score "8"
                         d/d.txt:9  form 1  道路�[2J养护
                           indicator row 1 · score "9"

            suspicion, medium Z03
              two documents differ
              at         d/1.txt:9  form 1  道路�[2J养护
                         d/2.txt:9  form 1  道路�[2J养护
                         d/3.txt:9  form 1  道路�[2J养护
                         d/4.txt:9  form 1  道路�[2J养护
                         d/5.txt:9  form 1  道路�[2J养护
                         d/6.txt:9  form 1  道路�[2J养护
                         d/7.txt:9  form 1  道路�[2J养护
                         d/8.txt:9  form 1  道路�[2J养护
                         1 more form
    "#]],
    );
}

#[test]
fn as_one_object() {
    check(
        Shape::Json,
        Lang::En,
        expect![[r#"
        {"schema":"gouji.findings/1","documents":[

        ],"across":[{"code":"X01","members":[{"path":"d/b.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/indicators/0/score"],"stated":["8"]},{"path":"d/d.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/indicators/0/score"],"stated":["9"]}],"class":"suspicion","confidence":"medium","severity":"high","message_zh":"两份文件不同","message_en":"two documents differ","fingerprint":"fedcba9876543210"},{"code":"Z03","members":[{"path":"d/1.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/2.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/3.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/4.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/5.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/6.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/7.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/8.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/9.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]}],"class":"suspicion","confidence":"medium","severity":"high","message_zh":"两份文件不同","message_en":"two documents differ","fingerprint":"fedcba9876543210"}],"unread":[],"formless":[],"summary":{"documents":0,"forms":0,"by_verdict":{"contradiction":0,"breach":0,"suspicion":0,"unchecked":0,"consistent":0},"by_code":{},"coverage":null,"unread":0,"formless":0}}
    "#]],
    );
}

#[test]
fn as_lines() {
    check(
        Shape::JsonLines,
        Lang::En,
        expect![[r#"
        {"kind":"across","code":"X01","members":[{"path":"d/b.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/indicators/0/score"],"stated":["8"]},{"path":"d/d.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/indicators/0/score"],"stated":["9"]}],"class":"suspicion","confidence":"medium","severity":"high","message_zh":"两份文件不同","message_en":"two documents differ","fingerprint":"fedcba9876543210"}
        {"kind":"across","code":"Z03","members":[{"path":"d/1.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/2.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/3.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/4.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/5.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/6.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/7.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/8.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]},{"path":"d/9.txt","ordinal":1,"project":"道路\u001b[2J养护","at":["/goal/achieved"],"stated":[]}],"class":"suspicion","confidence":"medium","severity":"high","message_zh":"两份文件不同","message_en":"two documents differ","fingerprint":"fedcba9876543210"}
        {"kind":"summary","documents":0,"forms":0,"by_verdict":{"contradiction":0,"breach":0,"suspicion":0,"unchecked":0,"consistent":0},"by_code":{},"coverage":null,"unread":0,"formless":0}
    "#]],
    );
}

#[test]
fn as_a_table() {
    check(
        Shape::Csv,
        Lang::En,
        expect![[r#"
        document,ordinal,project,profile,verdict,code,class,confidence,severity,root,at,page,line,column,inputs,stated,recomputed,admissible,equation,message_zh,message_en,agrees_if,fingerprint
        d/b.txt,1,道路[2J养护,,,X01,suspicion,medium,high,,/indicators/0/score,,9,,,8,,,,两份文件不同,two documents differ,,fedcba9876543210
        d/d.txt,1,道路[2J养护,,,X01,suspicion,medium,high,,/indicators/0/score,,9,,,9,,,,两份文件不同,two documents differ,,fedcba9876543210
        d/1.txt,1,道路[2J养护,,,Z03,suspicion,medium,high,,/goal/achieved,,9,,,,,,,两份文件不同,two documents differ,,fedcba9876543210
        d/2.txt,1,道路[2J养护,,,Z03,suspicion,medium,high,,/goal/achieved,,9,,,,,,,两份文件不同,two documents differ,,fedcba9876543210
        d/3.txt,1,道路[2J养护,,,Z03,suspicion,medium,high,,/goal/achieved,,9,,,,,,,两份文件不同,two documents differ,,fedcba9876543210
        d/4.txt,1,道路[2J养护,,,Z03,suspicion,medium,high,,/goal/achieved,,9,,,,,,,两份文件不同,two documents differ,,fedcba9876543210
        d/5.txt,1,道路[2J养护,,,Z03,suspicion,medium,high,,/goal/achieved,,9,,,,,,,两份文件不同,two documents differ,,fedcba9876543210
        d/6.txt,1,道路[2J养护,,,Z03,suspicion,medium,high,,/goal/achieved,,9,,,,,,,两份文件不同,two documents differ,,fedcba9876543210
        d/7.txt,1,道路[2J养护,,,Z03,suspicion,medium,high,,/goal/achieved,,9,,,,,,,两份文件不同,two documents differ,,fedcba9876543210
        d/8.txt,1,道路[2J养护,,,Z03,suspicion,medium,high,,/goal/achieved,,9,,,,,,,两份文件不同,two documents differ,,fedcba9876543210
        d/9.txt,1,道路[2J养护,,,Z03,suspicion,medium,high,,/goal/achieved,,9,,,,,,,两份文件不同,two documents differ,,fedcba9876543210
    "#]],
    );
}

#[test]
fn they_stand_before_the_summary_and_nowhere_among_forms() {
    let text = written(Subject::Findings, Shape::Text, Lang::En, false);
    let lines: Vec<&str> = text.lines().filter(|it| !it.starts_with(' ')).collect();
    assert_eq!(lines, ["between documents  2 findings", "", "", "", "summary"]);
    for shape in [Shape::Text, Shape::Json, Shape::JsonLines, Shape::Csv] {
        let forms = written(Subject::Forms, shape, Lang::En, false);
        assert!(!forms.contains("X01") && !forms.contains("across"), "{forms}");
    }
}
