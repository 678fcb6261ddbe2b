//! The direction in which text runs, as a quarter turn.
//!
//! In goes where characters lead, out come points turned so that the text runs to the right and its lines go down.

use hayro_interpret::kurbo::{Point, Rect, Vec2};

/// The direction in which a text runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// As it should.
    #[default]
    Right,
    /// From the head of the page to its foot.
    Down,
    /// Upside down.
    Left,
    /// From the foot of the page to its head.
    Up,
}

impl Turn {
    /// Every direction.
    pub const ALL: [Turn; 4] = [Turn::Right, Turn::Down, Turn::Left, Turn::Up];

    /// The direction of a way.
    pub fn of(advance: Vec2) -> Turn {
        match (advance.x.abs() >= advance.y.abs(), advance.x >= 0.0, advance.y >= 0.0) {
            (true, true, _) => Turn::Right,
            (true, false, _) => Turn::Left,
            (false, _, true) => Turn::Down,
            (false, _, false) => Turn::Up,
        }
    }

    /// Turns a point about the origin.
    pub fn level(self, it: Point) -> Point {
        match self {
            Turn::Right => it,
            Turn::Down => Point::new(it.y, -it.x),
            Turn::Left => Point::new(-it.x, -it.y),
            Turn::Up => Point::new(-it.y, it.x),
        }
    }

    /// Turns a point with its page of this width and height: the corner that becomes the top left one is the origin.
    pub fn level_on(self, page: (f64, f64), it: Point) -> Point {
        let (width, height) = page;
        let shift = match self {
            Turn::Right => Vec2::ZERO,
            Turn::Down => Vec2::new(0.0, width),
            Turn::Left => Vec2::new(width, height),
            Turn::Up => Vec2::new(height, 0.0),
        };
        self.level(it) + shift
    }

    /// A box on the turned page, as it stands on the page of this width and height.
    pub fn seen(self, page: (f64, f64), it: Rect) -> Rect {
        let (width, height) = page;
        let (back, turned) = match self {
            Turn::Right => (Turn::Right, (width, height)),
            Turn::Down => (Turn::Up, (height, width)),
            Turn::Left => (Turn::Left, (width, height)),
            Turn::Up => (Turn::Down, (height, width)),
        };
        let corner = |x, y| back.level_on(turned, Point::new(x, y));
        Rect::from_points(corner(it.x0, it.y0), corner(it.x1, it.y1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_box_is_found_where_it_was() {
        let (page, it) = ((600.0, 800.0), Rect::new(10.0, 20.0, 110.0, 50.0));
        for turn in Turn::ALL {
            let corner = |x, y| turn.level_on(page, Point::new(x, y));
            let turned = Rect::from_points(corner(it.x0, it.y0), corner(it.x1, it.y1));
            assert!(0.0 <= turned.x0 && 0.0 <= turned.y0, "{turn:?}");
            assert_eq!(turn.seen(page, turned), it, "{turn:?}");
        }
        assert_eq!(Turn::Up.level_on(page, Point::new(0.0, 800.0)), Point::new(0.0, 0.0));
    }
}
