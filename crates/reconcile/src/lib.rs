//! Rebuilds forms from the damaged grids of a document, with a record of every repair.
//!
//! In: a [`Document`]. Out: its [`Form`]s, each leaf with the characters that were read and their place, the repairs that
//! put it where it is, and every other reading that layout could not exclude.
//!
//! The stages, each of which knows only the one before:
//! `token` (cells and what they look like), `spans` (texts that a converter prints in every cell they covered), `heads`
//! (headers that are broken or run together), `order` (cells as they were drawn), `pages` (rows that a page cut),
//! `segment` (regions, one a printed form), `draft` (blocks of a region),
//! `header` and `funds` (columns), `rows` through `align` (cells to columns, k best), `placement` (rows of one header
//! together), `repeats` and `sections` (what is printed twice, which label holds), `solve` (one reading of the whole
//! form), `build` (the form), `rendering` (forms printed as running text or twice), `stored`
//! (decimals that a sheet holds and does not print).
//!
//! Architecture invariants: no input or output; never fails; no rule of scoring; no word of any one form in code or data;
//! a sum may choose between readings, never create one.

mod additions;
mod align;
mod build;
mod cell_lines;
mod centred;
mod columns;
mod cores;
mod cuts;
mod draft;
mod fits;
mod funds;
mod funds_fused;
mod fused;
mod hash;
mod header;
mod heads;
mod leftover;
mod lexicon;
mod order;
mod pages;
mod placement;
mod rendering;
mod repairs;
mod repeats;
mod rows;
mod run_together;
mod sections;
mod segment;
mod solve;
mod spans;
mod stored;
mod text;
mod token;
mod unparted;

use std::rc::Rc;

use gouji_model::{ColumnsFrom, Document, Form};

pub use repairs::RepairMeta;

use draft::Draft;
use funds::FundsHeader;
use header::Header;
use lexicon::Lexicon;
use rows::KnownLooks;
use token::Line;

/// Rebuilds the forms of documents; made once, used for many, from any number of threads.
#[derive(Debug)]
pub struct Reconciler {
    lexicon: Lexicon,
}

/// What a document holds.
#[derive(Debug, Default, PartialEq)]
pub struct Rebuilt {
    /// Its forms, in order of appearance.
    pub forms: Vec<Form>,
    /// Why there is none.
    pub formless: Option<&'static str>,
}

/// Every repair that the reconciler can make, by code.
pub fn repairs() -> &'static [RepairMeta] {
    &repairs::REPAIRS
}

/// The keys that additions to the labels may have, dotted (`funds.line.total`); `*` stands for a key of the user's.
pub fn label_keys() -> Vec<String> {
    additions::keys()
}

impl Default for Reconciler {
    fn default() -> Self {
        Reconciler::new()
    }
}

impl Reconciler {
    /// A reconciler with the lexicon that ships with the program.
    pub fn new() -> Reconciler {
        Reconciler { lexicon: Lexicon::embedded() }
    }

    /// A reconciler that knows more labels: `extra` is TOML in the shape of `lexicon.toml`, with additions only.
    ///
    /// # Errors
    /// If `extra` is no TOML, or holds what the lexicon has no place for; the text names it.
    pub fn with_labels(extra: &str) -> Result<Reconciler, String> {
        Ok(Reconciler { lexicon: Lexicon::with(extra)? })
    }

