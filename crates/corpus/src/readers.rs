//! Which reader takes which format: a format and bytes go in, what the reader says comes out.

use gouji_model::{Format, Limits, ReadError, Reading, Source};

/// Reads a document in this process. Parts that it holds are left as they are.
///
/// # Errors
/// Those of the format's reader.
pub(crate) fn read(format: Format, source: &Source<'_>, limits: &Limits) -> Result<Reading, ReadError> {
    match format {
        Format::OcrText | Format::Markdown | Format::Csv => {
            gouji_ingest_text::read(source, format, limits).map(Reading::from)
        }
        Format::Html => gouji_ingest_html::read(source, limits).map(Reading::from),
        Format::Xlsx | Format::Xls | Format::Ods => gouji_ingest_sheet::read(source, format, limits).map(Reading::from),
        Format::Docx => gouji_ingest_docx::read(source, limits),
        Format::Pdf => gouji_ingest_pdf::read(source, limits),
    }
}

/// Whether a hostile file of the format may break its reader, so that a worker reads it: packed and binary formats.
pub(crate) fn is_risky(format: Format) -> bool {
    match format {
        Format::OcrText | Format::Markdown | Format::Csv | Format::Html => false,
        Format::Xlsx | Format::Xls | Format::Ods | Format::Docx | Format::Pdf => true,
    }
}
