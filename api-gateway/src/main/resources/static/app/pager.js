import { html } from 'lit';
import { icon, number } from './words.js';
import { route } from './route.js';

/** The pages around the one shown, the first and the last; null where some are left out. */
export function pages(current, last) {
  const wanted = [1, last, current - 1, current, current + 1];
  if (current <= 3) wanted.push(2, 3, 4);
  if (current >= last - 2) wanted.push(last - 3, last - 2, last - 1);
  const shown = [...new Set(wanted)].filter(page => page >= 1 && page <= last).sort((a, b) => a - b);
  return shown.flatMap((page, i) => (i > 0 && page - shown[i - 1] > 1 ? [null, page] : [page]));
}

/** @param current counted from 1 */
export function pager(current, total, take) {
  const last = Math.max(1, Math.ceil(total / take));
  const link = (page, sign, words, possible) =>
    possible
      ? html`<a href=${route.with({ page: page === 1 ? '' : page })} aria-label=${words}>${icon(sign)}</a>`
      : html`<span class="off" aria-hidden="true">${icon(sign)}</span>`;
  return html`
    <nav class="pager" aria-label="Pages">
      ${link(1, 'first', 'First page', current > 1)}
      ${link(current - 1, 'previous', 'Previous page', current > 1)}
      ${pages(current, last).map(page =>
        page === null
          ? html`<span class="gap">…</span>`
          : html`<a href=${route.with({ page: page === 1 ? '' : page })} aria-label="Page ${page}"
              aria-current=${page === current ? 'page' : 'false'}>${number(page)}</a>`)}
      ${link(current + 1, 'next', 'Next page', current < last)}
      ${link(last, 'last', 'Last page', current < last)}
    </nav>`;
}
