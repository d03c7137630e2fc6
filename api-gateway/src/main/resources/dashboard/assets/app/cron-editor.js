import { html, nothing as none } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { get, jobTypePath, send } from './api.js';
import { say } from './dialogs.js';
import { focusOn } from './focus.js';
import { Part } from './part.js';
import { route } from './route.js';
import { exact } from './time.js';
import { count, failed, icon, loading } from './words.js';

const PRESETS = [
  ['Every 15 minutes', '*/15 * * * *'], ['Every hour', '0 * * * *'], ['Every 4 hours', '0 0/4 * * *'],
  ['Every day at 02:00', '0 2 * * *'], ['Weekdays at 06:00', '0 6 * * MON-FRI'], ['Every Sunday', '0 3 * * SUN'],
  ['First of the month', '0 4 1 * *'],
];

const FIELDS = ['second', 'minute', 'hour', 'day of month', 'month', 'day of week'];

const WORDS = { missedOccurrences: ['once', 'all', 'none'], overlap: ['skip', 'queue', 'allow', 'cancel'] };

const SPANS = [['catchUp', 'Catch-up window'], ['spread', 'Spread'], ['retryDelay', 'Delay before the first retry'], ['longestRun', 'Longest run (00:00:00: none)'], ['alarm', 'Alarm (00:00:00: none)']];

const pascal = name => name[0].toUpperCase() + name.slice(1);

/** Changes when a job type is due, and by which policy; shows what that means before it is saved. */
class CronEditor extends Part {
  static properties = {
    jobTypeId: { attribute: false }, jobType: { state: true }, changes: { state: true },
    preview: { state: true }, current: { state: true }, problem: { state: true }, refusal: { state: true }, saving: { state: true },
  };

  #waiting = 0;
  #asked = 0;

  constructor() {
    super();
    this.changes = {};
  }

  connectedCallback() {
    super.connectedCallback();
    this.back = document.activeElement;
    this.#read();
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
  }

