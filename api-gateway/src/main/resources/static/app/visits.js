const KEY = 'last-visit';
const PAUSE = 30 * 60 * 1000;

/** The counts of the visit before this one; a visit ends when nothing was looked at for half an hour. */
let before = null;

const read = storage => JSON.parse(storage.getItem(KEY) ?? 'null');

/** By how much each count has changed since the last visit; null at the first. */
export function sinceLastVisit(counts) {
  const last = read(localStorage);
  before ??= read(sessionStorage);
  if (!before || (last && Date.now() - last.at > PAUSE)) {
    before = last ?? { counts, first: true };
    sessionStorage.setItem(KEY, JSON.stringify(before));
  }
  localStorage.setItem(KEY, JSON.stringify({ counts, at: Date.now() }));
  if (before.first) return null;
  return Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, n - (before.counts[name] ?? 0)]));
}
