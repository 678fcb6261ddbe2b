//! Other readings and misread cells: what lowers a finding, and what does not.

use gouji_model::{Class, FormVerdict};

use crate::drawn::draw;
use crate::{Context, Scorer, Settings};

fn checked(text: &str) -> FormVerdict {
    let drawing = draw(&format!("{text}\nquiet\n"));
    let scorer = Scorer::new(Settings::default());
    let context = Context { format: drawing.format, digest: "drawn".to_owned() };
    scorer.check_document(&drawing.forms, &context).swap_remove(0)
}

/// Code, class, and the readings that the finding names.
fn findings(text: &str) -> Vec<(&'static str, Class, Vec<String>)> {
    checked(text).findings.into_iter().map(|it| (it.code, it.class, it.agrees_if)).collect()
}

const ROWS: &str = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分 | 偏差原因\n\
                    产出指标 | 质量指标 | 软件 | 到位 | 4 | 8 | 无\n\
                    效益指标 | 社会效益 | 支撑 | 改善 | 96 | 92 | 人手不足\n总分 | 100 | 100";

#[test]
fn a_reading_that_empties_the_cell_lowers_nothing() {
    let text = format!("{ROWS}\n@alternative /indicators/0/score =");
    assert_eq!(findings(&text), [("S01", Class::Breach, vec![])]);
}

#[test]
fn a_reading_that_breaks_another_balance_lowers_nothing() {
    // With 4 the row is fine, but then the total is not.
    let text = format!("{ROWS}\n@alternative /indicators/0/score = 4");
    assert_eq!(findings(&text), [("S01", Class::Breach, vec![])]);
}

#[test]
fn a_reading_that_agrees_is_named() {
    let text = format!("{ROWS}\n@alternative /indicators/0/score,/indicators/1/score = 4,96");
    let expected = vec!["/indicators/0/score read as 4; /indicators/1/score read as 96".to_owned()];
    assert_eq!(findings(&text), [("S01", Class::Suspicion, expected)]);
    let verdict = checked(&text);
    assert_eq!(verdict.findings[0].notes.iter().map(|it| it.code).collect::<Vec<_>>(), ["D07"]);
}

#[test]
fn a_lost_point_is_named_where_checks_of_two_kinds_agree_with_it() {
    let text = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分\n\
                产出指标 | 时效指标 | 一期 | 4月底前 | 2 | 16\n\
                效益指标 | 社会效益 | 满意 | 改善 | 98 | 98\n总分 | 100 | 99.6\n偏差: 一期稍迟";
    let reading = vec!["/indicators/0/score read as 1.6".to_owned()];
    let expected = [("S01", Class::Suspicion, reading.clone()), ("T01", Class::Suspicion, reading)];
    assert_eq!(findings(&format!("@ocr\n{text}")), expected);
    assert_eq!(findings(text), expected);
}

#[test]
fn one_failing_check_is_no_misread_cell() {
    let text = "@ocr\n一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分\n\
                产出指标 | 时效指标 | 一期 | 4月底前 | 50 | 50\n\
                效益指标 | 社会效益 | 满意 | 改善 | 50 | 50\n总分 | 100 | 10";
    assert_eq!(findings(text), [("T01", Class::Contradiction, vec![])]);
}

#[test]
fn points_printed_as_shares_are_not_compared_with_scores() {
    let text = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分\n\
                产出指标 | 时效指标 | 一期 | 4月底前 | 0.4 | 40\n\
                效益指标 | 社会效益 | 满意 | 改善 | 0.6 | 58\n总分 | | 98";
    assert_eq!(findings(text), []);
}
