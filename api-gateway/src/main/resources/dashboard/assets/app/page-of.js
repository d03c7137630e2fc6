import { list, query } from './api.js';

const remembered = new Map();

/** One page of a list for a part of the page: what is known of it at once, and then what is so now. */
export class PageOf {
  items = null;
  total = 0;
  problem = null;
  busy = false;
  #key = null;
  #shownKey = null;
  #request = null;
  #host;

  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected() {
    this.#request?.abort();
  }

  /** Whether what is shown is still what was asked for before. */
  get isOld() {
    return this.items !== null && this.#key !== this.#shownKey;
  }

  /**
   * @param arrange what to show, made of the items shown so far and those read; only called where both are
   *   of the same page
   * @return whether the page has been read
   */
  async read(path, parameters, arrange = (_, read) => read) {
    const key = path + query(parameters);
    if (key !== this.#key) {
      this.#key = key;
      this.problem = null;
      const known = remembered.get(key);
      if (known) this.#show(key, known);
    }
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    this.busy = true;
    this.#host.requestUpdate();
    try {
      const page = await list(path, parameters, request.signal);
      if (this.items && key === this.#shownKey) page.items = arrange(this.items, page.items);
      this.#remember(key, page);
      return true;
    } catch (fault) {
      if (request.signal.aborted) return false;
      if (key !== this.#shownKey) this.items = null;
      this.problem = fault;
      return false;
    } finally {
      if (this.#request === request) {
        this.busy = false;
        this.#host.requestUpdate();
      }
    }
  }

  #remember(key, page) {
    remembered.delete(key);
    remembered.set(key, page);
    if (remembered.size > 30) remembered.delete(remembered.keys().next().value);
    this.#show(key, page);
    this.problem = null;
  }

  #show(key, page) {
    this.#shownKey = key;
    Object.assign(this, page);
  }
}
