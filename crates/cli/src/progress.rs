//! How far a run is, on one line of standard error: only for a person who watches it and sees nothing else move.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use gouji_report::Tally;

/// Time between two updates of the line: fast enough to look alive, slow enough to cost nothing.
const INTERVAL: Duration = Duration::from_millis(100);

/// A line of progress, or nothing.
pub(crate) struct Progress {
    last: Option<Instant>,
    is_shown: bool,
}

impl Progress {
    /// Shows progress if standard error is a terminal and the results go elsewhere.
    pub(crate) fn new(is_quiet: bool) -> Progress {
        let is_wanted = !is_quiet && io::stderr().is_terminal() && !io::stdout().is_terminal();
        Progress { last: is_wanted.then(Instant::now), is_shown: false }
    }

    /// Writes the line anew if it is time.
    pub(crate) fn update(&mut self, tally: &Tally) {
        let Some(last) = &mut self.last else { return };
        if last.elapsed() < INTERVAL {
            return;
        }
        *last = Instant::now();
        self.is_shown = true;
        let Tally { documents, forms, unread, formless, .. } = tally;
        let n_read = documents + unread + formless;
        // Progress is a courtesy: a run does not end because nobody can see it.
        write!(io::stderr(), "\r\x1b[K{n_read} documents, {forms} forms, {unread} unread").ok();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_shown {
            // As above.
            write!(io::stderr(), "\r\x1b[K").ok();
        }
    }
}
