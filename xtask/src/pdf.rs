//! `cargo xtask pdf FILE --page N --out page.png`: a page of a PDF with what was found on it, to look at.
//!
//! In goes a file, out comes a picture: the page as it is printed; over it the boxes of lines of text in blue, of text that
//! a reader does not see in orange, of pictures in violet, rulings in red, and cells filled with green. What is in fonts
//! that are not embedded has boxes but no print. As text, `gouji extract --dump` says the same.

#![expect(clippy::float_arithmetic, reason = "geometry of pages in points")]

use std::path::Path;

use anyhow::{Context, Result, bail};
use gouji_ingest_pdf::page::{Char, Page};
use gouji_ingest_pdf::{lattice, pages, words};
use gouji_model::{Limits, Source};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::Rect;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::PremulRgba8;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

/// Pixels a point: 144 dpi, so that small print can be read.
const SCALE: f32 = 2.0;
/// Pages larger than this in either direction are not drawn, points: the renderer cannot hold them.
const LARGEST: f64 = 10_000.0;
/// How far the fill of a cell stays inside of its edges, points: two cells side by side are two.
const INSET: f64 = 1.5;

/// Draws a page.
///
/// # Errors
/// If the file cannot be read, has no such page, or the picture cannot be written.
pub fn run(path: &Path, number: usize, out: &Path) -> Result<()> {
    let bytes = std::fs::read(path).with_context(|| format!("{}: not readable", path.display()))?;
    std::fs::write(out, picture(&bytes, number)?).with_context(|| format!("{}: cannot be written", out.display()))
}

/// The picture of a page, counted from 1, as PNG.
fn picture(bytes: &[u8], number: usize) -> Result<Vec<u8>> {
    let found = pages(&Source { name: "", bytes }, &Limits::default())?;
    let Some(page) = number.checked_sub(1).and_then(|it| found.get(it)) else {
        bail!("there is no page {number}; the file has {}", found.len());
    };
    if LARGEST < page.width.max(page.height) {
        bail!("page {number} is {:.0} x {:.0} points, too large to draw", page.width, page.height);
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|it| anyhow::anyhow!("{it:?}"))?;
    let print = pdf.pages().get(number - 1).context("the page is there for one reader and not for the other")?;
    let of_picture = PixmapSettings { x_scale: SCALE, y_scale: SCALE, bg_color: WHITE };
    let settings = InterpreterSettings::default();
    let mut canvas = Canvas(render(print, &RenderCache::new(), &settings, &RenderSettings::default(), &of_picture));
    mark(page, &mut canvas);
    Ok(canvas.0.into_png()?)
}

fn mark(page: &Page, canvas: &mut Canvas) {
    for table in lattice::tables(&page.rulings) {
        for it in &table.regions {
            canvas.fill(page.seen(table.frame_of(*it).inset(-INSET)), [0, 160, 0], 40);
        }
    }
    for it in &page.pictures {
        canvas.frame(page.seen(*it), [150, 0, 200]);
    }
    for (is_invisible, color) in [(false, [0, 60, 255]), (true, [255, 140, 0])] {
        let chars: Vec<&Char> = page.chars.iter().filter(|it| it.is_invisible == is_invisible).collect();
        for it in words::lines(&chars) {
            canvas.frame(page.seen(it.frame), color);
        }
    }
    for it in &page.rulings.horizontal {
        canvas.fill(page.seen(Rect::new(it.from, it.at - 0.5, it.to, it.at + 0.5)), [230, 0, 0], 200);
    }
    for it in &page.rulings.vertical {
        canvas.fill(page.seen(Rect::new(it.at - 0.5, it.from, it.at + 0.5, it.to)), [230, 0, 0], 200);
    }
}

/// A picture that is drawn on in points from its top left corner.
struct Canvas(Pixmap);

impl Canvas {
    /// Lays a color over a box, so strong of 255.
    fn fill(&mut self, at: Rect, color: [u8; 3], strength: u16) {
        let pixel = |it: f64, end: u16| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the edge")]
            let res = (it * f64::from(SCALE)).round().clamp(0.0, f64::from(end)) as u16;
            res
        };
        let (width, height) = (self.0.width(), self.0.height());
        for y in pixel(at.y0, height)..pixel(at.y1, height) {
            for x in pixel(at.x0, width)..pixel(at.x1, width) {
                let below = self.0.sample(x, y);
                let mix = |below: u8, color: u8| {
                    let sum = u16::from(below) * (255 - strength) + u16::from(color) * strength;
                    u8::try_from(sum / 255).unwrap_or(u8::MAX)
                };
                let [r, g, b] = [mix(below.r, color[0]), mix(below.g, color[1]), mix(below.b, color[2])];
                self.0.set_pixel(x, y, PremulRgba8 { r, g, b, a: 255 });
            }
        }
    }

    /// Draws the edges of a box, a pixel wide.
    fn frame(&mut self, at: Rect, color: [u8; 3]) {
        let pixel = 1.0 / f64::from(SCALE);
        for edge in [
            Rect::new(at.x0, at.y0, at.x1, at.y0 + pixel),
            Rect::new(at.x0, at.y1 - pixel, at.x1, at.y1),
            Rect::new(at.x0, at.y0, at.x0 + pixel, at.y1),
            Rect::new(at.x1 - pixel, at.y0, at.x1, at.y1),
        ] {
            self.fill(edge, color, 255);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_drawn_with_what_was_found() {
        let path = crate::root().join("crates/ingest-pdf/tests/odd/sideways.pdf");
        let bytes = std::fs::read(path).expect("the file is there");
        let png = picture(&bytes, 1).expect("it is drawn");
        assert!(png.starts_with(b"\x89PNG"));
        let drawn = Pixmap::from_png(std::io::Cursor::new(png)).expect("it is a picture");
        assert_eq!((drawn.width(), drawn.height()), (1190, 1684));
        // The red of rulings, over the black of the lines themselves.
        let n_red = drawn.data().iter().filter(|it| it.r > 150 && it.g < 60 && it.b < 60).count();
        assert!(1_000 < n_red, "{n_red} pixels of rulings");
        assert!(picture(&bytes, 2).is_err_and(|it| it.to_string() == "there is no page 2; the file has 1"));
    }
}
