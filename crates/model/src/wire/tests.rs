//! Forms survive JSON: any form that proptest can think of, and one that is pinned byte for byte.

use expect_test::expect;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;

fn text() -> impl Strategy<Value = String> {
    "[ -~\\n\\t\"\\\\一-龥〇%≥①]{0,6}"
}

fn cell() -> impl Strategy<Value = Cell> {
    let number = || option::of(any::<u32>());
    let name = || option::of(text().prop_map(Arc::<str>::from));
    let corner = || any::<f32>().prop_filter("a box is finite", |it| it.is_finite());
    let bbox = option::of([corner(), corner(), corner(), corner()]);
    let place = (number(), number(), number(), name(), name(), bbox, name());
    (text(), option::of(text()), place).prop_map(|(text, raw, (page, line, column, sheet, cell, bbox, part))| Cell {
        text,
        raw,
        place: Place { page, line, column, sheet, cell, bbox, part },
    })
}

fn leaf() -> impl Strategy<Value = Option<Cell>> {
    option::of(cell())
}

fn pointer() -> impl Strategy<Value = Pointer> {
    let funds = || proptest::sample::select(FundsField::ALL);
    let field = || proptest::sample::select(IndicatorField::ALL);
    prop_oneof![
        Just(Pointer::Form),
        Just(Pointer::Project),
        Just(Pointer::TotalScore),
        Just(Pointer::GoalAchieved),
        (0..99usize).prop_map(Pointer::Row),
        (0..99usize).prop_map(Pointer::PointsScore),
        (0..99usize).prop_map(Pointer::Text),
        field().prop_map(Pointer::Column),
        (0..99usize, funds()).prop_map(|(idx, it)| Pointer::Funds(idx, it)),
        (0..99usize, field()).prop_map(|(idx, it)| Pointer::Indicator(idx, it)),
    ]
}

fn funds_line() -> impl Strategy<Value = FundsLine> {
    let role = proptest::sample::select(&FundsRole::NAMES[..]).prop_map(|it| it.0);
    (role, vec(leaf(), FundsField::ALL.len()), leaf()).prop_map(|(role, cells, group)| {
        let mut line = FundsLine { role, group, ..FundsLine::default() };
        for (field, cell) in FundsField::ALL.iter().zip(cells) {
            *line.field_mut(*field) = cell;
        }
        line
    })
}

fn indicator() -> impl Strategy<Value = Indicator> {
    vec(leaf(), IndicatorField::ALL.len()).prop_map(|cells| {
        let mut row = Indicator::default();
        for (field, cell) in IndicatorField::ALL.iter().zip(cells) {
            *row.field_mut(*field) = cell;
        }
        row
    })
}

fn columns<F: Clone + fmt::Debug + 'static>(all: &'static [F]) -> impl Strategy<Value = Columns<F>> {
    let from = proptest::sample::select(&ColumnsFrom::NAMES[..]).prop_map(|it| it.0);
    (proptest::sample::subsequence(all, 0..=all.len()), from).prop_map(|(fields, from)| Columns { fields, from })
}

fn printed() -> impl Strategy<Value = Printed> {
    let blocks = (columns(FundsField::ALL), columns(IndicatorField::ALL));
    (vec(pointer(), 0..4), blocks, any::<(bool, bool)>()).prop_map(
        |(labels, (funds, indicators), (open_head, open_tail))| Printed {
            labels,
            funds,
            indicators,
            open_head,
            open_tail,
        },
    )
}

fn points() -> impl Strategy<Value = Points> {
    (cell(), leaf(), leaf(), any::<(usize, usize)>()).prop_map(|(label, value, score, (start, end))| Points {
        label,
        value,
        score,
        rows: start..end,
    })
}

fn bilingual() -> impl Strategy<Value = Bilingual> {
    (text(), text()).prop_map(|(zh, en)| Bilingual { zh, en })
}

