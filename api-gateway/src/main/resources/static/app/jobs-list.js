import { html, nothing as none } from 'lit';
import * as actions from './actions.js';
import { get, list } from './api.js';
import { knownJobs, isOver } from './known-jobs.js';
import { live } from './live.js';
import { PageOf } from './page-of.js';
import { Part } from './part.js';
import { clock } from './time.js';
import { count, failed, icon, loading, nothing } from './words.js';
import { filterBox, searchBox } from './filters.js';
import { jobsTable } from './jobs-table.js';
import { pager } from './pager.js';
import { route } from './route.js';
import { typing } from './keys.js';
import './bulk-work.js';

const TAKE = 20;
const MOST_UNSEEN = 999;
const STATUSES = [['Queued', 'Queued'], ['Executing', 'Executing'], ['Completed', 'Completed'], ['Failed', 'Failed'], ['Cancelled', 'Stopped']];

/** What a job has that has just come into a state. */
const ENTERED = { Queued: 'QueuedAt', Executing: 'StartedAt', Completed: 'FinishedAt', Failed: 'FinishedAt', Cancelled: 'FinishedAt' };

/** A list of jobs that lives: all of them, or those of one job type. */
class JobsList extends Part {
  static properties = { jobType: { attribute: false }, connectors: { state: true } };

  #shown = '';
  #totalsMoved = false;

  constructor() {
    super();
    this.jobType = null;
    this.connectors = [];
    this.selected = new Set();
    this.everything = false;
    this.unseen = new Set();
    this.page = new PageOf(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(route, 'change', () => this.#routed());
    this.listen(knownJobs, 'change', event => this.#changed(event.detail));
    this.listen(live, 'again', () => this.read());
    this.listen(clock, 'change', () => this.requestUpdate());
    this.listen(document, 'keydown', event => this.#key(event));
    this.every(10, () => this.requestUpdate());
    this.every(5, () => this.#totalsMoved && this.#readTotal());
    this.read();
    if (!this.jobType) get('/api/v1/connectors').then(names => (this.connectors = names), () => {});
  }

  /** What the address says of the list; the open job is no part of it. */
  get filter() {
    const { search, connector, configuration, state, from, to } = route.parameters;
    return { search, connector, configuration, state, from, to, jobTypeId: this.jobType?.Id };
  }

  get sort() {
    return route.parameters.sort ?? '-queued';
  }

  get pageNumber() {
    return Math.max(1, parseInt(route.parameters.page, 10) || 1);
  }

  get jobs() {
    return this.page.items ?? [];
  }

  async read() {
    this.#shown = JSON.stringify([this.filter, this.sort, this.pageNumber]);
    this.unseen = new Set();
    await this.page.read('/api/v1/jobs', { ...this.filter, sort: this.sort, page: this.pageNumber - 1, take: TAKE });
    this.#refresh();
  }

  /** Takes in what was told of the rows, which stay where they are. */
  #refresh() {
    if (this.page.items) this.page.items = this.page.items.map(job => knownJobs.latest(job));
    this.requestUpdate();
  }

  #routed() {
    const wanted = JSON.stringify([this.filter, this.sort, this.pageNumber]);
    if (wanted === this.#shown) return this.requestUpdate();
    this.selected = new Set();
    this.everything = false;
    return this.read();
  }

  #changed({ Jobs }) {
    const rows = new Set(this.jobs.map(job => job.Id));
    for (const job of Jobs ?? []) {
      const { state } = this.filter;
      if (state && job.Status !== state) this.unseen.delete(job.Id);
      else if (!rows.has(job.Id) && this.unseen.size <= MOST_UNSEEN && this.#isWanted(job)) this.unseen.add(job.Id);
    }
    this.#totalsMoved = true;
    this.#refresh();
  }

  /** Whether a job that is not shown belongs into the list; it is not said of one whose name is not told. */
  #isWanted(job) {
    const { search, connector, configuration, state, from, to, jobTypeId } = this.filter;
    if (from || to) return false;
    if (state ? job.Status !== state || !job[ENTERED[state]] : !job.QueuedAt || job.Attempt !== 1) return false;
    const words = `${job.Job ?? ''}\n${job.ConfigurationName ?? ''}`.toLowerCase();
    return (!search || words.includes(search.toLowerCase()))
      && (!connector || job.Job === connector)
      && (!configuration || job.ConfigurationName === configuration)
      && (!jobTypeId || job.JobTypeId === jobTypeId);
  }

  async #readTotal() {
    this.#totalsMoved = false;
    const shown = this.#shown;
    const page = await list('/api/v1/jobs', { ...this.filter, take: 1 }).catch(() => null);
    if (page && shown === this.#shown) {
      this.page.total = page.total;
      this.requestUpdate();
    }
  }

  toggle(id) {
    this.selected.has(id) ? this.selected.delete(id) : this.selected.add(id);
    this.everything = false;
    this.requestUpdate();
  }

  toggleAll(chosen) {
    this.jobs.forEach(job => (chosen ? this.selected.add(job.Id) : this.selected.delete(job.Id)));
    this.everything = false;
    this.requestUpdate();
  }

  open(job) {
    route.set({ job: job.Id });
  }

  stop = job => actions.stop(job);

  run = job => actions.runAgain(job);

  showUnseen() {
    if (this.pageNumber === 1 && this.sort === '-queued') this.read();
    else route.set({ page: '', sort: '' });
  }

  #key(event) {
    if (typing(event) || (event.repeat && !'jk'.includes(event.key))) return;
    const rows = [...this.querySelectorAll('tbody tr')];
    const at = rows.indexOf(document.activeElement?.closest?.('tr'));
    const job = this.jobs.find(it => it.Id === rows[at]?.dataset.id);
    const keys = {
      j: () => rows[Math.min(at + 1, rows.length - 1)]?.focus(),
      k: () => rows[Math.max(at - 1, 0)]?.focus(),
      x: () => job && this.toggle(job.Id),
      Enter: () => job && document.activeElement === rows[at] && this.open(job),
      s: () => job && !isOver(job) && this.stop(job),
      r: () => job && isOver(job) && this.run(job),
    };
    if (keys[event.key]) {
      if (event.key !== 'Enter' || document.activeElement === rows[at]) event.preventDefault();
      keys[event.key]();
    }
  }

  render() {
    return html`
      <section class="panel list" aria-busy=${this.page.busy}>
        ${this.#head()}
        ${this.#bulk()}
        ${this.#body()}
      </section>`;
  }

  #head() {
    const { state, connector, configuration, from, to } = this.filter;
    return html`
      <div class="head">
        <p class="found" role="status"><strong>${count(this.page.total, 'job')}</strong> found</p>
        ${searchBox('Search jobs')}
        <div class="filters">
          ${this.jobType ? none : filterBox('connector', 'All connectors', this.connectors.map(it => [it, it]), connector)}
          ${configuration ? html`<span class="chip">${configuration}
            <button aria-label="All configurations" @click=${() => route.set({ configuration: '', page: '' })}>×</button></span>`
            : this.jobType ? none : html`<configuration-filter></configuration-filter>`}
          ${filterBox('state', 'Status', STATUSES, state)}
          ${from || to ? html`<span class="chip">${timeOf(from)} – ${timeOf(to)}
            <button aria-label="Any time" @click=${() => route.set({ from: '', to: '', page: '' })}>×</button></span>` : none}
        </div>
      </div>`;
  }

