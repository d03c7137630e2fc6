/** The parameters that open something over a screen. */
const OVER = ['job', 'edit'];

/** Where the page is: what the address bar says, and nothing else. */
class Route extends EventTarget {
  get path() {
    return location.pathname;
  }

  get parameters() {
    return Object.fromEntries(new URLSearchParams(location.search));
  }

  #closing = false;

  /** Goes to another address of this page. */
  go(address) {
    if (address !== location.pathname + location.search) history.pushState({ within: true, over: this.#isOver(address) }, '', address);
    this.dispatchEvent(new Event('change'));
  }

  /** Whether an address only opens something over the screen that is shown. */
  #isOver(address) {
    const [here, there] = [location.href, address].map(it => new URL(it, location.href));
    OVER.forEach(name => there.searchParams.delete(name));
    return here.pathname === there.pathname && `${here.searchParams}` === `${there.searchParams}`;
  }

  /** Takes away what is open over the screen: by going back, where it was opened on this screen. */
  close() {
    if (this.#closing) return;
    if (!history.state?.over) return this.set(Object.fromEntries(OVER.map(name => [name, ''])), { replace: true });
    this.#closing = true;
    addEventListener('popstate', () => (this.#closing = false), { once: true });
    history.back();
  }

  /** Goes back to where a person was in this page, or to what is above it. */
  back(above) {
    if (history.state?.within) history.back();
    else this.go(above);
  }

  /** Changes parameters of the address; an empty one goes. */
  set(changes, { replace = false } = {}) {
    const address = this.with(changes);
    if (address === location.pathname + location.search) return;
    if (!replace) return this.go(address);
    history.replaceState(history.state, '', address);
    return this.dispatchEvent(new Event('change'));
  }

  with(changes) {
    const parameters = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === null || value === '') parameters.delete(name);
      else parameters.set(name, value);
    }
    return location.pathname + (parameters.size ? `?${parameters}` : '');
  }
}

export const route = new Route();

addEventListener('popstate', () => route.dispatchEvent(new CustomEvent('change', { detail: { back: true } })));

/** Links within the page do not load it again. */
document.addEventListener('click', event => {
  const link = event.target.closest?.('a[href^="/"]');
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || link.origin !== location.origin || link.hasAttribute('data-plain')) return;
  event.preventDefault();
  route.go(link.pathname + link.search);
});
