import { html } from 'lit';
import { get } from './api.js';
import { icon } from './words.js';
import { Part } from './part.js';
import { route } from './route.js';

let waiting;

/** The text that is searched for follows the typing, and stands in the address. */
export function searchBox(words) {
  const { path } = route;
  const change = value => {
    clearTimeout(waiting);
    if (path === route.path) route.set({ search: value, page: '' }, { replace: true });
  };
  return html`
    <form class="search" role="search" @submit=${event => { event.preventDefault(); change(event.target.elements.search.value); }}>
      <input type="search" name="search" aria-label=${words} placeholder="Search…" autocomplete="off"
        .value=${route.parameters.search ?? ''}
        @change=${event => change(event.target.value)}
        @input=${event => { clearTimeout(waiting); waiting = setTimeout(() => change(event.target.value), 250); }}>
      ${icon('search')}
    </form>`;
}

/** One of some values, or all; also one that is not among them, where the address says so. */
export const filterBox = (name, all, values, current) => html`
  <select aria-label=${all} @change=${event => route.set({ [name]: event.target.value, page: '' })}>
    <option value="" .selected=${!current}>${all}</option>
    ${[...values, ...(current && !values.some(([value]) => value === current) ? [[current, current]] : [])].map(([value, words]) => html`<option value=${value} .selected=${value === current}>${words}</option>`)}
  </select>`;

/** One of many configurations, found by typing. */
class ConfigurationFilter extends Part {
  static properties = { names: { state: true } };

  constructor() {
    super();
    this.names = [];
  }

  #asked = 0;

  async #find(search) {
    const asked = ++this.#asked;
    const found = await get('/api/v1/configurations', { search, take: 50 }).catch(() => []);
    if (asked === this.#asked) this.names = [...new Set(found.map(it => it.ConfigurationName).filter(Boolean))];
  }

  render() {
    return html`
      <input list="configurations" aria-label="All configurations" placeholder="All configurations" autocomplete="off"
        @focus=${event => this.#find(event.target.value)}
        @input=${event => this.#find(event.target.value)}>
      <datalist id="configurations">${this.names.map(name => html`<option value=${name}></option>`)}</datalist>`;
  }
}

customElements.define('configuration-filter', ConfigurationFilter);
