/** What the gateway refused or could not do, in words a person can act on. */
class Problem extends Error {
  constructor(status, problem) {
    super(problem.detail ?? `The gateway answered ${status}.`);
    this.status = status;
    this.properties = problem;
  }
}

/** A value of each parameter that is not empty; an array gives it several times. */
export function query(parameters = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== '') search.append(name, one);
    }
  }
  return search.size ? `?${search}` : '';
}

export async function get(path, parameters, signal) {
  return (await ask(path + query(parameters), { signal })).json();
}

/** One page of a list, and how long the list is. */
export async function list(path, parameters, signal) {
  const answer = await ask(path + query(parameters), { signal });
  const items = await answer.json();
  return { items, total: Number(answer.headers.get('X-Total-Count') ?? items.length) };
}

export const send = async (method, path, body) =>
  (await ask(path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  })).json();

/** Queues a job of each job type now. */
export const trigger = ids => form('/api/v1/hangfire/recurring/trigger', ids);

/** Ends the schedules of job types. */
export const remove = ids => form('/api/v1/hangfire/recurring/remove', ids);

/** Asks for a job to be stopped. */
export const stop = job =>
  send('PATCH', '/api/v1/jobs/abandonwork', { jobRunId: job.JobRunId, jobId: job.Id });

/** Queues another job of the same job type. */
export async function runAgain(job) {
  const { JobTypeId } = job.JobTypeId ? job : await get(`/api/v1/jobs/${job.Id}`);
  return (await trigger([JobTypeId])).triggered[0].jobId;
}

export const jobTypePath = id => `/api/v1/job-types/${encodeURIComponent(id)}`;

async function form(path, ids) {
  const body = new URLSearchParams(ids.map(id => ['jobIds[]', id]));
  return (await ask(path, { method: 'POST', body })).json();
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, { ...options, headers: { Accept: 'application/json', ...options?.headers } });
  } catch (fault) {
    if (fault.name === 'AbortError') throw fault;
    throw new Problem(0, { detail: 'The gateway cannot be reached.' });
  }
  if (!answer.ok) {
    throw new Problem(answer.status, await answer.json().catch(() => ({})));
  }
  return answer;
}
