import { html, nothing as none } from 'lit';
import * as actions from './actions.js';
import { get, jobTypePath } from './api.js';
import { say } from './dialogs.js';
import { focusOn } from './focus.js';
import { jobButton } from './jobs-table.js';
import { knownJobs } from './known-jobs.js';
import { live } from './live.js';
import { Part } from './part.js';
import { route } from './route.js';
import { clock, duration, lengthOf, time } from './time.js';
import { badge, count, failed, icon, loading, number, stale, status } from './words.js';

const EVENTS = { 'job.queued': 'Queued', 'job.started': 'Started', 'job.progressed': 'Progress', 'job.completed': 'Completed', 'job.failed': 'Failed', 'job.cancelling': 'Stopping', 'job.cancelled': 'Stopped', 'job.abandon-requested': 'Stop asked for', 'job.retry-scheduled': 'Retry planned', 'job.silent': 'Agent silent', 'job.alarm-raised': 'Alarm raised' };

const eventWords = type => EVENTS[type.replace(/\.v\d+$/, '')] ?? type;

/** All there is to know of one job, over whatever list it was opened from. */
class JobDrawer extends Part {
  static properties = { jobId: { attribute: false }, job: { state: true }, zone: { state: true }, problem: { state: true } };

  #moved = false;
  #openedAt = 0;

