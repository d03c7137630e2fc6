import { html, nothing as none } from 'lit';
import { get, list } from './api.js';
import { knownJobs } from './known-jobs.js';
import { live } from './live.js';
import { Part } from './part.js';
import { clock, relative, time } from './time.js';
import { badge, count, failed, icon, number, status } from './words.js';
import { sinceLastVisit } from './visits.js';
import './jobs-histogram.js';

const TILES = [
  ['total', 'Jobs in total', ''], ['executing', 'Jobs currently running', 'Executing'],
  ['completed', 'Completed jobs', 'Completed'], ['failed', 'Jobs failed', 'Failed'],
  ['queued', 'Jobs queued', 'Queued'], ['cancelled', 'Jobs stopped', 'Cancelled'],
];

/** How things stand, what needs somebody, and what comes next. */
class JobsOverview extends Part {
  static properties = {
    counts: { state: true }, hours: { state: true }, attention: { state: true }, alarms: { state: true },
    next: { state: true }, agents: { state: true }, problem: { state: true },
  };

  #moved = true;

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
    const take = (property, promise) => promise.then(value => (this[property] = value), () => {});
    await Promise.all([
      this.#readCounts(),
      take('hours', get('/api/v1/jobs/histogram', { hours: 24 })),
      take('attention', get('/api/v1/jobs/attention')),
      take('alarms', get('/api/v1/jobs/alarms', { open: true, take: 5 })),
      take('next', list('/api/v1/job-types', { state: 'active', sort: 'next', take: 10 }).then(page => page.items)),
      take('agents', get('/api/v1/agents')),
    ]);
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
        ${this.problem ? html`<p class="stale" role="alert">These may be out of date: ${this.problem.message}</p>` : none}
        <div class="tiles">${TILES.map(tile => this.#tile(...tile))}</div>
      </section>
      <div class="columns">
        <section class="panel wide" aria-labelledby="day">
          <h2 id="day">The last 24 hours</h2>
          <jobs-histogram .hours=${this.hours ?? []}></jobs-histogram>
        </section>
        ${this.#needsAttention()}
        ${this.#nextFirings()}
        ${this.#agentsAtWork()}
      </div>`;
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

  #needsAttention() {
    const { FailingStreaks = [], BehindSeconds = 0, OpenAlarms = 0 } = this.attention ?? {};
    const silent = (this.agents ?? []).filter(agent => agent.Silent);
    const lags = BehindSeconds > 5;
    const calm = this.attention && !FailingStreaks.length && !OpenAlarms && !silent.length && !lags;
    return html`
      <section class="panel attention" aria-labelledby="attention">
        <h2 id="attention">Needs attention</h2>
        ${calm ? html`<p class="calm">${icon('completed')}Nothing does.</p>` : none}
        <ul>
          ${lags ? html`<li>${icon('alarm')}What is shown lags ${BehindSeconds} s behind.</li>` : none}
          ${(this.alarms ?? []).map(alarm => html`<li>${icon('alarm')}<span><a href="/jobs?job=${alarm.Id}">${alarm.Job} · ${alarm.ConfigurationName}</a>
            takes longer than its alarm allows, since ${time(alarm.RaisedAt)}</span></li>`)}
          ${OpenAlarms > 5 ? html`<li>${count(OpenAlarms - 5, 'more alarm')}</li>` : none}
          ${FailingStreaks.map(streak => html`<li>${icon('failed')}<span><a href="/job-types/${encodeURIComponent(streak.JobTypeId)}">${streak.Job} · ${streak.ConfigurationName}</a>
            failed ${streak.Failures} times in a row, last ${time(streak.LastFailedAt)}</span></li>`)}
          ${silent.map(agent => html`<li>${icon('alarm')}<span>${agent.Agent} was last heard of ${time(agent.LastHeardAt)}</span></li>`)}
        </ul>
      </section>`;
  }

  #nextFirings() {
    return html`
      <section class="panel" aria-labelledby="next">
        <h2 id="next">Next firings</h2>
        <ol class="plain">${(this.next ?? []).filter(it => it.NextExecution).map(it => html`
          <li>${badge(it.Name)}<a href="/job-types/${encodeURIComponent(it.Id)}">${it.Name} · ${it.ConfigurationName ?? ''}</a>
            ${time(it.NextExecution, it.TimeZone)}</li>`)}</ol>
        ${this.next?.length === 0 ? html`<p>Nothing is scheduled.</p>` : none}
      </section>`;
  }

  #agentsAtWork() {
    return html`
      <section class="panel" aria-labelledby="agents">
        <h2 id="agents">Agents at work</h2>
        <ul class="plain">${(this.agents ?? []).map(agent => html`
          <li>${agent.Silent ? html`<span class="status failed">${icon('alarm')}Silent</span>` : status('Executing')}
            <span>${agent.Agent}</span><span>${count(agent.Jobs, 'job')}, heard ${agent.LastHeardAt ? relative(agent.LastHeardAt) : 'never'}</span></li>`)}</ul>
        ${this.agents?.length === 0 ? html`<p>No agent runs a job now.</p>` : none}
      </section>`;
  }
}

customElements.define('jobs-overview', JobsOverview);
