//! `cargo xtask pdf FILE --stage words|rulings|grids`: what each stage of reading makes of a PDF, to look at.
//!
//! In goes a file, out comes text on standard output: lines of text with their boxes, lines that divide pages and the
//! tables between them, or the blocks that the reader hands on.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use gouji_ingest_pdf::{lattice, pages, read, trust, words};
use gouji_model::{Block, Grid, Limits, Slot, Source};

/// Stages by name.
pub const STAGES: [&str; 3] = ["words", "rulings", "grids"];

/// Prints a stage.
///
/// # Errors
/// If the file cannot be read, or there is no such stage.
pub fn run(path: &Path, stage: &str) -> Result<()> {
    let bytes = std::fs::read(path).with_context(|| format!("{}: not readable", path.display()))?;
    let mut out = io::stdout().lock();
    match print(&bytes, stage, &mut out) {
        // Whoever reads the output has seen enough.
        Err(error) if error.downcast_ref::<io::Error>().is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe) => {
            Ok(())
        }
        done => done,
    }
}

fn print(bytes: &[u8], stage: &str, out: &mut impl Write) -> Result<()> {
    let (source, limits) = (Source { name: "", bytes }, Limits::default());
    if stage == "grids" {
        let reading = read(&source, &limits)?;
        for block in &reading.document.blocks {
            match block {
                Block::Text(it) => writeln!(out, "page {}: {}", it.place.page.unwrap_or(0), it.text)?,
                Block::Grid(it) => grid(it, out)?,
            }
        }
        if let Some(error) = reading.left_out {
            writeln!(out, "left out: {error}")?;
        }
        return Ok(());
    }
    for (page, number) in pages(&source, &limits)?.iter().zip(1..) {
        let (width, height) = (page.width, page.height);
        writeln!(out, "page {number}: {width:.1} x {height:.1}, {:?}, runs {:?}", trust(page), page.turn)?;
        match stage {
            "words" => {
                for it in words::lines(&page.chars.iter().collect::<Vec<_>>()) {
                    let at = it.frame;
                    writeln!(out, "  {:.1} {:.1} {:.1} {:.1} {}", at.x0, at.y0, at.x1, at.y1, it.text)?;
                }
            }
            "rulings" => {
                for (name, lines) in [("level", &page.rulings.horizontal), ("upright", &page.rulings.vertical)] {
                    for it in lines {
                        writeln!(out, "  {name} at {:.1} from {:.1} to {:.1}", it.at, it.from, it.to)?;
                    }
                }
                for it in lattice::tables(&page.rulings) {
                    writeln!(out, "  table: columns at {:.1?}, rows at {:.1?}, open {:?}", it.xs, it.ys, it.open)?;
                }
            }
            _ => bail!("--stage is {}, not {stage}", STAGES.join(", ")),
        }
    }
    Ok(())
}

fn grid(grid: &Grid, out: &mut impl Write) -> Result<()> {
    writeln!(out, "table of {} rows, {} columns, {:?}", grid.rows.len(), grid.n_cols, grid.kind)?;
    for (number, row) in grid.rows.iter().enumerate() {
        let mark = if row.break_before { "--" } else { "" };
        write!(out, "  {number}{mark}")?;
        for (col, slot) in row.slots.iter().enumerate() {
            match slot {
                Slot::Cell(it) if it.n_rows * it.n_cols == 1 => write!(out, " [{col}: {:?}]", it.text)?,
                Slot::Cell(it) => write!(out, " [{col}, {}x{}: {:?}]", it.n_rows, it.n_cols, it.text)?,
                Slot::Covered { .. } => {}
                Slot::Empty => write!(out, " [{col}: nothing]")?,
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_says_something() {
        let path = crate::root().join("crates/ingest-pdf/tests/odd/gbk-euc-h.pdf");
        let bytes = std::fs::read(path).expect("the file is there");
        let said = |stage: &str| {
            let mut out = Vec::new();
            print(&bytes, stage, &mut out).map(|()| String::from_utf8(out).expect("text")).map_err(|it| it.to_string())
        };
        assert!(said("words").is_ok_and(|it| it.contains("分值 得分")));
        assert!(said("rulings").is_ok_and(|it| it.contains("columns at [60.0, 140.0, 300.0, 380.0, 460.0]")));
        assert!(said("grids").is_ok_and(|it| it.contains("[0, 2x1: \"产出指标\"]")));
        assert_eq!(said("cells"), Err("--stage is words, rulings, grids, not cells".to_owned()));
    }
}
