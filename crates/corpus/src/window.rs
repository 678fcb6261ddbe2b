//! Work on many threads with results in order: inputs go in one by one, results come out in the same order, and only a
//! bounded window of them is held in between.

use std::any::Any;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc;

use rayon::ThreadPoolBuildError;

/// Inputs under work at once, for each thread: one at work and one that waits, so that no thread idles.
const STARTED_PER_JOB: usize = 2;

/// Results that may wait for an earlier one, for each thread: while one thread is busy with a document of some hundred
/// forms, the others do not stop.
const WAITING_PER_JOB: usize = 64;

/// Weight of the results that may wait. Bytes. Beyond it nothing new is started, however few they are.
const WAITING_WEIGHT: usize = 128 << 20;

/// Stack of a thread, as the main thread of a program commonly has it, so that depth does not depend on `--jobs`. Bytes.
const STACK_BYTES: usize = 8 << 20;

/// How many threads work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jobs(pub NonZeroUsize);

type Worked<T> = Result<T, Box<dyn Any + Send>>;

/// Does `work` on every input and hands the results to `sink`, in the order of the inputs, on the calling thread.
///
/// `weigh` says about how many bytes a result holds. One job works on the calling thread. When `sink` breaks, nothing
/// new is started and its value is returned.
///
/// # Errors
/// If the threads cannot be started.
///
/// # Panics
/// If `work` panics: on the calling thread, with the same payload, when the result's turn comes.
pub fn in_order<I: Send, T: Send, B>(
    jobs: Jobs,
    mut inputs: impl Iterator<Item = I>,
    work: impl Fn(I) -> T + Sync,
    weigh: impl Fn(&T) -> usize,
    mut sink: impl FnMut(T) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, ThreadPoolBuildError> {
    let n_jobs = jobs.0.get();
    if n_jobs == 1 {
        return Ok(inputs.try_for_each(|it| sink(work(it))));
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n_jobs).stack_size(STACK_BYTES).build()?;
    let work = &work;
    Ok(pool.in_place_scope(|scope| {
        let (sender, receiver) = mpsc::channel::<(usize, Worked<T>)>();
        let mut window = Window { waiting: BTreeMap::new(), weight: 0, n_started: 0, n_done: 0, n_out: 0 };
        loop {
            while window.has_room(n_jobs) {
                let Some(input) = inputs.next() else { break };
                let (number, sender) = (window.n_started, sender.clone());
                window.n_started += 1;
                scope.spawn(move |_| {
                    // A panic must reach the calling thread, which would wait for ever otherwise.
                    let worked = catch_unwind(AssertUnwindSafe(|| work(input)));
                    // The receiver is gone only after `sink` broke; then nobody wants the result.
                    sender.send((number, worked)).ok();
                });
            }
            if window.n_done == window.n_started && window.waiting.is_empty() {
                return ControlFlow::Continue(());
            }
            let (number, worked) = receiver.recv().expect("this thread holds a sender");
            window.put(number, worked, &weigh);
            while let Some(worked) = window.take(&weigh) {
                match worked {
                    Ok(res) => sink(res)?,
                    Err(payload) => resume_unwind(payload),
                }
            }
        }
    }))
}

/// Results that wait for an earlier one.
struct Window<T> {
    waiting: BTreeMap<usize, Worked<T>>,
    weight: usize,
    n_started: usize,
    n_done: usize,
    n_out: usize,
}

impl<T> Window<T> {
    fn has_room(&self, n_jobs: usize) -> bool {
        self.n_started - self.n_done < n_jobs * STARTED_PER_JOB
            && self.waiting.len() < n_jobs * WAITING_PER_JOB
            && self.weight < WAITING_WEIGHT
    }

    fn put(&mut self, number: usize, worked: Worked<T>, weigh: &impl Fn(&T) -> usize) {
        self.n_done += 1;
        self.weight += worked.as_ref().map_or(0, weigh);
        self.waiting.insert(number, worked);
    }

    /// The next result in order, if it is there.
    fn take(&mut self, weigh: &impl Fn(&T) -> usize) -> Option<Worked<T>> {
        let worked = self.waiting.remove(&self.n_out)?;
        self.n_out += 1;
        self.weight -= worked.as_ref().map_or(0, weigh);
        Some(worked)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn jobs(n_jobs: usize) -> Jobs {
        Jobs(NonZeroUsize::new(n_jobs).unwrap())
    }

    /// Gives other threads every chance to run ahead.
    fn dawdle() {
        for _ in 0..20_000 {
            std::thread::yield_now();
        }
    }

    /// Spends time that differs from input to input, so that results are ready out of order.
    fn spin(number: usize) -> usize {
        let n_turns = if number.is_multiple_of(7) { 20_000 } else { 10 };
        (0..n_turns).fold(number, |acc, it| std::hint::black_box(acc ^ it ^ it))
    }

    #[test]
    fn results_come_in_the_order_of_inputs_on_any_number_of_threads() {
        for n_jobs in [1, 2, 4, 9] {
            let mut found = Vec::new();
            let res = in_order(
                jobs(n_jobs),
                0..1000,
                spin,
                |_| 1,
                |it| {
                    found.push(it);
                    ControlFlow::<()>::Continue(())
                },
            );
            assert_eq!(res.unwrap(), ControlFlow::Continue(()));
            assert_eq!(found, Vec::from_iter(0..1000), "{n_jobs} threads");
        }
    }

    #[test]
    fn no_more_is_started_than_the_window_holds() {
        let n_handed_on = AtomicUsize::new(0);
        let is_far_ahead = |number: usize| {
            let n_ahead = number.saturating_sub(n_handed_on.load(Ordering::SeqCst));
            2 * (STARTED_PER_JOB + WAITING_PER_JOB) < n_ahead
        };
        let work = |number| {
            if number == 0 {
                dawdle();
            }
            is_far_ahead(number)
        };
        let res = in_order(
            jobs(2),
            0..5000,
            work,
            |_| 1,
            |was_far_ahead| {
                n_handed_on.fetch_add(1, Ordering::SeqCst);
                if was_far_ahead { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(res.unwrap(), ControlFlow::Continue(()));
    }

    #[test]
    fn heavy_results_stop_new_work() {
        let n_started = AtomicUsize::new(0);
        let work = |number| {
            n_started.fetch_add(1, Ordering::SeqCst);
            if number == 0 {
                dawdle();
                return n_started.load(Ordering::SeqCst);
            }
            0
        };
        let mut first = None;
        let res = in_order(
            jobs(2),
            0..500,
            work,
            |_| WAITING_WEIGHT,
            |n_started| {
                first.get_or_insert(n_started);
                ControlFlow::<()>::Continue(())
            },
        );
        assert_eq!(res.unwrap(), ControlFlow::Continue(()));
        let first = first.unwrap();
        assert!(first <= 2 * STARTED_PER_JOB, "{first} were started beside a heavy result");
    }

    #[test]
    fn breaking_stops_the_run() {
        for n_jobs in [1, 3] {
            let mut n_results = 0;
            let res = in_order(
                jobs(n_jobs),
                0..,
                spin,
                |_| 1,
                |it| {
                    n_results += 1;
                    if it == 100 { ControlFlow::Break("enough") } else { ControlFlow::Continue(()) }
                },
            );
            assert_eq!(res.unwrap(), ControlFlow::Break("enough"));
            assert_eq!(n_results, 101);
        }
    }

    #[test]
    fn a_panic_reaches_the_caller() {
        for n_jobs in [1, 3] {
            let res = catch_unwind(|| {
                let work = |it: usize| if it == 5 { panic!("five") } else { it };
                in_order(jobs(n_jobs), 0..1000, work, |_| 1, |_| ControlFlow::<()>::Continue(()))
            });
            assert_eq!(res.unwrap_err().downcast_ref::<&str>(), Some(&"five"));
        }
    }
}
