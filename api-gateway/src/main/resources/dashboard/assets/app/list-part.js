import { focusIsLost, focusOn } from './focus.js';
import { typing } from './keys.js';
import { live } from './live.js';
import { PageOf } from './page-of.js';
import { Part } from './part.js';
import { route } from './route.js';
import { clock } from './time.js';

/**
 * A page of a list, as the address says: filtered, sorted, and walked through by keyboard.
 *
 * Those that extend it give `path`, `filter`, `usualSort`, `read()`, and `keys(item)`: what a key does to the row
 * that has the focus.
 */
export class ListPart extends Part {
  static take = 20;

  #shown = '';
  #owed = false;

  constructor() {
    super();
    this.page = new PageOf(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(route, 'change', () => (this.wanted === this.#shown ? this.requestUpdate() : this.routed()));
    this.listen(live, 'again', () => this.#again());
    this.listen(clock, 'change', () => this.requestUpdate());
    this.listen(document, 'keydown', event => this.#key(event));
    this.read();
  }

  get sort() {
    return route.parameters.sort ?? this.usualSort;
  }

  /** Counted from 1. */
  get pageNumber() {
    return Math.max(1, parseInt(route.parameters.page, 10) || 1);
  }

  get items() {
    return this.page.items ?? [];
  }

  get rows() {
    return [...this.querySelectorAll('tbody tr')];
  }

  /** Whether its rows have to stay where they are. */
  get isPointedAt() {
    return Boolean(this.querySelector('tbody:is(:hover, :focus-within)'));
  }

  /** What the address asks for; nothing else makes the page be read anew. */
  get wanted() {
    return JSON.stringify([this.filter, this.sort, this.pageNumber]);
  }

  routed() {
    return this.read();
  }

  /** What is asked for while something is read, is read after it. */
  #again() {
    this.#owed = this.page.busy;
    if (this.#owed) return undefined;
    return this.page.items ? this.catchUp() : this.read();
  }

  /** @return whether the page has been read; see {@link PageOf#read} */
  async readPage(arrange) {
    this.#shown = this.wanted;
    const asked = { ...this.filter, sort: this.sort, page: this.pageNumber - 1, take: ListPart.take };
    const read = await this.page.read(this.path, asked, arrange);
    if (this.#owed && !this.page.busy) setTimeout(() => this.isConnected && this.#again());
    return read;
  }

  /** Does something to a row; when that takes away what had the focus, the row in its place has it. */
  async keepFocus(id, action) {
    const at = Math.max(0, this.rows.findIndex(row => row.dataset.id === id));
    await action();
    await this.updateComplete;
    if (focusIsLost()) focusOn(this.rows[Math.min(at, this.rows.length - 1)]);
  }

  #key(event) {
    if (typing(event) || (event.repeat && !'jk'.includes(event.key))) return;
    const { rows } = this;
    const at = rows.indexOf(document.activeElement?.closest?.('tr'));
    const onRow = document.activeElement === rows[at];
    const item = this.page.isOld ? null : this.items.find(it => it.Id === rows[at]?.dataset.id);
    const action = {
      j: () => rows[Math.min(at + 1, rows.length - 1)]?.focus(),
      k: () => rows[Math.max(at - 1, 0)]?.focus(),
      ...(item ? this.keys(item) : {}),
    }[event.key];
    if (!action || (event.key === 'Enter' && !onRow)) return;
    event.preventDefault();
    action();
  }
}
