import { html, render, nothing } from 'lit';

/**
 * Asks a person before something is done.
 *
 * @param question `title`, `text`, `action` (the word on the button), `danger`, and `reason` where one
 *   has to be given
 * @return a promise of the reason (true where none is asked for), or null when they changed their mind
 */
export function ask({ title, text, action, danger = false, reason = null }) {
  return new Promise(resolve => {
    const back = document.activeElement;
    const place = document.body.appendChild(document.createElement('div'));
    const end = answer => {
      place.remove();
      if (back?.isConnected) back.focus();
      resolve(answer);
    };
    const keep = danger && reason === null;
    const submitted = event => {
      event.preventDefault();
      end(reason === null ? true : event.target.elements.reason.value.trim());
    };
    render(html`
      <dialog class="question" aria-labelledby="question" @cancel=${() => end(null)}>
        <form @submit=${submitted}>
          <h2 id="question">${title}</h2>
          <p>${text}</p>
          ${reason === null ? nothing : html`
            <label>${reason}<input name="reason" required pattern=".*\\S.*" maxlength="400" autocomplete="off"></label>`}
          <div class="actions">
            <button type="button" class="button" ?autofocus=${keep} @click=${() => end(null)}>Leave it</button>
            <button class="button ${danger ? 'stop' : 'run'}" ?autofocus=${reason === null && !keep}>${action}</button>
          </div>
        </form>
      </dialog>`, place);
    place.querySelector('dialog').showModal();
  });
}

const LASTS = 6000;
let shown = [];

function show() {
  const place = document.getElementById('toasts');
  if (place.matches(':popover-open')) place.hidePopover();
  if (shown.length) place.showPopover(); // above the dialog that is open
  render(shown.map(toast => html`
    <div class="toast ${toast.bad ? 'bad' : ''}" role=${toast.bad ? 'alert' : 'status'}>
      <span>${toast.words}</span>
      ${toast.link ? html`<a href=${toast.link}>View</a>` : nothing}
      ${toast.undo ? html`<button @click=${() => { dismiss(toast); toast.undo(); }}>Undo</button>` : nothing}
      <button aria-label="Dismiss" @click=${() => dismiss(toast)}>×</button>
    </div>`), place);
}

function dismiss(toast) {
  const had = document.activeElement.closest('.toast');
  shown = shown.filter(it => it !== toast);
  show();
  if (had && document.activeElement === document.body) document.querySelector('main').focus({ preventScroll: true });
}

/** What a person points at or has the focus in stays. */
function pass(toast) {
  if (document.querySelector('.toast:is(:hover, :focus-within)')) setTimeout(pass, 1000, toast);
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
