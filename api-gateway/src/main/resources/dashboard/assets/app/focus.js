/** Gives the focus to the first of these that is there; to the content where none is. */
export function focusOn(...places) {
  const place = places.find(it => it?.isConnected && it !== document.body) ?? document.querySelector('main');
  place?.focus({ preventScroll: true });
}

/** Whether what had the focus is gone. */
export const focusIsLost = () => !document.activeElement || document.activeElement === document.body;
