import { html, nothing as none } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import * as actions from './actions.js';
import { get } from './api.js';
import { filterBox, searchBox } from './filters.js';
import { sortable } from './jobs-table.js';
import { typing } from './keys.js';
import { knownJobs } from './known-jobs.js';
import { live } from './live.js';
import { PageOf } from './page-of.js';
import { pager } from './pager.js';
import { Part } from './part.js';
import { route } from './route.js';
import { runStrip } from './run-strip.js';
import { clock, time } from './time.js';
import { badge, count, failed, icon, loading, nothing } from './words.js';
import './cron-editor.js';

const TAKE = 20;
const RUNS = [['active', 'Active'], ['paused', 'Paused'], ['removed', 'Removed']];

const jobTypeLink = jobType => `/job-types/${encodeURIComponent(jobType.Id)}`;

/** The buttons of a job type, in a list or on its own page. */
export const jobTypeButtons = (jobType, screen) => jobType.Removed
  ? html`<button class="button run" aria-label="Restore ${jobType.Name} ${jobType.ConfigurationName}" @click=${() => screen.act(actions.restore, jobType)}>${icon('run')}Restore</button>`
  : html`
    <button class="button run" aria-label="Run ${jobType.Name} ${jobType.ConfigurationName}" @click=${() => screen.act(actions.run, jobType)}>${icon('run')}Run</button>
    ${jobType.Paused
      ? html`<button class="button" aria-label="Resume ${jobType.Name} ${jobType.ConfigurationName}" @click=${() => screen.act(actions.resume, jobType)}>${icon('run')}Resume</button>`
      : html`<button class="button" aria-label="Pause ${jobType.Name} ${jobType.ConfigurationName}" @click=${() => screen.act(actions.pause, jobType)}>${icon('paused')}Pause</button>`}
    <button class="button" aria-label="Edit schedule of ${jobType.Name} ${jobType.ConfigurationName}" @click=${() => route.set({ edit: jobType.Id })}>${icon('schedule')}Edit schedule</button>
    <button class="button remove" aria-label="Remove ${jobType.Name} ${jobType.ConfigurationName}" @click=${() => screen.end(jobType)}>${icon('remove')}Remove</button>`;

/** The schedules. */
class JobTypes extends Part {
  static properties = { runs: { state: true }, connectors: { state: true } };

  #moved = false;
  #shown = '';

