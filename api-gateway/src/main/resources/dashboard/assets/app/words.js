import { html, svg } from 'lit';

const numbers = new Intl.NumberFormat('en');

export const number = n => numbers.format(n);

export const count = (n, one, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;

/** Words of the contract's states, as the screens say them. */
const STATES = {
  Queued: 'Queued', Executing: 'Executing', Cancelling: 'Stopping…', Completed: 'Completed',
  Failed: 'Failed', Cancelled: 'Stopped', Lost: 'Lost',
};

const ICONS = import.meta.resolve('../icons.svg');

export const icon = name => html`<svg class="icon" aria-hidden="true">${svg`<use href="${ICONS}#${name}"></use>`}</svg>`;

export const stateWord = state => STATES[state] ?? state;

/** A state: sign, word and colour. */
export const status = state =>
  html`<span class="status ${state.toLowerCase()}">${icon(state.toLowerCase())}${stateWord(state)}</span>`;

/** The letter that stands for a connector. */
export const badge = name => html`<span class="badge" aria-hidden="true">${[...name][0]?.toUpperCase()}</span>`;

/** Waiting for something nothing is known of yet. */
export const loading = words => html`<div class="notice loading" role="status" aria-busy="true">${words}</div>`;

/** Nothing there, and what to do. */
export const nothing = (title, advice) =>
  html`<div class="notice"><strong>${title}</strong><p>${advice}</p></div>`;

/** What is shown is not of now: why, and the way on. */
export const stale = (problem, again) => html`
  <p class="stale" role="alert">This may be out of date: ${problem.message} <button class="link" @click=${again}>Try again</button></p>`;

/** It went wrong, why, and the way on. */
export const failed = (problem, again) => html`
  <div class="notice failed" role="alert">
    <strong>This could not be read.</strong>
    <p>${problem.message}</p>
    <button class="button" @click=${again}>Try again</button>
  </div>`;
