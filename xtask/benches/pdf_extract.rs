//! The text of PDFs by pdf-extract, the baseline of `tools/compare_pdf.py`; it runs in a process of its own because it ends
//! some of them.
//!
//! In go paths, out comes on standard error how many files gave text, how many none, and on how many it panicked.

use std::panic::{catch_unwind, set_hook};

fn main() {
    set_hook(Box::new(|_| {}));
    let paths: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    let (mut n_read, mut n_refused, mut n_panics) = (0, 0, 0);
    for path in &paths {
        match catch_unwind(|| pdf_extract::extract_text(path)) {
            Ok(Ok(text)) if !text.trim().is_empty() => n_read += 1,
            Ok(_) => n_refused += 1,
            Err(_) => n_panics += 1,
        }
    }
    eprintln!("{n_read} read, {n_refused} without text or refused, {n_panics} panics");
}