  constructor() {
    super();
    this.runs = new Map();
    this.connectors = [];
    this.page = new PageOf(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(route, 'change', () => (this.#wanted === this.#shown ? this.requestUpdate() : this.read()));
    this.listen(knownJobs, 'change', ({ detail }) => {
      const moved = [...(detail.JobTypes ?? []), ...(detail.Jobs ?? []).map(job => job.JobTypeId)];
      if (moved.includes('*') || this.page.items?.some(it => moved.includes(it.Id) || moved.includes(it.ConfigurationId))) this.#moved = true;
    });
    this.listen(live, 'again', () => this.read());
    this.listen(clock, 'change', () => this.requestUpdate());
    this.listen(document, 'keydown', event => this.#key(event));
    this.every(2, () => this.#moved && this.read());
    this.every(30, () => this.read());
    this.read();
    get('/api/v1/connectors').then(names => (this.connectors = names), () => {});
  }

  get filter() {
    const { search, connector, state } = route.parameters;
    return { search, connector, state };
  }

  get sort() {
    return route.parameters.sort ?? 'name';
  }

  get pageNumber() {
    return Math.max(1, parseInt(route.parameters.page, 10) || 1);
  }

  get #wanted() {
    return JSON.stringify([this.filter, this.sort, this.pageNumber]);
  }

  async read() {
    this.#moved = false;
    this.#shown = this.#wanted;
    if (!(await this.page.read('/api/v1/job-types', { ...this.filter, sort: this.sort, page: this.pageNumber - 1, take: TAKE }))) return;
    const ids = this.page.items.map(it => it.Id);
    const shown = this.#shown;
    const runs = ids.length ? await get('/api/v1/job-types/runs', { id: ids }).catch(() => null) : [];
    if (runs && shown === this.#shown) this.runs = new Map(runs.map(it => [it.JobTypeId, it.Runs]));
  }

  async act(action, jobType) {
    await action(jobType);
    await this.read();
  }

  /** Not called remove: lit takes elements off the page by that. */
  end(jobType) {
    return actions.remove(jobType, () => this.read());
  }

  #key(event) {
    if (typing(event) || (event.repeat && !'jk'.includes(event.key))) return;
    const rows = [...this.querySelectorAll('tbody tr')];
    const at = rows.indexOf(document.activeElement?.closest?.('tr'));
    const jobType = this.page.items?.find(it => it.Id === rows[at]?.dataset.id);
    const keys = {
      j: () => rows[Math.min(at + 1, rows.length - 1)]?.focus(),
      k: () => rows[Math.max(at - 1, 0)]?.focus(),
      Enter: () => jobType && document.activeElement === rows[at] && route.go(jobTypeLink(jobType)),
      r: () => jobType && this.act(actions.run, jobType),
      e: () => jobType && route.set({ edit: jobType.Id }),
    };
    keys[event.key]?.();
    if (keys[event.key] && event.key !== 'Enter') event.preventDefault();
  }

  render() {
    const { items, problem, total, busy } = this.page;
    const { connector, state } = this.filter;
    return html`
      <section class="panel list" aria-busy=${busy}>
        <div class="head">
          <p class="found" role="status"><strong>${count(total, 'job type')}</strong> found</p>
          ${searchBox('Search job types')}
          <div class="filters">
            ${filterBox('connector', 'All connectors', this.connectors.map(it => [it, it]), connector)}
            ${filterBox('state', 'All runs', RUNS, state)}
          </div>
        </div>
        ${items ? this.#table(items, total) : problem ? failed(problem, () => this.read()) : loading('Reading job types…')}
        ${problem && items ? html`<p class="stale" role="alert">These may be out of date: ${problem.message}</p>` : none}
      </section>
      ${route.parameters.edit ? html`<cron-editor .jobTypeId=${route.parameters.edit} @saved=${() => this.read()}></cron-editor>` : none}`;
  }

  #table(items, total) {
    if (!items.length) return this.#empty(total);
    return html`
      <table class="types">
        <caption class="unseen">Job types</caption>
        <thead><tr>
          ${sortable('name', 'Name', this.sort)}${sortable('schedule', 'Schedule', this.sort)}${sortable('last', 'Last run', this.sort)}
          <th scope="col" class="by-runs">Last 30 runs</th><th scope="col" class="actions">Actions</th>
        </tr></thead>
        <tbody>${repeat(items, it => it.Id, it => this.#row(it))}</tbody>
      </table>
      ${pager(this.pageNumber, total, TAKE)}`;
  }

  #row(jobType) {
    return html`
      <tr tabindex="-1" data-id=${jobType.Id}>
        <th scope="row" class="by-name"><span class="named">${badge(jobType.Name)}<span><a href=${jobTypeLink(jobType)}>${jobType.Name}</a>
          <small>${jobType.ConfigurationName ?? ''}</small></span></span></th>
        <td class="by-schedule">${jobType.Description}<small><code>${jobType.Cron}</code> ${jobType.TimeZone}</small></td>
        <td class="by-last">${time(jobType.LastExecution, jobType.TimeZone)}<small>${nextRun(jobType)}</small></td>
        <td class="by-runs">${runStrip(this.runs.get(jobType.Id))}</td>
        <td class="actions">${jobTypeButtons(jobType, this)}<a href=${jobTypeLink(jobType)}>View jobs</a></td>
      </tr>`;
  }

  #empty(total) {
    if (total) return nothing('This page is past the end.', html`<a href=${route.with({ page: '' })}>To the first page</a>`);
    return Object.values(this.filter).some(Boolean)
      ? nothing('No job type matches.', html`<a href="/job-types">Show all job types</a>`)
      : nothing('There are no job types yet.', html`Enable an integration: <code>POST /api/v1/integrations</code>, <a href="/swagger-ui.html" data-plain>told here</a>.`);
  }
}

export function nextRun(jobType) {
  if (jobType.Removed) return html`Removed ${time(jobType.Removed, jobType.TimeZone, { inSentence: true })}`;
  if (jobType.Paused) return html`<span class="status cancelled" title=${jobType.Paused.Reason}>${icon('paused')}Paused: ${jobType.Paused.Reason}</span>`;
  return jobType.NextExecution ? html`Next run ${time(jobType.NextExecution, jobType.TimeZone, { inSentence: true })}` : 'Never due again';
}

customElements.define('job-types', JobTypes);
