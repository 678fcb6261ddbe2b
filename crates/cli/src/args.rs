//! The arguments of the program, as `docs/contract.md` lists them.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use gouji_corpus::Date;
use gouji_model::{Format, Limits};
use gouji_report::Shape;

/// Recomputes what published performance forms state, and says where the figures disagree.
#[derive(Debug, Parser)]
#[command(name = "gouji", version, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read documents, rebuild their forms, recompute, and report what disagrees.
    Check(CheckArgs),
    /// Read documents and write their forms, normalized.
    Extract(ExtractArgs),
    /// List the rule book.
    Rules(ListArgs),
    /// Explain one rule, in Chinese and English.
    Rule(CodeArgs),
    /// List the repairs of damaged forms.
    Repairs(ListArgs),
    /// Explain one repair, in Chinese and English.
    Repair(CodeArgs),
    /// Write a baseline: the findings that are known today, with who knows them, why they stay, and until when.
    Baseline(BaselineArgs),
    /// Read documents that another process of this program hands over; not for people.
    #[command(name = "worker", hide = true)]
    Worker(WorkerArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct WorkerArgs {
    /// Bytes of memory that it may have mapped
    pub(crate) memory_bytes: u64,

    /// Seconds of work on one document
    pub(crate) seconds: u64,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) run: RunArgs,

    #[command(flatten)]
    pub(crate) which: WhichArgs,

    /// Exit with 0 although there are findings
    #[arg(long)]
    pub(crate) exit_zero: bool,
}

/// Which findings are wanted.
#[derive(Debug, clap::Args)]
pub(crate) struct WhichArgs {
    /// Make only the checks whose codes begin so: `F`, `W01`
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) select: Vec<String>,

    /// Leave out the checks whose codes begin so
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,

    /// `low` shows suspicions of low confidence too
    #[arg(long, value_enum)]
    pub(crate) level: Option<LevelArg>,

    /// Hide the findings that this baseline knows; `gouji baseline` keeps its entries that still hold
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct BaselineArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,

    #[command(flatten)]
    pub(crate) which: WhichArgs,

    /// Who knows the findings
    #[arg(long, value_name = "WHO")]
    pub(crate) who: String,

    /// Why they stay
    #[arg(long, value_name = "WHY")]
    pub(crate) why: String,

    /// The last day that this holds: 2027-03-31
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Date,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExtractArgs {
    #[command(flatten)]
    pub(crate) run: RunArgs,

    /// Print what a stage of reading found instead of forms, to look at; programs cannot rely on its shape
    #[arg(long, value_enum, value_name = "STAGE")]
    pub(crate) dump: Option<StageArg>,
}

/// Stages of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum StageArg {
    /// Lines of text on the pages of a PDF, with their boxes
    Words,
    /// Lines that divide the pages of a PDF, and the tables between them
    Rulings,
    /// Lines and tables as a reader hands them on
    Grids,
}

/// Documents, and how they are read.
#[derive(Debug, clap::Args)]
pub(crate) struct InputArgs {
    /// Files, folders (walked recursively, hidden files skipped), or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The configuration; the nearest gouji.toml upward from the working directory if not given
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Read every document as this format, whatever its bytes and name say
    #[arg(long, value_name = "FORMAT", value_parser = format_names())]
    pub(crate) format_in: Option<String>,

    /// The name that standard input goes by
    #[arg(long, value_name = "NAME", default_value = "-")]
    pub(crate) stdin_name: String,

    /// Threads; as many as there are processors if not given
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Nothing but findings: no consistent forms, no summary, no progress
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// Bytes of a document, with K, M or G for multiples of 1024
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "64M")]
    pub(crate) max_document: usize,

    /// Bytes of a cell
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "4M")]
    pub(crate) max_cell: usize,

    /// Cells of a document
    #[arg(long, value_name = "N", default_value = "2000000")]
    pub(crate) max_cells: usize,
}

/// What both commands take that report on documents.
#[derive(Debug, clap::Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,

    /// Shape of the output
    #[arg(long, value_name = "SHAPE", default_value = "text", value_parser = shape_names())]
    pub(crate) format: String,

    /// Write the tables of the run into this folder, as lines of JSON and, with `--format csv`, as comma-separated values
    /// too; only the summary is printed
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Exit with 3 if a document holds no form
    #[arg(long)]
    pub(crate) require_form: bool,

    #[command(flatten)]
    pub(crate) look: LookArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    /// Language of text; that of the locale if not given
    #[arg(long, value_enum)]
    pub(crate) lang: Option<LangArg>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CodeArgs {
    /// The code, such as `F03`
    pub(crate) code: String,

    /// Which language comes first; that of the locale if not given
    #[arg(long, value_enum)]
    pub(crate) lang: Option<LangArg>,
}

/// How text looks.
#[derive(Debug, clap::Args)]
pub(crate) struct LookArgs {
    /// Colors in text
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(crate) color: ColorArg,

    /// Language of text; that of the locale if not given
    #[arg(long, value_enum)]
    pub(crate) lang: Option<LangArg>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LevelArg {
    Low,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorArg {
    /// If standard output is a terminal and `NO_COLOR` is not set
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangArg {
    Zh,
    En,
}

impl RunArgs {
    /// The shape of standard output: where a folder takes the results, the summary for people.
    pub(crate) fn shape(&self) -> Shape {
        if self.out.is_some() { Shape::Text } else { self.format() }
    }

    /// The shape that was asked for.
    pub(crate) fn format(&self) -> Shape {
        Shape::NAMES.iter().find(|it| it.1 == self.format).map(|it| it.0).expect("the parser admits only these names")
    }
}

impl InputArgs {
    pub(crate) fn limits(&self) -> Limits {
        Limits {
            document_bytes: self.max_document,
            cell_bytes: self.max_cell,
            cells: self.max_cells,
            ..Limits::default()
        }
    }
}

fn shape_names() -> clap::builder::PossibleValuesParser {
    Shape::NAMES.iter().map(|it| it.1).collect::<Vec<_>>().into()
}

fn format_names() -> clap::builder::PossibleValuesParser {
    Format::ALL.iter().map(|it| it.name()).collect::<Vec<_>>().into()
}

/// `65536`, `64K`, `64M`, `1G`.
fn size(text: &str) -> Result<usize, String> {
    let (digits, shift) = match text.char_indices().last() {
        Some((at, 'K' | 'k')) => (text.split_at(at).0, 10),
        Some((at, 'M' | 'm')) => (text.split_at(at).0, 20),
        Some((at, 'G' | 'g')) => (text.split_at(at).0, 30),
        _ => (text, 0),
    };
    let number: usize = digits.parse().map_err(|_| "a size is a number, or a number with K, M or G".to_owned())?;
    number.checked_mul(1 << shift).ok_or_else(|| "the size is too large".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn arguments_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn defaults_are_the_limits_of_the_contract() {
        let args = Args::parse_from(["gouji", "extract", "x"]);
        let Command::Extract(extract) = args.command else { panic!("extract was given") };
        assert_eq!(extract.run.input.limits(), Limits::default());
        assert_eq!(extract.run.shape(), Shape::Text);
    }

    #[test]
    fn sizes_have_units() {
        for (text, expected) in [("0", Some(0)), ("12", Some(12)), ("3k", Some(3072)), ("1G", Some(1 << 30))] {
            assert_eq!(size(text).ok(), expected, "{text}");
        }
        for text in ["", "M", "-1", "1T", "1.5M", "99999999999999999G"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
