//! What a reader sees of a text: what is painted above it, and in which color on what.
//!
//! In goes what is painted, in its order; out comes which characters lie under an opaque area or picture, or are white
//! where nothing is painted below them. A layer of text under the picture of a page is what an engine took the picture
//! for, and a figure under a white box is one that somebody replaced.

use hayro_interpret::kurbo::{BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{BlendMode, DrawMode, DrawProps, Image, ImageDrawProps, Paint};

use crate::page::Char;

/// What is lighter than this on a scale to 1 is not seen on paper.
const WHITE: f32 = 0.97;
/// Narrower or lower areas cover no character, points: half of the smallest print.
const SMALL: f64 = 3.0;
/// How far a corner may be off a right angle, points: rounding of a matrix.
const OFF: f64 = 0.5;
/// How many areas are looked at on a page; the cells of a full sheet are a tenth of that.
const MOST_AREAS: usize = 50_000;

/// The areas of a page, in the order of painting.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    /// Opaque ones, whatever their color.
    covers: Vec<Rect>,
    /// What white text is seen on: boxes of all that is painted and not white.
    dark: Vec<Rect>,
    /// Of each clip, whether it is a rectangle along the page.
    clips: Vec<bool>,
    /// Of each group, whether what it holds is painted as it is.
    groups: Vec<bool>,
}

impl Layers {
    pub(crate) fn push_clip(&mut self, path: &BezPath) {
        self.clips.push(is_rectangle(path));
    }

    pub(crate) fn pop_clip(&mut self) {
        self.clips.pop();
    }

    pub(crate) fn push_group(&mut self, opacity: f32, has_mask: bool, blend_mode: BlendMode) {
        self.groups.push(1.0 <= opacity && !has_mask && blend_mode == BlendMode::Normal);
    }

    pub(crate) fn pop_group(&mut self) {
        self.groups.pop();
    }

    /// Takes down an area or a thick stroke.
    pub(crate) fn path(&mut self, path: &BezPath, clip: Rect, props: &DrawProps<'_>, mode: &DrawMode) {
        let frame = match mode {
            DrawMode::Fill(_) | DrawMode::FillAndStroke(..) => path.bounding_box().intersect(clip),
            DrawMode::Stroke(how) => {
                let width = f64::from(how.line_width) * props.transform.determinant().abs().sqrt();
                if width < SMALL {
                    return;
                }
                path.bounding_box().inflate(width / 2.0, width / 2.0).intersect(clip)
            }
            DrawMode::Invisible => return,
        };
        let is_opaque = matches!(mode, DrawMode::Fill(_))
            && is_color(&props.paint)
            && props.soft_mask.is_none()
            && props.blend_mode == BlendMode::Normal
            && is_rectangle(path);
        self.take(frame, is_opaque, !is_white(&props.paint));
    }

    /// Takes down a picture, as far as the page shows it.
    pub(crate) fn image(&mut self, frame: Rect, image: &Image<'_, '_>, props: &ImageDrawProps<'_>) {
        let [a, b, c, d, ..] = props.transform.as_coeffs();
        let is_level = a == 0.0 && d == 0.0 || b == 0.0 && c == 0.0;
        let is_opaque = match image {
            Image::Raster(it) => {
                ["SMask", "Mask", "SMaskInData"].iter().all(|key| !it.stream().dict().contains_key(*key))
            }
            Image::Stencil(_) => false,
        };
        let is_plain = props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal;
        self.take(frame, is_opaque && is_plain && is_level, true);
    }

    fn take(&mut self, frame: Rect, is_opaque: bool, is_dark: bool) {
        if frame.width() < SMALL || frame.height() < SMALL {
            return;
        }
        let is_plain = self.clips.iter().chain(&self.groups).all(|it| *it);
        if is_opaque && is_plain && self.covers.len() < MOST_AREAS {
            self.covers.push(frame);
        }
        if is_dark && self.dark.len() < MOST_AREAS {
            self.dark.push(frame);
        }
    }

    /// How many opaque areas there are so far.
    pub(crate) fn n_covers(&self) -> usize {
        self.covers.len()
    }

