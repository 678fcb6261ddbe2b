//! Lines that divide a page: what is drawn becomes horizontal and vertical rulings.
//!
//! In go strokes and fills as they are painted, already in points from the top left corner; out come rulings, snapped
//! onto each other and joined. Producers draw the same line as a stroke, as the edge of a rectangle or as a rectangle
//! as thin as a line, and often twice.

use hayro_interpret::kurbo::{BezPath, PathEl, Point, Rect, Shape};

/// Rectangles as thin as this are lines, points. Word processors draw at most 2.25.
const THIN: f64 = 2.5;
/// How far from level a line may be, points over its whole length.
const LEVEL: f64 = 0.75;
/// Lines nearer to each other than this are one, points: half of the narrowest gap of a double rule is more.
const SNAP: f64 = 1.5;
/// Gaps in a line up to this are joined, points: corners of cells that are drawn one by one.
const JOIN: f64 = 3.0;
/// Shorter lines divide nothing, points: underlines of one character, ticks, parts of signs.
const SHORT: f64 = 4.0;

/// A line from `from` to `to` at `at`: for a horizontal one x, x and y, for a vertical one y, y and x. Points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruling {
    /// Where it lies across.
    pub at: f64,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// The lines of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rulings {
    /// Level ones, by `at`.
    pub horizontal: Vec<Ruling>,
    /// Upright ones, by `at`.
    pub vertical: Vec<Ruling>,
}

impl Rulings {
    /// Takes the lines of a path that is stroked, as far as `clip` shows them.
    pub(crate) fn stroke(&mut self, path: &BezPath, clip: Rect) {
        let mut at = Point::ZERO;
        let mut start = Point::ZERO;
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => {
                    at = to;
                    start = to;
                }
                PathEl::LineTo(to) => {
                    self.line(at, to, clip);
                    at = to;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => at = to,
                PathEl::ClosePath => {
                    self.line(at, start, clip);
                    at = start;
                }
            }
        }
    }

    /// Takes the thin rectangles of a path that is filled, and the sides of a frame: a rectangle in a rectangle, of
    /// which what lies between them is filled.
    pub(crate) fn fill(&mut self, path: &BezPath, clip: Rect) {
        let mut part = BezPath::new();
        let mut before: Option<Rect> = None;
        for element in path.elements().iter().map(Some).chain([None]) {
            if element.is_none_or(|it| matches!(it, PathEl::MoveTo(_))) && !part.elements().is_empty() {
                let it = part.bounding_box();
                self.thin(it, clip);
                let is_straight =
                    part.elements().iter().all(|it| !matches!(it, PathEl::QuadTo(..) | PathEl::CurveTo(..)));
                if let Some(other) = before.filter(|_| is_straight) {
                    // Either may come first.
                    self.frame(other.union(it), other.intersect(it), clip);
                }
                before = is_straight.then_some(it);
                part = BezPath::new();
            }
            part.extend(element.copied());
        }
    }

    /// The sides of a frame that are as thin as lines.
    fn frame(&mut self, outer: Rect, inner: Rect, clip: Rect) {
        let sides = [inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1];
        if !sides.iter().all(|it| (0.0..=THIN).contains(it)) {
            return;
        }
        let [left, top, right, bottom] = sides.map(|it| 0.0 < it);
        for (is_drawn, side) in [
            (left, Rect::new(outer.x0, outer.y0, inner.x0, outer.y1)),
            (top, Rect::new(outer.x0, outer.y0, outer.x1, inner.y0)),
            (right, Rect::new(inner.x1, outer.y0, outer.x1, outer.y1)),
            (bottom, Rect::new(outer.x0, inner.y1, outer.x1, outer.y1)),
        ] {
            if is_drawn {
                self.thin(side, clip);
            }
        }
    }

    fn thin(&mut self, it: Rect, clip: Rect) {
        let (x, y) = (f64::midpoint(it.x0, it.x1), f64::midpoint(it.y0, it.y1));
        if it.height() <= THIN && it.width() > it.height() {
            self.line(Point::new(it.x0, y), Point::new(it.x1, y), clip);
        } else if it.width() <= THIN && it.height() > it.width() {
            self.line(Point::new(x, it.y0), Point::new(x, it.y1), clip);
        }
    }

    fn line(&mut self, a: Point, b: Point, clip: Rect) {
        let (dx, dy) = ((a.x - b.x).abs(), (a.y - b.y).abs());
        if dy <= LEVEL && dx > dy {
            let at = f64::midpoint(a.y, b.y);
            let it = Ruling { at, from: a.x.min(b.x).max(clip.x0), to: a.x.max(b.x).min(clip.x1) };
            if (clip.y0 - SNAP..=clip.y1 + SNAP).contains(&at) && it.to > it.from {
                self.horizontal.push(it);
            }
        } else if dx <= LEVEL && dy > dx {
            let at = f64::midpoint(a.x, b.x);
            let it = Ruling { at, from: a.y.min(b.y).max(clip.y0), to: a.y.max(b.y).min(clip.y1) };
            if (clip.x0 - SNAP..=clip.x1 + SNAP).contains(&at) && it.to > it.from {
                self.vertical.push(it);
            }
        }
    }

    /// The lines on a page that is turned by quarters: `level` says where its points come to lie.
    pub(crate) fn mapped(&self, level: impl Fn(Point) -> Point) -> Rulings {
        let mut acc = Rulings::default();
        let ends = |it: &Ruling| (Point::new(it.from, it.at), Point::new(it.to, it.at));
        let level_ones = self.horizontal.iter().map(ends);
        let upright = self.vertical.iter().map(ends).map(|(a, b)| (Point::new(a.y, a.x), Point::new(b.y, b.x)));
        for (a, b) in level_ones.chain(upright) {
            let (a, b) = (level(a), level(b));
            if (a.x - b.x).abs() < (a.y - b.y).abs() {
                acc.vertical.push(Ruling { at: a.x, from: a.y.min(b.y), to: a.y.max(b.y) });
            } else {
                acc.horizontal.push(Ruling { at: a.y, from: a.x.min(b.x), to: a.x.max(b.x) });
            }
        }
        let order = |a: &Ruling, b: &Ruling| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from));
        acc.horizontal.sort_by(order);
        acc.vertical.sort_by(order);
        acc
    }

    /// The lines snapped and joined, in order; short ones are gone.
    pub(crate) fn normalised(self) -> Rulings {
        Rulings { horizontal: joined(self.horizontal), vertical: joined(self.vertical) }
    }
}