  async #read() {
    try {
      this.jobType = await get(jobTypePath(this.jobTypeId));
      const { Cron, TimeZone } = this.jobType;
      this.current = await get('/api/v1/cron/preview', { cron: Cron, timeZone: TimeZone, count: 5, jobTypeId: this.jobTypeId });
      await this.updateComplete;
      this.querySelector('input[name=cron]')?.focus();
    } catch (fault) {
      this.problem = fault;
    }
  }

  #value(name) {
    return this.changes[name] ?? this.jobType[pascal(name)];
  }

  #change(name, value) {
    this.changes = { ...this.changes, [name]: value };
    if (String(value) === String(this.jobType[pascal(name)])) delete this.changes[name];
    this.refusal = null;
    if (name !== 'cron' && name !== 'timeZone') return;
    clearTimeout(this.#waiting);
    this.preview = null;
    this.#waiting = setTimeout(() => this.#look(), 150);
  }

  async #look() {
    const asked = ++this.#asked;
    try {
      const preview = await get('/api/v1/cron/preview', { cron: this.#value('cron'), timeZone: this.#value('timeZone'), count: 5, jobTypeId: this.jobTypeId });
      if (asked === this.#asked) [this.preview, this.problem] = [preview, null];
    } catch (fault) {
      if (asked === this.#asked) this.problem = fault;
    }
  }

  async #save(event) {
    event.preventDefault();
    this.saving = true;
    try {
      await send('PATCH', jobTypePath(this.jobTypeId), this.changes);
      this.dispatchEvent(new Event('saved'));
      if (this.isConnected) route.close();
      say(`The schedule of ${this.jobType.Name} is changed.`);
    } catch (fault) {
      this.refusal = fault;
      this.saving = false;
    }
  }

  /** Until it is gone, nothing beside it takes the focus. */
  disconnectedCallback() {
    super.disconnectedCallback();
    focusOn(this.back);
  }

  render() {
    return html`
      <dialog class="editor" aria-labelledby="editor" @cancel=${event => { event.preventDefault(); route.close(); }}>
        <form @submit=${event => this.#save(event)}>
          <h2 id="editor">Edit schedule${this.jobType ? html` <small>${this.jobType.Name} · ${this.jobType.ConfigurationName ?? ''}</small>` : none}</h2>
          ${this.jobType ? this.#fields() : this.problem ? failed(this.problem, () => this.#read()) : loading('Reading the schedule…')}
          ${this.refusal ? html`<p class="fault" role="alert">${icon('failed')}${this.refusal.message}</p>` : none}
          <div class="actions">
            <button type="button" class="button" @click=${() => route.close()}>Cancel</button>
            <button class="button run" ?disabled=${!Object.keys(this.changes).length || this.saving || Boolean(this.problem?.properties?.field)}>Save</button>
          </div>
        </form>
      </dialog>`;
  }

  #fields() {
    return html`
      <div class="presets" role="group" aria-label="Presets">${PRESETS.map(([words, cron]) => html`
        <button type="button" class="button" @click=${() => this.#change('cron', cron)}>${words}</button>`)}</div>
      <div class="row">
        <label>Cron <input name="cron" class="cron" autocomplete="off" spellcheck="false" .value=${this.#value('cron')}
          aria-invalid=${Boolean(this.problem?.properties?.field)} aria-describedby="meaning" @input=${event => this.#change('cron', event.target.value)}></label>
        <label>Time zone <input name="timeZone" list="zones" autocomplete="off" aria-invalid=${Boolean(this.problem && !this.problem.properties?.field)} .value=${this.#value('timeZone')}
          @input=${event => this.#change('timeZone', event.target.value)}></label>
        <datalist id="zones">${['UTC', ...Intl.supportedValuesOf('timeZone')].map(zone => html`<option value=${zone}></option>`)}</datalist>
      </div>
      <div id="meaning" role="status">${this.problem ? this.#fault() : none}</div>
      <div class="compare">
        ${this.#meaning('Now', this.current)}
        ${this.changes.cron !== undefined || this.changes.timeZone !== undefined ? this.#meaning('New', this.problem ? null : this.preview) : none}
      </div>
      ${this.#policy()}`;
  }

  /** The expression again, with the field at fault underlined. */
  #fault() {
    const field = this.problem.properties?.field;
    const parts = this.#value('cron').trim().split(/\s+/);
    const at = FIELDS.indexOf(String(field).replaceAll('-', ' ')) - (parts.length === 6 ? 0 : 1);
    return html`<p class="fault"><code>${field === undefined ? none : parts.map((part, i) => html`<span class=${at < 0 || i === at ? 'wrong' : ''}>${part}</span> `)}</code>
      ${icon('failed')}${this.problem.message}</p>`;
  }

  #meaning(title, preview) {
    if (!preview) return html`<div><h3>${title}</h3><p>–</p></div>`;
    const notes = [...new Set(preview.occurrences.map(it => it.note).filter(Boolean))];
    return html`
      <div><h3>${title}</h3>
        <p><strong>${preview.description}</strong> <code>${preview.cron}</code> ${preview.timeZone}</p>
        ${preview.occurrences.length ? html`<table><caption class="unseen">Next firings</caption>
          <thead><tr><th scope="col">In ${preview.timeZone}</th><th scope="col">Here</th></tr></thead>
          <tbody>${preview.occurrences.map(it => html`<tr><td>${exact(it.utc, preview.timeZone)}${it.note ? ' *' : ''}</td><td>${exact(it.utc)}</td></tr>`)}</tbody></table>`
          : html`<p class="warning">${icon('alarm')}It is never due.</p>`}
        ${notes.map(note => html`<p class="warning">* ${note}</p>`)}
        ${preview.sharedBy == null ? none : html`<p>${preview.sharedBy === 0 ? 'No other schedule is' : `${count(preview.sharedBy, 'other schedule is', 'other schedules are')}`} due in the same minute.</p>`}
      </div>`;
  }

  #policy() {
    return html`
      <details><summary>Policy</summary><div class="policy">
        ${this.#choice('missedOccurrences', 'Missed occurrences')}
        ${this.#choice('overlap', 'While an earlier job is not finished')}
        <label>Retries <input type="number" min="0" max="100" .value=${String(this.#value('retries'))} @input=${event => Number.isNaN(event.target.valueAsNumber) || this.#change('retries', event.target.valueAsNumber)}></label>
        ${SPANS.map(([name, words]) => html`<label>${words} <input .value=${this.#value(name)} pattern="(\\d+\\.)?\\d{1,2}:\\d{2}:\\d{2}" title="[d.]hh:mm:ss" @input=${event => this.#change(name, event.target.value)}></label>`)}
      </div></details>`;
  }

  #choice(name, words) {
    return html`<label>${words} <select @change=${event => this.#change(name, event.target.value)}>
      ${WORDS[name].map(word => html`<option .selected=${word === this.#value(name)}>${word}</option>`)}</select></label>`;
  }
}

customElements.define('cron-editor', CronEditor);

/** The editor, where the address says that it is open. */
export const cronEditor = saved => {
  const { edit } = route.parameters;
  return edit ? keyed(edit, html`<cron-editor .jobTypeId=${edit} @saved=${saved}></cron-editor>`) : none;
};
