//! One page as it is painted: characters with their boxes, rulings, pictures.
//!
//! In goes a page of a PDF, out comes a [`Page`] in points from the top left corner of what a reader sees, rotation and
//! crop box applied. Nothing is put together here: words and tables come later.

use std::collections::BTreeMap;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{BezPath, PathEl, Point, Rect, Shape, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};

use hayro_syntax::object::{Array, Dict, Name};

use unicode_normalization::UnicodeNormalization as _;

use crate::encodings::{Doubt, Encodings};
use crate::radicals::folded;
use crate::rulings::Rulings;
use crate::turn::Turn;
use crate::visible::{Layers, is_white};

/// Units of a glyph's own space to the em, as PDF has them.
const UNITS_PER_EM: f64 = 1000.0;
/// Two characters with the same code nearer than this are one that is painted twice, points: bold by fill and stroke,
/// or by a second printing a hair beside the first.
const TWICE: f64 = 0.6;
/// A character whose middle is this near to what the page shows is shown, points: the size of a hair line.
const SHOWN: f64 = 1.0;
/// How far inside of what the page shows a character that is cut counts as standing, points: more than half of the line
/// around its cell.
const MARGIN: f64 = 2.0;
/// Letters that printers join: they are what they are made of, and no Chinese characters.
const LIGATURES: std::ops::RangeInclusive<char> = '\u{FB00}'..='\u{FB06}';
/// How many characters, and how many pieces of lines, a page may have: a full newspaper page has 20,000.
const MOST_MARKS: usize = 400_000;

/// A character on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Char {
    /// What it says; U+FFFD where the font does not tell.
    pub text: Text,
    /// Where its baseline begins.
    pub origin: Point,
    /// From the origin to where the next one would begin.
    pub advance: Vec2,
    /// Height of the em, points.
    pub size: f64,
    /// In which run of characters it was painted.
    pub run: u32,
    /// Its middle; where the page does not show that, the nearest place that it shows: text that is too long for its
    /// cell is cut to the cell, and text of a cell that goes on over the page is cut to the page.
    pub anchor: Point,
    /// Whether it lies outside what the page shows at that place.
    pub is_clipped: bool,
    /// Whether a reader does not see it: it is there for searching only, white on white, or painted over.
    pub is_invisible: bool,
    /// How many of the opaque areas of the page were painted before it.
    pub(crate) n_below: usize,
}

/// The characters of one glyph; a ligature has several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// One.
    One(char),
    /// Several.
    Many(Box<str>),
}

impl Text {
    /// Appends it.
    pub fn push_to(&self, acc: &mut String) {
        match self {
            Text::One(it) => acc.push(*it),
            Text::Many(it) => acc.push_str(it),
        }
    }

    /// Whether it is a blank.
    pub fn is_blank(&self) -> bool {
        match self {
            Text::One(it) => it.is_whitespace(),
            Text::Many(it) => it.trim().is_empty(),
        }
    }
}

impl Char {
    /// The middle of its box (but see `anchor`): half the advance along, a third of the em above the baseline.
    pub fn middle(&self) -> Point {
        let along = self.advance.normalize();
        // Up is a quarter turn against the clock from where the text runs; y grows downward.
        let up = Vec2::new(along.y, -along.x);
        self.origin + self.advance * 0.5 + up * (self.size * 0.35)
    }

    /// The box of the em: a fifth below the baseline, four fifths above.
    pub fn frame(&self) -> Rect {
        let along = self.advance.normalize();
        let up = Vec2::new(along.y, -along.x);
        let (low, high) = (self.origin - up * (self.size * 0.2), self.origin + self.advance + up * (self.size * 0.8));
        Rect::from_points(low, high)
    }
}

/// What is painted on a page, turned so that most of its text runs to the right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Width when turned, points.
    pub width: f64,
    /// Height when turned, points.
    pub height: f64,
    /// In which direction most of its text runs as seen.
    pub turn: Turn,
    /// In the order of painting.
    pub chars: Vec<Char>,
    /// Snapped and joined.
    pub rulings: Rulings,
    /// Boxes of pictures.
    pub pictures: Vec<Rect>,
    /// How many fills are bounded by curves: text that is painted as outlines has one or more a character.
    pub n_outlines: usize,
    /// Whether there was more than a page may have.
    pub is_cut: bool,
    /// Whether a font on it cannot be read at all: its text is lost, or other text stands in its place.
    pub is_lossy: bool,
}

