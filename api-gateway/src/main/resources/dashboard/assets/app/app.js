import { html, nothing as none } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { get } from './api.js';
import { typing } from './keys.js';
import { live } from './live.js';
import { Part } from './part.js';
import { route } from './route.js';
import { clock } from './time.js';
import { stay } from './visits.js';
import { count, icon } from './words.js';
import './job-drawer.js';
import './jobs-list.js';
import './overview.js';
import './job-type.js';
import './job-types.js';

const PLACES = [['/', 'Overview', 'overview', 'o'], ['/jobs', 'All jobs', 'jobs', 'j'], ['/job-types', 'Job types', 'schedule', 't']];

const KEYS = [
  ['j, k', 'next row, row before'], ['Enter', 'open the row'], ['x', 'select the row'], ['s', 'stop the job of the row'],
  ['r', 'run the row'], ['e', 'edit the schedule of the row'], ['/', 'search'], ['g then o, j, t', 'overview, all jobs, job types'],
  ['Esc', 'close'], ['?', 'this help'],
];

const BADGES = { live: 'Live', reconnecting: 'Reconnecting', paused: 'Paused' };

/** The page: what surrounds every screen, and which screen is shown. */
class CrawlJobs extends Part {
  static properties = { name: { state: true } };

  #going = 0;
  alarms = 0;

