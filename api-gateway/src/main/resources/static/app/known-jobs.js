import { live } from './live.js';

const REMEMBERED = 60_000;
const RANKS = { Queued: 0, Executing: 1, Cancelling: 1.5, Cancelled: 2, Failed: 3, Completed: 4 };

/** Which run of its job it is: the last three digits of its id; null where an account names none. */
const attemptOf = job => (job.JobRunId ? parseInt(job.JobRunId.slice(-3), 16) : null);

const rankOf = job => RANKS[job.Status] ?? -1;

export const isOver = job => rankOf(job) >= 2;

/**
 * The join of two accounts of one job, whichever came first: the later run counts, and of one run the
 * state of the higher rank. An account that knows less takes nothing away.
 */
export function join(one, other) {
  const attempt = attemptOf(one) ?? attemptOf(other);
  const later = attempt - (attemptOf(other) ?? attempt);
  const [newer, older] = (later || rankOf(one) - rankOf(other)) >= 0 ? [one, other] : [other, one];
  const sameRun = later === 0;
  const joined = { ...older };
  for (const [name, value] of Object.entries(newer)) {
    if (value !== null && value !== undefined) joined[name] = value;
  }
  if (!sameRun) {
    joined.StartedAt = newer.StartedAt ?? null;
    joined.FinishedAt = newer.FinishedAt ?? null;
  }
  if (!isOver(joined)) joined.FinishedAt = null;
  joined.Progress = sameRun
    ? Math.max(one.Progress ?? 0, other.Progress ?? 0)
    : newer.Progress ?? 0;
  return joined;
}

/** What was lately told of jobs, so that a list which was read a moment too early is not believed. */
class KnownJobs extends EventTarget {
  #jobs = new Map();

  constructor() {
    super();
    live.addEventListener('jobs', ({ detail }) => {
      for (const job of detail.Jobs ?? []) this.#learn(job);
      this.#forget();
      this.dispatchEvent(new CustomEvent('change', { detail }));
    });
  }

  /** Takes in what an answer says of a job. */
  tell(job) {
    this.#learn(job);
    this.dispatchEvent(new CustomEvent('change', { detail: { Jobs: [job] } }));
  }

  /** A job as it is known now. */
  latest(job) {
    const known = this.#jobs.get(job.Id);
    return known ? join(known.job, job) : job;
  }

  #learn(job) {
    const before = this.#jobs.get(job.Id);
    this.#jobs.delete(job.Id);
    this.#jobs.set(job.Id, { job: before ? join(before.job, job) : job, at: Date.now() });
  }

  #forget() {
    for (const [id, { at }] of this.#jobs) {
      if (Date.now() - at < REMEMBERED && this.#jobs.size <= 5000) return;
      this.#jobs.delete(id);
    }
  }
}

export const knownJobs = new KnownJobs();
