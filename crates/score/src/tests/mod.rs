//! Tests of the whole crate: the registry, its drawn examples, the gold forms, and planted arithmetic.

mod arithmetic;
mod cross;
mod doubts;
mod gold;
mod logic;
mod met;
mod planted;
mod profiles;
mod readings;
mod registry;
mod texts;
mod tuned;
