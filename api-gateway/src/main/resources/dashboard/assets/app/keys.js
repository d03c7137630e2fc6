/** Whether a key is meant for something else than the page: a field, a dialog, a shortcut of the browser. */
export function typing(event) {
  const field = event.target.closest?.('input:not([type=checkbox]), select, textarea, [contenteditable]');
  return Boolean(field) || event.metaKey || event.ctrlKey || event.altKey || Boolean(document.querySelector('dialog[open]'));
}
