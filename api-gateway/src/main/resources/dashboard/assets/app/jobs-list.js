import { html, nothing as none } from 'lit';
import * as actions from './actions.js';
import { get, list } from './api.js';
import { focusIsLost, focusOn } from './focus.js';
import { knownJobs, isOver } from './known-jobs.js';
import { ListPart } from './list-part.js';
import { moment } from './time.js';
import { count, failed, icon, loading, nothing, stale } from './words.js';
import { filterBox, searchBox } from './filters.js';
import { jobsTable } from './jobs-table.js';
import { pager, pastTheEnd } from './pager.js';
import { route } from './route.js';
import './bulk-work.js';

const MOST_UNSEEN = 999;

/** For so long a job that was told may be missing in what is read, in ms. */
const UNTIL_READ = 2000;
const STATUSES = [['Queued', 'Queued'], ['Executing', 'Executing'], ['Completed', 'Completed'], ['Failed', 'Failed'], ['Cancelled', 'Stopped']];

const CONFIGURATION = 'configuration-filter input';

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
    this.unseen = new Map(); // when each was told
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
    return { search: search?.trim(), connector, configuration, state, from, to, jobTypeId: this.jobType?.Id };
  }

  async read() {
    const begun = Date.now();
    if (await this.readPage()) this.#forgetSeen(begun);
    if (!this.querySelector('bulk-work')?.isBusy) {
      this.#choose([...this.selected].filter(id => this.items.some(job => job.Id === id)), this.everything);
    }
    this.#refresh();
  }

  /** Reads all again. Under a pointer the rows stay where they are: what is new waits, as when it is told. */
  async catchUp() {
    if (!this.items.length || !this.isPointedAt) return this.read();
    const begun = Date.now();
    const { from, to } = this.filter;
    const newestFirst = this.pageNumber === 1 && this.sort === this.usualSort && !from && !to;
    const stay = (shown, read) => {
      const found = new Map(read.map(job => [job.Id, job]));
      const rows = new Set(shown.map(job => job.Id));
      read.filter(job => newestFirst && !rows.has(job.Id)).forEach(job => this.unseen.set(job.Id, Date.now()));
      shown.filter(job => !found.has(job.Id)).forEach(job => this.#readAlone(job));
      return shown.map(job => found.get(job.Id) ?? job);
    };
    if (await this.readPage(stay)) this.#forgetSeen(begun);
    return this.#refresh();
  }

  /** A row that is not of this page any more. */
  async #readAlone({ Id }) {
    const job = await get(`${this.path}/${Id}`).catch(() => null);
    if (job) knownJobs.tell(job);
  }

  /** What was told some time before a page was read is in it or belongs to another. */
  #forgetSeen(begun) {
    this.items.forEach(job => this.unseen.delete(job.Id));
    this.unseen.forEach((at, id) => at < begun - UNTIL_READ && this.unseen.delete(id));
  }

  /** Takes in what was told of the rows, which stay where they are. */
  #refresh() {
    if (this.page.items) this.page.items = this.page.items.map(job => knownJobs.latest(job));
    this.requestUpdate();
  }

  routed() {
    this.unseen.clear();
    this.#choose([]);
    this.reading = this.read();
    return this.reading;
  }

  #changed({ Jobs }) {
    const rows = new Set(this.items.map(job => job.Id));
    for (const job of Jobs ?? []) {
      const { state } = this.filter;
      if (state && job.Status !== state) this.unseen.delete(job.Id);
      else if (!rows.has(job.Id) && this.unseen.size <= MOST_UNSEEN && this.#isWanted(job)) this.unseen.set(job.Id, Date.now());
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

  /** What is not yet in what is read comes a moment later. */
  async showUnseen() {
    if (this.pageNumber === 1 && this.sort === this.usualSort) this.reading = this.read();
    else route.set({ page: '', sort: '' });
    await this.reading;
    this.unseen.clear();
    this.requestUpdate();
    await this.updateComplete;
    focusOn(this.rows[0]);
    setTimeout(() => this.isConnected && this.catchUp(), UNTIL_READ);
  }

  stop(job) {
    return this.keepFocus(job.Id, () => actions.stop(job));
  }

  run(job) {
    return this.keepFocus(job.Id, () => actions.runAgain(job));
  }

  /** Filters by something else; where that takes away what had the focus, its successor has it. */
  async #filterBy(changes, place) {
    route.set({ ...changes, page: '' });
    await this.updateComplete;
    if (focusIsLost()) focusOn(this.querySelector(place));
  }

  keys(job) {
    return {
      x: () => this.toggle(job.Id),
      Enter: () => this.open(job),
      s: () => isOver(job) || job.Status === 'Cancelling' || this.stop(job),
      r: () => isOver(job) && this.run(job),
    };
  }

  render() {
    return html`
      <section class="panel list ${this.page.isOld ? 'old' : ''}" aria-busy=${this.page.busy}>
        ${this.#head()}
        ${this.#bulk()}
        ${this.#body()}
      </section>`;
  }

  #head() {
    const { state, connector, configuration, from, to } = this.filter;
    return html`
      <div class="head">
        <p class="found" role="status">${this.page.items ? html`<strong>${count(this.page.total, 'job')}</strong> found` : none}</p>
        ${searchBox('Search jobs')}
        <div class="filters">
          ${this.jobType ? none : filterBox('connector', 'All connectors', this.connectors.map(it => [it, it]), connector)}
          ${configuration ? html`<span class="chip">${configuration}
            <button aria-label="All configurations" @click=${() => this.#filterBy({ configuration: '' }, CONFIGURATION)}>×</button></span>`
            : this.jobType ? none : html`<configuration-filter @change=${event => this.#filterBy({ configuration: event.target.value.trim() }, `.chip button, ${CONFIGURATION}`)}></configuration-filter>`}
          ${filterBox('state', 'Status', STATUSES, state)}
          ${from || to ? html`<span class="chip">${from ? moment(from) : '…'} – ${to ? moment(to) : '…'}
            <button aria-label="Any time" @click=${() => this.#filterBy({ from: '', to: '' }, '.search input')}>×</button></span>` : none}
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
      ${problem ? stale(problem, () => this.read()) : none}
      <div class="above">${this.unseen.size ? html`<button class="pill" @click=${() => this.showUnseen()}>${icon('up')}${this.unseen.size > MOST_UNSEEN ? `${MOST_UNSEEN}+` : this.unseen.size} new</button>` : none}</div>
      ${items.length ? jobsTable(this.items, this, this.sort, { withName: !this.jobType, zone: this.jobType?.TimeZone }) : this.#empty(total)}
      ${pager(this.pageNumber, total, ListPart.take)}`;
  }

  #empty(total) {
    if (total) return pastTheEnd();
    const filtered = Object.entries(this.filter).some(([name, value]) => value && name !== 'jobTypeId');
    return filtered
      ? nothing('No job matches.', html`<a href=${location.pathname}>Show all jobs</a>`)
      : nothing('There are no jobs yet.', html`A schedule will queue the first, or you do: <a href="/job-types">Job types</a>`);
  }
}

customElements.define('jobs-list', JobsList);
