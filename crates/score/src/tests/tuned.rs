//! A configuration makes the scorer judge otherwise: severities, bounds of suspicions, weight schemes.

use gouji_model::{FormVerdict, Level};

use crate::drawn::draw;
use crate::{Context, Scorer, Settings, Thresholds, Tuning};

/// A rate of 75% with full marks below it.
const LOW_RATE: &str = "资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分\n\
                        年度资金总额 | 100 | 125 | 93.75 | 10 | 75% | 7.5\n\n\
                        一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n\
                        产出指标(61) | 数量指标 | 甲 | ≥10次 | 13次 | 61 | 61\n\
                        效益指标(27) | 社会效益 | 乙 | ≥10次 | 10次 | 27 | 27\n";

fn verdict(codes: &[&str], tuning: Tuning) -> FormVerdict {
    let drawing = draw(&format!("{LOW_RATE}quiet\n"));
    let select = codes.iter().map(|it| (*it).to_owned()).collect();
    let settings = Settings { select, ignore: Vec::new(), show_low: true };
    let context = Context { format: drawing.format, digest: String::new() };
    let scorer = Scorer::tuned(settings, tuning).expect("of the shape");
    scorer.check_document(&drawing.forms, &context).swap_remove(0)
}

fn found(code: &str, thresholds: Thresholds) -> usize {
    verdict(&[code], Tuning { thresholds, ..Tuning::default() }).findings.len()
}

#[test]
fn bounds_move_suspicions() {
    let usual = Thresholds::DEFAULT;
    assert_eq!(found("F09", usual), 1);
    assert_eq!(found("F09", Thresholds { adjustment_percent: 25, ..usual }), 0);
    assert_eq!(found("F10", usual), 1);
    assert_eq!(found("F10", Thresholds { low_rate_percent: 75, ..usual }), 0);
    assert_eq!(found("S06", usual), 1);
    assert_eq!(found("S06", Thresholds { score_gap_percent: 25, ..usual }), 0);
    assert_eq!(found("I07", usual), 1);
    assert_eq!(found("I07", Thresholds { far_above_percent: 131, ..usual }), 0);
}

#[test]
fn severities_are_those_of_the_configuration() {
    let severity = [("F10".to_owned(), Level::High)].into();
    let verdict = verdict(&["F09", "F10"], Tuning { severity, ..Tuning::default() });
    let severities: Vec<(&str, Level)> = verdict.findings.iter().map(|it| (it.code, it.severity)).collect();
    assert_eq!(severities, [("F10", Level::High), ("F09", Level::Low)]);
}

#[test]
fn weight_schemes_are_added_and_named() {
    let profile = |profiles: &str, named: &[&str]| {
        let named_profiles = named.iter().map(|it| (*it).to_owned()).collect();
        verdict(&["W04"], Tuning { profiles: profiles.to_owned(), named_profiles, ..Tuning::default() })
    };
    let own = "[[profile]]\nname='OWN'\nsource='a notice'\nsign=3\ncounted='counted'\n\
               groups={output=61, benefit=27}\nsigns={groups_printed=true}\n";
    assert_eq!(profile("", &[]).profile, "UNKNOWN");
    assert_eq!(profile("", &[]).findings.len(), 1);
    assert_eq!(profile(own, &[]).profile, "OWN");
    assert_eq!(profile(own, &[]).findings.len(), 0);
    assert_eq!(profile("", &["JX"]).profile, "JX");
    // A sign on the form comes before the name in the configuration.
    assert_eq!(profile(own, &["JX"]).profile, "OWN");
    assert!(Scorer::tuned(Settings::default(), Tuning { profiles: "x = 1".to_owned(), ..Tuning::default() }).is_err());
}
