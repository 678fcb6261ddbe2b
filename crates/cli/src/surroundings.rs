//! What the program asks of the place where it runs: the language of the locale, whether colors are wanted, the day of
//! today, and the configuration that stands nearest.

use std::env;
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Error, Result};
use gouji_corpus::{Configuration, Date};
use gouji_report::Lang;

use crate::args::{ColorArg, LangArg};

/// The language that was asked for, else that of the locale, else English.
pub(crate) fn lang(arg: Option<LangArg>) -> Lang {
    match arg {
        Some(LangArg::Zh) => Lang::Zh,
        Some(LangArg::En) => Lang::En,
        None => of_locale(["LC_ALL", "LC_MESSAGES", "LANG"].map(|it| env::var(it).unwrap_or_default())),
    }
}

/// The day of today, in UTC.
pub(crate) fn today() -> Date {
    // A clock before 1970 is wrong; then nothing is expired.
    Date::of_unix_seconds(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs()))
}

/// The configuration that was asked for, else the nearest one upward from the working directory, else none.
///
/// # Errors
/// If it cannot be read, or is wrong.
pub(crate) fn configuration(arg: Option<&Path>) -> Result<Configuration> {
    let nearest = || Configuration::nearest(&env::current_dir().ok()?);
    match arg.map(Path::to_owned).or_else(nearest) {
        Some(path) => Configuration::read(&path).map_err(Error::msg),
        None => Ok(Configuration::default()),
    }
}

/// The first variable that is set decides, as POSIX says.
fn of_locale(variables: [String; 3]) -> Lang {
    let locale = variables.into_iter().find(|it| !it.is_empty()).unwrap_or_default();
    if locale.to_ascii_lowercase().starts_with("zh") { Lang::Zh } else { Lang::En }
}

/// Whether standard output takes colors; `NO_COLOR` as on no-color.org.
pub(crate) fn has_color(arg: ColorArg) -> bool {
    match arg {
        ColorArg::Always => true,
        ColorArg::Never => false,
        ColorArg::Auto => {
            let is_refused = env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
            let is_dumb = env::var_os("TERM").is_some_and(|it| it == "dumb");
            !is_refused && !is_dumb && io::stdout().is_terminal()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        let lang = |variables: [&str; 3]| of_locale(variables.map(str::to_owned));
        assert_eq!(lang(["", "", "zh_CN.UTF-8"]), Lang::Zh);
        assert_eq!(lang(["C", "zh_CN", "zh_CN"]), Lang::En);
        assert_eq!(lang(["", "zh-Hant", "C"]), Lang::Zh);
        assert_eq!(lang(["", "", ""]), Lang::En);
    }
}
