//! Findings over the documents of a run, on drawn documents: whatever their order, and never a word about one alone.

use std::sync::Arc;

use expect_test::{Expect, expect};
use gouji_corpus::{Baseline, Config, Engine, Outcome, Task};
use gouji_model::{AcrossFinding, Limits};

/// A document of a run: its path and its text.
type Drawn<'a> = (&'a str, String);

fn engine(select: &[&str], ignore: &[&str], show_low: bool) -> Engine {
    let codes = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect();
    let task = Task::Check { select: codes(select), ignore: codes(ignore), show_low };
    Engine::new(Config { task, format: None, limits: Limits::default() })
}

fn found(engine: &Engine, documents: &[Drawn<'_>]) -> Vec<AcrossFinding> {
    let mut run = engine.run();
    for (path, text) in documents {
        match engine.document(path, text.as_bytes()) {
            Outcome::Forms { digest, .. } => run.add(path, digest),
            other => panic!("{path}: {other:?}"),
        }
    }
    run.finish()
}

/// `X01 medium a.txt#1 /total/score=97.7 b.txt#1 /total/score=95.1`.
fn shown(findings: &[AcrossFinding]) -> String {
    let mut acc = String::new();
    for it in findings {
        acc.push_str(&format!("{} {} {}", it.code, it.class.name(), it.confidence.name()));
        for member in &it.members {
            acc.push_str(&format!("\n  {}#{}", member.path, member.ordinal));
            for (idx, at) in member.at.iter().enumerate() {
                let stated = member.stated.get(idx).map_or(String::new(), |it| format!("={it}"));
                acc.push_str(&format!(" {at}{stated}"));
            }
        }
        acc.push('\n');
    }
    acc
}

fn check(documents: &[Drawn<'_>], expected: Expect) {
    expected.assert_eq(&shown(&found(&engine(&[], &[], false), documents)));
}

/// What is drawn of a form; the rest is the same in all.
#[derive(Clone, Copy)]
struct Drawing<'a> {
    year: u16,
    project: &'a str,
    unit: &'a str,
    achieved: &'a str,
    lamps: &'a str,
    score: &'a str,
}

const LAMPS: Drawing<'static> =
    Drawing {
        year: 2021, project: "路灯维护", unit: "某区城管局", achieved: "已完成", lamps: "312盏", score: "30"
    };

/// Long enough to be told from another.
const TOLD: &str = "全年更换灯具312盏，巡查52次，处置电缆故障17起，改造配电箱26台，新装景观灯148套，夜间亮灯率保持在98.5%以上，市民投诉比上年明显减少，按期完成年度任务。";

impl Drawing<'_> {
    fn text(self) -> String {
        let Drawing { year, project, unit, achieved, lamps, score } = self;
        format!(
            "项目支出绩效自评表
({year}年度)
项目名称\t{project}
主管部门\t某区政府\t实施单位\t{unit}
项目资金(万元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t24\t24\t24\t10\t100%\t10
\t其中:财政拨款\t24\t24\t24\t—\t100%\t—
年度总体目标\t预期目标\t实际完成情况
\t维护路灯\t{achieved}
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
\t产出指标\t数量指标\t更换灯具\t≥300盏\t{lamps}\t30\t{score}\t
\t\t质量指标\t亮灯率\t≥95%\t100%\t20\t20\t
\t效益指标\t社会效益指标\t受益人口\t≥3000人\t3100人\t30\t30\t
\t满意度指标\t服务对象满意度指标\t群众满意度\t≥90%\t95%\t10\t10\t
总分\t\t\t\t\t\t100\t100\t
"
        )
    }
}

/// The target form of the project, with this number of lamps.
fn plan(lamps: &str) -> String {
    format!(
        "项目支出绩效目标表
(2021年度)
项目名称\t路灯维护
主管部门\t某区政府\t实施单位\t某区城管局
项目资金(万元)\t年度资金总额\t24
年度总体目标\t维护路灯
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值
\t产出指标\t数量指标\t更换灯具\t{lamps}
\t\t质量指标\t亮灯率\t≥95%
\t效益指标\t社会效益指标\t受益人口\t≥3000人
\t满意度指标\t服务对象满意度指标\t群众满意度\t≥90%
"
    )
}

#[test]
fn versions_of_a_form_that_differ_are_suspected() {
    let later = Drawing { lamps: "274盏", score: "27.4", ..LAMPS };
    check(
        &[("a.txt", LAMPS.text()), ("b.txt", later.text())],
        expect![[r#"
        X01 suspicion medium
          a.txt#1 /indicators/0/actual=312盏 /indicators/0/score=30
          b.txt#1 /indicators/0/actual=274盏 /indicators/0/score=27.4
    "#]],
    );
}

#[test]
fn versions_that_agree_and_other_units_are_not() {
    let bare = Drawing { lamps: "312", ..LAMPS };
    check(&[("a.txt", LAMPS.text()), ("b.txt", bare.text())], expect![[""]]);
    let other = Drawing { unit: "某县住建局", lamps: "274盏", ..LAMPS };
    check(&[("a.txt", LAMPS.text()), ("b.txt", other.text())], expect![[""]]);
    // Another year, and so another form.
    let next = Drawing { year: 2022, lamps: "274盏", ..LAMPS };
    check(&[("a.txt", LAMPS.text()), ("b.txt", next.text())], expect![[""]]);
    // Two forms of one name in one document: nobody knows which of them the other document prints.
    let twice = LAMPS.text() + &Drawing { lamps: "290盏", score: "29", ..LAMPS }.text();
    check(&[("a.txt", twice), ("b.txt", Drawing { lamps: "274盏", ..LAMPS }.text())], expect![[""]]);
}

#[test]
fn a_changed_target_is_suspected_once_however_often_it_is_printed() {
    let again = Drawing { achieved: "完成了", ..LAMPS };
    check(
        &[("plan.txt", plan("≥400盏")), ("a.txt", LAMPS.text()), ("b.txt", again.text())],
        expect![[r#"
        X05 suspicion high
          a.txt#1 /indicators/0/target=≥300盏
          b.txt#1 /indicators/0/target=≥300盏
          plan.txt#1 /indicators/0/target=≥400盏
    "#]],
    );
    check(&[("plan.txt", plan("300盏")), ("a.txt", LAMPS.text())], expect![[""]]);
    // A target that one version of the plan has was not changed.
    check(
        &[("plan.txt", plan("≥400盏")), ("plan2.txt", plan("≥300盏")), ("a.txt", LAMPS.text())],
        expect![[r#"
        X01 suspicion medium
          plan.txt#1 /indicators/0/target=≥400盏
          plan2.txt#1 /indicators/0/target=≥300盏
    "#]],
    );
    let told = Drawing { achieved: "目标经批准调整", ..LAMPS };
    check(&[("plan.txt", plan("≥400盏")), ("a.txt", told.text())], expect![[""]]);
}

#[test]
fn a_text_of_another_project_or_year_is_suspected() {
    let first = Drawing { achieved: TOLD, ..LAMPS };
    let next = Drawing { year: 2022, ..first };
    let other = Drawing { project: "景观亮化提升", ..first };
    check(
        &[("a.txt", first.text()), ("b.txt", next.text()), ("c.txt", other.text())],
        expect![[r#"
        X20 suspicion medium
          a.txt#1 /goal/achieved
          b.txt#1 /goal/achieved
          c.txt#1 /goal/achieved
    "#]],
    );
    // In one document the forms stand side by side; there is nothing to find between documents.
    check(&[("a.txt", first.text() + &next.text() + &other.text())], expect![[""]]);
}

#[test]
fn the_same_bytes_are_one_document() {
    let (first, later) = (LAMPS.text(), Drawing { lamps: "274盏", ..LAMPS }.text());
    check(
        &[("b.txt", first.clone()), ("a.txt", first.clone()), ("c.txt", later.clone()), ("d.txt", later)],
        expect![[r#"
            X01 suspicion medium
              a.txt#1 /indicators/0/actual=312盏
              c.txt#1 /indicators/0/actual=274盏
        "#]],
    );
    check(&[("a.txt", first.clone()), ("b.txt", first)], expect![[""]]);
}

/// A run with findings of four checks.
fn many() -> Vec<Drawn<'static>> {
    let told = Drawing { achieved: TOLD, ..LAMPS };
    vec![
        ("a/1.txt", LAMPS.text()),
        ("a/2.txt", Drawing { lamps: "274盏", ..LAMPS }.text()),
        ("b/1.txt", told.text()),
        ("b/2.txt", Drawing { project: "景观亮化提升", ..told }.text()),
        ("b/3.txt", Drawing { year: 2020, ..told }.text() + &Drawing { year: 2019, ..told }.text()),
        ("plan.txt", plan("≥400盏")),
    ]
}

#[test]
fn the_order_of_the_documents_does_not_matter() {
    let engine = engine(&[], &[], true);
    let mut documents = many();
    let expected = found(&engine, &documents);
    assert_eq!(expected.len(), 3, "{}", shown(&expected));
    for turn in 0..documents.len() {
        documents.rotate_left(1);
        if turn % 2 == 0 {
            documents.reverse();
        }
        assert_eq!(found(&engine, &documents), expected);
    }
}

#[test]
fn members_and_findings_are_in_the_order_of_paths() {
    let findings = found(&engine(&[], &[], true), &many());
    let first: Vec<(&str, usize)> =
        findings.iter().map(|it| (it.members[0].path.as_str(), it.members[0].ordinal)).collect();
    assert!(first.is_sorted(), "{first:?}");
    for finding in &findings {
        let members: Vec<(&str, usize)> = finding.members.iter().map(|it| (it.path.as_str(), it.ordinal)).collect();
        assert!(members.is_sorted(), "{members:?}");
        assert!(members.iter().any(|it| it.0 != members[0].0), "of one document alone: {members:?}");
        assert_eq!(finding.class.name(), "suspicion");
    }
}

#[test]
fn checks_that_are_not_wanted_are_not_made() {
    let codes = |select: &[&str], ignore: &[&str]| {
        let mut codes: Vec<&str> = found(&engine(select, ignore, true), &many()).iter().map(|it| it.code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.join(" ")
    };
    assert_eq!(codes(&[], &[]), "X01 X05 X20");
    assert_eq!(codes(&["X2"], &[]), "X20");
    assert_eq!(codes(&[], &["X01", "X2"]), "X05");
    assert_eq!(codes(&["F"], &[]), "");
    assert_eq!(codes(&[], &["X"]), "");
}

#[test]
fn a_baseline_hides_what_it_knows() {
    let plain = engine(&[], &[], false);
    let findings = found(&plain, &many());
    let until = "2030-12-31".parse().expect("a day");
    let known = findings.iter().map(|it| Baseline::entry_across(it, "Li", "known", until)).collect();
    let text = Baseline::written(known).expect("written");
    let baseline = Arc::new(Baseline::parse(&text, "2026-01-01".parse().expect("a day")).expect("of the shape"));
    let hiding = engine(&[], &[], false).with_baseline(Arc::clone(&baseline));
    assert_eq!(found(&hiding, &many()), []);
    assert_eq!(baseline.n_hidden(), findings.len());
    assert!(baseline.stale().is_empty());
    // Another copy of the documents, under other names, has the same findings.
    let moved = many().into_iter().map(|(path, text)| (path.replace('/', "-"), text + "\n"));
    let moved: Vec<(String, String)> = moved.collect();
    let moved: Vec<Drawn<'_>> = moved.iter().map(|it| (it.0.as_str(), it.1.clone())).collect();
    assert_eq!(found(&hiding, &moved), []);
}

#[test]
fn verdicts_do_not_know_of_other_documents() {
    let engine = engine(&[], &[], true);
    for (path, text) in many() {
        let Outcome::Forms { verdicts, .. } = engine.document(path, text.as_bytes()) else { panic!("{path}") };
        let codes = verdicts.iter().flat_map(|it| &it.findings).map(|it| it.code);
        assert!(codes.clone().all(|it| !["X01", "X05", "X20", "X21"].contains(&it)), "{:?}", codes.collect::<Vec<_>>());
    }
}

#[test]
fn a_form_keeps_a_few_hundred_bytes() {
    let engine = engine(&[], &[], false);
    let mut run = engine.run();
    let n_forms = 200;
    for number in 0..n_forms {
        let project = format!("第{number}号路灯维护");
        let text = Drawing { project: &project, achieved: TOLD, ..LAMPS }.text();
        let path = format!("folder/of/documents/{number}.txt");
        let Outcome::Forms { digest, .. } = engine.document(&path, text.as_bytes()) else { panic!("no form") };
        run.add(&path, digest);
    }
    assert!(run.n_bytes() / n_forms < 600, "{} bytes a form", run.n_bytes() / n_forms);
}
