import { html, nothing as none } from 'lit';
import { get, list } from './api.js';
import { knownJobs } from './known-jobs.js';
import { live } from './live.js';
import { Part } from './part.js';
import { clock, time } from './time.js';
import { badge, count, failed, icon, loading, number, stale, status } from './words.js';
import { sinceLastVisit } from './visits.js';
import './jobs-histogram.js';

const TILES = [
  ['total', 'Jobs in total', ''], ['executing', 'Jobs currently running', 'Executing'],
  ['completed', 'Completed jobs', 'Completed'], ['failed', 'Jobs failed', 'Failed'],
  ['queued', 'Jobs queued', 'Queued'], ['cancelled', 'Jobs stopped', 'Cancelled'],
];

const MOST_ALARMS = 5;

let remembered = { known: {} };

/** How things stand, what needs somebody, and what comes next. */
class JobsOverview extends Part {
  static properties = {
    counts: { state: true }, known: { state: true }, problem: { state: true },
  };

  #moved = true;

  /** What was known last is shown at once. */
  constructor() {
    super();
    Object.assign(this, remembered);
  }

  updated() {
    remembered = { counts: this.counts, known: this.known };
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(knownJobs, 'change', () => (this.#moved = true));
    this.listen(live, 'again', () => this.#readAll());
    this.listen(clock, 'change', () => this.requestUpdate());
    this.every(1, () => this.#moved && this.#readCounts());
    this.every(10, () => this.#readAll());
    this.#readAll();
  }

  async #readCounts() {
    this.#moved = false;
    try {
      const counts = await get('/api/v1/jobstatecount');
      this.counts = { ...counts, total: Object.values(counts).reduce((sum, n) => sum + n) };
      this.since = sinceLastVisit(this.counts);
      this.problem = null;
    } catch (fault) {
      this.problem = fault;
      this.#moved = true;
    }
  }

  async #readAll() {
    const take = (name, promise) => promise.then(
      value => this.#know(name, value, null),
      fault => this.#know(name, this.known[name]?.value, fault));
    await Promise.all([
      this.#readCounts(),
      take('hours', get('/api/v1/jobs/histogram', { hours: 24 })),
      take('attention', Promise.all([get('/api/v1/jobs/attention'), get('/api/v1/jobs/alarms', { open: true, take: MOST_ALARMS })])),
      take('next', list('/api/v1/job-types', { state: 'active', sort: 'next', take: 10 }).then(page => page.items)),
      take('agents', get('/api/v1/agents')),
    ]);
  }

  #know(name, value, problem) {
    this.known = { ...this.known, [name]: { value, problem } };
  }

  render() {
    if (!this.counts && this.problem) return failed(this.problem, () => this.#readAll());
    return html`
      <section aria-labelledby="actions">
        <h2 id="actions" class="rule">Actions</h2>
        <div class="cards">
          <a class="card" href="/jobs">${icon('jobs')}View all jobs</a>
          <a class="card" href="/job-types">${icon('schedule')}Job Types</a>
        </div>
      </section>
      <section aria-labelledby="dashboard">
        <h2 id="dashboard" class="rule">Dashboard</h2>
        ${this.problem ? stale(this.problem, () => this.#readAll()) : none}
        <div class="tiles">${TILES.map(tile => this.#tile(...tile))}</div>
      </section>
      <div class="columns">
        ${this.#panel('hours', 'The last 24 hours', hours => html`<jobs-histogram .hours=${hours}></jobs-histogram>`, 'wide')}
        ${this.#panel('attention', 'Needs attention', it => this.#needsAttention(...it), 'attention')}
        ${this.#panel('next', 'Next firings', it => this.#nextFirings(it))}
        ${this.#panel('agents', 'Agents at work', it => this.#agentsAtWork(it))}
      </div>`;
  }

  /** What is known, how old it may be, or why nothing is. */
  #panel(name, title, body, more = '') {
    const { value, problem } = this.known[name] ?? {};
    return html`
      <section class="panel ${more}" aria-labelledby=${name}>
        <h2 id=${name}>${title}</h2>
        ${problem && value ? stale(problem, () => this.#readAll()) : none}
        ${value ? body(value) : problem ? failed(problem, () => this.#readAll()) : loading('Reading…')}
      </section>`;
  }

  #tile(name, words, state) {
    const n = this.counts?.[name];
    const since = this.since?.[name];
    return html`
      <a class="tile ${name}" href=${state ? `/jobs?state=${state}` : '/jobs'}>
        <span class="sign">${icon(state ? state.toLowerCase() : 'jobs')}</span>
        <strong>${n === undefined ? '…' : number(n)}</strong>
        <span>${words}</span>
        <small>${since ? `${since > 0 ? '+' : '−'}${number(Math.abs(since))} since last visit` : ' '}</small>
      </a>`;
  }

  #needsAttention({ FailingStreaks, BehindSeconds, OpenAlarms }, alarms) {
    const { value: agents, problem } = this.known.agents ?? {};
    const silent = (agents ?? []).filter(agent => agent.Silent);
    const lags = BehindSeconds > 5;
    if (!FailingStreaks.length && !OpenAlarms && !silent.length && !lags) {
      return agents && !problem ? html`<p class="calm">${icon('completed')}Nothing does.</p>` : html`<p>Nothing does, but agents are not known.</p>`;
    }
    return html`
      <ul>
        ${lags ? html`<li>${icon('alarm')}What is shown lags ${BehindSeconds} s behind.</li>` : none}
        ${alarms.map(alarm => html`<li>${icon('alarm')}<span><a href="/jobs?job=${alarm.Id}">${alarm.Job} · ${alarm.ConfigurationName}</a>
          takes longer than its alarm allows, since ${time(alarm.RaisedAt)}</span></li>`)}
        ${OpenAlarms > MOST_ALARMS ? html`<li>${count(OpenAlarms - MOST_ALARMS, 'more alarm')}</li>` : none}
        ${FailingStreaks.map(streak => html`<li>${icon('failed')}<span><a href="/job-types/${encodeURIComponent(streak.JobTypeId)}">${streak.Job} · ${streak.ConfigurationName}</a>
          failed ${streak.Failures} times in a row, last ${time(streak.LastFailedAt)}</span></li>`)}
        ${silent.map(agent => html`<li>${icon('alarm')}<span>${agent.Agent} was last heard of ${time(agent.LastHeardAt)}</span></li>`)}
      </ul>`;
  }

  #nextFirings(jobTypes) {
    if (!jobTypes.length) return html`<p>Nothing is scheduled.</p>`;
    return html`
      <ol class="plain">${jobTypes.filter(it => it.NextExecution).map(it => html`
        <li>${badge(it.Name)}<a href="/job-types/${encodeURIComponent(it.Id)}">${it.Name} · ${it.ConfigurationName ?? ''}</a>
          ${time(it.NextExecution, it.TimeZone)}</li>`)}</ol>`;
  }

  #agentsAtWork(agents) {
    if (!agents.length) return html`<p>No agent runs a job now.</p>`;
    return html`
      <ul class="plain">${agents.map(agent => html`
        <li>${agent.Silent ? html`<span class="status failed">${icon('alarm')}Silent</span>` : status('Executing')}
          <span>${agent.Agent}</span><span>${count(agent.Jobs, 'job')}, heard ${agent.LastHeardAt ? time(agent.LastHeardAt, undefined, { inSentence: true }) : 'never'}</span></li>`)}</ul>`;
  }
}

customElements.define('jobs-overview', JobsOverview);
