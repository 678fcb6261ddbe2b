//! Baselines: findings that are known, each with who knows it, why it stays, and until when.
//!
//! In goes TOML and the day of today; out come verdicts without the known findings, and afterwards what in the baseline
//! is expired or stale. A baseline is also written here, from verdicts.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};

use gouji_model::{AcrossFinding, Class, FormVerdict};
use serde::{Deserialize, Serialize};

/// A day of the calendar, as `2027-03-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, in UTC, that holds this second since 1970 (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    pub fn of_unix_seconds(seconds: u64) -> Date {
        /// Days from 0000-03-01, where the years of the algorithm begin, to 1970-01-01.
        const TO_1970: u64 = 719_468;
        let days = seconds / 86_400 + TO_1970;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = 400 * era + year_of_era + u64::from(month <= 2);
        let narrow = |it: u64| u8::try_from(it).unwrap_or(u8::MAX);
        Date { year: u16::try_from(year).unwrap_or(u16::MAX), month: narrow(month), day: narrow(day) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = String;

    /// # Errors
    /// If the text is no day of the calendar of this shape.
    fn from_str(text: &str) -> Result<Date, String> {
        let wrong = || format!("{text:?} is no day of the calendar, such as 2027-03-31");
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts.as_slice() else { return Err(wrong()) };
        let is_digits = |it: &str, n: usize| it.len() == n && it.bytes().all(|byte| byte.is_ascii_digit());
        if !(is_digits(year, 4) && is_digits(month, 2) && is_digits(day, 2)) {
            return Err(wrong());
        }
        let number = |it: &str| it.parse::<u16>().map_err(|_| wrong());
        let narrow = |it: u16| u8::try_from(it).map_err(|_| wrong());
        let (year, month, day) = (number(year)?, narrow(number(month)?)?, narrow(number(day)?)?);
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let n_days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return Err(wrong()),
        };
        if (1..=n_days).contains(&day) { Ok(Date { year, month, day }) } else { Err(wrong()) }
    }
}

/// A finding that is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Project of the form; empty if it prints none. For people: the fingerprint decides.
    pub project: String,
    /// Code of the check.
    pub code: String,
    /// The finding's fingerprint.
    pub fingerprint: String,
    /// Who knows it.
    pub who: String,
    /// Why it stays.
    pub why: String,
    /// The last day that this holds.
    pub until: String,
}

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {:?} ({}, until {})", self.code, self.fingerprint, self.project, self.who, self.until)
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    known: Vec<Known>,
}

/// Code and fingerprint.
type Key = (String, String);

/// The findings that are known today; counts which of them it met.
#[derive(Debug, Default)]
pub struct Baseline {
    known: BTreeMap<Key, (Known, AtomicUsize)>,
    expired: Vec<Known>,
}

impl Baseline {
    /// The baseline that the text states, as it holds today.
    ///
    /// # Errors
    /// If the text is not of the shape of the contract.
    pub fn parse(text: &str, today: Date) -> Result<Baseline, String> {
        let file: File = toml::from_str(text).map_err(|it| it.to_string())?;
        let mut baseline = Baseline::default();
        for known in file.known {
            let until: Date = known.until.parse().map_err(|it| format!("until: {it}"))?;
            if until < today {
                baseline.expired.push(known);
            } else {
                baseline.known.insert((known.code.clone(), known.fingerprint.clone()), (known, AtomicUsize::new(0)));
            }
        }
        baseline.expired.sort();
        Ok(baseline)
    }

    /// Takes the known findings out of a verdict, which then says what the others come to.
    pub fn hide(&self, verdict: &mut FormVerdict) {
        let n_before = verdict.findings.len();
        verdict.findings.retain(|it| !self.hides(it.code, &it.fingerprint));
        if verdict.findings.len() < n_before {
            verdict.kind = gouji_score::kind(&verdict.findings, &verdict.ledger);
        }
    }

    /// Whether it knows a finding, which it counts.
    pub(crate) fn hides(&self, code: &str, fingerprint: &str) -> bool {
        let Some((_, n_met)) = self.known.get(&(code.to_owned(), fingerprint.to_owned())) else { return false };
        n_met.fetch_add(1, Ordering::Relaxed);
        true
    }

    /// How many findings were hidden.
    pub fn n_hidden(&self) -> usize {
        self.known.values().map(|it| it.1.load(Ordering::Relaxed)).sum()
    }

    /// The entries that were met.
    pub fn met(&self) -> Vec<&Known> {
        self.known.values().filter(|it| 0 < it.1.load(Ordering::Relaxed)).map(|it| &it.0).collect()
    }

