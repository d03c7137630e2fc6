import { html, nothing as none } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import * as actions from './actions.js';
import { get } from './api.js';
import { filterBox, searchBox } from './filters.js';
import { sortable } from './jobs-table.js';
import { knownJobs } from './known-jobs.js';
import { ListPart } from './list-part.js';
import { pager, pastTheEnd } from './pager.js';
import { route } from './route.js';
import { runStrip } from './run-strip.js';
import { time } from './time.js';
import { badge, count, failed, icon, loading, nothing, stale } from './words.js';
import { cronEditor } from './cron-editor.js';

const RUNS = [['active', 'Active'], ['paused', 'Paused'], ['removed', 'Removed']];

const jobTypeLink = jobType => `/job-types/${encodeURIComponent(jobType.Id)}`;

/** Whether news is of a job type, or may be. */
export const tellsOf = (jobType, { JobTypes = null, Jobs = null, Many = null }) =>
  typeof Many === 'number'
  || Boolean(JobTypes?.some(id => [jobType.Id, jobType.ConfigurationId, '*'].includes(id)))
  || Boolean(Jobs?.some(job => (knownJobs.latest(job).JobTypeId ?? jobType.Id) === jobType.Id));

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
class JobTypes extends ListPart {
  static properties = { runs: { state: true }, connectors: { state: true } };

  path = '/api/v1/job-types';
  usualSort = 'name';
  #moved = false;

  constructor() {
    super();
    this.runs = new Map();
    this.connectors = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(knownJobs, 'change', ({ detail }) => {
      if (detail.JobTypes?.includes('*') || this.items.some(it => tellsOf(it, detail))) this.#moved = true;
    });
    this.every(2, () => this.#moved && !this.page.busy && this.catchUp());
    this.every(30, () => this.catchUp());
    get('/api/v1/connectors').then(names => (this.connectors = names), () => {});
  }

  get filter() {
    const { search, connector, state } = route.parameters;
    return { search: search?.trim(), connector, state };
  }

  async read(arrange) {
    this.#moved = false;
    if (!(await this.readPage(arrange))) return;
    const ids = this.items.map(it => it.Id);
    const { wanted } = this;
    try {
      const runs = ids.length ? await get('/api/v1/job-types/runs', { id: ids }) : [];
      if (wanted === this.wanted) this.runs = new Map(runs.map(it => [it.JobTypeId, it.Runs]));
    } catch (fault) {
      if (wanted === this.wanted) this.page.problem = fault;
      this.requestUpdate();
    }
  }

  /** Reads all again. Under a pointer those that are still there stay in their order. */
  catchUp() {
    if (!this.isPointedAt) return this.read();
    return this.read((shown, read) => {
      const at = new Map(shown.map((it, i) => [it.Id, i]));
      return read.toSorted((one, other) => (at.get(one.Id) ?? Infinity) - (at.get(other.Id) ?? Infinity) || 0);
    });
  }

  act(action, jobType) {
    return this.keepFocus(jobType.Id, async () => {
      await action(jobType);
      await this.catchUp();
    });
  }

  /** Not called remove: lit takes elements off the page by that. */
  end(jobType) {
    return this.keepFocus(jobType.Id, () => actions.remove(jobType, () => this.catchUp()));
  }

  keys(jobType) {
    return {
      Enter: () => route.go(jobTypeLink(jobType)),
      r: () => this.act(actions.run, jobType),
      e: () => route.set({ edit: jobType.Id }),
    };
  }

  render() {
    const { items, problem, total, busy } = this.page;
    const { connector, state } = this.filter;
    return html`
      <section class="panel list ${this.page.isOld ? 'old' : ''}" aria-busy=${busy}>
        <div class="head">
          <p class="found" role="status">${items ? html`<strong>${count(total, 'job type')}</strong> found` : none}</p>
          ${searchBox('Search job types')}
          <div class="filters">
            ${filterBox('connector', 'All connectors', this.connectors.map(it => [it, it]), connector)}
            ${filterBox('state', 'All runs', RUNS, state)}
          </div>
        </div>
        ${problem && items ? stale(problem, () => this.read()) : none}
        ${items ? this.#table(items, total) : problem ? failed(problem, () => this.read()) : loading('Reading job types…')}
      </section>
      ${cronEditor(() => this.read())}`;
  }

  #table(items, total) {
    if (!items.length) return this.#empty(total);
    return html`
      <div class="scroll"><table class="types">
        <caption class="unseen">Job types</caption>
        <thead><tr>
          ${sortable('name', 'Name', this.sort)}${sortable('schedule', 'Schedule', this.sort)}${sortable('last', 'Last run', this.sort)}
          <th scope="col" class="by-runs">Last 30 runs</th><th scope="col" class="actions">Actions</th>
        </tr></thead>
        <tbody>${repeat(items, it => it.Id, it => this.#row(it))}</tbody>
      </table></div>
      ${pager(this.pageNumber, total, ListPart.take)}`;
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
    if (total) return pastTheEnd();
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
