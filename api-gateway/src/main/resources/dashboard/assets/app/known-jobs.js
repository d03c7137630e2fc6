import { live } from './live.js';

const REMEMBERED = 60_000;
const RANKS = { Queued: 0, Executing: 1, Cancelling: 1.5, Cancelled: 2, Failed: 3, Completed: 4 };

/** Which run of its job it is: the last three digits of its id; 0 where nothing is said of a run. */
const attemptOf = job => (job.JobRunId ? parseInt(job.JobRunId.slice(-3), 16) : 0);

const rankOf = job => RANKS[job.Status] ?? -1;

export const isOver = job => rankOf(job) >= 2;

const isToStop = job => job.Stopping === true || job.Status === 'Cancelling';

const first = (one, other) => (!one || (other && Date.parse(other) < Date.parse(one)) ? other : one) ?? null;

/**
 * The join of two accounts of one job, whichever came first: the later run counts, and of one run the
 * state of the higher rank. An account that knows less takes nothing away, and a wish to stop the job
 * stays with it whatever its run.
 */
export function join(one, other) {
  const difference = attemptOf(one) - attemptOf(other) || rankOf(one) - rankOf(other);
  const [newer, older] = difference >= 0 ? [one, other] : [other, one];
  const sameRun = attemptOf(one) === attemptOf(other);
  const ofRun = sameRun || !attemptOf(older) ? {} : { Agent: null, StartedAt: null, FinishedAt: null, Progress: 0 };
  const joined = { ...older, ...ofRun };
  for (const [name, value] of Object.entries(newer)) {
    if (value !== null && value !== undefined) joined[name] = value;
  }
  joined.QueuedAt = first(one.QueuedAt, other.QueuedAt);
  if (sameRun) {
    joined.StartedAt = first(one.StartedAt, other.StartedAt);
    joined.Progress = Math.max(one.Progress ?? 0, other.Progress ?? 0);
  }
  if (!isOver(joined)) joined.FinishedAt = null;
  if (isToStop(one) || isToStop(other)) {
    joined.Stopping = true;
    if (joined.Status === 'Executing') joined.Status = 'Cancelling';
  }
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
    const joined = before ? join(before.job, job) : job;
    this.#jobs.delete(job.Id);
    this.#jobs.set(job.Id, { job: joined, at: Date.now() });
  }

  #forget() {
    for (const [id, { at }] of this.#jobs) {
      if (Date.now() - at < REMEMBERED && this.#jobs.size <= 5000) return;
      this.#jobs.delete(id);
    }
  }
}

export const knownJobs = new KnownJobs();
