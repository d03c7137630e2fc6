import { html, nothing as none } from 'lit';
import * as actions from './actions.js';
import { get, jobTypePath } from './api.js';
import { focusIsLost, focusOn } from './focus.js';
import { jobTypeButtons, nextRun, tellsOf } from './job-types.js';
import { knownJobs } from './known-jobs.js';
import { live } from './live.js';
import { Part } from './part.js';
import { route } from './route.js';
import { health, runStrip } from './run-strip.js';
import { clock, duration, time } from './time.js';
import { badge, failed, loading, stale } from './words.js';
import { cronEditor } from './cron-editor.js';
import './jobs-list.js';

const DECISIONS = 20;

/** One schedule: its health, its next runs, what became of its occurrences, and its jobs. */
class JobType extends Part {
  static properties = {
    jobTypeId: { attribute: false }, jobType: { state: true }, runs: { state: true }, next: { state: true },
    decisions: { state: true }, problem: { state: true },
  };

  #moved = false;

  connectedCallback() {
    super.connectedCallback();
    this.listen(knownJobs, 'change', ({ detail }) => (this.#moved ||= Boolean(this.jobType) && tellsOf(this.jobType, detail)));
    this.listen(live, 'again', () => this.read());
    this.listen(clock, 'change', () => this.requestUpdate());
    this.listen(route, 'change', () => this.requestUpdate());
    this.every(2, () => this.#moved && this.read());
    this.every(30, () => this.read());
  }

  willUpdate(changed) {
    if (changed.has('jobTypeId')) this.read();
  }

  async read() {
    this.#moved = false;
    try {
      this.jobType = await get(jobTypePath(this.jobTypeId));
      this.dispatchEvent(new CustomEvent('named', { detail: this.jobType.Name, bubbles: true }));
      const { Cron, TimeZone } = this.jobType;
      [this.runs, this.next] = await Promise.all([
        get('/api/v1/job-types/runs', { id: this.jobTypeId }).then(it => it[0]?.Runs ?? []),
        get('/api/v1/cron/preview', { cron: Cron, timeZone: TimeZone, count: 5 }).then(it => it.occurrences),
      ]);
      this.problem = null;
    } catch (fault) {
      this.problem = fault;
    }
  }

  async act(action, jobType) {
    await action(jobType);
    await this.read();
    await this.#keepFocus();
  }

  /** Not called remove: lit takes elements off the page by that. */
  async end(jobType) {
    await actions.remove(jobType, () => this.read());
    await this.#keepFocus();
  }

  /** When the button that was pressed is gone, the one in its place has the focus. */
  async #keepFocus() {
    await this.updateComplete;
    if (focusIsLost()) focusOn(this.querySelector('.title button'));
  }

  async #readDecisions() {
    this.decisions = await get(`${jobTypePath(this.jobTypeId)}/decisions`, { take: DECISIONS }).catch(fault => fault);
  }

  render() {
    if (!this.jobType) return this.problem ? failed(this.problem, () => this.read()) : loading('Reading the job type…');
    const it = this.jobType;
    return html`
      <section class="panel" aria-labelledby="type">
        ${this.problem ? stale(this.problem, () => this.read()) : none}
        <div class="title">${badge(it.Name)}<h2 id="type">${it.Name} <small>${it.ConfigurationName ?? ''}</small></h2>
          <div class="actions">${jobTypeButtons(it, this)}</div></div>
        <dl class="facts">
          <div><dt>Schedule</dt><dd>${it.Description}<small><code>${it.Cron}</code> ${it.TimeZone}</small></dd></div>
          <div><dt>Last run</dt><dd>${time(it.LastExecution, it.TimeZone)}<small>${nextRun(it)}</small></dd></div>
          ${this.#health()}
          <div><dt>Last 30 runs</dt><dd>${runStrip(this.runs)}</dd></div>
          <div><dt>Next runs</dt><dd>${it.Paused || it.Removed ? '–' : html`<ol class="next">${(this.next ?? []).map(next => html`<li>${time(next.utc, it.TimeZone)}</li>`)}</ol>`}</dd></div>
        </dl>
        <details @toggle=${event => event.target.open && this.#readDecisions()}><summary>What became of its occurrences</summary>${this.#decisions()}</details>
      </section>
      <jobs-list .jobType=${it}></jobs-list>
      ${cronEditor(() => this.read())}`;
  }

  #health() {
    const { over, successRate, p50, p95 } = health(this.runs ?? []);
    if (!over) return none;
    return html`
      <div><dt>Success rate</dt><dd>${Math.round(successRate * 100)} %<small>of the last ${over}</small></dd></div>
      <div><dt>Duration p50</dt><dd>${duration(p50) || '–'}</dd></div>
      <div><dt>Duration p95</dt><dd>${duration(p95) || '–'}</dd></div>`;
  }

  #decisions() {
    if (!this.decisions) return none;
    if (this.decisions instanceof Error) return failed(this.decisions, () => this.#readDecisions());
    if (!this.decisions.length) return html`<p>Nothing was due yet.</p>`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Decisions"><table>
      <thead><tr><th scope="col">Due</th><th scope="col">Decision</th><th scope="col">Late by</th><th scope="col">Note</th></tr></thead>
      <tbody>${this.decisions.map(it => html`<tr><td>${time(it.ScheduledFor, this.jobType.TimeZone)}</td>
        <td>${it.JobId ? html`<a href=${route.with({ job: it.JobId })}>${it.Decision}</a>` : it.Decision}
          ${it.Overlaps ? html` for <a href=${route.with({ job: it.Overlaps })}>an unfinished job</a>` : none}</td>
        <td>${it.Late}</td><td>${it.Note ?? ''}</td></tr>`)}</tbody></table></div>`;
  }
}

customElements.define('job-type', JobType);
