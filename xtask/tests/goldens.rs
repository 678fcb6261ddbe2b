//! The program prints for every bundled document what is kept under `golden/`.

use xtask::{golden, program};

#[test]
fn goldens_are_what_is_printed() {
    let root = xtask::root();
    let printed = program::goldens(&root).expect("the bundled documents are readable");
    let differences = golden::differences(&golden::read(&root).expect("golden/ is readable"), &printed);
    assert!(differences.is_empty(), "`cargo xtask bless` writes them anew:\n{}", differences.join("\n"));
}
