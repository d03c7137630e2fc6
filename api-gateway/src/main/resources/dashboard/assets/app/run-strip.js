import { html, svg } from 'lit';
import { count, stateWord } from './words.js';
import { duration, lengthOf } from './time.js';

const MOST = 30;
const HEIGHT = 24;

/** The last runs of a job type, the newest right: as high as they were long, coloured by how they ended. */
export function runStrip(runs) {
  if (!runs?.length) return html`<span class="absent">${runs ? 'no runs yet' : '…'}</span>`;
  const longest = Math.max(...runs.map(run => lengthOf(run) ?? 0), 1);
  const bars = runs.slice(-MOST).map((run, i) => {
    const height = Math.max(3, Math.round(((lengthOf(run) ?? 0) / longest) * HEIGHT));
    const left = (MOST - Math.min(runs.length, MOST) + i) * 5;
    return svg`<rect class=${run.Status.toLowerCase()} x=${left} y=${HEIGHT - height} width="4" height=${height}>
      <title>${stateWord(run.Status)} ${duration(lengthOf(run))}</title></rect>`;
  });
  return html`<svg class="strip" viewBox="0 0 ${MOST * 5} ${HEIGHT}" role="img" aria-label=${health(runs).words}>${bars}</svg>`;
}

/** How it went lately: of the runs that are over, and that nobody stopped. */
export function health(runs) {
  const over = runs.filter(run => ['Completed', 'Failed'].includes(run.Status));
  const completed = over.filter(run => run.Status === 'Completed');
  const lengths = completed.map(lengthOf).filter(length => length !== null).sort((a, b) => a - b);
  const at = share => lengths.length ? lengths[Math.min(lengths.length - 1, Math.ceil(share * lengths.length) - 1)] : null;
  return {
    over: over.length,
    successRate: over.length ? completed.length / over.length : null,
    p50: at(0.5),
    p95: at(0.95),
    words: `${count(over.length, 'run')} over, ${completed.length} of them completed`,
  };
}
