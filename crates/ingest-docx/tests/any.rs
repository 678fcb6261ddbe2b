//! What holds for any input, and for every file of the fuzz target's corpus.

#[expect(dead_code, reason = "other tests take the rest")]
mod drawn;
mod whole;

use std::fs;
use std::path::Path;

use gouji_model::{Limits, Source};
use proptest::prelude::*;

/// Reads bytes as a document, or as the markup of one if they are no container.
fn check(bytes: &[u8]) {
    let wrapped;
    let document = if bytes.starts_with(b"PK") {
        bytes
    } else {
        wrapped = drawn::docx(&String::from_utf8_lossy(bytes));
        &wrapped
    };
    // Small limits too: they are reached in other places.
    for limits in
        [Limits::default(), Limits { document_bytes: 1 << 20, cell_bytes: 100, cells: 40, ..Limits::default() }]
    {
        if let Ok(reading) = gouji_ingest_docx::read(&Source { name: "any", bytes: document }, &limits) {
            whole::check_grids(&reading.document.blocks);
            let n_blocks = reading.document.blocks.len();
            assert!(reading.document.parts.iter().all(|it| it.blocks_before <= n_blocks));
        }
    }
}

/// Markup that is often a document and often an odd one.
fn markup() -> impl Strategy<Value = String> {
    let leaves = [
        "<w:r><w:t>甲</w:t></w:r>",
        "<w:r><w:t>5</w:t><w:br/><w:tab/></w:r>",
        "<w:gridBefore w:val=\"2\"/>",
        "<w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr>",
        "<w:tcPr><w:gridSpan w:val=\"0\"/><w:vMerge w:val=\"restart\"/></w:tcPr>",
        "<w:tcPr><w:vMerge/></w:tcPr>",
        "<w:tcPr><w:hMerge/></w:tcPr>",
        "<w:tcPr><w:cellDel/></w:tcPr>",
        "<w:trPr><w:del/></w:trPr>",
        "<w:trPr><w:gridBefore w:val=\"1\"/><w:gridAfter w:val=\"2\"/></w:trPr>",
        "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>",
        "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
        "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>",
        "<w:r><w:object><o:OLEObject r:id=\"x\"/></w:object></w:r>",
        "<w:rPr><w:vanish/></w:rPr>",
    ];
    let around = [
        "w:p",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:tc",
        "w:r",
        "w:sdt",
        "w:sdtContent",
        "w:txbxContent",
        "w:del",
        "w:ins",
        "mc:AlternateContent",
        "mc:Choice",
        "mc:Fallback",
        "w:hyperlink",
        "m:sup",
    ];
    let leaf = prop::sample::select(leaves.to_vec()).prop_map(str::to_owned);
    leaf.prop_recursive(8, 80, 6, move |inner| {
        let name = prop::sample::select(around.to_vec());
        (name, prop::collection::vec(inner, 0..6)).prop_map(|(name, all)| format!("<{name}>{}</{name}>", all.concat()))
    })
}

/// Tables whose rows are of cells of any spans.
fn table() -> impl Strategy<Value = String> {
    let cell = (0_usize..4, prop::sample::select(vec!["", "<w:vMerge/>", "<w:vMerge w:val=\"restart\"/>"]));
    let cell = cell.prop_map(|(n, merge)| {
        format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{n}\"/>{merge}</w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>")
    });
    let row = (0_usize..3, prop::collection::vec(cell, 0..6));
    let row = row.prop_map(|(n, cells)| {
        format!("<w:tr><w:trPr><w:gridBefore w:val=\"{n}\"/></w:trPr>{}</w:tr>", cells.concat())
    });
    prop::collection::vec(row, 0..8).prop_map(|it| format!("<w:tbl>{}</w:tbl>", it.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&[b"PK\x03\x04".as_slice(), &bytes].concat());
    }

    #[test]
    fn any_change_of_a_container_is_read_or_refused(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = drawn::docx("<w:p><w:r><w:t>甲</w:t></w:r></w:p>");
        let at = at.index(bytes.len());
        bytes[at] = byte;
        check(&bytes);
    }

    #[test]
    fn any_markup_makes_whole_grids(body in markup()) {
        check(body.as_bytes());
    }

    #[test]
    fn any_table_makes_a_whole_grid(body in table()) {
        check(body.as_bytes());
    }
}

#[test]
fn the_fuzz_corpus_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/ingest_docx");
    let mut n_files = 0;
    for file in fs::read_dir(folder).expect("the corpus of the target is there") {
        check(&fs::read(file.expect("the folder can be listed").path()).expect("the file can be read"));
        n_files += 1;
    }
    assert!(0 < n_files);
}
