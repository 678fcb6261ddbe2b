//! Tests of the whole crate: the registry, its drawn examples, the gold forms, and planted arithmetic.

mod gold;
mod planted;
mod readings;
mod registry;
