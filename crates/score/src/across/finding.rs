//! How a finding over documents is put together: its members in order, its entry in the rule book, its fingerprint.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use gouji_model::{AcrossFinding, Bilingual, Level, Member, Place, Pointer};
use sha2::{Digest as _, Sha256};

use crate::across::forms::{Forms, Kept};
use crate::check::Grade;
use crate::{registry, show};

/// Members that a message names.
const NAMED: usize = 3;

/// A form that takes part.
#[derive(Clone, Debug)]
pub(crate) struct Part<'f> {
    pub(crate) form: &'f Kept,
    pub(crate) at: Vec<Pointer>,
    pub(crate) stated: Vec<String>,
    /// Line of the first cell; 0 for that of the form.
    pub(crate) line: u32,
}

impl<'f> Part<'f> {
    /// A form with one cell, or a column, whose text is not kept.
    pub(crate) fn at(form: &'f Kept, at: Pointer) -> Part<'f> {
        Part { form, at: vec![at], stated: Vec::new(), line: 0 }
    }
}

/// A finding without its order, severity and fingerprint.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) code: &'static str,
    pub(crate) grade: Grade,
    members: Vec<Member>,
    message: Bilingual,
    /// What the fingerprint is over besides code and owners: cells by what they are called, texts by their hash.
    about: String,
    owners: String,
}

impl Found {
    /// A finding over these forms.
    pub(crate) fn new(
        forms: &Forms,
        code: &'static str,
        grade: Grade,
        mut parts: Vec<Part<'_>>,
        about: String,
        message: Bilingual,
    ) -> Found {
        parts.sort_by(|left, right| forms.order(left.form, right.form).then_with(|| left.at.cmp(&right.at)));
        let owners: BTreeSet<String> = parts.iter().map(|it| owner(forms, it.form)).collect();
        let owners = owners.into_iter().collect::<Vec<_>>().join("\u{1E}");
        let members = parts.into_iter().map(|it| member(forms, it)).collect();
        Found { code, grade, members, message, about, owners }
    }

    /// The finding as it is handed on.
    pub(crate) fn finish(self, severities: &BTreeMap<String, Level>) -> AcrossFinding {
        let Found { code, grade, members, message, about, owners } = self;
        let (class, confidence) = grade.split();
        let own = registry().iter().map(|it| it.meta()).find(|it| it.code == code).map(|it| it.severity);
        let severity = severities.get(code).copied().or(own).unwrap_or(Level::Medium);
        let hash = Sha256::digest(format!("across\u{1F}{code}\u{1F}{owners}\u{1F}{about}").as_bytes());
        let fingerprint = hash.iter().take(8).fold(String::with_capacity(16), |mut acc, byte| {
            let _ = write!(acc, "{byte:02x}"); // A String takes whatever is written to it.
            acc
        });
        AcrossFinding { code, members, class, confidence, severity, message, fingerprint }
    }
}

/// Year, project and unit; the document and the ordinal for a form that prints none of them.
fn owner(forms: &Forms, form: &Kept) -> String {
    if form.year == 0 && form.project == 0 && form.unit == 0 {
        let identity = forms.identity(form);
        return format!("{identity:032x}\u{1F}{}", form.ordinal);
    }
    format!("{}\u{1F}{}\u{1F}{}", form.year, forms.name(form.project), forms.name(form.unit))
}

fn member(forms: &Forms, part: Part<'_>) -> Member {
    let Part { form, at, stated, line } = part;
    let some = |number: u32| (number != 0).then_some(number);
    Member {
        path: forms.path(form).to_owned(),
        ordinal: usize::try_from(form.ordinal).unwrap_or(usize::MAX),
        project: (form.project != 0).then(|| forms.name(form.project).to_owned()),
        at,
        stated,
        place: Place {
            page: some(form.page),
            line: some(if line == 0 { form.line } else { line }),
            ..Place::default()
        },
    }
}

/// A form in a message: `a.txt 第 2 表`, `form 2 of a.txt`.
pub(crate) fn place(forms: &Forms, form: &Kept) -> Bilingual {
    let path = forms.path(form);
    Bilingual::new(format!("{path} 第 {} 表", form.ordinal), format!("form {} of {path}", form.ordinal))
}

/// The project of a form in a message.
pub(crate) fn project(forms: &Forms, form: &Kept) -> Bilingual {
    match forms.name(form.project) {
        "" => Bilingual::new("（无项目名称）", "(no project name)"),
        name => Bilingual::new(format!("“{}”", show::shortened(name)), format!("“{}”", show::shortened(name))),
    }
}

/// Forms in a message, the first few by project and year.
pub(crate) fn listed(forms: &Forms, parts: &[&Kept]) -> Bilingual {
    let mut shown: Vec<Bilingual> = Vec::new();
    for form in parts {
        let name = project(forms, form);
        let dated = match form.year {
            0 => name,
            year => Bilingual::new(format!("{}（{year}年）", name.zh), format!("{} ({year})", name.en)),
        };
        if !shown.contains(&dated) {
            shown.push(dated);
        }
    }
    let n_more = shown.len().saturating_sub(NAMED);
    shown.truncate(NAMED);
    let join = |pick: fn(&Bilingual) -> &str, by: &str| shown.iter().map(pick).collect::<Vec<_>>().join(by);
    let (zh, en) = (join(|it| &it.zh, "、"), join(|it| &it.en, ", "));
    match n_more {
        0 => Bilingual::new(zh, en),
        _ => Bilingual::new(format!("{zh}等"), format!("{en} and {n_more} more")),
    }
}
