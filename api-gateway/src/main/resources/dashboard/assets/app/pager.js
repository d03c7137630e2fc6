import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon, nothing, number } from './words.js';
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
  const address = page => route.with({ page: page === 1 ? '' : page });
  const link = (page, sign, words) => {
    const off = page < 1 || page > last || page === current;
    return html`<a class=${off ? 'off' : ''} href=${address(off ? current : page)} aria-label=${words} aria-disabled=${off}>${icon(sign)}</a>`;
  };
  return html`
    <nav class="pager" aria-label="Pages">
      ${link(1, 'first', 'First page')}
      ${link(current - 1, 'previous', 'Previous page')}
      ${repeat(pages(current, last), (page, i) => page ?? -i, page =>
        page === null
          ? html`<span class="gap">…</span>`
          : html`<a href=${address(page)} aria-label="Page ${page}"
              aria-current=${page === current ? 'page' : 'false'}>${number(page)}</a>`)}
      ${link(current + 1, 'next', 'Next page')}
      ${link(last, 'last', 'Last page')}
    </nav>`;
}

export const pastTheEnd = () =>
  nothing('This page is past the end.', html`<a href=${route.with({ page: '' })}>To the first page</a>`);
