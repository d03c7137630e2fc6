/** Where the page is: what the address bar says, and nothing else. */
class Route extends EventTarget {
  get path() {
    return location.pathname;
  }

  get parameters() {
    return Object.fromEntries(new URLSearchParams(location.search));
  }

  /** Goes to another address of this page. */
  go(address) {
    if (address !== location.pathname + location.search) history.pushState({ within: true }, '', address);
    this.dispatchEvent(new Event('change'));
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
    history[replace ? 'replaceState' : 'pushState'](replace ? history.state : { within: true }, '', address);
    this.dispatchEvent(new Event('change'));
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
