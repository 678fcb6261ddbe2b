//! Drawn documents by the thousand: which ones, and each with its bytes and its truth.
//!
//! In go a seed and what is asked for, out come documents. One number of one seed is one drawing, whatever damage and
//! rendering it then gets, so that figures of two kinds of damage are about the same forms.

mod options;

use anyhow::{Result, bail};
use gouji_generate::damage::{self, Bound, Kind};
use gouji_generate::draw::{self, Ask, Faults, Set};
use gouji_generate::{Drawing, Fault, Rng, render};
use serde_json::Value;

pub use options::Options;

/// A way to print a drawing that needs no other program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rendering {
    /// Rows with tabs between their cells.
    Text,
    /// Pipe tables.
    Markdown,
    /// A page of a site.
    Html,
    /// A page saved as text, every cell in lines of its own.
    Cells,
    /// A page saved as text, rows of padded pipes over several lines.
    Padded,
    /// A page saved as text, a table in one line with blanks between its cells.
    OneLine,
    /// A page saved as text, a table in one line with nothing between its cells.
    RunTogether,
}

impl Rendering {
    /// What is left of a page that is saved as text: measured where it is asked for, as much of the page is lost.
    pub const SAVED: [(Rendering, &'static str, &'static str); 4] = [
        (Rendering::Cells, "cells", "txt"),
        (Rendering::Padded, "padded", "txt"),
        (Rendering::OneLine, "one-line", "txt"),
        (Rendering::RunTogether, "run-together", "txt"),
    ];

    /// Every rendering that keeps the table, with its name and the extension of its files.
    pub const ALL: [(Rendering, &'static str, &'static str); 3] =
        [(Rendering::Text, "text", "txt"), (Rendering::Markdown, "markdown", "md"), (Rendering::Html, "html", "html")];

    /// All that there are.
    pub fn named() -> impl Iterator<Item = &'static (Rendering, &'static str, &'static str)> {
        Rendering::ALL.iter().chain(&Rendering::SAVED)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Rendering::named().find(|it| it.0 == self).map_or("", |it| it.1)
    }

    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        Rendering::named().find(|it| it.0 == self).map_or("", |it| it.2)
    }

    /// The file.
    pub fn print(self, drawing: &Drawing, rng: &mut Rng) -> String {
        match self {
            Rendering::Text => render::text(drawing),
            Rendering::Markdown => render::markdown(drawing, rng),
            Rendering::Html => render::html(drawing, rng),
            Rendering::Cells => render::saved::cells(drawing, rng),
            Rendering::Padded => render::saved::padded(drawing, rng),
            Rendering::OneLine => render::saved::one_line(drawing),
            Rendering::RunTogether => render::saved::run_together(drawing),
        }
    }
}

/// What is done to a drawing before it is printed.
#[derive(Clone, Copy, Debug)]
pub enum Damage {
    /// Nothing.
    None,
    /// This.
    Of(&'static Kind),
}

/// Damage by how much of it there is: the classes that figures are summed up by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// None.
    #[default]
    Undamaged,
    /// One kind.
    One,
    /// The mixture.
    Mixed,
}

impl Class {
    /// Every class.
    pub const ALL: [Class; 3] = [Class::Undamaged, Class::One, Class::Mixed];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Class::Undamaged => "undamaged",
            Class::One => "one kind",
            Class::Mixed => "mixed",
        }
    }
}

impl Damage {
    /// No damage, then every kind.
    pub fn all() -> Vec<Damage> {
        std::iter::once(Damage::None).chain(damage::KINDS.iter().map(Damage::Of)).collect()
    }

    /// The damage of this name.
    ///
    /// # Errors
    /// If there is none, with those that there are.
    pub fn named(name: &str) -> Result<Damage> {
        let all = Damage::all();
        let Some(found) = all.iter().find(|it| it.name() == name) else {
            let names: Vec<&str> = all.iter().map(|it| it.name()).collect();
            bail!("no damage is called {name}; there are {}", names.join(", "));
        };
        Ok(*found)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Damage::None => "none",
            Damage::Of(kind) => kind.name,
        }
    }

    /// Its class.
    pub fn class(self) -> Class {
        match self {
            Damage::None => Class::Undamaged,
            Damage::Of(Kind { bound: Bound::Mixed, .. }) => Class::Mixed,
            Damage::Of(_) => Class::One,
        }
    }
}

/// Which faults are planted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    /// The same in every document.
    Every(Faults),
    /// None in half of the documents, one in a quarter, some in a quarter.
    Varied,
}

/// Which documents are drawn.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Whether they are to be tuned on or measured on.
    pub set: Set,
    /// What they are drawn from.
    pub seed: u64,
    /// Their layouts; all if empty.
    pub layouts: Vec<String>,
    /// Their damage.
    pub damages: Vec<Damage>,
    /// Their renderings.
    pub renderings: Vec<Rendering>,
    /// Their faults.
    pub planted: Planted,
}