/// Reads a page.
pub(crate) fn read<'a>(
    page: &hayro_syntax::page::Page<'a>,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
) -> Page {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let frame = Rect::new(0.0, 0.0, width, height);
    let mut context =
        Context::new(page.initial_transform(true).to_kurbo(), frame, cache, page.xref(), settings.clone());
    let mut painter = Painter {
        page: Page { width, height, ..Page::default() },
        clips: vec![frame],
        encodings: Encodings::of(page),
        seen: BTreeMap::new(),
        layers: Layers::default(),
        n_runs: 0,
        n_lines: 0,
    };
    interpret_page(page, &mut context, &mut painter);
    let mut res = painter.page;
    painter.layers.hide(&mut res.chars);
    res.rulings = std::mem::take(&mut res.rulings).normalised();
    res.turned()
}

/// Whether somebody filled in a form on it, or typed onto it: fields and typed boxes are printed with the page. Other
/// annotations (links, comments, marks of a reviewer) say nothing that the author printed.
pub(crate) fn is_filled_in(page: &hayro_syntax::page::Page<'_>) -> bool {
    let is_text =
        |it: Dict<'_>| it.get::<Name<'_>>("Subtype").is_some_and(|it| matches!(it.as_str(), "Widget" | "FreeText"));
    page.raw().get::<Array<'_>>("Annots").is_some_and(|it| it.iter::<Dict<'_>>().any(is_text))
}

/// So many of a hundred characters must run in another direction for a page to be turned.
const MOST_OF_HUNDRED: usize = 60;

impl Page {
    /// The same page, turned so that most of its text runs to the right.
    fn turned(mut self) -> Page {
        let shown = self.chars.iter().filter(|it| !it.text.is_blank());
        let turns: Vec<Turn> = shown.map(|it| Turn::of(it.advance)).collect();
        let n = |turn: Turn| turns.iter().filter(|it| **it == turn).count();
        let most = Turn::ALL.into_iter().find(|it| turns.len() * MOST_OF_HUNDRED < n(*it) * 100);
        let Some(turn) = most.filter(|it| *it != Turn::Right) else { return self };
        let seen = (self.width, self.height);
        let level = |it: Point| turn.level_on(seen, it);
        for it in &mut self.chars {
            it.advance = turn.level(it.advance.to_point()).to_vec2();
            (it.origin, it.anchor) = (level(it.origin), level(it.anchor));
        }
        for it in &mut self.pictures {
            *it = Rect::from_points(level(Point::new(it.x0, it.y0)), level(Point::new(it.x1, it.y1)));
        }
        self.rulings = self.rulings.mapped(level);
        if matches!(turn, Turn::Up | Turn::Down) {
            (self.width, self.height) = (self.height, self.width);
        }
        self.turn = turn;
        self
    }

    /// Where a box on the turned page stands on the page as seen.
    pub fn seen(&self, it: Rect) -> Rect {
        let size = match self.turn {
            Turn::Right | Turn::Left => (self.width, self.height),
            Turn::Up | Turn::Down => (self.height, self.width),
        };
        self.turn.seen(size, it)
    }
}

/// Takes down what is painted.
struct Painter<'a> {
    page: Page,
    clips: Vec<Rect>,
    encodings: Encodings<'a>,
    /// Characters by code and place on a lattice of [`TWICE`]; which they are among the characters of the page.
    seen: BTreeMap<(u32, i64, i64), usize>,
    layers: Layers,
    n_runs: u32,
    n_lines: usize,
}

impl Painter<'_> {
    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(Rect::ZERO)
    }

    /// The same character that stands there already; takes the next one down if there is none.
    fn twin(&mut self, code: u32, at: Point) -> Option<usize> {
        let cell = |it: f64| {
            #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and a page is no wider than that")]
            let res = (it / TWICE).round() as i64;
            res
        };
        let (x, y) = (cell(at.x), cell(at.y));
        let near = [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)];
        let twin = near.into_iter().find_map(|(dx, dy)| self.seen.get(&(code, x + dx, y + dy)).copied());
        if twin.is_none() {
            self.seen.insert((code, x, y), self.page.chars.len());
        }
        twin
    }

    fn text(&self, glyph: &Glyph<'_>) -> Text {
        let read = glyph.as_unicode().or_else(|| self.encodings.read(glyph));
        match read {
            Some(BfString::Char(it)) if LIGATURES.contains(&it) => Text::Many(it.nfkc().collect()),
            Some(BfString::Char(it)) => Text::One(folded(it)),
            Some(BfString::String(it)) => {
                let it: String = it.chars().map(folded).collect();
                let mut chars = it.chars();
                match (chars.next(), chars.next()) {
                    (Some(one), None) => Text::One(one),
                    _ => Text::Many(it.into_boxed_str()),
                }
            }
            None => Text::One(char::REPLACEMENT_CHARACTER),
        }
    }
}