  #bulk() {
    return this.selected.size === 0 ? none : html`
      <bulk-work .jobs=${this.jobs.filter(job => this.selected.has(job.Id))} .total=${this.page.total}
        .filter=${this.filter} .everything=${this.everything}
        .wholePage=${this.jobs.length > 0 && this.jobs.every(job => this.selected.has(job.Id))}
        @everything=${() => { this.everything = true; this.requestUpdate(); }}
        @done=${() => { this.selected = new Set(); this.everything = false; this.requestUpdate(); }}></bulk-work>`;
  }

  #body() {
    const { items, problem, total } = this.page;
    if (!items) return problem ? failed(problem, () => this.read()) : loading('Reading jobs…');
    return html`
      ${problem ? html`<p class="stale" role="alert">These may be out of date: ${problem.message}
        <button class="link" @click=${() => this.read()}>Try again</button></p>` : none}
      ${this.unseen.size ? html`<button class="pill" @click=${() => this.showUnseen()}>${icon('up')}${this.unseen.size > MOST_UNSEEN ? `${MOST_UNSEEN}+` : this.unseen.size} new</button>` : none}
      ${items.length ? jobsTable(this.jobs, this, this.sort, { withName: !this.jobType, zone: this.jobType?.TimeZone }) : this.#empty(total)}
      ${pager(this.pageNumber, total, TAKE)}`;
  }

  #empty(total) {
    if (total) return nothing('This page is past the end.', html`<a href=${route.with({ page: '' })}>To the first page</a>`);
    const filtered = Object.entries(this.filter).some(([name, value]) => value && name !== 'jobTypeId');
    return filtered
      ? nothing('No job matches.', html`<a href=${location.pathname}>Show all jobs</a>`)
      : nothing('There are no jobs yet.', html`A schedule will queue the first, or you do: <a href="/job-types">Job types</a>`);
  }
}

const timeOf = instant =>
  instant ? new Date(instant).toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }) : '…';

customElements.define('jobs-list', JobsList);
