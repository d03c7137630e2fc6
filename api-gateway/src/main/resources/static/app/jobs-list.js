import { html, nothing as none } from 'lit';
import * as actions from './actions.js';
import { get, list } from './api.js';
import { knownJobs, isOver } from './known-jobs.js';
import { ListPart } from './list-part.js';
import { moment } from './time.js';
import { count, failed, icon, loading, nothing } from './words.js';
import { filterBox, searchBox } from './filters.js';
import { jobsTable } from './jobs-table.js';
import { pager } from './pager.js';
import { route } from './route.js';
import './bulk-work.js';

const MOST_UNSEEN = 999;
const STATUSES = [['Queued', 'Queued'], ['Executing', 'Executing'], ['Completed', 'Completed'], ['Failed', 'Failed'], ['Cancelled', 'Stopped']];

/** What a job has that has just come into a state. */
const ENTERED = { Queued: 'QueuedAt', Executing: 'StartedAt', Completed: 'FinishedAt', Failed: 'FinishedAt', Cancelled: 'FinishedAt' };

/** A list of jobs that lives: all of them, or those of one job type. */
class JobsList extends ListPart {
  static properties = { jobType: { attribute: false }, connectors: { state: true } };

  path = '/api/v1/jobs';
  usualSort = '-queued';
  #totalsMoved = false;

  constructor() {
    super();
    this.jobType = null;
    this.connectors = [];
    this.selected = new Set();
    this.everything = false;
    this.unseen = new Set();
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(knownJobs, 'change', event => this.#changed(event.detail));
    this.every(10, () => this.requestUpdate());
    this.every(5, () => this.#totalsMoved && this.#readTotal());
    if (!this.jobType) get('/api/v1/connectors').then(names => (this.connectors = names), () => {});
  }

  /** What the address says of the list; the open job is no part of it. */
  get filter() {
    const { search, connector, configuration, state, from, to } = route.parameters;
    return { search, connector, configuration, state, from, to, jobTypeId: this.jobType?.Id };
  }

  async read() {
    this.unseen = new Set();
    await this.readPage();
    this.#refresh();
  }

  /** Takes in what was told of the rows, which stay where they are. */
  #refresh() {
    if (this.page.items) this.page.items = this.page.items.map(job => knownJobs.latest(job));
    this.requestUpdate();
  }

  routed() {
    this.#choose([]);
    return this.read();
  }

  #changed({ Jobs }) {
    const rows = new Set(this.items.map(job => job.Id));
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
    const { wanted } = this;
    const page = await list(this.path, { ...this.filter, take: 1 }).catch(() => null);
    if (page && wanted === this.wanted) {
      this.page.total = page.total;
      this.requestUpdate();
    }
  }

  #choose(ids, everything = false) {
    this.selected = new Set(ids);
    this.everything = everything;
    this.requestUpdate();
  }

  toggle(id) {
    this.#choose(this.selected.has(id) ? [...this.selected].filter(it => it !== id) : [...this.selected, id]);
  }

  toggleAll(chosen) {
    this.#choose(chosen ? this.items.map(job => job.Id) : []);
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

  keys(job) {
    return {
      x: () => this.toggle(job.Id),
      Enter: () => this.open(job),
      s: () => isOver(job) || this.stop(job),
      r: () => isOver(job) && this.run(job),
    };
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
          ${from || to ? html`<span class="chip">${from ? moment(from) : '…'} – ${to ? moment(to) : '…'}
            <button aria-label="Any time" @click=${() => route.set({ from: '', to: '', page: '' })}>×</button></span>` : none}
        </div>
      </div>`;
  }

  #bulk() {
    const { selected, items } = this;
    return selected.size === 0 ? none : html`
      <bulk-work .jobs=${items.filter(job => selected.has(job.Id))} .total=${this.page.total}
        .filter=${this.filter} .everything=${this.everything}
        .wholePage=${items.length > 0 && items.every(job => selected.has(job.Id))}
        @everything=${() => this.#choose(selected, true)}
        @done=${() => this.keepFocus([...selected][0], () => this.#choose([]))}></bulk-work>`;
  }

  #body() {
    const { items, problem, total } = this.page;
    if (!items) return problem ? failed(problem, () => this.read()) : loading('Reading jobs…');
    return html`
      ${problem ? html`<p class="stale" role="alert">These may be out of date: ${problem.message}
        <button class="link" @click=${() => this.read()}>Try again</button></p>` : none}
      ${this.unseen.size ? html`<button class="pill" @click=${() => this.showUnseen()}>${icon('up')}${this.unseen.size > MOST_UNSEEN ? `${MOST_UNSEEN}+` : this.unseen.size} new</button>` : none}
      ${items.length ? jobsTable(this.items, this, this.sort, { withName: !this.jobType, zone: this.jobType?.TimeZone }) : this.#empty(total)}
      ${pager(this.pageNumber, total, ListPart.take)}`;
  }

  #empty(total) {
    if (total) return nothing('This page is past the end.', html`<a href=${route.with({ page: '' })}>To the first page</a>`);
    const filtered = Object.entries(this.filter).some(([name, value]) => value && name !== 'jobTypeId');
    return filtered
      ? nothing('No job matches.', html`<a href=${location.pathname}>Show all jobs</a>`)
      : nothing('There are no jobs yet.', html`A schedule will queue the first, or you do: <a href="/job-types">Job types</a>`);
  }
}

customElements.define('jobs-list', JobsList);