    /// The forms of a document.
    pub fn rebuild(&self, document: &Document) -> Rebuilt {
        let mut lines = token::lines(document, &self.lexicon);
        cell_lines::part_whole_tables(&mut lines, &self.lexicon);
        unparted::part(&mut lines, &self.lexicon);
        pages::drop_site_marks(&mut lines, &self.lexicon);
        pages::join_cut_labels(&mut lines, &self.lexicon);
        spans::drop_copies(&mut lines);
        heads::mend(&mut lines, &self.lexicon);
        order::restore(&mut lines, &self.lexicon);
        pages::join_cut_rows(&mut lines);
        let regions = segment::regions(&lines, &self.lexicon);
        if regions.is_empty() {
            return Rebuilt { forms: Vec::new(), formless: Some("no title or label of the lexicon") };
        }
        // Regions that hold no grid are put together from running text; the lines of the others are read as they are.
        let assembled: Vec<Option<(Vec<Line<'_>>, bool)>> = regions
            .iter()
            .map(|region| {
                let own = lines.get(region.lines.clone()).unwrap_or(&[]);
                // A table that was run together is parted already.
                let is_parted = own.iter().any(|it| it.origin == token::Origin::Words);
                (!is_parted && segment::is_running_text(own)).then(|| {
                    let cells = cell_lines::put_together(own, &self.lexicon).map(|it| (it, true));
                    cells.unwrap_or_else(|| (rendering::put_together(own, &self.lexicon), false))
                })
            })
            .collect();
        let is_text: Vec<bool> = assembled.iter().map(Option::is_some).collect();
        let regions_lines: Vec<&[Line<'_>]> = regions
            .iter()
            .zip(&assembled)
            .map(|(region, assembled)| match assembled {
                Some((lines, _)) => lines.as_slice(),
                None => lines.get(region.lines.clone()).unwrap_or(&[]),
            })
            .collect();
        let mut drafts: Vec<Draft<'_>> = Vec::new();
        for ((region, lines), assembled) in regions.iter().zip(&regions_lines).zip(&assembled) {
            let mut draft = draft::draft(lines, region, &self.lexicon, None);
            match assembled {
                Some((_, false)) => draft.log.put_together(region.lines.len()),
                Some((_, true)) => draft.log.table_told(lines.len()),
                None if lines.iter().any(|it| it.origin == token::Origin::Words) => draft.log.table_told(lines.len()),
                None => {}
            }
            drafts.push(draft);
        }
        self.take_siblings_heads(&regions, &regions_lines, &mut drafts);

        let headers: Vec<Option<Rc<Header>>> = drafts.iter().map(|it| it.header.clone()).collect();
        let has_labels = drafts.iter().any(|it| it.has_labels);
        let mut forms: Vec<(Form, bool)> = Vec::new();
        let mut known = KnownLooks::default();
        for (idx, draft) in drafts.into_iter().enumerate() {
            let sibling = nearest(&headers, idx, |it| it.as_ref().filter(|it| it.has_columns));
            let Some(form) = build::build(draft, &self.lexicon, sibling, &mut known) else { continue };
            let running = is_text.get(idx).copied().unwrap_or(false);
            let twin = forms.iter_mut().find(|it| {
                rendering::is_rendering_of(&it.0, it.1, &form, running) || rendering::is_copy_of(&it.0, &form)
            });
            match twin {
                Some((twin, twin_is_text)) if *twin_is_text && !running => {
                    let text = std::mem::replace(twin, form);
                    rendering::merge(twin, text);
                    *twin_is_text = false;
                }
                Some((twin, _)) => rendering::merge(twin, form),
                None => forms.push((form, running)),
            }
        }
        let mut forms: Vec<Form> = forms.into_iter().map(|it| it.0).collect();
        let stored = stored::Stored::of(document);
        for (form, ordinal) in forms.iter_mut().zip(1..) {
            form.ordinal = ordinal;
            stored.add_to(form);
        }
        let formless = forms.is_empty().then_some(if has_labels {
            "labels but no indicator row"
        } else {
            "no title or label of the lexicon"
        });
        Rebuilt { forms, formless }
    }

    /// Reads the funds blocks that lost their header again, with the header of the nearest sibling.
    fn take_siblings_heads<'d>(
        &'d self,
        regions: &[segment::Region],
        lines: &[&'d [Line<'d>]],
        drafts: &mut [Draft<'d>],
    ) {
        let heads: Vec<Option<FundsHeader>> =
            drafts.iter().map(|it| it.funds.header.clone().filter(|_| it.funds.from == ColumnsFrom::Header)).collect();
        for (idx, draft) in drafts.iter_mut().enumerate() {
            let lacks_head = matches!(draft.funds.from, ColumnsFrom::Content | ColumnsFrom::Siblings);
            if !lacks_head {
                continue;
            }
            if let (Some(sibling), Some(region), Some(lines)) =
                (nearest(&heads, idx, Option::as_ref), regions.get(idx), lines.get(idx))
            {
                *draft = draft::draft(lines, region, &self.lexicon, Some(sibling));
            }
        }
    }
}

/// What the nearest other entry has, those before first.
fn nearest<T, U>(of: &[T], idx: usize, pick: impl Fn(&T) -> Option<&U>) -> Option<&U> {
    let (before, after) = of.split_at(idx.min(of.len()));
    before.iter().rev().find_map(&pick).or_else(|| after.iter().skip(1).find_map(&pick))
}