fn repair() -> impl Strategy<Value = Repair> {
    ("R[0-9]{2}", vec(pointer(), 0..3), bilingual(), bilingual()).prop_map(|(code, at, what, evidence)| Repair {
        code: code.into(),
        at,
        what,
        evidence,
    })
}

fn alternative() -> impl Strategy<Value = Alternative> {
    (vec(pointer(), 0..3), vec(option::of(text()), 0..3), any::<u32>(), bilingual())
        .prop_map(|(at, values, cost_centi, why)| Alternative { at, values, cost_centi, why })
}

fn form() -> impl Strategy<Value = Form> {
    let head = (any::<usize>(), any::<bool>(), vec(leaf(), 12), any::<usize>());
    let blocks = (vec(funds_line(), 0..3), vec(indicator(), 0..3), vec(points(), 0..3));
    let named = (text(), leaf()).prop_map(|(label, text)| NamedText { label, text });
    let tail = (vec(cell(), 0..3), vec(named, 0..3), printed(), vec(repair(), 0..3), vec(alternative(), 0..3));
    (head, blocks, tail).prop_map(
        |(head, (funds, indicators, points), (notes, texts, printed, repairs, alternatives))| {
            let (ordinal, is_target, cells, renderings) = head;
            let mut cells = cells.into_iter();
            let mut next = || cells.next().expect("twelve are drawn");
            Form {
                ordinal,
                kind: if is_target { FormKind::Target } else { FormKind::SelfEvaluation },
                title: next(),
                year: next(),
                project: next(),
                department: next(),
                unit: next(),
                funds_unit: next(),
                goal: Goal { expected: next(), achieved: next() },
                total: Total { weight: next(), score: next() },
                grade: next(),
                deviation: next(),
                funds,
                indicators,
                points,
                notes,
                texts,
                renderings,
                printed,
                repairs,
                alternatives,
            }
        },
    )
}

proptest! {
    #[test]
    fn any_form_survives_json(form in form(), format in proptest::sample::select(&Format::ALL[..]), path in text()) {
        let json = serde_json::to_string(&FormRecord::new(&path, format, &form)).unwrap();
        let record: FormRecord = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(serde_json::to_string(&record).unwrap(), json);
        prop_assert_eq!(record.into_form(), Ok((path, format, form)));
    }
}

fn cell_at(text: &str, line: u32, column: u32) -> Option<Cell> {
    Some(Cell { text: text.to_owned(), raw: None, place: Place::in_text(line, column) })
}

fn drawn() -> Form {
    Form {
        ordinal: 1,
        year: cell_at("2020", 1, 5),
        project: cell_at("道路养护", 2, 2),
        funds: vec![FundsLine {
            label: cell_at("年度资金总额", 4, 1),
            role: FundsRole::Total,
            revised: cell_at("50", 4, 3),
            ..FundsLine::default()
        }],
        indicators: vec![Indicator {
            name: cell_at("养护里程", 9, 3),
            score: Some(Cell { raw: Some("8 ".to_owned()), ..cell_at("8", 9, 7).unwrap() }),
            ..Indicator::default()
        }],
        points: vec![Points {
            label: Cell::drawn("绩效指标"),
            value: Some(Cell::drawn("90")),
            score: None,
            rows: 0..1,
        }],
        renderings: 1,
        printed: Printed {
            labels: vec![Pointer::Project],
            funds: Columns { fields: vec![FundsField::Label, FundsField::Revised], from: ColumnsFrom::Header },
            indicators: Columns { fields: vec![IndicatorField::Name], from: ColumnsFrom::Content },
            open_head: false,
            open_tail: true,
        },
        alternatives: vec![Alternative {
            at: vec![Pointer::Indicator(0, IndicatorField::Score)],
            values: vec![None],
            cost_centi: 40,
            why: Bilingual::new("偏一列", "one column over"),
        }],
        ..Form::default()
    }
}