  connectedCallback() {
    this.replaceChildren();
    super.connectedCallback();
    this.listen(route, 'change', event => this.#routed(event.detail?.back));
    this.listen(live, 'state', () => this.requestUpdate());
    this.listen(live, 'jobs', ({ detail }) => detail.Alarms?.length && setTimeout(() => this.#readAlarms(), 1000));
    this.listen(clock, 'change', () => this.requestUpdate());
    this.listen(document, 'keydown', event => this.#key(event));
    this.listen(this, 'named', event => (this.name = event.detail));
    this.every(10, () => this.#readAlarms());
    this.every(60, stay);
    this.#readAlarms();
    this.#dress();
    live.start();
  }

  async #readAlarms() {
    const attention = await get('/api/v1/jobs/attention').catch(() => null);
    if (attention) this.alarms = attention.OpenAlarms;
    this.requestUpdate();
  }

  /** Another screen has the focus, and is shown from its top; who comes back finds it as it was. */
  async #routed(back) {
    this.requestUpdate();
    if (this.#path === route.path) return;
    this.#path = route.path;
    this.name = null;
    await this.updateComplete;
    this.querySelector('main').focus({ preventScroll: true });
    if (!back) scrollTo(0, 0);
  }

  #path = route.path;

  #key(event) {
    if (typing(event)) return;
    const going = Date.now() - this.#going < 1500;
    this.#going = event.key === 'g' ? Date.now() : 0;
    const place = going && PLACES.find(([, , , key]) => key === event.key);
    if (place) {
      event.preventDefault();
      event.stopImmediatePropagation();
      route.go(place[0]);
    } else if (event.key === '/') {
      event.preventDefault();
      (this.querySelector('main input[type=search]') ?? this.querySelector('.bar input')).focus();
    } else if (event.key === '?') {
      this.querySelector('dialog.help').showModal();
    }
  }

  /** Light or dark as the system is, or as a person wants it. */
  #dress(theme = localStorage.getItem('theme') ?? '') {
    localStorage.setItem('theme', theme);
    document.documentElement.dataset.theme = theme;
    document.dispatchEvent(new Event('themechange'));
  }

  get #screen() {
    const { path } = route;
    const type = path.match(/^\/job-types\/(.+)$/);
    if (type) {
      const id = decodeURIComponent(type[1]);
      return { title: this.name ?? 'Jobs of one type', parents: [['/job-types', 'Job types']], body: keyed(id, html`<job-type .jobTypeId=${id}></job-type>`) };
    }
    return {
      '/': { title: 'Jobs', body: html`<jobs-overview></jobs-overview>` },
      '/jobs': { title: 'All jobs', parents: [['/', 'Jobs']], body: html`<jobs-list></jobs-list>` },
      '/job-types': { title: 'Job Types', parents: [['/', 'Jobs']], body: html`<job-types></job-types>` },
    }[path] ?? { title: 'Nothing is here', body: html`<div class="notice"><strong>There is no such page.</strong><p><a href="/">To the overview</a></p></div>` };
  }

  render() {
    const { title, parents = [], body } = this.#screen;
    document.title = `${title} · crawl jobs`;
    return html`
      <a class="skip" href="#main" data-plain @click=${event => { event.preventDefault(); this.querySelector('main').focus(); }}>To the content</a>
      ${this.#bar()}
      <nav class="side" aria-label="Screens">${PLACES.map(([path, words, sign]) => html`
        <a href=${path} aria-current=${path === route.path ? 'page' : 'false'}>${icon(sign)}<span>${words}</span></a>`)}
        <a href="/swagger-ui.html" data-plain>${icon('api')}<span>API</span></a></nav>
      <div class="crumbs">
        <button class="link" @click=${() => route.back(parents.at(-1)?.[0] ?? '/')}>${icon('previous')}Back</button>
        ${parents.map(([path, words]) => html`<a href=${path}>${words}</a>${icon('next')}`)}<h1>${title}</h1>
        ${this.#badge()}
      </div>
      <main id="main" tabindex="-1">${body}</main>
      ${route.parameters.job ? html`<job-drawer .jobId=${route.parameters.job}></job-drawer>` : none}
      ${this.#help()}`;
  }

  #bar() {
    const search = event => {
      event.preventDefault();
      const { where, words } = event.target.elements;
      route.go(`/${where.value}?${new URLSearchParams({ search: words.value.trim() })}`);
    };
    return html`
      <header class="bar">
        <a class="brand" href="/">${icon('brand')}crawl jobs</a>
        <form role="search" aria-label="Everywhere" @submit=${search}>
          <select name="where" aria-label="Search in"><option value="jobs">All jobs</option><option value="job-types">Job types</option></select>
          <input name="words" type="search" aria-label="Search" placeholder="Search…" autocomplete="off">
          <button aria-label="Search">${icon('search')}</button>
        </form>
        <div class="tools">
          <a href="/jobs?state=Executing" aria-label="Running jobs">${icon('monitor')}</a>
          <a href="/" aria-label=${count(this.alarms, 'alarm')}>${icon('bell')}${this.alarms ? html`<sup>${this.alarms}</sup>` : none}</a>
          <button aria-label="Help" @click=${() => this.querySelector('dialog.help').showModal()}>${icon('help')}</button>
          <button aria-label="Settings" popovertarget="settings">${icon('more')}</button>
          <div id="settings" popover>
            ${this.#setting('Times', clock.zone, [['local', 'Local'], ['UTC', 'UTC'], ['schedule', 'Of the schedule, else UTC']], zone => (clock.zone = zone))}
            ${this.#setting('Colours', document.documentElement.dataset.theme, [['', 'As the system'], ['light', 'Light'], ['dark', 'Dark']], theme => this.#dress(theme))}
          </div>
        </div>
      </header>`;
  }

  #setting(words, current, values, change) {
    return html`<label>${words}<select @change=${event => change(event.target.value)}>
      ${values.map(([value, name]) => html`<option value=${value} .selected=${value === current}>${name}</option>`)}</select></label>`;
  }

  #badge() {
    const { state, age } = live;
    const old = age === null ? none : html` <small>${age} s old</small>`;
    return html`<span class="unseen" role="status">${BADGES[state]}</span>
      <button class="badge-live ${state}" title=${state === 'paused' ? 'Show what happens again' : 'Let nothing move'}
        @click=${() => live.toggle()}><span class="state">${BADGES[state]}</span>${old}</button>`;
  }

  #help() {
    return html`
      <dialog class="help" aria-labelledby="help"><form method="dialog">
        <h2 id="help">Keys</h2>
        <dl>${KEYS.map(([key, words]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${words}</dd></div>`)}</dl>
        <div class="actions"><button class="button" autofocus>Close</button></div>
      </form></dialog>`;
  }
}

customElements.define('crawl-jobs', CrawlJobs);
