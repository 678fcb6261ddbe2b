//! Printing a drawing: as text, Markdown and HTML here, and as a grid from which other programs make their files.

pub mod grid;
