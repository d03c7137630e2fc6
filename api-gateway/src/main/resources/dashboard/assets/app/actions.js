import * as api from './api.js';
import { ask, say, sayProblem } from './dialogs.js';
import { knownJobs } from './known-jobs.js';

const nameOf = it => [it.Job ?? it.Name, it.ConfigurationName].filter(Boolean).join(' · ');

const underWay = new Set();

/** Does something, and tells when it cannot be done. What is under way for a job is not begun again. */
async function attempt(id, action) {
  if (underWay.has(id)) return null;
  underWay.add(id);
  try {
    return await action();
  } catch (fault) {
    sayProblem(fault);
    return null;
  } finally {
    underWay.delete(id);
  }
}

export async function stop(job) {
  const sure = await ask({
    title: `Stop ${nameOf(job)}?`,
    text: job.Status === 'Queued'
      ? 'It has not begun; it will not run. Its schedule goes on.'
      : 'Its agent is told and ends the crawl; what was fetched stays. Its schedule goes on.',
    action: 'Stop',
    danger: true,
  });
  if (sure) await attempt(job.Id, async () => knownJobs.tell(await api.stop(job)));
}

export const runAgain = job => attempt(job.Id, async () => queued(job, await api.runAgain(job)));

export const run = jobType => attempt(jobType.Id, async () =>
  queued(jobType, (await api.trigger([jobType.Id])).triggered[0].jobId));

function queued(what, jobId) {
  say(`${nameOf(what)} is queued.`, { link: `/jobs?job=${jobId}` });
  return jobId;
}

export async function pause(jobType) {
  const reason = await ask({
    title: `Pause ${nameOf(jobType)}?`,
    text: 'Nothing is fired until somebody resumes it. Jobs that are queued or running go on.',
    action: 'Pause',
    reason: 'Why?',
  });
  if (!reason) return null;
  return attempt(jobType.Id, () => api.send('POST', `${api.jobTypePath(jobType.Id)}/pause`, { reason }));
}

export const resume = jobType =>
  attempt(jobType.Id, () => api.send('POST', `${api.jobTypePath(jobType.Id)}/resume`));

export const restore = jobType => attempt(jobType.Id, async () => {
  const restored = await api.send('POST', `${api.jobTypePath(jobType.Id)}/restore`);
  say(`${nameOf(jobType)} is back.`);
  return restored;
});

/** Removed at once; for ten seconds it can be taken back here, later from the Removed filter. */
export async function remove(jobType, changed) {
  const removed = await attempt(jobType.Id, async () => {
    await api.remove([jobType.Id]);
    say(`${nameOf(jobType)} is removed.`, { lasts: 10_000, undo: async () => changed(await restore(jobType)) });
    return true;
  });
  if (removed) await changed();
}
