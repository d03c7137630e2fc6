import { html, nothing } from 'lit';
import * as api from './api.js';
import { ask, say } from './dialogs.js';
import { isOver, knownJobs } from './known-jobs.js';
import { Part } from './part.js';
import { count, number, stateWord } from './words.js';

const MOST = 10_000;
const AT_ONCE = 6;

/** What can be done to the chosen rows, and what became of each. */
class BulkWork extends Part {
  static properties = {
    jobs: { attribute: false }, total: { attribute: false }, filter: { attribute: false },
    wholePage: { attribute: false }, everything: { attribute: false }, work: { state: true },
  };

  constructor() {
    super();
    this.work = null;
  }

  /** Whether a person is asked, or something is done. */
  get isBusy() {
    return this.asking || this.work !== null;
  }

  get #chosen() {
    return this.everything ? this.total : this.jobs.length;
  }

  async #begin(word, action) {
    const jobs = this.jobs;
    this.asking = true;
    const sure = await ask({
      title: `${word} ${count(this.#chosen, 'job')}?`,
      text: word === 'Stop' ? 'Those that are over are left alone. Their schedules go on.' : 'Each is queued once more, whatever its schedule says.',
      action: word,
      danger: word === 'Stop',
    });
    this.asking = false;
    if (!sure) return;
    this.work = { word, results: [], done: 0, total: this.#chosen, problem: null };
    await this.updateComplete;
    if (this.isConnected) this.querySelector('dialog').showModal();
    try {
      const chosen = this.everything ? await this.#all() : jobs;
      this.work = { ...this.work, total: chosen.length };
      const waiting = [...chosen];
      await Promise.all(Array.from({ length: AT_ONCE }, () => this.#workThrough(waiting, action)));
    } catch (fault) {
      this.work = { ...this.work, problem: fault };
    }
    this.work = { ...this.work, over: true };
    if (!this.isConnected) this.#tell();
  }

  /** To a person who went elsewhere in the meantime. */
  #tell() {
    const { word, results, total, problem } = this.work;
    const bad = results.filter(it => it.bad);
    const why = problem?.message ?? bad[0]?.words;
    const words = `${word}: ${number(results.length)} of ${number(total)}${bad.length ? `, ${number(bad.length)} not done` : ''}.`;
    say(why ? `${words} ${why}` : words, { bad: Boolean(why) });
  }

  /** Each once, though pages shift when jobs come. */
  async #all() {
    const found = new Map();
    for (let page = 0; found.size < Math.min(this.total, MOST); page++) {
      const { items } = await api.list('/api/v1/jobs', { ...this.filter, page, take: 1000 });
      if (!items.length) break;
      items.forEach(job => found.set(job.Id, job));
    }
    return [...found.values()].slice(0, MOST);
  }

  async #workThrough(waiting, action) {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      const result = { job, words: '', bad: false };
      try {
        result.words = await action(job);
      } catch (fault) {
        Object.assign(result, { words: fault.message, bad: true });
      }
      this.work.results.push(result);
      this.work = { ...this.work, done: this.work.results.length };
    }
  }

  #stop = async job => {
    if (isOver(job)) return `left alone: ${stateWord(job.Status)}`;
    const stopped = await api.stop(job);
    knownJobs.tell(stopped);
    return stopped.Status === 'Cancelling' ? 'stopping' : 'stopped';
  };

  #run = async job => {
    await api.runAgain(job);
    return 'queued again';
  };

  #end() {
    const dialog = this.querySelector('dialog');
    this.work = null;
    dialog.close();
    this.dispatchEvent(new Event('done'));
  }

  render() {
    const more = this.wholePage && !this.everything && this.total > this.jobs.length;
    return html`
      <div class="bulk" role="region" aria-label="Chosen jobs">
        <strong>${count(this.#chosen, 'job')} selected</strong>
        ${more ? html`<button class="link" @click=${() => this.dispatchEvent(new Event('everything'))}>Select all ${number(this.total)} that match</button>` : nothing}
        ${this.everything && this.total > MOST ? html`<span>The first ${number(MOST)} of them are taken.</span>` : nothing}
        <button class="button stop" @click=${() => this.#begin('Stop', this.#stop)}>Stop</button>
        <button class="button run" @click=${() => this.#begin('Run', this.#run)}>Run</button>
        <button class="button" @click=${() => this.dispatchEvent(new Event('done'))}>Clear</button>
      </div>
      ${this.work ? this.#report() : nothing}`;
  }

  #report() {
    const { word, results, done, total, over, problem } = this.work;
    const bad = results.filter(it => it.bad).length;
    return html`
      <dialog class="report" aria-labelledby="report" @cancel=${event => event.preventDefault()}
          @close=${event => this.work && (over ? this.#end() : event.target.showModal())}>
        <h2 id="report">${word}: ${number(done)} of ${number(total)}${bad ? `, ${number(bad)} not done` : ''}</h2>
        <progress max=${Math.max(total, 1)} value=${done} aria-label="Progress"></progress>
        ${problem ? html`<p role="alert">${problem.message}</p>` : nothing}
        <ul tabindex="0" aria-label="Results">${[...results.filter(it => it.bad), ...results.filter(it => !it.bad)].slice(0, 500).map(({ job, words, bad: failed }) => html`
          <li class=${failed ? 'bad' : ''}><span>${job.Job} · ${job.ConfigurationName ?? ''}</span> ${words}</li>`)}</ul>
        <div class="actions"><button class="button" ?disabled=${!over} @click=${() => this.#end()}>Close</button></div>
      </dialog>`;
  }
}

customElements.define('bulk-work', BulkWork);
