//! The labels that forms print, as data: `lexicon.toml`.
//!
//! In: the key of a printed text. Out: what the word means on a form, and how sure that is.

use std::collections::HashMap;

use aho_corasick::AhoCorasick;
use gouji_model::{FormKind, FundsField, FundsRole, IndicatorField};
use serde::Deserialize;

use crate::additions;
use crate::cores::{Cores, HeadCore};
use crate::hash::QuickMap;
use crate::text::{self, LabelText};

/// The lexicon that ships with the program.
pub(crate) const EMBEDDED: &str = include_str!("lexicon.toml");

/// A column of the indicator block, those that join into one value included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Column {
    Block,
    L1,
    L2,
    Name,
    Operator,
    Target,
    Unit,
    Adjusted,
    Actual,
    Weight,
    Score,
    Method,
    Reason,
    Other,
}

impl Column {
    /// The field of the form that the column fills.
    pub(crate) fn field(self) -> Option<IndicatorField> {
        Some(match self {
            Column::Block | Column::Other => return None,
            Column::L1 => IndicatorField::L1,
            Column::L2 => IndicatorField::L2,
            Column::Name => IndicatorField::Name,
            Column::Operator | Column::Target | Column::Unit => IndicatorField::Target,
            Column::Adjusted => IndicatorField::Adjusted,
            Column::Actual => IndicatorField::Actual,
            Column::Weight => IndicatorField::Weight,
            Column::Score => IndicatorField::Score,
            Column::Method => IndicatorField::Method,
            Column::Reason => IndicatorField::Reason,
        })
    }
}

/// A field of a form's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum HeadField {
    Project,
    Department,
    Unit,
    /// The total score, printed in the head.
    Total,
    /// A label in unknown words: what its end says, and which of these it is in its line.
    Unknown(HeadCore, usize),
    Other,
}

/// What a printed word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Label {
    Head(HeadField),
    FundsBlock,
    Funds(FundsField),
    FundsLine(FundsRole),
    FundsGroup,
    GoalBlock,
    GoalExpected,
    GoalAchieved,
    IndicatorBlock,
    Column(Column),
    /// A class of 一级指标, by index.
    L1(u8),
    /// A class of 二级指标, by index.
    L2(u8),
    Total,
    Subtotal,
    Grade,
    Deviation,
    Text,
}

/// A class of indicators.
#[derive(Clone, Debug)]
pub(crate) struct L1Class {
    /// The standard name.
    pub(crate) name: String,
}

/// A class of 二级指标.
#[derive(Clone, Debug)]
pub(crate) struct L2Class {
    /// Key of the class in the lexicon.
    pub(crate) id: String,
    /// Classes of 一级指标 that it stands under, the usual one first.
    pub(crate) parents: Vec<u8>,
}

/// What a printed text turned out to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit<'lex> {
    /// Every meaning of the word.
    pub(crate) labels: &'lex [Label],
    /// Whether a character had to be forgiven.
    pub(crate) damaged: bool,
}

/// A set of characters of the basic plane, a bit for each.
#[derive(Debug)]
struct Letters(Vec<u64>);

impl Letters {
    fn new() -> Letters {
        Letters(vec![0; 1 << 10])
    }

    fn insert(&mut self, c: char) {
        if let Some(bits) = self.0.get_mut(c as usize >> 6) {
            *bits |= 1 << (c as u32 & 63);
        }
    }

    fn has(&self, c: char) -> bool {
        self.0.get(c as usize >> 6).is_some_and(|it| it >> (c as u32 & 63) & 1 == 1)
    }
}

