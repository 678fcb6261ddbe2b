//! HTML into grids and text.

mod decode;

pub use decode::decode;