/// What figures are told apart by.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Case {
    /// The class of the damage.
    pub class: Class,
    /// The kind of damage.
    pub damage: &'static str,
    /// The rendering.
    pub rendering: &'static str,
    /// The layout.
    pub layout: String,
    /// Whether the document prints a label of the withheld tenth.
    pub is_withheld: bool,
}

/// A document with its truth.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Name of its file.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// What it is.
    pub case: Case,
    /// Its forms, under the keys of the bundled truth.
    pub truth: Vec<Value>,
    /// The faults that are to be found in it.
    pub faults: Vec<Fault>,
    /// Faults that its damage may have hidden.
    pub doubtful: Vec<Fault>,
}

/// Name of a set.
pub fn set_name(set: Set) -> &'static str {
    match set {
        Set::Development => "development",
        Set::Test => "test",
    }
}

/// A stream of numbers for one purpose of one document.
fn stream(seed: u64, idx: u64, purpose: u64) -> Rng {
    // Through the generator at every step: neighboring numbers give streams that have nothing in common.
    let of_document = Rng::new(Rng::new(seed).draw() ^ idx).draw();
    Rng::new(Rng::new(of_document).draw() ^ purpose)
}

/// Purposes of the numbers of a document.
const DRAWING: u64 = 0;
/// See [`DRAWING`].
const DAMAGE: u64 = 1;
/// See [`DRAWING`].
const RENDERING: u64 = 2;

/// Draws and damages a document; `None` if it has no place for this kind of damage.
pub fn drawing(choice: &Choice, damage: Damage, idx: usize) -> Option<Drawing> {
    let number = u64::try_from(idx).expect("no more documents than numbers");
    let mut numbers = stream(choice.seed, number, DRAWING);
    let layout = choice.layouts.get(numbers.below(choice.layouts.len())).map(String::as_str);
    let faults = match choice.planted {
        Planted::Every(faults) => faults,
        Planted::Varied => [Faults::None, Faults::One, Faults::None, Faults::Some][idx % 4],
    };
    let mut drawing = draw::draw(numbers.draw(), choice.set, &Ask { layout, faults, rows: None });
    match damage {
        Damage::None => Some(drawing),
        Damage::Of(kind) => {
            damage::apply(&mut drawing, kind, &mut stream(choice.seed, number, DAMAGE)).then_some(drawing)
        }
    }
}

/// The drawing in a rendering.
pub fn document(choice: &Choice, drawing: &Drawing, damage: Damage, rendering: Rendering, idx: usize) -> Document {
    let number = u64::try_from(idx).expect("no more documents than numbers");
    let text = rendering.print(drawing, &mut stream(choice.seed, number, RENDERING));
    let value = |it| serde_json::to_value(it).expect("a truth is made of texts, lists and objects");
    Document {
        name: format!("{}.{}", stem(choice, damage, idx), rendering.extension()),
        bytes: text.into_bytes(),
        case: Case {
            class: damage.class(),
            damage: damage.name(),
            rendering: rendering.name(),
            layout: drawing.layout.clone(),
            is_withheld: drawing.withheld,
        },
        truth: drawing.truth.iter().map(value).collect(),
        faults: drawing.faults.clone(),
        doubtful: drawing.doubtful.clone(),
    }
}

/// Name of a document without its extension.
pub fn stem(choice: &Choice, damage: Damage, idx: usize) -> String {
    format!("{}-{}-{idx:06}-{}", set_name(choice.set), choice.seed, damage.name().replace(' ', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(set: Set) -> Choice {
        Choice {
            set,
            seed: 1,
            layouts: Vec::new(),
            damages: Damage::all(),
            renderings: Rendering::ALL.iter().map(|it| it.0).collect(),
            planted: Planted::Varied,
        }
    }

    #[test]
    fn one_number_is_one_document() {
        let choice = choice(Set::Development);
        let text = |damage, rendering, idx| {
            let drawing = drawing(&choice, damage, idx)?;
            Some(document(&choice, &drawing, damage, rendering, idx).bytes)
        };
        for damage in Damage::all() {
            for (rendering, ..) in Rendering::ALL {
                assert_eq!(text(damage, rendering, 3), text(damage, rendering, 3));
            }
        }
        let texts: std::collections::BTreeSet<_> = (0..50).map(|it| text(Damage::None, Rendering::Text, it)).collect();
        assert_eq!(texts.len(), 50);
    }

    #[test]
    fn only_the_test_set_has_withheld_labels() {
        let n_withheld = |set| {
            let choice = choice(set);
            (0..100).filter_map(|it| drawing(&choice, Damage::None, it)).filter(|it| it.withheld).count()
        };
        assert_eq!(n_withheld(Set::Development), 0);
        assert!(0 < n_withheld(Set::Test));
    }
}
