const GIVE_UP = 15_000;
const SECOND_LOOK = 2_000;
const AT_MOST_EACH = 5_000;
const JUST_OPENED = 1_000;

/**
 * The gateway's stream of what happens, for as long as somebody looks.
 *
 * Its events: `jobs` (detail: a message of the stream), `again` (everything has to be read again),
 * `state` (it became live, reconnecting or paused, or another second has passed).
 */
class Live extends EventTarget {
  state = 'reconnecting';
  heardAt = null;
  #source = null;
  #lastId = '';
  #stopped = false;
  #delay = 1000;
  #retry = 0;
  #soundAt = 0;
  #againAt = Date.now() + JUST_OPENED - AT_MOST_EACH; // a page that opens reads by itself
  #again = 0;

  constructor() {
    super();
    document.addEventListener('visibilitychange', () => this.#consider());
    setInterval(() => this.#watch(), 1000);
  }

  start() {
    this.#consider();
  }

  /** A person's wish to see nothing move, or to see it again. */
  toggle() {
    this.#stopped = !this.#stopped;
    this.#consider();
  }

  /** How many seconds old what is shown may be. */
  get age() {
    return this.heardAt ? Math.max(0, Math.round((Date.now() - this.heardAt) / 1000)) : null;
  }

  #consider() {
    if (this.#stopped || document.hidden) {
      this.#close();
      this.#become('paused');
    } else if (!this.#source) {
      this.#open();
    }
  }

  #open() {
    this.#become('reconnecting');
    const at = this.#lastId ? `?lastEventId=${encodeURIComponent(this.#lastId)}` : '';
    const fresh = !this.#lastId;
    const source = new EventSource(`/api/v1/live${at}`);
    this.#source = source;
    this.#soundAt = Date.now();
    const on = (type, action) =>
      source.addEventListener(type, event => this.#source === source && this.#heard(event, action));
    on('hello', () => fresh && this.#readAgain());
    on('beat', () => {});
    on('jobs', message => {
      this.dispatchEvent(new CustomEvent('jobs', { detail: message }));
      if (typeof message.Many === 'number') this.#readAgain();
    });
    on('reset', () => this.#readAgain());
    source.onerror = () => this.#source === source && this.#lost();
  }

  /**
   * Now, unless the page has just opened or this was done a moment ago, and once more when what was told has surely
   * reached what is read.
   */
  #readAgain() {
    clearTimeout(this.#again);
    const say = () => {
      this.#againAt = Date.now();
      this.dispatchEvent(new Event('again'));
    };
    const early = this.#againAt + AT_MOST_EACH - Date.now();
    if (early <= 0) say();
    this.#again = setTimeout(() => {
      this.#again = 0;
      say();
    }, Math.max(early, SECOND_LOOK));
  }

  #heard(event, action) {
    this.#soundAt = Date.now();
    if (event.lastEventId) this.#lastId = event.lastEventId;
    const message = event.data ? JSON.parse(event.data) : {};
    const stale = message.Stale === true;
    if (!stale) this.heardAt = Date.now();
    this.#delay = 1000;
    this.#become(stale ? 'reconnecting' : 'live');
    action(message);
  }

  /** The browser connects again by itself only where there was no answer; here we always do. */
  #lost() {
    this.#close();
    this.#become('reconnecting');
    this.#retry = setTimeout(() => this.#consider(), this.#delay);
    this.#delay = Math.min(this.#delay * 2, 8000);
  }

  #close() {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = null;
    if (!this.#again) return;
    clearTimeout(this.#again); // nothing is read while nobody looks; who comes back begins anew
    this.#again = 0;
    this.#lastId = '';
  }

  #watch() {
    if (this.#source && Date.now() - this.#soundAt > GIVE_UP) this.#lost();
    if (!document.hidden) this.dispatchEvent(new Event('state'));
  }

  #become(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event('state'));
  }
}

export const live = new Live();
