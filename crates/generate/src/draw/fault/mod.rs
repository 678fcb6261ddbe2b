//! Faults: figures changed before the form is printed.

use crate::draw::Faults;
use crate::draw::sheet::Sheet;
use crate::rng::Rng;
use crate::truth::Fault;

pub(super) fn kinds() -> Vec<&'static str> {
    Vec::new()
}

pub(super) fn plant(_rng: &mut Rng, _sheets: &mut [Sheet], _faults: Faults) -> Vec<Fault> {
    Vec::new()
}
