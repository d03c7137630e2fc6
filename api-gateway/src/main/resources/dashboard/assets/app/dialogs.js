import { html, render, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { focusIsLost, focusOn } from './focus.js';
import { route } from './route.js';

/**
 * Asks a person before something is done.
 *
 * @param question `title`, `text`, `action` (the word on the button), `danger`, and `reason` where one
 *   has to be given
 * @return a promise of the reason (true where none is asked for), or null when they changed their mind or
 *   went elsewhere
 */
export function ask({ title, text, action, danger = false, reason = null }) {
  return new Promise(resolve => {
    const back = document.activeElement;
    const paper = document.body.appendChild(document.createElement('div'));
    const leave = () => end(null);
    const end = answer => {
      route.removeEventListener('change', leave);
      paper.remove();
      focusOn(back);
      resolve(answer);
    };
    route.addEventListener('change', leave);
    const keep = danger && reason === null;
    const submitted = event => {
      event.preventDefault();
      end(reason === null ? true : event.target.elements.reason.value.trim());
    };
    render(html`
      <dialog class="question" aria-labelledby="question" @cancel=${leave}>
        <form @submit=${submitted}>
          <h2 id="question">${title}</h2>
          <p>${text}</p>
          ${reason === null ? nothing : html`
            <label>${reason}<input name="reason" required pattern=".*\\S.*" maxlength="400" autocomplete="off"></label>`}
          <div class="actions">
            <button type="button" class="button" ?autofocus=${keep} @click=${leave}>Leave it</button>
            <button class="button ${danger ? 'stop' : 'run'}" ?autofocus=${reason === null && !keep}>${action}</button>
          </div>
        </form>
      </dialog>`, paper);
    paper.querySelector('dialog').showModal();
  });
}

const LASTS = 6000;
let shown = [];

/** Where toasts are: in the dialog on top, for nothing beneath a dialog can be pressed. */
class ToastPlace extends HTMLElement {
  disconnectedCallback() {
    queueMicrotask(show);
  }
}

customElements.define('toast-place', ToastPlace);

const place = Object.assign(document.createElement('toast-place'), { popover: 'manual' });

document.addEventListener('toggle', ({ target }) => shown.length && target instanceof HTMLDialogElement && show(), true);

function show() {
  const host = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  if (place.parentNode !== host) host.append(place);
  if (place.matches(':popover-open')) place.hidePopover();
  if (shown.length) place.showPopover(); // above the dialog that is open
  render(repeat(shown, toast => toast, toast => html`
    <div class="toast ${toast.bad ? 'bad' : ''}" role=${toast.bad ? 'alert' : 'status'}>
      <span>${toast.words}</span>
      ${toast.link ? html`<a href=${toast.link}>View</a>` : nothing}
      ${toast.undo ? html`<button @click=${() => { dismiss(toast); toast.undo(); }}>Undo</button>` : nothing}
      <button aria-label="Dismiss" @click=${() => dismiss(toast)}>×</button>
    </div>`), place);
}

function dismiss(toast) {
  if (!shown.includes(toast)) return;
  const had = place.contains(document.activeElement);
  shown = shown.filter(it => it !== toast);
  show();
  if (had && focusIsLost()) focusOn(place.closest('dialog'));
}

/** What a person points at or has the focus in stays. */
function pass(toast) {
  if (place.matches(':is(:hover, :focus-within)')) setTimeout(pass, 1000, toast);
  else dismiss(toast);
}

/**
 * Tells what was done, for a while.
 *
 * @param more `link` to look at it, `undo` to take it back, `bad` when it was not done, `lasts` in ms
 */
export function say(words, more = {}) {
  const toast = { words, ...more };
  const passing = shown.filter(it => !it.undo);
  shown = [...shown, toast].filter(it => it === toast || it.undo || passing.indexOf(it) >= passing.length - 3);
  show();
  setTimeout(pass, more.lasts ?? (more.bad ? 2 * LASTS : LASTS), toast);
}

/** Tells why something was not done. */
export const sayProblem = fault => say(fault.message, { bad: true });
