import { LitElement } from 'lit';
import { live } from './live.js';

/** A part of the page: an element without a shadow, so that one stylesheet dresses them all. */
export class Part extends LitElement {
  #cleanups = [];

  createRenderRoot() {
    return this;
  }

  /** Listens for as long as the part is on the page; to be called in connectedCallback. */
  listen(target, type, listener) {
    target.addEventListener(type, listener);
    this.#cleanups.push(() => target.removeEventListener(type, listener));
  }

  /** Does something again and again for as long as the part is on a page that is seen and not paused. */
  every(seconds, action) {
    const timer = setInterval(() => document.hidden || live.state === 'paused' || action(), seconds * 1000);
    this.#cleanups.push(() => clearInterval(timer));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#cleanups.forEach(cleanup => cleanup());
    this.#cleanups = [];
  }
}
