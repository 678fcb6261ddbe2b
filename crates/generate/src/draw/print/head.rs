//! Title, year and head of a form.

use gouji_model::Pointer;

use super::{Press, some};
use crate::draw::figures::{between, one, pick};
use crate::draw::layout::TotalPlace;
use crate::draw::words::words;
use crate::drawing::{Cell, Content, Line, LineRole, RowKind};

/// Fields that heads of long target forms have: a label and what may stand there.
const FURTHER: [(&str, &[&str]); 10] = [
    ("项目类型", &["一次性项目", "经常性项目", "延续性项目"]),
    ("项目起止时间", &["当年", "三年", "长期"]),
    ("项目负责人", &["张伟", "李娜", "王建国"]),
    ("联系人", &["马晓东", "赵敏"]),
    ("立项依据", &["上级文件", "部门职责", "政府会议决定"]),
    ("资金用途", &["业务开展", "基础设施建设", "设备购置"]),
    ("项目概况", &["按年度计划实施", "延续上年工作"]),
    ("项目性质", &["新增", "延续"]),
    ("资金类别", &["专项资金", "部门经费"]),
    ("是否公开", &["是", "否"]),
];

impl Press<'_> {
    fn above(&mut self, text: String, role: LineRole, leaf: Option<Pointer>) {
        let field = leaf.and_then(|it| self.field(it));
        self.above.push(Line { text, role, field });
    }

    pub(super) fn title(&mut self) {
        let sheet = self.sheet;
        let year = sheet.year;
        for text in &sheet.layout.before {
            self.above(text.clone(), LineRole::Part, None);
        }
        if sheet.layout.no_title {
            // Deadlines tell the year, too.
            self.truth.accept.insert("year", vec![Some(year.to_string())]);
        } else {
            self.truth.year = Some(year.to_string());
            match self.rng.below(20) {
                0..13 => {
                    self.above(sheet.title.clone(), LineRole::Title, None);
                    let text = match self.rng.below(5) {
                        0 => format!("({year}年)"),
                        1 => format!("{year}年度"),
                        2 => format!("({year} 年度)"),
                        _ => format!("({year}年度)"),
                    };
                    self.above(text, LineRole::Title, Some(Pointer::Year));
                }
                13..18 => self.above(format!("{year}年度{}", sheet.title), LineRole::Title, Some(Pointer::Year)),
                _ => self.above(format!("{year}年{}", sheet.title), LineRole::Title, Some(Pointer::Year)),
            }
        }
        if sheet.is_evaluation() && self.rng.percent(15) {
            let day = self.day();
            self.above(format!("填报日期:{}年{day}", year + 1), LineRole::Part, None);
        }
        if sheet.layout.unit_line {
            let text = *pick(self.rng, &["单位:万元", "金额单位:万元", "单位: 万元"]);
            self.above(text.to_owned(), LineRole::Part, Some(Pointer::FundsUnit));
            self.truth.funds_unit = Some("万元".to_owned());
        }
    }

    pub(super) fn head(&mut self) {
        let sheet = self.sheet;
        let fields = [
            (self.label("head.project"), sheet.project.clone(), Pointer::Project),
            (self.label("head.department"), sheet.department.clone(), Pointer::Department),
            (self.label("head.unit"), sheet.unit.clone(), Pointer::Unit),
        ];
        if sheet.layout.head_lines {
            let is_joined = self.rng.chance(2);
            let [project, rest @ ..] = fields;
            self.above(format!("{}:{}", project.0, project.1), LineRole::Part, Some(project.2));
            if is_joined {
                let text = rest.map(|it| format!("{}:{}", it.0, it.1)).join("    ");
                self.above(text, LineRole::Part, Some(Pointer::Department));
            } else {
                for (label, text, leaf) in rest {
                    self.above(format!("{label}:{text}"), LineRole::Part, Some(leaf));
                }
            }
            return;
        }
        let has_total = matches!(
            sheet.layout.total,
            TotalPlace::Head | TotalPlace::HeadRow | TotalPlace::HeadPair | TotalPlace::HeadLine
        );
        let place = match sheet.layout.total {
            TotalPlace::Head => {
                *pick(self.rng, &[TotalPlace::HeadRow, TotalPlace::HeadRow, TotalPlace::HeadPair, TotalPlace::HeadLine])
            }
            other => other,
        };
        let [project, department, unit] = fields;
        let total = has_total.then(|| self.total_in_head(place)).flatten();
        let mut cells = vec![Cell::label(&*project.0), self.value(&project.1, project.2)];
        if let (TotalPlace::HeadPair, Some((label, value))) = (place, &total) {
            cells.extend([Cell::label(label.as_str()), value.clone()]);
        }
        self.spread(RowKind::Head, cells);
        let total_row =
            total.filter(|_| place == TotalPlace::HeadRow).map(|(label, value)| vec![Cell::label(label), value]);
        let is_early = self.rng.chance(2);
        if let (true, Some(cells)) = (is_early, &total_row) {
            self.spread(RowKind::Head, cells.clone());
        }
        let pair = |it: &(String, String, Pointer)| (Cell::label(&*it.0), it.1.clone(), it.2);
        let (department, unit) = (pair(&department), pair(&unit));
        let values = [self.value(&department.1, department.2), self.value(&unit.1, unit.2)];
        let [first, second] = values;
        if 4 <= self.columns {
            self.spread(RowKind::Head, vec![department.0, first, unit.0, second]);
        } else {
            self.spread(RowKind::Head, vec![department.0, first]);
            self.spread(RowKind::Head, vec![unit.0, second]);
        }
        if let (false, Some(cells)) = (is_early, total_row) {
            self.spread(RowKind::Head, cells);
        }
        self.further();
    }

    /// The total in the head: its label and cell, unless it is a line above.
    fn total_in_head(&mut self, place: TotalPlace) -> Option<(String, Cell)> {
        let label = self.label("head.total");
        let text = self.sheet.total_score.clone();
        self.truth.total_score = some(&text);
        let unit = if self.rng.chance(4) { "分" } else { "" };
        if !unit.is_empty() {
            self.truth.accept.insert("total_score", vec![Some(format!("{text}分"))]);
        }
        if place == TotalPlace::HeadLine {
            self.above(format!("{label}:{text}{unit}"), LineRole::Part, Some(Pointer::TotalScore));
            return None;
        }
        let cell = self.value(&format!("{text}{unit}"), Pointer::TotalScore);
        Some((label, cell))
    }

    /// Fields that are read past.
    fn further(&mut self) {
        let layout = self.sheet.layout;
        let other = |text: &str| Cell::plain(text, Content::Other);
        if 4 <= self.columns && self.rng.percent(25) && layout.head_fields == 0 {
            let phone = format!("0{}-{}", between(self.rng, 900, 999), between(self.rng, 2_000_000, 8_999_999));
            let person = pick(self.rng, &words().phrases.persons).clone();
            let cells = vec![Cell::label("项目负责人"), other(&person), Cell::label("联系电话"), other(&phone)];
            self.spread(RowKind::Head, cells);
        }
        if !layout.goals.is_empty() {
            let kinds = "1、部门预算项目☑ 2、市直专项□ 3、市对下转移支付项目□";
            self.spread(RowKind::Head, vec![Cell::label("项目类别"), other(kinds)]);
            if self.rng.percent(70) {
                let kinds = "1、持续性项目□ 2、新增性项目☑";
                self.spread(RowKind::Head, vec![Cell::label("项目属性"), other(kinds)]);
            }
        } else if self.rng.percent(12) {
            let kind = *pick(self.rng, &["一次性项目", "经常性项目□ 一次性项目☑", "延续性项目"]);
            self.spread(RowKind::Head, vec![Cell::label("项目属性"), other(kind)]);
        }
        let fields: Vec<_> = FURTHER.iter().take(layout.head_fields).collect();
        for pair in fields.chunks(2) {
            let cells: Vec<Cell> = pair.iter().flat_map(|it| [Cell::label(it.0), other(one(self.rng, it.1))]).collect();
            self.spread(RowKind::Head, cells);
        }
    }
}
