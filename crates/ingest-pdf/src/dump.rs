//! What the first stages of reading make of a PDF, to look at: lines of text with their boxes, and the lines that divide
//! pages with the tables between them.
//!
//! In go pages, out comes text, a line for each thing that was found; boxes are left, top, right, bottom in points.

use std::fmt::Write as _;

use crate::lattice::tables;
use crate::page::{Char, Page};
use crate::trust::trust;
use crate::words::lines;

/// The lines of text of each page, seen ones and then those that a reader does not see.
pub fn words(pages: &[Page]) -> String {
    let mut acc = String::new();
    for (page, number) in pages.iter().zip(1..) {
        head(page, number, &mut acc);
        for (is_invisible, mark) in [(false, ""), (true, "not seen: ")] {
            let chars: Vec<&Char> = page.chars.iter().filter(|it| it.is_invisible == is_invisible).collect();
            for it in lines(&chars) {
                let at = it.frame;
                line(&mut acc, format_args!("  {:.1} {:.1} {:.1} {:.1} {mark}{}", at.x0, at.y0, at.x1, at.y1, it.text));
            }
        }
    }
    acc
}

/// The lines that divide each page, and the tables that they make.
pub fn rulings(pages: &[Page]) -> String {
    let mut acc = String::new();
    for (page, number) in pages.iter().zip(1..) {
        head(page, number, &mut acc);
        for (name, lines) in [("level", &page.rulings.horizontal), ("upright", &page.rulings.vertical)] {
            for it in lines {
                line(&mut acc, format_args!("  {name} at {:.1} from {:.1} to {:.1}", it.at, it.from, it.to));
            }
        }
        for it in tables(&page.rulings) {
            line(
                &mut acc,
                format_args!("  table: columns at {:.1?}, rows at {:.1?}, open {:?}", it.xs, it.ys, it.open),
            );
        }
    }
    acc
}

fn head(page: &Page, number: usize, acc: &mut String) {
    let (width, height) = (page.width, page.height);
    line(acc, format_args!("page {number}: {width:.1} x {height:.1}, {:?}, runs {:?}", trust(page), page.turn));
}

fn line(acc: &mut String, it: std::fmt::Arguments<'_>) {
    writeln!(acc, "{it}").expect("a string takes all that is written");
}
