//! The variations of the documents: what they change, and what the truth keeps.

use xtask::score::Set;
use xtask::variations::{Variation, Varied};

/// Every variation changes a document of every set and keeps its forms.
#[test]
fn every_variation_changes_documents_and_keeps_forms() {
    for set in Set::all(&xtask::root()).expect("the sets are readable") {
        for (variation, name) in Variation::ALL {
            let varied = Varied::new(&set, variation).unwrap_or_else(|it| panic!("{} {name}: {it:#}", set.name));
            let n_forms = |set: &Set| set.forms.values().map(Vec::len).sum::<usize>();
            assert_eq!(n_forms(&varied.set), n_forms(&set), "{} {name}", set.name);
            assert_eq!(varied.set.findings.len(), set.findings.len(), "{} {name}", set.name);
            assert_ne!(varied.set.docs, set.docs, "{} {name} changes nothing", set.name);
        }
    }
}