    /// Whether a character of this color is seen on what is painted so far.
    pub(crate) fn is_seen(&self, middle: Point, paint: &Paint<'_>) -> bool {
        !is_white(paint) || self.dark.iter().any(|it| it.contains(middle))
    }

    /// Marks what was painted over.
    pub(crate) fn hide(&self, chars: &mut [Char]) {
        // The box around each area and those painted after it.
        let mut above: Vec<Rect> = self.covers.clone();
        for idx in (1..above.len()).rev() {
            above[idx - 1] = above[idx - 1].union(above[idx]);
        }
        for it in chars {
            let middle = it.middle();
            if above.get(it.n_below).is_some_and(|it| it.contains(middle)) {
                it.is_invisible |= self.covers.iter().skip(it.n_below).any(|it| it.contains(middle));
            }
        }
    }
}

/// Whether what is painted so is not seen on white paper.
pub(crate) fn is_white(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(it) => {
            let [r, g, b, a] = it.to_rgba().components();
            a == 0.0 || [r, g, b].iter().all(|it| *it >= WHITE)
        }
        Paint::Pattern(_) => false,
    }
}

/// Whether a paint is one color that nothing shines through.
fn is_color(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(it) => 1.0 <= it.to_rgba().components()[3],
        Paint::Pattern(_) => false,
    }
}

/// Whether a path is one rectangle along the page.
fn is_rectangle(path: &BezPath) -> bool {
    let mut corners: Vec<Point> = Vec::new();
    for it in path.elements() {
        match it {
            PathEl::MoveTo(to) if corners.is_empty() => corners.push(*to),
            PathEl::LineTo(to) if corners.len() < 5 => corners.push(*to),
            PathEl::ClosePath => {}
            PathEl::MoveTo(_) | PathEl::LineTo(_) | PathEl::QuadTo(..) | PathEl::CurveTo(..) => return false,
        }
    }
    if corners.len() == 5 && (corners[4] - corners[0]).hypot() <= OFF {
        corners.pop();
    }
    let frame = path.bounding_box();
    let at_edge = |it: f64, from: f64, to: f64| (it - from).abs() <= OFF || (it - to).abs() <= OFF;
    let is_corner = |it: &Point| at_edge(it.x, frame.x0, frame.x1) && at_edge(it.y, frame.y0, frame.y1);
    // Neighboring corners share a side, so that no diagonal is one.
    let is_side = |pair: &[Point]| (pair[0].x - pair[1].x).abs() <= OFF || (pair[0].y - pair[1].y).abs() <= OFF;
    corners.len() == 4 && corners.iter().all(is_corner) && corners.windows(2).all(is_side)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::tests::chars;

    #[test]
    fn only_what_is_painted_later_covers() {
        let mut page = chars("12", 10.0, 20.0);
        page.extend(chars("34", 10.0, 60.0));
        let covers = vec![Rect::new(0.0, 0.0, 16.0, 100.0), Rect::new(0.0, 50.0, 100.0, 100.0)];
        page[2].n_below = 2;
        page[1].n_below = 1;
        Layers { covers, ..Layers::default() }.hide(&mut page);
        let hidden: Vec<bool> = page.iter().map(|it| it.is_invisible).collect();
        assert_eq!(hidden, [true, false, false, true]);
    }

    #[test]
    fn a_rectangle_is_told_from_other_paths() {
        let of = |points: &[(f64, f64)]| {
            let mut path = BezPath::new();
            for (idx, at) in points.iter().enumerate() {
                if idx == 0 { path.move_to(*at) } else { path.line_to(*at) }
            }
            path.close_path();
            is_rectangle(&path)
        };
        assert!(of(&[(0.0, 0.0), (9.0, 0.0), (9.0, 5.0), (0.0, 5.0)]));
        assert!(of(&[(0.0, 0.0), (0.0, 5.0), (9.0, 5.0), (9.0, 0.0), (0.0, 0.0)]));
        assert!(!of(&[(0.0, 0.0), (9.0, 5.0), (9.0, 0.0), (0.0, 5.0)]));
        assert!(!of(&[(0.0, 0.0), (9.0, 0.0), (4.0, 5.0)]));
        assert!(!is_rectangle(&Rect::new(0.0, 0.0, 9.0, 9.0).to_rounded_rect(2.0).to_path(0.1)));
    }
}
