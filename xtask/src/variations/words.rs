//! Other names and other prose: every Chinese character that means nothing to a form is another one.
//!
//! In goes a text, out comes which character stands for which; the same is done to the truth. Labels stay, and so do
//! the words around figures, so that the program has to find the same without knowing one word of the original.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde_json::Value;

use super::labels::is_han;
use gouji_generate::Rng;

/// Characters that mean something: those of labels, of titles and notes, of units, and of the words that say how a
/// figure is to be read or whether a goal was met.
static MEANINGFUL: LazyLock<BTreeSet<char>> = LazyLock::new(|| {
    const WORDS: &str = "自评目标申报表公开附件注意事项总\
                         万元亿百千十一二三四五六七八九零两半人次户个批亩公里米平方台套座天年月日季周时分底前初上中下旬全起例种项条份期场\
                         不少于低高超过以内外至到在约余多左右达完成未已无没是否有优良差及格有效提升改善显著逐步控制落实按足齐\
                         故障误差发生率受害灾流失事投诉支能耗响应处理间原因偏较\
                         共合计其中超额节增长平均每等列再将正推进暂尚";
    include_str!("labels.txt").chars().chain(WORDS.chars()).collect()
});

/// From each Chinese character of the text that means nothing to another such character of it, one to one.
pub fn substitution(text: &str, rng: &mut Rng) -> BTreeMap<char, char> {
    let own: BTreeSet<char> = text.chars().filter(|it| is_han(*it) && !MEANINGFUL.contains(it)).collect();
    let from: Vec<char> = own.into_iter().collect();
    let mut to = from.clone();
    for last in (1..to.len()).rev() {
        to.swap(last, rng.below(last + 1));
    }
    from.into_iter().zip(to).collect()
}

/// The text with its characters substituted.
pub fn substituted(text: &str, substitution: &BTreeMap<char, char>) -> String {
    text.chars().map(|it| *substitution.get(&it).unwrap_or(&it)).collect()
}

/// The truth with the texts in it substituted.
pub fn substituted_truth(truth: &Value, substitution: &BTreeMap<char, char>) -> Value {
    match truth {
        Value::String(text) => Value::String(substituted(text, substitution)),
        Value::Array(items) => items.iter().map(|it| substituted_truth(it, substitution)).collect(),
        Value::Object(map) => {
            let pair = |(key, it): (&String, &Value)| (key.clone(), substituted_truth(it, substitution));
            Value::Object(map.iter().map(pair).collect())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_change_and_labels_stay() {
        let text = "项目名称\t葡萄栽培\n数量指标\t种植面积\t≥12亩\n";
        let substitution = substitution(text, &mut Rng::new(1));
        let made = substituted(text, &substitution);
        assert_ne!(made, text);
        assert!(
            made.starts_with("项目名称\t") && made.contains("\n数量指标\t") && made.ends_with("\t≥12亩\n"),
            "{made}"
        );
        let truth = json!({"project": "葡萄栽培", "indicators": [{"target": "≥12亩", "name": null}], "ordinal": 1});
        let truth = substituted_truth(&truth, &substitution);
        assert!(made.contains(truth["project"].as_str().unwrap_or("?")), "the truth follows the text");
        assert_eq!(truth["indicators"], json!([{"target": "≥12亩", "name": null}]));
    }
}