#[test]
fn keys_stand_in_the_order_of_the_contract() {
    let json = serde_json::to_string(&FormRecord::new("a.txt", Format::OcrText, &drawn())).unwrap();
    // One line a key of the form, so that a change shows where it is.
    let lines = json.replace(",\"", ",\n\"");
    expect![[r#"
        {"document":"a.txt",
        "format":"ocr_text",
        "ordinal":1,
        "kind":"self_evaluation",
        "title":null,
        "year":"2020",
        "project":"道路养护",
        "department":null,
        "unit":null,
        "funds_unit":null,
        "funds":[{"label":"年度资金总额",
        "group":null,
        "role":"total",
        "budget":null,
        "revised":"50",
        "executed":null,
        "weight":null,
        "rate":null,
        "score":null}],
        "goal":{"expected":null,
        "achieved":null},
        "indicators":[{"l1":null,
        "l1_weight":null,
        "l2":null,
        "l2_weight":null,
        "name":"养护里程",
        "target":null,
        "adjusted":null,
        "actual":null,
        "weight":null,
        "score":"8",
        "method":null,
        "reason":null}],
        "total":{"weight":null,
        "score":null},
        "grade":null,
        "points":[{"label":"绩效指标",
        "value":"90",
        "score":null,
        "rows":[0,1]}],
        "notes":[],
        "texts":[],
        "deviation":null,
        "renderings":1,
        "labels":["/project"],
        "columns":{"funds":{"fields":["label",
        "revised"],
        "from":"header"},
        "indicators":{"fields":["name"],
        "from":"content"}},
        "open":{"head":false,
        "tail":true},
        "repairs":[],
        "alternatives":[{"at":["/indicators/0/score"],
        "values":[null],
        "cost":0.4,
        "why":"one column over",
        "why_zh":"偏一列"}],
        "sources":{"/year":{"line":1,
        "column":5},
        "/project":{"line":2,
        "column":2},
        "/funds/0/label":{"line":4,
        "column":1},
        "/funds/0/revised":{"line":4,
        "column":3},
        "/indicators/0/name":{"line":9,
        "column":3},
        "/indicators/0/score":{"line":9,
        "column":7,
        "raw":"8 "}}}"#]]
    .assert_eq(&lines);
}

fn into_form(change: impl Fn(&mut FormRecord)) -> Result<(String, Format, Form), WireError> {
    let mut record = FormRecord::new("a.txt", Format::Csv, &drawn());
    change(&mut record);
    record.into_form()
}

#[test]
fn unknown_names_are_errors() {
    let error = |res: Result<(String, Format, Form), WireError>| res.unwrap_err().to_string();
    assert_eq!(error(into_form(|it| it.format = "pdf9".to_owned())), "format holds the unknown name \"pdf9\"");
    assert_eq!(error(into_form(|it| it.kind = "x".to_owned())), "kind holds the unknown name \"x\"");
    assert_eq!(error(into_form(|it| it.funds[0].role = "x".to_owned())), "role holds the unknown name \"x\"");
    assert_eq!(error(into_form(|it| it.columns.funds.from = "x".to_owned())), "from holds the unknown name \"x\"");
    let fields = |it: &mut FormRecord| it.columns.funds.fields.push("x".to_owned());
    assert_eq!(error(into_form(fields)), "fields holds the unknown name \"x\"");
    let stray = into_form(|it| it.project = None);
    assert_eq!(error(stray), "sources has a place for \"/project\", which holds nothing");
}

#[test]
fn costs_are_no_other_numbers() {
    for text in ["-1", "1e300", "\"1\""] {
        assert!(serde_json::from_str::<Cost>(text).is_err(), "{text}");
    }
    for (text, cost) in [("0", 0), ("0.4", 40), ("1", 100), ("42949672.95", u32::MAX)] {
        assert_eq!(serde_json::from_str::<Cost>(text).unwrap(), Cost(cost));
    }
}
