//! A run folder: the tables of a run as files that other programs read.
//!
//! In: documents in their order, each with the rows that it adds. Out: `<table>.jsonl` (and `.csv` where it is asked for) of
//! every table, and `manifest.json`. A run writes beside the files of the run before it, and takes their place only when it
//! has ended: whoever reads a folder sees one whole run.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use gouji_model::AcrossFinding;
use gouji_report::{Entry, TABLES, Table, across_lines, across_rows};
use serde_json::{Value, json};

/// What tells a run folder from another folder, and is written last.
const MANIFEST: &str = "manifest.json";

/// Ending of a file that a run has not ended.
const UNFINISHED: &str = "part";

/// The table of the findings over documents, in the shape of the contract.
const ACROSS: &str = "across.jsonl";

/// What a document adds to the files of a folder, file by file.
pub(crate) struct Rows {
    lines: Vec<Vec<u8>>,
    values: Vec<Vec<u8>>,
    counts: Vec<usize>,
}

impl Rows {
    /// The rows of a document. May run on any thread.
    pub(crate) fn of(entry: &Entry<'_>, has_values: bool) -> Rows {
        let rows: Vec<_> = TABLES.iter().map(|it| (it, it.rows(entry))).collect();
        Rows {
            lines: rows.iter().map(|(table, rows)| table.json_lines(rows)).collect(),
            values: rows.iter().filter(|_| has_values).map(|(table, rows)| table.csv(rows)).collect(),
            counts: rows.iter().map(|it| it.1.len()).collect(),
        }
    }

    /// About how many bytes they hold.
    pub(crate) fn weight(&self) -> usize {
        self.lines.iter().chain(&self.values).map(Vec::len).sum()
    }
}

/// A folder that is being written.
pub(crate) struct Folder {
    dir: PathBuf,
    lines: Vec<Unfinished>,
    values: Vec<Unfinished>,
    manifest: Unfinished,
    n_rows: Vec<usize>,
    has_documents: bool,
}

impl Folder {
    /// Opens a folder for a run that is told by `about`: versions, configuration.
    ///
    /// # Errors
    /// If it holds something that no run wrote, or cannot be written to.
    pub(crate) fn create(dir: &Path, has_values: bool, about: &Value) -> Result<Folder> {
        fs::create_dir_all(dir).with_context(|| format!("{} cannot be made", dir.display()))?;
        refuse_foreign(dir)?;
        let lines = TABLES.iter().map(|it| Unfinished::create(dir, &format!("{}.jsonl", it.name)));
        let values = TABLES.iter().filter(|_| has_values).map(|it| {
            let mut file = Unfinished::create(dir, &format!("{}.csv", it.name))?;
            file.write(&it.csv_head())?;
            Ok(file)
        });
        let mut manifest = Unfinished::create(dir, MANIFEST)?;
        let tables: Vec<Value> = TABLES.iter().map(described).collect();
        manifest.write(
            format!(
                "{{\n\"schema\": \"gouji.run/1\",\n\"run\": {about},\n\"tables\": {},\n\"documents\": [\n",
                json!(tables)
            )
            .as_bytes(),
        )?;
        Ok(Folder {
            dir: dir.to_owned(),
            lines: lines.collect::<Result<_>>()?,
            values: values.collect::<Result<_>>()?,
            manifest,
            n_rows: vec![0; TABLES.len()],
            has_documents: false,
        })
    }

    /// Adds the next document.
    ///
    /// # Errors
    /// If a file cannot be written to.
    pub(crate) fn push(&mut self, rows: &Rows) -> Result<()> {
        for (file, bytes) in self.lines.iter_mut().zip(&rows.lines).chain(self.values.iter_mut().zip(&rows.values)) {
            file.write(bytes)?;
        }
        self.n_rows.iter_mut().zip(&rows.counts).for_each(|(all, own)| *all += own);
        // The first table is that of the documents.
        for line in
            rows.lines.first().into_iter().flat_map(|it| it.split(|it| *it == b'\n')).filter(|it| !it.is_empty())
        {
            self.manifest.write(if self.has_documents { b",\n" } else { b"" })?;
            self.manifest.write(line)?;
            self.has_documents = true;
        }
        Ok(())
    }

    /// Ends the run: its files take the place of those of the run before, the manifest last.
    ///
    /// # Errors
    /// If a file cannot be written to.
    pub(crate) fn finish(mut self, across: &[AcrossFinding]) -> Result<()> {
        let mut over_documents = Unfinished::create(&self.dir, ACROSS)?;
        over_documents.write(&across_lines(across))?;
        if let Some(at) = TABLES.iter().position(|it| it.name == "findings")
            && let Some(file) = self.values.get_mut(at)
        {
            file.write(&across_rows(across))?;
        }
        let counts: serde_json::Map<String, Value> =
            TABLES.iter().zip(&self.n_rows).map(|(table, n)| (table.name.to_owned(), json!(n))).collect();
        self.manifest.write(format!("\n],\n\"rows\": {}\n}}\n", Value::Object(counts)).as_bytes())?;
        // A run without a manifest is none: it goes first and comes last.
        let manifest = self.dir.join(MANIFEST);
        if manifest.exists() {
            fs::remove_file(&manifest).with_context(|| format!("{} cannot be replaced", manifest.display()))?;
        }
        for file in self.lines.into_iter().chain(self.values).chain([over_documents, self.manifest]) {
            file.finish()?;
        }
        Ok(())
    }
}

/// Nothing that no run wrote is ever written over.
fn refuse_foreign(dir: &Path) -> Result<()> {
    let entries = fs::read_dir(dir).with_context(|| format!("{} cannot be read", dir.display()))?;
    let is_ours = |name: &str| {
        let name = name.strip_suffix(UNFINISHED).and_then(|it| it.strip_suffix('.')).unwrap_or(name);
        let is_table = |ending: &str| TABLES.iter().any(|it| name.strip_suffix(ending) == Some(it.name));
        name == MANIFEST || name == ACROSS || is_table(".jsonl") || is_table(".csv")
    };
    for entry in entries {
        let entry = entry.with_context(|| format!("{} cannot be read", dir.display()))?;
        let name = entry.file_name();
        if !name.to_str().is_some_and(is_ours) {
            bail!(
                "{} holds {}, which no run wrote; give an empty folder, a new one, or that of a run",
                dir.display(),
                name.display()
            );
        }
    }
    Ok(())
}

/// A table as the manifest tells of it.
fn described(table: &Table) -> Value {
    let columns: Vec<Value> =
        table.columns().map(|it| json!({"name": it.name, "kind": it.kind.name(), "zh": it.zh, "en": it.en})).collect();
    json!({"name": table.name, "row_zh": table.zh, "row_en": table.en, "columns": columns})
}

/// A file that stands under another name until it is whole.
struct Unfinished {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Unfinished {
    fn create(dir: &Path, name: &str) -> Result<Unfinished> {
        let path = dir.join(name);
        let unfinished = Unfinished::name(&path);
        let file = File::create(&unfinished).with_context(|| format!("{} cannot be written", unfinished.display()))?;
        Ok(Unfinished { path, file: BufWriter::new(file) })
    }

    fn name(path: &Path) -> PathBuf {
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(UNFINISHED);
        name.into()
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).with_context(|| format!("{} cannot be written", self.path.display()))
    }

    fn finish(self) -> Result<()> {
        let Unfinished { path, file } = self;
        let whole = || -> std::io::Result<()> {
            file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
            fs::rename(Unfinished::name(&path), &path)
        };
        whole().with_context(|| format!("{} cannot be written", path.display()))
    }
}
