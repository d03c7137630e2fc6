import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { isOver } from './known-jobs.js';
import { badge, icon, number, status } from './words.js';
import { duration, lengthOf, time } from './time.js';
import { route } from './route.js';

/** These begin with the first letter or the earliest time, all others with the newest or most. */
const UPWARDS = ['name', 'configuration', 'schedule', 'next'];

const COLUMNS = [
  ['name', 'Name'], ['configuration', 'Configuration'], ['status', 'Status'], ['clues', 'Clues fetched'],
  ['queued', 'Queued at'], ['started', 'Started at'], ['finished', 'Finished at'],
];

/** A heading that sorts by its column, and the other way when it does already. */
export function sortable(name, words, sort) {
  const [down, by] = sort.startsWith('-') ? [true, sort.slice(1)] : [false, sort];
  const active = by === name;
  const upwards = active ? down : UPWARDS.includes(name);
  const next = upwards ? name : `-${name}`;
  return html`
    <th scope="col" class="by-${name}" aria-sort=${active ? (down ? 'descending' : 'ascending') : 'none'}>
      <button @click=${() => route.set({ sort: next, page: '' })}>${words}
        ${icon(active ? (down ? 'down' : 'up') : 'sort')}</button>
    </th>`;
}

/**
 * A table of jobs.
 *
 * @param jobs the rows, in their order
 * @param screen whose `selected` are the ids of chosen rows, and whose `toggle`, `toggleAll`, `stop` and
 *   `run` are called
 */
export function jobsTable(jobs, screen, sort, { zone, withName = true } = {}) {
  const all = jobs.length > 0 && jobs.every(job => screen.selected.has(job.Id));
  return html`
    <div class="scroll"><table class="jobs">
      <caption class="unseen">Jobs</caption>
      <thead>
        <tr>
          <th scope="col" class="choice"><input type="checkbox" aria-label="Select all on this page"
            .checked=${all} .indeterminate=${!all && jobs.some(job => screen.selected.has(job.Id))}
            @change=${() => screen.toggleAll(!all)}></th>
          ${COLUMNS.filter(([name]) => withName || name !== 'name').map(([name, words]) => sortable(name, words, sort))}
          <th scope="col" class="by-duration">Duration</th>
          <th scope="col" class="actions">Actions</th>
        </tr>
      </thead>
      <tbody>${repeat(jobs, job => job.Id, job => row(job, screen, zone, withName))}</tbody>
    </table></div>`;
}

function row(job, screen, zone, withName) {
  const name = html`<a href=${route.with({ job: job.Id })}>${job.Job}</a>`;
  const configuration = job.ConfigurationName ?? '–';
  const link = withName ? `/jobs?${new URLSearchParams({ configuration: job.ConfigurationName ?? '' })}` : route.with({ job: job.Id });
  return html`
    <tr tabindex="-1" data-id=${job.Id} class=${screen.selected.has(job.Id) ? 'chosen' : ''}>
      <td class="choice"><input type="checkbox" aria-label="Select ${job.Job} ${configuration}"
        .checked=${screen.selected.has(job.Id)} @change=${() => screen.toggle(job.Id)}></td>
      ${withName ? html`<th scope="row" class="by-name"><span class="named">${badge(job.Job)}${name}</span></th>` : ''}
      <td class="by-configuration">${withName && !job.ConfigurationName ? configuration : html`<a href=${link}>${configuration}</a>`}</td>
      <td class="by-status">${status(job.Status)}</td>
      <td class="by-clues">${number(job.Progress)}</td>
      <td class="by-queued">${time(job.QueuedAt, zone)}</td>
      <td class="by-started">${time(job.StartedAt, zone)}</td>
      <td class="by-finished">${time(job.FinishedAt, zone)}</td>
      <td class="by-duration">${duration(lengthOf(job))}</td>
      <td class="actions">${jobButton(job, screen)}</td>
    </tr>`;
}

/** Stop while it is queued or executing, Run otherwise: one button, so that it keeps the focus. */
export function jobButton(job, screen, runWords = 'Run') {
  const stopping = job.Status === 'Cancelling';
  const over = isOver(job);
  const words = over ? runWords : stopping ? 'Stopping…' : 'Stop';
  const press = () => (over ? screen.run(job) : stopping || screen.stop(job));
  return html`<button class="button ${over ? 'run' : 'stop'}" aria-disabled=${stopping} @click=${press}
    aria-label="${words.replace('…', '')} ${job.Job} ${job.ConfigurationName ?? ''}">${icon(over ? 'run' : 'stop')}${words}</button>`;
}