fn joined(mut lines: Vec<Ruling>) -> Vec<Ruling> {
    lines.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut acc = Vec::new();
    let mut rest = lines.as_slice();
    while let Some(first) = rest.first() {
        // A group is as wide as the snap in all, so that a fan of lines does not run together.
        let n = rest.iter().take_while(|it| it.at - first.at <= SNAP).count();
        let (group, others) = rest.split_at(n);
        rest = others;
        let mut group = group.to_vec();
        let length: f64 = group.iter().map(|it| it.to - it.from).sum();
        let at = group.iter().map(|it| it.at * (it.to - it.from)).sum::<f64>() / length;
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut open: Option<Ruling> = None;
        for it in group {
            match &mut open {
                Some(one) if it.from <= one.to + JOIN => one.to = one.to.max(it.to),
                _ => acc.extend(open.replace(Ruling { at, ..it })),
            }
        }
        acc.extend(open);
    }
    acc.retain(|it| it.to - it.from >= SHORT);
    acc
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Rect = Rect::new(0.0, 0.0, 600.0, 800.0);

    #[test]
    fn a_box_drawn_twice_and_its_thin_double_are_four_lines() {
        let mut it = Rulings::default();
        let path = Rect::new(10.0, 10.0, 110.0, 40.0).to_path(0.1);
        it.stroke(&path, PAGE);
        it.stroke(&path, PAGE);
        it.fill(&Rect::new(10.2, 39.8, 110.0, 40.3).to_path(0.1), PAGE);
        let it = it.normalised();
        assert_eq!(it.horizontal.len(), 2);
        assert_eq!(it.vertical.len(), 2);
        assert!((it.horizontal[1].at - 40.0).abs() < 0.1);
        assert_eq!((it.vertical[0].from, it.vertical[0].to), (10.0, 40.0));
    }

    #[test]
    fn a_frame_between_two_rectangles_is_four_lines() {
        let mut path = Rect::new(10.0, 10.0, 110.0, 40.0).to_path(0.1);
        path.extend(Rect::new(11.0, 11.0, 109.0, 40.0).path_elements(0.1));
        let mut it = Rulings::default();
        it.fill(&path, PAGE);
        let it = it.normalised();
        assert_eq!(it.horizontal, [Ruling { at: 10.5, from: 10.0, to: 110.0 }]);
        let upright = [10.5, 109.5].map(|at| Ruling { at, from: 10.0, to: 40.0 });
        assert_eq!(it.vertical, upright);
        // A hole in a sheet is no frame.
        let mut path = Rect::new(10.0, 10.0, 110.0, 90.0).to_path(0.1);
        path.extend(Rect::new(30.0, 30.0, 70.0, 60.0).path_elements(0.1));
        let mut it = Rulings::default();
        it.fill(&path, PAGE);
        assert_eq!(it, Rulings::default());
    }

    #[test]
    fn lines_are_cut_to_the_clip_and_fills_of_boxes_are_no_lines() {
        let mut it = Rulings::default();
        it.fill(&Rect::new(0.0, 0.0, 100.0, 20.0).to_path(0.1), PAGE);
        it.stroke(&Rect::new(50.0, 0.0, 700.0, 20.0).to_path(0.1), Rect::new(0.0, 0.0, 300.0, 10.0));
        let it = it.normalised();
        assert_eq!(it.horizontal, [Ruling { at: 0.0, from: 50.0, to: 300.0 }]);
        assert_eq!(it.vertical, [Ruling { at: 50.0, from: 0.0, to: 10.0 }]);
    }

    #[test]
    fn a_line_in_pieces_is_one_and_a_tick_is_none() {
        let pieces = [(0.0, 30.0), (31.0, 60.0), (80.0, 82.0)];
        let it = joined(pieces.map(|(from, to)| Ruling { at: 5.0, from, to }).to_vec());
        assert_eq!(it, [Ruling { at: 5.0, from: 0.0, to: 60.0 }]);
    }
}
