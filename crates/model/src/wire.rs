//! Forms as JSON: a [`Form`] goes in, a [`FormRecord`] that serde writes with the contract's keys in the contract's
//! order comes out, and back. Nothing is lost either way, so rules run on a stored form as on the document.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    Alternative, Bilingual, Cell, Columns, ColumnsFrom, Form, FormKind, Format, FundsField, FundsLine, FundsRole, Goal,
    Indicator, IndicatorField, NamedText, Place, Pointer, Points, Printed, Repair, Total,
};

/// One form in the shape of `gouji.forms/1`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormRecord {
    document: String,
    format: String,
    ordinal: usize,
    kind: String,
    title: Option<String>,
    year: Option<String>,
    project: Option<String>,
    department: Option<String>,
    unit: Option<String>,
    funds_unit: Option<String>,
    funds: Vec<FundsRecord>,
    goal: GoalRecord,
    indicators: Vec<IndicatorRecord>,
    total: TotalRecord,
    grade: Option<String>,
    points: Vec<PointsRecord>,
    notes: Vec<String>,
    texts: Vec<TextRecord>,
    deviation: Option<String>,
    renderings: usize,
    labels: Vec<PointerText>,
    columns: ColumnsRecord,
    open: OpenRecord,
    repairs: Vec<RepairRecord>,
    alternatives: Vec<AlternativeRecord>,
    sources: Sources,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct FundsRecord {
    label: Option<String>,
    group: Option<String>,
    role: String,
    budget: Option<String>,
    revised: Option<String>,
    executed: Option<String>,
    weight: Option<String>,
    rate: Option<String>,
    score: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct GoalRecord {
    expected: Option<String>,
    achieved: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct IndicatorRecord {
    l1: Option<String>,
    l1_weight: Option<String>,
    l2: Option<String>,
    l2_weight: Option<String>,
    name: Option<String>,
    target: Option<String>,
    adjusted: Option<String>,
    actual: Option<String>,
    weight: Option<String>,
    score: Option<String>,
    method: Option<String>,
    reason: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct TotalRecord {
    weight: Option<String>,
    score: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct PointsRecord {
    label: String,
    value: Option<String>,
    score: Option<String>,
    rows: [usize; 2],
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct TextRecord {
    label: String,
    text: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct ColumnsRecord {
    funds: BlockRecord,
    indicators: BlockRecord,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct BlockRecord {
    fields: Vec<String>,
    from: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct OpenRecord {
    head: bool,
    tail: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct RepairRecord {
    code: String,
    at: Vec<PointerText>,
    what: String,
    evidence: String,
    what_zh: String,
    evidence_zh: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct AlternativeRecord {
    at: Vec<PointerText>,
    values: Vec<Option<String>>,
    cost: Cost,
    why: String,
    why_zh: String,
}

/// A pointer, written as its text.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PointerText(Pointer);

impl Serialize for PointerText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for PointerText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(PointerText).map_err(serde::de::Error::custom)
    }
}

/// A cost in hundredths, written as a decimal number: 40 is `0.4`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cost(u32);

impl Serialize for Cost {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Through text, so that the nearest number is written and no arithmetic rounds.
        let text = format!("{}.{:02}", self.0 / 100, self.0 % 100);
        serializer.serialize_f64(text.parse().map_err(serde::ser::Error::custom)?)
    }
}

impl<'de> Deserialize<'de> for Cost {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        let digits: String = format!("{number:.2}").chars().filter(|it| *it != '.').collect();
        digits.parse().map(Cost).map_err(|_| serde::de::Error::custom(format!("{number} is no cost of a reading")))
    }
}

/// Places by leaf, in document order.
#[derive(Clone, Debug, Default, PartialEq)]
struct Sources(Vec<(String, SourceRecord)>);

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct SourceRecord {
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bbox: Option<[f32; 4]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<String>,
}

impl Serialize for Sources {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (leaf, source) in &self.0 {
            map.serialize_entry(leaf, source)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Sources {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Sources;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map from leaves to places")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Sources, A::Error> {
                let mut acc = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    acc.push(entry);
                }
                Ok(Sources(acc))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

/// Why a record is no form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WireError {
    /// A key holds a name that the contract does not know.
    UnknownName {
        /// The key.
        key: &'static str,
        /// What it holds.
        name: String,
    },
    /// `sources` names a place for a leaf that holds nothing.
    StraySource(String),
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WireError::UnknownName { key, name } => write!(f, "{key} holds the unknown name {name:?}"),
            WireError::StraySource(leaf) => write!(f, "sources has a place for {leaf:?}, which holds nothing"),
        }
    }
}

impl std::error::Error for WireError {}

impl FormRecord {
    /// The record of a form of the document at the path `document`.
    pub fn new(document: &str, format: Format, form: &Form) -> FormRecord {
        // Fields are evaluated in the order they are written in: that is the order of `sources`.
        let mut sources = Sources::default();
        let acc = &mut sources;
        FormRecord {
            document: document.to_owned(),
            format: format.name().to_owned(),
            ordinal: form.ordinal,
            kind: form.kind.name().to_owned(),
            title: acc.put("/title", &form.title),
            year: acc.put("/year", &form.year),
            project: acc.put("/project", &form.project),
            department: acc.put("/department", &form.department),
            unit: acc.put("/unit", &form.unit),
            funds_unit: acc.put("/funds_unit", &form.funds_unit),
            funds: form.funds.iter().enumerate().map(|(idx, it)| FundsRecord::new(acc, idx, it)).collect(),
            goal: GoalRecord {
                expected: acc.put("/goal/expected", &form.goal.expected),
                achieved: acc.put("/goal/achieved", &form.goal.achieved),
            },
            indicators: form
                .indicators
                .iter()
                .enumerate()
                .map(|(idx, it)| IndicatorRecord::new(acc, idx, it))
                .collect(),
            total: TotalRecord {
                weight: acc.put("/total/weight", &form.total.weight),
                score: acc.put("/total/score", &form.total.score),
            },
            grade: acc.put("/grade", &form.grade),
            points: form.points.iter().enumerate().map(|(idx, it)| PointsRecord::new(acc, idx, it)).collect(),
            notes: form.notes.iter().enumerate().map(|(idx, it)| acc.put_cell(format!("/notes/{idx}"), it)).collect(),
            texts: form
                .texts
                .iter()
                .enumerate()
                .map(|(idx, it)| TextRecord {
                    label: it.label.clone(),
                    text: it.text.as_ref().map(|cell| acc.put_cell(format!("/texts/{idx}/text"), cell)),
                })
                .collect(),
            deviation: acc.put("/deviation", &form.deviation),
            renderings: form.renderings,
            labels: pointer_texts(&form.printed.labels),
            columns: ColumnsRecord {
                funds: BlockRecord::new(&form.printed.funds, FundsField::key),
                indicators: BlockRecord::new(&form.printed.indicators, IndicatorField::key),
            },
            open: OpenRecord { head: form.printed.open_head, tail: form.printed.open_tail },
            repairs: form.repairs.iter().map(RepairRecord::new).collect(),
            alternatives: form.alternatives.iter().map(AlternativeRecord::new).collect(),
            sources,
        }
    }

    /// The path of the document, its format and the form.
    ///
    /// # Errors
    /// [`WireError`] if a key holds a name that the contract does not know, or `sources` a leaf that holds nothing.
    pub fn into_form(self) -> Result<(String, Format, Form), WireError> {
        let format = Format::from_name(&self.format).ok_or_else(|| unknown("format", &self.format))?;
        let kind = [FormKind::SelfEvaluation, FormKind::Target]
            .into_iter()
            .find(|it| it.name() == self.kind)
            .ok_or_else(|| unknown("kind", &self.kind))?;
        let mut places = Places(self.sources.0.into_iter().collect());
        let acc = &mut places;
        let funds = self.funds.into_iter().enumerate().map(|(idx, it)| it.into_line(acc, idx));
        let form = Form {
            ordinal: self.ordinal,
            kind,
            funds: funds.collect::<Result<_, _>>()?,
            title: acc.take("/title", self.title),
            year: acc.take("/year", self.year),
            project: acc.take("/project", self.project),
            department: acc.take("/department", self.department),
            unit: acc.take("/unit", self.unit),
            funds_unit: acc.take("/funds_unit", self.funds_unit),
            goal: Goal {
                expected: acc.take("/goal/expected", self.goal.expected),
                achieved: acc.take("/goal/achieved", self.goal.achieved),
            },
            indicators: self.indicators.into_iter().enumerate().map(|(idx, it)| it.into_row(acc, idx)).collect(),
            total: Total {
                weight: acc.take("/total/weight", self.total.weight),
                score: acc.take("/total/score", self.total.score),
            },
            grade: acc.take("/grade", self.grade),
            points: self.points.into_iter().enumerate().map(|(idx, it)| it.into_points(acc, idx)).collect(),
            notes: self
                .notes
                .into_iter()
                .enumerate()
                .map(|(i, it)| acc.take_cell(&format!("/notes/{i}"), it))
                .collect(),
            texts: self
                .texts
                .into_iter()
                .enumerate()
                .map(|(idx, it)| NamedText { label: it.label, text: acc.take(&format!("/texts/{idx}/text"), it.text) })
                .collect(),
            deviation: acc.take("/deviation", self.deviation),
            renderings: self.renderings,
            printed: Printed {
                labels: pointers(self.labels),
                funds: self.columns.funds.into_columns(FundsField::from_key)?,
                indicators: self.columns.indicators.into_columns(IndicatorField::from_key)?,
                open_head: self.open.head,
                open_tail: self.open.tail,
            },
            repairs: self.repairs.into_iter().map(RepairRecord::into_repair).collect(),
            alternatives: self.alternatives.into_iter().map(AlternativeRecord::into_alternative).collect(),
        };
        match places.0.into_keys().next() {
            Some(leaf) => Err(WireError::StraySource(leaf)),
            None => Ok((self.document, format, form)),
        }
    }
}

fn unknown(key: &'static str, name: &str) -> WireError {
    WireError::UnknownName { key, name: name.to_owned() }
}

fn pointer_texts(pointers: &[Pointer]) -> Vec<PointerText> {
    pointers.iter().copied().map(PointerText).collect()
}

fn pointers(texts: Vec<PointerText>) -> Vec<Pointer> {
    texts.into_iter().map(|it| it.0).collect()
}

impl Sources {
    fn put(&mut self, leaf: &str, cell: &Option<Cell>) -> Option<String> {
        cell.as_ref().map(|it| self.put_cell(leaf.to_owned(), it))
    }

    /// The text of a cell; its place is kept under `leaf`.
    fn put_cell(&mut self, leaf: String, cell: &Cell) -> String {
        let place = &cell.place;
        let owned = |text: &Option<Arc<str>>| text.as_deref().map(str::to_owned);
        let source = SourceRecord {
            page: place.page,
            line: place.line,
            column: place.column,
            sheet: owned(&place.sheet),
            cell: owned(&place.cell),
            bbox: place.bbox,
            part: owned(&place.part),
            raw: cell.raw.clone(),
        };
        if source != SourceRecord::default() {
            self.0.push((leaf, source));
        }
        cell.text.clone()
    }
}

/// Places that no leaf has claimed yet.
struct Places(BTreeMap<String, SourceRecord>);

impl Places {
    fn take(&mut self, leaf: &str, text: Option<String>) -> Option<Cell> {
        text.map(|it| self.take_cell(leaf, it))
    }

    fn take_cell(&mut self, leaf: &str, text: String) -> Cell {
        // A leaf without a source stands at no place: that is what an absent entry means.
        let source = self.0.remove(leaf).unwrap_or_default();
        let place = Place {
            page: source.page,
            line: source.line,
            column: source.column,
            sheet: source.sheet.map(Arc::from),
            cell: source.cell.map(Arc::from),
            bbox: source.bbox,
            part: source.part.map(Arc::from),
        };
        Cell { text, raw: source.raw, place }
    }
}

impl FundsRecord {
    fn new(acc: &mut Sources, idx: usize, line: &FundsLine) -> FundsRecord {
        let label = acc.put(&format!("/funds/{idx}/label"), &line.label);
        let group = acc.put(&format!("/funds/{idx}/group"), &line.group);
        let mut field = |key: &str, cell| acc.put(&format!("/funds/{idx}/{key}"), cell);
        FundsRecord {
            label,
            group,
            role: line.role.name().to_owned(),
            budget: field("budget", &line.budget),
            revised: field("revised", &line.revised),
            executed: field("executed", &line.executed),
            weight: field("weight", &line.weight),
            rate: field("rate", &line.rate),
            score: field("score", &line.score),
        }
    }

    fn into_line(self, acc: &mut Places, idx: usize) -> Result<FundsLine, WireError> {
        let role = FundsRole::from_name(&self.role).ok_or_else(|| unknown("role", &self.role))?;
        let mut field = |key: &str, text| acc.take(&format!("/funds/{idx}/{key}"), text);
        Ok(FundsLine {
            label: field("label", self.label),
            group: field("group", self.group),
            role,
            budget: field("budget", self.budget),
            revised: field("revised", self.revised),
            executed: field("executed", self.executed),
            weight: field("weight", self.weight),
            rate: field("rate", self.rate),
            score: field("score", self.score),
        })
    }
}

impl IndicatorRecord {
    fn new(acc: &mut Sources, idx: usize, row: &Indicator) -> IndicatorRecord {
        let mut field = |key: &str, cell| acc.put(&format!("/indicators/{idx}/{key}"), cell);
        IndicatorRecord {
            l1: field("l1", &row.l1),
            l1_weight: field("l1_weight", &row.l1_weight),
            l2: field("l2", &row.l2),
            l2_weight: field("l2_weight", &row.l2_weight),
            name: field("name", &row.name),
            target: field("target", &row.target),
            adjusted: field("adjusted", &row.adjusted),
            actual: field("actual", &row.actual),
            weight: field("weight", &row.weight),
            score: field("score", &row.score),
            method: field("method", &row.method),
            reason: field("reason", &row.reason),
        }
    }

    fn into_row(self, acc: &mut Places, idx: usize) -> Indicator {
        let mut field = |key: &str, text| acc.take(&format!("/indicators/{idx}/{key}"), text);
        Indicator {
            l1: field("l1", self.l1),
            l1_weight: field("l1_weight", self.l1_weight),
            l2: field("l2", self.l2),
            l2_weight: field("l2_weight", self.l2_weight),
            name: field("name", self.name),
            target: field("target", self.target),
            adjusted: field("adjusted", self.adjusted),
            actual: field("actual", self.actual),
            weight: field("weight", self.weight),
            score: field("score", self.score),
            method: field("method", self.method),
            reason: field("reason", self.reason),
        }
    }
}

impl PointsRecord {
    fn new(acc: &mut Sources, idx: usize, points: &Points) -> PointsRecord {
        PointsRecord {
            label: acc.put_cell(format!("/points/{idx}/label"), &points.label),
            value: acc.put(&format!("/points/{idx}/value"), &points.value),
            score: acc.put(&format!("/points/{idx}/score"), &points.score),
            rows: [points.rows.start, points.rows.end],
        }
    }

    fn into_points(self, acc: &mut Places, idx: usize) -> Points {
        let [start, end] = self.rows;
        Points {
            label: acc.take_cell(&format!("/points/{idx}/label"), self.label),
            value: acc.take(&format!("/points/{idx}/value"), self.value),
            score: acc.take(&format!("/points/{idx}/score"), self.score),
            rows: start..end,
        }
    }
}

impl BlockRecord {
    fn new<F: Copy>(columns: &Columns<F>, key: fn(F) -> &'static str) -> BlockRecord {
        BlockRecord {
            fields: columns.fields.iter().map(|it| key(*it).to_owned()).collect(),
            from: columns.from.name().to_owned(),
        }
    }

    fn into_columns<F>(self, from_key: fn(&str) -> Option<F>) -> Result<Columns<F>, WireError> {
        let from = ColumnsFrom::from_name(&self.from).ok_or_else(|| unknown("from", &self.from))?;
        let fields = self.fields.iter().map(|it| from_key(it).ok_or_else(|| unknown("fields", it)));
        Ok(Columns { fields: fields.collect::<Result<_, _>>()?, from })
    }
}

impl RepairRecord {
    fn new(repair: &Repair) -> RepairRecord {
        RepairRecord {
            code: repair.code.clone().into_owned(),
            at: pointer_texts(&repair.at),
            what: repair.what.en.clone(),
            evidence: repair.evidence.en.clone(),
            what_zh: repair.what.zh.clone(),
            evidence_zh: repair.evidence.zh.clone(),
        }
    }

    fn into_repair(self) -> Repair {
        let what = Bilingual { zh: self.what_zh, en: self.what };
        let evidence = Bilingual { zh: self.evidence_zh, en: self.evidence };
        Repair { code: self.code.into(), at: pointers(self.at), what, evidence }
    }
}

impl AlternativeRecord {
    fn new(alternative: &Alternative) -> AlternativeRecord {
        AlternativeRecord {
            at: pointer_texts(&alternative.at),
            values: alternative.values.clone(),
            cost: Cost(alternative.cost_centi),
            why: alternative.why.en.clone(),
            why_zh: alternative.why.zh.clone(),
        }
    }

    fn into_alternative(self) -> Alternative {
        let why = Bilingual { zh: self.why_zh, en: self.why };
        Alternative { at: pointers(self.at), values: self.values, cost_centi: self.cost.0, why }
    }
}

#[cfg(test)]
mod tests;