/// The labels of forms.
#[derive(Debug)]
pub(crate) struct Lexicon {
    words: QuickMap<String, Vec<Label>>,
    /// Every word of [`Lexicon::MIN_FORGIVEN`] characters and more, less one character, and the word it came from.
    shortened: QuickMap<String, Vec<String>>,
    titles: Vec<(String, FormKind)>,
    notes: Vec<String>,
    /// Words of method cells, searched for all at once: every long text is looked through.
    methods: AhoCorasick,
    prefixes: Vec<(String, Label)>,
    /// The characters that stand in words: most texts are no label at a glance.
    letters: Letters,
    traditional: HashMap<char, char>,
    /// The traditional characters: few texts hold one.
    traditional_letters: Letters,
    pub(crate) cores: Cores,
    pub(crate) l1: Vec<L1Class>,
    pub(crate) l2: Vec<L2Class>,
    /// Orders of the columns of a funds block, to try where the header is lost.
    pub(crate) funds_layouts: Vec<Vec<FundsField>>,
    /// The same for an indicator block.
    pub(crate) indicator_layouts: Vec<Vec<Column>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Titles,
    head: HashMap<String, Vec<String>>,
    funds: Funds,
    goal: HashMap<String, Vec<String>>,
    indicators: HashMap<String, Vec<String>>,
    rows: HashMap<String, Vec<String>>,
    method: Methods,
    l1: toml::Table,
    l2: Vec<L2File>,
    traditional: Traditional,
    layouts: LayoutsFile,
    cores: Cores,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LayoutsFile {
    funds: Vec<Vec<String>>,
    indicators: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Titles {
    self_evaluation: Vec<String>,
    target: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Funds {
    block: Vec<String>,
    budget: Vec<String>,
    revised: Vec<String>,
    executed: Vec<String>,
    weight: Vec<String>,
    rate: Vec<String>,
    score: Vec<String>,
    group: Vec<String>,
    line: HashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Methods {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct L2File {
    class: String,
    parents: Vec<String>,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Traditional {
    pairs: String,
}

impl Lexicon {
    /// A label of fewer characters than this bears no wrong one: 得分 and 评分 are different words. Characters.
    const MIN_FORGIVEN: usize = 4;

    /// Longest text that is looked up as a label. Characters; the longest label of the lexicon has 22.
    pub(crate) const MAX_LABEL: usize = 30;

    /// A label at the head of a text bears a wrong character from this length on: shorter ones begin sentences by chance.
    /// Characters.
    const LONG_PREFIX: usize = 9;

    /// The lexicon that ships with the program.
    pub(crate) fn embedded() -> Lexicon {
        Lexicon::parse(EMBEDDED).expect("a unit test reads the embedded lexicon")
    }

    fn parse(toml: &str) -> Result<Lexicon, String> {
        Lexicon::of(toml::from_str(toml).map_err(|it| it.to_string())?)
    }

    /// The lexicon that ships with the program, with the additions of `extra`.
    pub(crate) fn with(extra: &str) -> Result<Lexicon, String> {
        let mut table = additions::embedded();
        additions::add(&mut table, extra.parse::<toml::Table>().map_err(|it| it.to_string())?)?;
        Lexicon::of(table.try_into().map_err(|it: toml::de::Error| it.to_string())?)
    }

    fn of(file: File) -> Result<Lexicon, String> {
        let mut lexicon = Lexicon {
            words: QuickMap::default(),
            shortened: QuickMap::default(),
            titles: Vec::new(),
            notes: Vec::new(),
            methods: AhoCorasick::new(file.method.words.iter().map(|it| text::key(it))).map_err(|it| it.to_string())?,
            prefixes: Vec::new(),
            letters: Letters::new(),
            traditional: HashMap::new(),
            traditional_letters: Letters::new(),
            cores: file.cores,
            l1: Vec::new(),
            l2: Vec::new(),
            funds_layouts: Vec::new(),
            indicator_layouts: Vec::new(),
        };
        let pairs: Vec<char> = file.traditional.pairs.chars().collect();
        lexicon.traditional = pairs.chunks_exact(2).filter(|it| it[0] != it[1]).map(|it| (it[0], it[1])).collect();
        pairs.chunks_exact(2).filter(|it| it[0] != it[1]).for_each(|it| lexicon.traditional_letters.insert(it[0]));
        for (words, kind) in
            [(&file.title.self_evaluation, FormKind::SelfEvaluation), (&file.title.target, FormKind::Target)]
        {
            lexicon.titles.extend(words.iter().map(|it| (text::key(it), kind)));
        }
        lexicon.cores.check()?;
        // The longest ending is the one that counts.
        lexicon.titles.sort_by_key(|it| std::cmp::Reverse(it.0.len()));

        lexicon.add_table("head", &file.head, |name| {
            Some(Label::Head(match name {
                "project" => HeadField::Project,
                "department" => HeadField::Department,
                "unit" => HeadField::Unit,
                "total" => HeadField::Total,
                "other" => HeadField::Other,
                _ => return None,
            }))
        })?;
        for (words, label) in [
            (&file.funds.block, Label::FundsBlock),
            (&file.funds.budget, Label::Funds(FundsField::Budget)),
            (&file.funds.revised, Label::Funds(FundsField::Revised)),
            (&file.funds.executed, Label::Funds(FundsField::Executed)),
            (&file.funds.weight, Label::Funds(FundsField::Weight)),
            (&file.funds.rate, Label::Funds(FundsField::Rate)),
            (&file.funds.score, Label::Funds(FundsField::Score)),
            (&file.funds.group, Label::FundsGroup),
        ] {
            words.iter().for_each(|it| lexicon.add(it, label));
        }
        lexicon.add_table("funds.line", &file.funds.line, |name| FundsRole::from_name(name).map(Label::FundsLine))?;
        lexicon.add_table("goal", &file.goal, |name| {
            Some(match name {
                "block" => Label::GoalBlock,
                "expected" => Label::GoalExpected,
                "achieved" => Label::GoalAchieved,
                _ => return None,
            })
        })?;
        for (name, label) in [("expected", Label::GoalExpected), ("achieved", Label::GoalAchieved)] {
            for word in file.goal.get(name).into_iter().flatten() {
                lexicon.prefixes.push((text::key(word), label));
            }
        }
        lexicon.prefixes.sort_by_key(|it| std::cmp::Reverse(it.0.len()));
        lexicon.add_table("indicators", &file.indicators, |name| {
            if name == "block" { Some(Label::IndicatorBlock) } else { column(name).map(Label::Column) }
        })?;
        lexicon.add_table("rows", &file.rows, |name| {
            Some(match name {
                "total" => Label::Total,
                "subtotal" => Label::Subtotal,
                "grade" => Label::Grade,
                "deviation" => Label::Deviation,
                "texts" | "notes" => Label::Text,
                _ => return None,
            })
        })?;
        lexicon.notes = file.rows.get("notes").into_iter().flatten().map(|it| text::key(it)).collect();
        for (id, names) in &file.l1 {
            let names: Vec<String> = names.clone().try_into().map_err(|it| format!("l1.{id}: {it}"))?;
            let class = u8::try_from(lexicon.l1.len()).map_err(|it| it.to_string())?;
            names.iter().for_each(|it| lexicon.add(it, Label::L1(class)));
            lexicon.l1.push(L1Class { name: names.into_iter().next().ok_or(format!("l1.{id} has no name"))? });
        }
        for order in &file.layouts.funds {
            let order: Option<Vec<FundsField>> = order.iter().map(|it| FundsField::from_key(it)).collect();
            lexicon.funds_layouts.push(order.ok_or("layouts.funds: unknown column")?);
        }
        for order in &file.layouts.indicators {
            let order: Option<Vec<Column>> = order.iter().map(|it| column(it)).collect();
            lexicon.indicator_layouts.push(order.ok_or("layouts.indicators: unknown column")?);
        }
        let ids: Vec<&String> = file.l1.keys().collect();
        for l2 in file.l2 {
            let class = u8::try_from(lexicon.l2.len()).map_err(|it| it.to_string())?;
            l2.names.iter().for_each(|it| lexicon.add(it, Label::L2(class)));
            let parents: Option<Vec<u8>> =
                l2.parents.iter().map(|it| ids.iter().position(|id| *id == it).map(|idx| idx as u8)).collect();
            let parents = parents.ok_or(format!("l2 {}: unknown parent", l2.class))?;
            lexicon.l2.push(L2Class { id: l2.class, parents });
        }
        Ok(lexicon)
    }

    fn add_table(
        &mut self,
        table: &str,
        words: &HashMap<String, Vec<String>>,
        label: impl Fn(&str) -> Option<Label>,
    ) -> Result<(), String> {
        let mut names: Vec<&String> = words.keys().collect();
        names.sort();
        for name in names {
            let label = label(name).ok_or(format!("{table} has no entry {name}"))?;
            words.get(name).into_iter().flatten().for_each(|it| self.add(it, label));
        }
        Ok(())
    }

    fn add(&mut self, word: &str, label: Label) {
        let key = text::key(word);
        key.chars().for_each(|c| self.letters.insert(c));
        let labels = self.words.entry(key.clone()).or_default();
        if !labels.contains(&label) {
            labels.push(label);
            labels.sort();
        }
        if key.chars().count() >= Lexicon::MIN_FORGIVEN {
            let mut short = String::with_capacity(key.len());
            for (at, c) in key.char_indices() {
                shorten(&key, at, c, &mut short);
                let words = self.shortened.entry(short.clone()).or_default();
                if !words.contains(&key) {
                    words.push(key.clone());
                    words.sort();
                }
            }
        }
    }

    /// What the word at the head of a key means; with one wrong, missing or surplus character forgiven.
    pub(crate) fn look_up<'lex>(&'lex self, label: &LabelText<'_>) -> Option<Hit<'lex>> {
        let word = label.word;
        if word.is_empty() || word.len() > 4 * Lexicon::MAX_LABEL {
            return None;
        }
        // 指标(一级) is another word than 指标: brackets are left aside only where the whole says nothing.
        if let Some(labels) = self.words.get(label.whole).or_else(|| self.words.get(word)) {
            return Some(Hit { labels, damaged: false });
        }
        if word.is_ascii() {
            return None;
        }
        if self.is_traditional(word) {
            let simplified = self.simplified(word);
            if let Some(labels) = self.words.get(&simplified) {
                return Some(Hit { labels, damaged: false });
            }
            return self.forgive(&simplified);
        }
        self.forgive(word)
    }

    /// What the word at the head of a key means, if every character of it is right.
    pub(crate) fn look_up_exact(&self, label: &LabelText<'_>) -> Option<&[Label]> {
        let word = label.word;
        if word.is_empty() || word.len() > 4 * Lexicon::MAX_LABEL {
            return None;
        }
        let labels = self.words.get(word);
        let labels = labels.or_else(|| self.is_traditional(word).then(|| self.words.get(&self.simplified(word)))?);
        labels.map(Vec::as_slice)
    }

    pub(crate) fn is_traditional(&self, word: &str) -> bool {
        word.chars().any(|c| self.traditional_letters.has(c))
    }

    pub(crate) fn simplified(&self, word: &str) -> String {
        word.chars().map(|c| *self.traditional.get(&c).unwrap_or(&c)).collect()
    }

    fn forgive(&self, word: &str) -> Option<Hit<'_>> {
        let (mut n_chars, mut n_foreign) = (0, 0);
        for c in word.chars() {
            n_chars += 1;
            n_foreign += usize::from(!self.letters.has(c));
            if n_foreign > 1 {
                return None;
            }
        }
        if !(Lexicon::MIN_FORGIVEN - 1..=22).contains(&n_chars) {
            return None;
        }
        let hit = |word: &str| self.words.get(word).map(|labels| Hit { labels, damaged: true });
        // A character is missing: the text is some word less one.
        if let Some(words) = self.shortened.get(word) {
            return hit(words.first()?);
        }
        if n_chars < Lexicon::MIN_FORGIVEN {
            return None;
        }
        let mut short = String::with_capacity(word.len());
        for (at, c) in word.char_indices() {
            // What stands in no word is the wrong or the surplus one.
            if n_foreign == 1 && self.letters.has(c) {
                continue;
            }
            shorten(word, at, c, &mut short);
            // A surplus character: the text less one is a word. A wrong one: both less one are the same.
            if n_chars > Lexicon::MIN_FORGIVEN
                && let Some(labels) = self.words.get(&short)
            {
                return Some(Hit { labels, damaged: true });
            }
            if let Some(words) = self.shortened.get(&short) {
                return words.iter().find(|it| differs_in_one(it, word)).and_then(|it| hit(it));
            }
        }
        None
    }

    /// What kind of form a title names, if the key is a title.
    pub(crate) fn title(&self, key: &str) -> Option<FormKind> {
        // Every title word ends in 表; most lines have none near their end.
        if !key.chars().rev().take(16).any(|c| c == '表') {
            return None;
        }
        let mut word = text::label_text(key).word;
        if word.contains(['。', '；', '?']) || word.chars().count() > 80 {
            return None;
        }
        // `附件:某某表` lists a form, it does not open one.
        if word.starts_with("附件") && word.contains(':') {
            return None;
        }
        word = word.trim_end_matches(|c: char| c == '-' || c == '_' || c.is_ascii_digit());
        let simplified = self.is_traditional(word).then(|| self.simplified(word));
        let word = simplified.as_deref().unwrap_or(word);
        self.titles.iter().find(|it| word.ends_with(&it.0)).map(|it| it.1)
    }

    /// Whether the key opens the notes under a form.
    pub(crate) fn opens_notes(&self, key: &str) -> bool {
        self.notes.iter().any(|it| key.starts_with(it.as_str()))
    }

    /// Whether the key tells how points are given.
    pub(crate) fn is_method(&self, key: &str) -> bool {
        self.methods.is_match(key)
    }

    /// A label of the goal block at the head of a prose: which, and its length in the key.
    pub(crate) fn goal_prefix(&self, key: &str) -> Option<(Label, usize)> {
        // Of the longest labels one character may be misread, as in a cell of their own.
        let begins = |word: &str| {
            let head = key.get(..word.len()).unwrap_or("");
            head == word || (Lexicon::LONG_PREFIX <= word.chars().count() && differs_in_one(head, word))
        };
        self.prefixes.iter().find(|it| begins(&it.0)).map(|it| (it.1, it.0.len()))
    }
}

/// The column of this name in the lexicon.
pub(crate) fn column(name: &str) -> Option<Column> {
    Some(match name {
        "l1" => Column::L1,
        "l2" => Column::L2,
        "name" => Column::Name,
        "operator" => Column::Operator,
        "target" => Column::Target,
        "unit" => Column::Unit,
        "adjusted" => Column::Adjusted,
        "actual" => Column::Actual,
        "weight" => Column::Weight,
        "score" => Column::Score,
        "method" => Column::Method,
        "reason" => Column::Reason,
        "other" => Column::Other,
        _ => return None,
    })
}

/// Writes the text less the character at this byte.
fn shorten(text: &str, at: usize, c: char, short: &mut String) {
    short.clear();
    short.push_str(text.get(..at).unwrap_or_default());
    short.push_str(text.get(at + c.len_utf8()..).unwrap_or_default());
}

/// Whether two texts of one length differ in exactly one character.
fn differs_in_one(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.chars(), b.chars());
    let mut n_different = 0;
    loop {
        match (a.next(), b.next()) {
            (Some(x), Some(y)) => n_different += usize::from(x != y),
            (None, None) => return n_different == 1,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<Label> {
        let lexicon = Lexicon::embedded();
        let key = text::key(text);
        let hit = lexicon.look_up(&text::label_text(&key));
        hit.map_or(Vec::new(), |it| it.labels.to_vec())
    }

    #[test]
    fn words_have_their_meanings() {
        assert_eq!(labels("项目名称"), [Label::Head(HeadField::Project)]);
        assert_eq!(labels("年初 预算数"), [Label::Funds(FundsField::Budget)]);
        assert_eq!(labels("其中:当年财政拨款"), [Label::FundsLine(FundsRole::Fiscal)]);
        assert!(labels("分值").contains(&Label::Column(Column::Weight)));
        assert!(labels("分值").contains(&Label::Funds(FundsField::Weight)));
        assert_eq!(labels("指標值").len(), 1);
    }

    #[test]
    fn one_character_is_forgiven() {
        assert_eq!(labels("实际完戍值"), labels("实际完成值"));
        assert_eq!(labels("年度指标"), labels("年度指标值"));
        assert_eq!(labels("全年预算数数"), labels("全年预算数"));
        assert!(labels("评语").is_empty());
        assert!(labels("培训班").is_empty());
    }

    #[test]
    fn titles_end_in_a_title_word() {
        let lexicon = Lexicon::embedded();
        let title = |text: &str| lexicon.title(&text::key(text));
        assert_eq!(title("某某 项目支出绩效自评表"), Some(FormKind::SelfEvaluation));
        assert_eq!(title("2024年部门项目支出预算绩效目标表"), Some(FormKind::Target));
        assert_eq!(title("附件：2024年绩效目标表"), None);
        assert_eq!(title("现将绩效自评表予以公开。"), None);
    }
}
