//! What a command line says of the documents that are to be drawn.

use anyhow::{Result, bail};
use clap::Args;
use gouji_generate::draw::{self, Faults, Set};

use super::{Choice, Damage, Planted, Rendering};

/// Options that `generate` and `score --drawn` share.
#[derive(Args, Clone, Debug, Default)]
pub struct Options {
    /// Layouts, separated by commas; all if left out
    #[arg(long, value_delimiter = ',')]
    pub layout: Vec<String>,
    /// Kinds of damage, separated by commas: none, the name of a kind, mixed, or all
    #[arg(long, value_delimiter = ',')]
    pub damage: Vec<String>,
    /// Renderings, separated by commas: text, markdown, html, and of pages saved as text cells, padded, one-line,
    /// run-together; `generate` also writes grid
    #[arg(long, value_delimiter = ',')]
    pub render: Vec<String>,
    /// Faults planted in a document: none, one, some, or varied
    #[arg(long)]
    pub faults: Option<String>,
    /// What the documents are drawn from
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// The rendering that is no document but what other programs make documents of.
const GRID: &str = "grid";

impl Options {
    /// What is asked for; without a word, the damage is `damages`, and everything else is all there is.
    ///
    /// # Errors
    /// If a name is none of those that there are.
    pub fn choice(&self, set: &str, damages: Vec<Damage>) -> Result<Choice> {
        let set = match set {
            "development" => Set::Development,
            "test" => Set::Test,
            set => bail!("no drawn set is called {set}; there are development and test"),
        };
        if let Some(unknown) = self.layout.iter().find(|it| !draw::layouts().contains(&it.as_str())) {
            bail!("no layout is called {unknown}; there are {}", draw::layouts().join(", "));
        }
        let damages = match self.damage.as_slice() {
            [] => damages,
            [all] if all == "all" => Damage::all(),
            names => names.iter().map(|it| Damage::named(it)).collect::<Result<_>>()?,
        };
        let planted = match self.faults.as_deref() {
            None | Some("varied") => Planted::Varied,
            Some("none") => Planted::Every(Faults::None),
            Some("one") => Planted::Every(Faults::One),
            Some("some") => Planted::Every(Faults::Some),
            Some(other) => bail!("--faults is none, one, some or varied, not {other}"),
        };
        let renderings = self.renderings()?;
        Ok(Choice { set, seed: self.seed, layouts: self.layout.clone(), damages, renderings, planted })
    }

    /// Whether the grid is asked for, too.
    pub fn has_grid(&self) -> bool {
        self.render.iter().any(|it| it == GRID)
    }

    fn renderings(&self) -> Result<Vec<Rendering>> {
        let named = |name: &&String| match Rendering::named().find(|it| it.1 == name.as_str()) {
            Some(it) => Ok(it.0),
            None => bail!(
                "no rendering is called {name}; there are text, markdown, html, cells, padded, one-line, run-together and grid"
            ),
        };
        let asked: Vec<&String> = self.render.iter().filter(|it| *it != GRID).collect();
        if asked.is_empty() {
            return Ok(Rendering::ALL.iter().map(|it| it.0).collect());
        }
        asked.iter().map(named).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(options: Options, set: &str, want: &str) {
        let got = match options.choice(set, vec![Damage::None]) {
            Ok(it) => {
                let damages: Vec<&str> = it.damages.iter().map(|it| it.name()).collect();
                let renderings: Vec<&str> = it.renderings.iter().map(|it| it.name()).collect();
                format!("{} {} {:?}", damages.join(","), renderings.join(","), it.planted)
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(got, want);
    }

    #[test]
    fn what_is_left_out_is_all_there_is() {
        check(Options::default(), "test", "none text,markdown,html Varied");
        let words = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let options =
            Options { render: words(&["grid", "html"]), faults: Some("one".to_owned()), ..Options::default() };
        check(options, "test", "none html Every(One)");
    }

    #[test]
    fn unknown_names_are_refused() {
        check(Options::default(), "seeds", "no drawn set is called seeds; there are development and test");
        let options = Options { faults: Some("two".to_owned()), ..Options::default() };
        check(options, "test", "--faults is none, one, some or varied, not two");
    }
}
