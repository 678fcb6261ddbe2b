//! Limits that the operating system holds a worker to: a size or seconds go in.
//!
//! On systems without them a worker is only ended when it does not answer.

use std::io;
use std::process::ExitStatus;

/// Lets this process map no more than so many bytes.
#[cfg(unix)]
pub(super) fn memory(bytes: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    setrlimit(Resource::As, Rlimit { current: Some(bytes), maximum: Some(bytes) }).map_err(io::Error::from)
}

/// Lets this process work so many seconds more.
#[cfg(unix)]
pub(super) fn seconds(more: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};
    let done = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
    let maximum = getrlimit(Resource::Cpu).maximum;
    // A second is begun.
    let wanted = done.saturating_add(more).saturating_add(1);
    let current = Some(maximum.map_or(wanted, |it| it.min(wanted)));
    setrlimit(Resource::Cpu, Rlimit { current, maximum }).map_err(io::Error::from)
}

/// Whether a process was ended because it had worked too long.
#[cfg(unix)]
pub(super) fn is_out_of_time(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt as _;
    status.signal() == Some(rustix::process::Signal::XCPU.as_raw())
}

#[cfg(not(unix))]
pub(super) fn memory(_: u64) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn seconds(_: u64) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn is_out_of_time(_: ExitStatus) -> bool {
    false
}