  connectedCallback() {
    super.connectedCallback();
    this.back = document.activeElement;
    this.listen(knownJobs, 'change', ({ detail }) => {
      if (typeof detail.Many === 'number' || detail.Jobs?.some(it => it.Id === this.jobId)) this.#moved = true;
      this.requestUpdate();
    });
    this.listen(live, 'again', () => this.#read());
    this.listen(clock, 'change', () => this.#read());
    this.every(1, () => (this.#moved ? this.#read() : this.requestUpdate()));
  }

  /** One that was only just queued is not known at once. */
  get #mayCome() {
    return this.problem?.status === 404 && Date.now() - this.#openedAt < 5000;
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
  }

  willUpdate(changed) {
    if (!changed.has('jobId')) return;
    [this.job, this.zone, this.problem, this.#openedAt] = [null, undefined, null, Date.now()];
    this.#read();
  }

  async #read() {
    this.#moved = false;
    const id = this.jobId;
    try {
      const job = await get(`/api/v1/jobs/${encodeURIComponent(id)}`);
      const zone = this.zone ?? (await this.#zoneOf(job));
      if (id === this.jobId) [this.job, this.zone, this.problem] = [job, zone, null];
    } catch (fault) {
      if (id !== this.jobId) return;
      this.problem = fault;
      if (this.#mayCome) setTimeout(() => this.isConnected && this.#read(), 500);
    }
  }

  /** The zone of its schedule, where times are to be shown in it. */
  async #zoneOf(job) {
    if (clock.zone !== 'schedule') return undefined;
    return (await get(jobTypePath(job.JobTypeId)).catch(() => null))?.TimeZone;
  }

  /** An instant within a sentence. */
  #when = at => time(at, this.zone, { inSentence: true });

  stop = job => actions.stop(job);

  async run(job) {
    const next = await actions.runAgain(job);
    if (next) route.set({ job: next }, { replace: true });
  }

  /** Until it is gone, nothing beside it takes the focus. */
  disconnectedCallback() {
    super.disconnectedCallback();
    const row = document.querySelector(`tr[data-id="${CSS.escape(this.jobId)}"]`);
    focusOn(this.back?.closest('tr[data-id]') ?? this.back, row);
  }

  render() {
    return html`
      <dialog class="drawer" aria-labelledby="drawer" @cancel=${event => { event.preventDefault(); route.close(); }}
          @mousedown=${event => event.target === event.currentTarget && route.close()}>
        <div class="inside">
          <button class="close" aria-label="Close" autofocus @click=${() => route.close()}>×</button>
          ${this.job ? this.#body(knownJobs.latest(this.job)) : html`<h2 id="drawer">Job</h2>
            ${this.problem && !this.#mayCome ? failed(this.problem, () => this.#read()) : loading('Reading the job…')}`}
        </div>
      </dialog>`;
  }

  #body(job) {
    return html`
      <div class="title">${badge(job.Job)}<h2 id="drawer">${job.Job} <small>${job.ConfigurationName ?? ''}</small></h2></div>
      <p class="summary">${status(job.Status)} <span>${number(job.Progress)} clues</span> <span>${duration(lengthOf(job))}</span>
        ${jobButton(job, this, 'Run again')} <button class="button" @click=${() => this.#copy(location.href, 'The link')}>Copy link</button></p>
      ${this.problem ? stale(this.problem, () => this.#read()) : none}
      ${this.#warnings(job)}
      ${this.#error(job.Error)}
      ${this.#path(job)}
      ${this.#abandonment(job.Abandonment)}
      ${this.#runs(job)}
      ${this.#facts(job)}
      ${this.#events(job)}`;
  }

  #warnings(job) {
    return html`
      ${job.SilentSince ? html`<p class="warning">${icon('alarm')}Its agent has been silent since ${this.#when(job.SilentSince)}.</p>` : none}
      ${job.AlarmRaisedAt ? html`<p class="warning">${icon('alarm')}It took longer than its alarm allows (${job.Alarm}): raised ${this.#when(job.AlarmRaisedAt)}.</p>` : none}
      ${job.RetryAt ? html`<p class="warning">${icon('schedule')}It is tried again ${this.#when(job.RetryAt)}.</p>` : none}`;
  }

  #error(error) {
    return error ? html`
      <details class="error"><summary>${error.split('\n')[0].slice(0, 160)}</summary><pre tabindex="0">${error}</pre>
        <button class="button" @click=${() => this.#copy(error, 'The error')}>Copy</button></details>` : none;
  }

  #path(job) {
    return html`
      <h3>Path</h3>
      <ol class="path">${job.States.map(state => html`
        <li class=${state.Status.toLowerCase()}>${status(state.Status)}
          <span>${state.Seconds === null ? time(state.From, this.zone) : duration(state.Seconds * 1000)}</span>
          ${job.Runs.length > 1 ? html`<small>run ${state.Attempt}</small>` : none}</li>`)}</ol>`;
  }

  #abandonment(wish) {
    if (!wish) return none;
    const steps = [['asked', wish.RequestedAt], [`delivered to ${wish.DeliveredTo ?? 'the agent'}`, wish.DeliveredAt], ['confirmed', wish.ConfirmedAt], ['timed out', wish.TimedOutAt]];
    return html`
      <h3>Stop</h3>
      <p>${wish.RequestedBy ? `Asked for by ${wish.RequestedBy}. ` : ''}${wish.Reason ?? ''}</p>
      <ol class="ladder">${steps.filter(([, at]) => at).map(([words, at]) => html`<li>${words} ${this.#when(at)}</li>`)}</ol>`;
  }

  #runs(job) {
    return html`
      <h3>${count(job.Runs.length, 'run')}</h3>
      <div class="scroll" tabindex="0" role="region" aria-label="Runs"><table>
        <thead><tr><th scope="col">Run</th><th scope="col">Agent</th><th scope="col">Status</th><th scope="col">Clues</th><th scope="col">Started at</th><th scope="col">Duration</th></tr></thead>
        <tbody>${job.Runs.map(run => html`<tr><th scope="row">${run.Attempt}</th><td>${run.Agent ?? '–'}</td>
          <td>${status(run.Id === job.JobRunId ? job.Status : run.Status)}</td><td>${number(run.Id === job.JobRunId ? job.Progress : run.Progress)}</td>
          <td>${time(run.StartedAt, this.zone)}</td><td>${duration(lengthOf(run.Id === job.JobRunId ? job : run))}</td></tr>
          ${run.Error && run.Id !== job.JobRunId ? html`<tr><td colspan="6">${this.#error(run.Error)}</td></tr>` : none}`)}</tbody>
      </table></div>`;
  }

  #facts(job) {
    const facts = [
      ['Job type', html`<a href="/job-types/${encodeURIComponent(job.JobTypeId)}">${job.Job} · ${job.ConfigurationName ?? ''}</a>`],
      ['Asked for', job.ScheduledFor ? html`by its schedule, for ${this.#when(job.ScheduledFor)}` : job.RequestedBy ?? 'by a person'],
      ['Queued', html`${time(job.QueuedAt, this.zone)} to ${job.Queue}`],
      ['Started', time(job.StartedAt, this.zone)], ['Finished', time(job.FinishedAt, this.zone)],
      ['Last heartbeat', time(job.LastHeardAt, this.zone)],
      ['Alarm', job.Alarm ?? 'none'], ['Longest run', job.LongestRun ?? 'none'],
      ['Id', html`<code>${job.Id}</code>`],
    ];
    return html`<h3>Facts</h3><dl class="facts">${facts.map(([term, fact]) => html`<div><dt>${term}</dt><dd>${fact}</dd></div>`)}</dl>`;
  }

  #events(job) {
    return html`
      <h3>History</h3>
      <ol class="events">${job.Events.map(event => html`
        <li class=${event.Accepted ? '' : 'refused'}>${time(event.At, this.zone)} <strong>${eventWords(event.Type)}</strong>
          ${event.By ? html`by ${event.By}` : none} ${event.Attempt && job.Runs.length > 1 ? html`<small>run ${event.Attempt}</small>` : none}
          ${event.Accepted ? none : html`<em>not accepted</em>`}
          ${event.Text ? html`<span class="text">${event.Text.split('\n')[0]}</span>` : none}</li>`)}</ol>`;
  }

  async #copy(text, what) {
    try {
      await navigator.clipboard.writeText(text);
      say(`${what} is copied.`);
    } catch {
      say(`This browser lets nothing be copied from here. ${text}`, { bad: true });
    }
  }
}

customElements.define('job-drawer', JobDrawer);