/// The nearest place to `at` that is well inside the clip.
fn into(clip: Rect, at: Point) -> Point {
    if clip.contains(at) {
        return at;
    }
    let near = |at: f64, from: f64, to: f64| {
        let margin = MARGIN.min((to - from) / 2.0).max(0.0);
        at.min(to - margin).max(from + margin)
    };
    Point::new(near(at.x, clip.x0, clip.x1), near(at.y, clip.y0, clip.y1))
}

impl<'a> Device<'a> for Painter<'a> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.n_lines += path.elements().len();
        if self.n_lines > MOST_MARKS {
            self.page.is_cut = true;
            return;
        }
        let path = props.transform * path;
        let clip = self.clip();
        self.layers.path(&path, clip, &props, draw_mode);
        if is_white(&props.paint) {
            return;
        }
        let is_curved = path.elements().iter().any(|it| matches!(it, PathEl::QuadTo(..) | PathEl::CurveTo(..)));
        self.page.n_outlines += usize::from(is_curved && !matches!(draw_mode, DrawMode::Stroke(_)));
        match draw_mode {
            DrawMode::Fill(_) => self.page.rulings.fill(&path, clip),
            DrawMode::Stroke(_) => self.page.rulings.stroke(&path, clip),
            DrawMode::FillAndStroke(..) => {
                self.page.rulings.fill(&path, clip);
                self.page.rulings.stroke(&path, clip);
            }
            DrawMode::Invisible => {}
        }
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        let it = self.clip().intersect(clip_path.path.bounding_box());
        self.clips.push(it);
        self.layers.push_clip(&clip_path.path);
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend_mode: BlendMode) {
        self.layers.push_group(opacity, mask.is_some(), blend_mode);
    }

    fn draw_glyph_run(&mut self, glyph_run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.n_runs += 1;
        let mut doubt = Doubt::default();
        for it in glyph_run.glyphs() {
            if self.page.chars.len() >= MOST_MARKS {
                self.page.is_cut = true;
                return;
            }
            let place = props.transform * it.transform();
            let origin = place * Point::ZERO;
            let text = self.text(it);
            let is_unknown = it.char_code() == 0
                && (text.is_blank() || text == Text::One(char::REPLACEMENT_CHARACTER))
                && self.encodings.has_predefined();
            let text =
                if doubt.takes(is_unknown, it.char_code()) { Text::One(char::REPLACEMENT_CHARACTER) } else { text };
            let is_drawn = !matches!(draw_mode, DrawMode::Invisible);
            if let Some(twin) = self.twin(it.char_code(), origin) {
                // What is painted again lies above what covered it, in a color of its own.
                if let Some(twin) = self.page.chars.get_mut(twin).filter(|_| is_drawn) {
                    let is_seen = self.layers.is_seen(twin.middle(), &props.paint);
                    twin.is_invisible &= !is_seen;
                    if is_seen {
                        twin.n_below = self.layers.n_covers();
                    }
                }
                continue;
            }
            let [a, b, c, d, _, _] = place.as_coeffs();
            let (along, up) = (Vec2::new(a, b), Vec2::new(c, d));
            let size = up.hypot() * UNITS_PER_EM;
            let width = match &**it {
                Glyph::Outline(it) => it.advance_width().map(f64::from),
                Glyph::Type3(it) => it.advance_width().map(f64::from),
            };
            // The transform may carry a stretch that fits a substitute font to the width that is declared: the em is
            // measured upward, where nothing is stretched.
            let advance = along.normalize() * (width.unwrap_or(UNITS_PER_EM) / UNITS_PER_EM * size);
            let mut one = Char {
                text,
                origin,
                advance: if advance.is_finite() { advance } else { Vec2::ZERO },
                size,
                run: self.n_runs,
                anchor: origin,
                is_clipped: false,
                is_invisible: true,
                n_below: self.layers.n_covers(),
            };
            if !(origin.is_finite() && one.size.is_finite()) {
                continue;
            }
            let middle = one.middle();
            one.is_invisible = !(is_drawn && self.layers.is_seen(middle, &props.paint));
            one.is_clipped = !self.clip().inflate(SHOWN, SHOWN).contains(middle);
            one.anchor = into(self.clip(), middle);
            self.page.chars.push(one);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let it = props.transform.transform_rect_bbox(pixels);
        let it = it.intersect(self.clip());
        self.layers.image(it, &image, &props);
        self.page.pictures.push(it);
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
        self.layers.pop_clip();
    }

    fn pop_transparency_group(&mut self) {
        self.layers.pop_group();
    }
}