    /// The entries that no finding was met for.
    pub fn stale(&self) -> Vec<&Known> {
        let mut stale: Vec<&Known> =
            self.known.values().filter(|it| it.1.load(Ordering::Relaxed) == 0).map(|it| &it.0).collect();
        stale.sort();
        stale
    }

    /// The entries whose last day is over.
    pub fn expired(&self) -> &[Known] {
        &self.expired
    }

    /// The text of a baseline with these entries: sorted, one for each finding.
    ///
    /// # Errors
    /// If TOML has no way to write them.
    pub fn written(mut known: Vec<Known>) -> Result<String, String> {
        known.sort();
        known.dedup_by(|a, b| (&a.code, &a.fingerprint) == (&b.code, &b.fingerprint));
        if known.is_empty() {
            return Ok("known = []\n".to_owned());
        }
        toml::to_string(&File { known }).map_err(|it| it.to_string())
    }

    /// An entry for every finding of the verdict that is more than a note.
    pub fn entries<'a>(
        verdict: &'a FormVerdict,
        who: &'a str,
        why: &'a str,
        until: Date,
    ) -> impl Iterator<Item = Known> + 'a {
        verdict.findings.iter().filter(|it| it.class != Class::Note).map(move |it| Known {
            project: verdict.project.clone().unwrap_or_default(),
            code: it.code.to_owned(),
            fingerprint: it.fingerprint.clone(),
            who: who.to_owned(),
            why: why.to_owned(),
            until: until.to_string(),
        })
    }

    /// An entry for a finding over documents, under the project of its first form.
    pub fn entry_across(finding: &AcrossFinding, who: &str, why: &str, until: Date) -> Known {
        Known {
            project: finding.members.iter().find_map(|it| it.project.clone()).unwrap_or_default(),
            code: finding.code.to_owned(),
            fingerprint: finding.fingerprint.clone(),
            who: who.to_owned(),
            why: why.to_owned(),
            until: until.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (951_782_399, "2000-02-28"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_798_761_599, "2026-12-31"),
            (1_798_761_600, "2027-01-01"),
            (4_107_542_400, "2100-03-01"),
        ] {
            assert_eq!(Date::of_unix_seconds(seconds).to_string(), expected);
            assert_eq!(Date::of_unix_seconds(seconds), day(expected));
        }
        for text in [
            "",
            "2027",
            "2027-3-31",
            "2027-02-29",
            "2100-02-29",
            "2027-13-01",
            "2027-00-10",
            "2027-01-00",
            "+027-01-01",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        assert!(day("2026-12-31") < day("2027-01-01"));
    }

    #[test]
    fn entries_hold_through_their_last_day() {
        let entry = |until: &str| {
            format!("[[known]]\nproject='p'\ncode='F03'\nfingerprint='{until}'\nwho='w'\nwhy='y'\nuntil='{until}'\n")
        };
        let text = entry("2027-03-31") + &entry("2027-03-30") + &entry("2027-04-01");
        let baseline = Baseline::parse(&text, day("2027-03-31")).expect("of the shape");
        let expired: Vec<&str> = baseline.expired().iter().map(|it| it.fingerprint.as_str()).collect();
        assert_eq!(expired, ["2027-03-30"]);
        assert_eq!(baseline.stale().len(), 2);
        assert!(Baseline::parse("[[known]]\ncode='F03'", day("2027-03-31")).is_err());
        assert!(Baseline::parse(&entry("soon"), day("2027-03-31")).expect_err("no day").contains("\"soon\" is no day"));
    }

    #[test]
    fn a_baseline_reads_back() {
        assert!(Baseline::parse(&Baseline::written(Vec::new()).expect("written"), day("2027-01-01")).is_ok());
        let known = |project: &str, fingerprint: &str| Known {
            project: project.to_owned(),
            code: "T01".to_owned(),
            fingerprint: fingerprint.to_owned(),
            who: "Li \"L\"".to_owned(),
            why: "line\nbreak".to_owned(),
            until: "2027-01-01".to_owned(),
        };
        let text = Baseline::written(vec![known("乙", "2"), known("甲", "1"), known("乙", "2")]).expect("written");
        let baseline = Baseline::parse(&text, day("2026-01-01")).expect("of the shape");
        let stale: Vec<Known> = baseline.stale().into_iter().cloned().collect();
        let mut expected = vec![known("甲", "1"), known("乙", "2")];
        expected.sort();
        assert_eq!(stale, expected);
    }
}
