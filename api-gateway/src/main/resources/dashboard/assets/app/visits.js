const KEY = 'last-visit';
const PAUSE = 30 * 60 * 1000;

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

const write = visit => localStorage.setItem(KEY, JSON.stringify({ ...visit, at: Date.now() }));

/** Tells that somebody is looking. A visit, in however many tabs, ends when nobody does for half an hour. */
export function stay() {
  const last = read();
  if (last && Date.now() - last.at <= PAUSE) write(last);
}

/** By how much each count has changed since the last visit; null at the first. */
export function sinceLastVisit(counts) {
  const last = read();
  const before = last && Date.now() - last.at > PAUSE ? last.counts : last?.before ?? null;
  write({ counts, before });
  return before && Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, n - (before[name] ?? 0)]));
}
