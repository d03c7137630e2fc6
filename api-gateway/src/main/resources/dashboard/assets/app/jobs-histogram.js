import { html } from 'lit';
import { Part } from './part.js';
import { number, stateWord } from './words.js';
import { route } from './route.js';
import { clock, hour } from './time.js';

const SERIES = [['Completed', '--completed'], ['Failed', '--failed'], ['Cancelled', '--cancelled'], ['Executing', '--executing'], ['Queued', '--queued']];

let loaded = null;

/** The library that draws; of its forms only one that is no module is small. */
const charts = () => (loaded ??= new Promise((resolve, reject) => {
  const script = Object.assign(document.createElement('script'), { src: import.meta.resolve('uplot/dist/uPlot.iife.min.js') });
  script.onload = () => resolve(window.uPlot);
  script.onerror = () => {
    loaded = null;
    script.remove();
    reject(new Error('not loaded'));
  };
  document.head.append(script);
}));

/** Jobs by the hour they were queued in, stacked by state; dragging over hours lists their jobs. */
class JobsHistogram extends Part {
  static properties = { hours: { attribute: false }, broken: { state: true } };

  constructor() {
    super();
    this.hours = [];
    this.broken = false;
  }

  connectedCallback() {
    super.connectedCallback();
    const redraw = () => this.#draw();
    this.listen(matchMedia('(prefers-color-scheme: dark)'), 'change', redraw);
    this.listen(document, 'themechange', redraw);
    this.listen(clock, 'change', () => this.requestUpdate());
    this.observer = new ResizeObserver(() => this.chart?.setSize(this.#size()));
    this.observer.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.observer.disconnect();
    this.chart?.destroy();
  }

  updated() {
    if (this.hours.length) this.#draw();
  }

  #size() {
    return { width: Math.max(200, this.clientWidth), height: 180 };
  }

  /** uPlot draws the stack as bars behind bars, the tallest first. */
  get #data() {
    const stacked = [];
    let below = this.hours.map(() => 0);
    for (const [name] of SERIES) {
      below = below.map((sum, i) => sum + this.hours[i][name]);
      stacked.unshift(below);
    }
    return [this.hours.map(hour => Date.parse(hour.From) / 1000 + 1800), ...stacked];
  }

  async #draw() {
    const uPlot = await charts().catch(() => null);
    this.broken = !uPlot;
    if (!uPlot || !this.isConnected) return undefined;
    const colours = JSON.stringify(SERIES.map(([, token]) => this.#colour(token)));
    if (this.chart && this.drawn === colours) return this.chart.setData(this.#data);
    this.chart?.destroy();
    this.drawn = colours;
    const place = this.querySelector('.chart');
    if (!place || !this.hours.length) return undefined;
    const ink = { stroke: this.#colour('--muted'), grid: { stroke: this.#colour('--line'), width: 1 }, ticks: { show: false } };
    this.chart = new uPlot({
      ...this.#size(),
      legend: { show: false },
      scales: { x: { range: (_, from, to) => [from - 1800, to + 1800] }, y: { range: (_, __, most) => [0, Math.max(most, 1)] } },
      axes: [{ ...ink, values: (_, hours) => hours.map(at => hour(at * 1000)) },
        { ...ink, size: 56, values: (_, counts) => counts.map(n => (Number.isInteger(n) ? number(n) : '')) }],
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
      series: [{}, ...[...SERIES].reverse().map(([name, token]) => ({
        label: name, fill: this.#colour(token), stroke: this.#colour(token), width: 0, points: { show: false },
        paths: uPlot.paths.bars({ size: [0.8, 60] }),
      }))],
      hooks: { setSelect: [chart => this.#brushed(chart)] },
    }, this.#data, place);
    return undefined;
  }

  #colour(token) {
    return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
  }

  #brushed(chart) {
    if (chart.select.width < 4) return;
    const beginning = pixel => Math.floor(chart.posToVal(pixel, 'x') / 3600) * 3600 * 1000;
    const from = new Date(beginning(chart.select.left)).toISOString();
    const to = new Date(beginning(chart.select.left + chart.select.width) + 3_600_000).toISOString();
    route.go(`/jobs?${new URLSearchParams({ from, to })}`);
  }

  render() {
    return html`
      <ul class="legend" aria-hidden="true">${SERIES.map(([name]) => html`<li class=${name.toLowerCase()}>${stateWord(name)}</li>`)}</ul>
      ${this.broken ? html`<p>The chart could not be loaded; the table tells the same. Loading the page again may help.</p>` : ''}
      <div class="chart" aria-hidden="true"></div>
      <details><summary>As a table</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="Jobs by hour">
          <table><caption class="unseen">Jobs by the hour they were queued in</caption>
            <thead><tr><th scope="col">Hour</th>${SERIES.map(([name]) => html`<th scope="col">${stateWord(name)}</th>`)}</tr></thead>
            <tbody>${this.hours.map(it => html`<tr><th scope="row"><a href="/jobs?${new URLSearchParams({ from: it.From, to: new Date(Date.parse(it.From) + 3_600_000).toISOString() })}">
              ${hour(it.From)}</a></th>${SERIES.map(([name]) => html`<td>${number(it[name])}</td>`)}</tr>`)}</tbody>
          </table></div></details>`;
  }
}

customElements.define('jobs-histogram', JobsHistogram);
