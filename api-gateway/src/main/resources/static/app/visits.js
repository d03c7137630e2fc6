const KEY = 'last-visit';
const PAUSE = 30 * 60 * 1000;

/**
 * By how much each count has changed since the last visit; null at the first. A visit, in however many
 * tabs, ends when nothing was looked at for half an hour.
 */
export function sinceLastVisit(counts) {
  const last = JSON.parse(localStorage.getItem(KEY) ?? 'null');
  const before = last && Date.now() - last.at > PAUSE ? last.counts : last?.before ?? null;
  localStorage.setItem(KEY, JSON.stringify({ counts, at: Date.now(), before }));
  return before && Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, n - (before[name] ?? 0)]));
}
