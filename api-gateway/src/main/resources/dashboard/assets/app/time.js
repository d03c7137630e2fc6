import { html } from 'lit';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const formats = new Map();

/** Which clock times are shown by: local, UTC, or that of the schedule. */
class Clock extends EventTarget {
  get zone() {
    return localStorage.getItem('zone') ?? 'local';
  }

  set zone(zone) {
    localStorage.setItem('zone', zone);
    this.dispatchEvent(new Event('change'));
  }

  /** The IANA name of the zone, or undefined for the one of this machine. */
  nameFor(scheduleZone) {
    if (this.zone === 'UTC') return 'UTC';
    return this.zone === 'schedule' ? scheduleZone ?? 'UTC' : undefined;
  }
}

export const clock = new Clock();

function format(options, timeZone) {
  const key = JSON.stringify([options, timeZone]);
  if (!formats.has(key)) formats.set(key, formatOf(options, timeZone));
  return formats.get(key);
}

/** A browser does not know every zone that the scheduler knows. */
function formatOf(options, timeZone) {
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
}

const day = (date, zone) => format({ dateStyle: 'short' }, zone).format(date);

/** The time of day. */
export const hour = (date, zone = clock.nameFor()) => format({ hour: '2-digit', minute: '2-digit' }, zone).format(new Date(date));

/** Day and time of day, short. */
export const moment = at => `${format({ day: 'numeric', month: 'short' }, clock.nameFor()).format(new Date(at))}, ${hour(at)}`;

/** Date, time and zone, to the second. */
export function exact(at, zone) {
  const options = {
    weekday: 'short', day: 'numeric', month: 'short', year: 'numeric',
    hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short',
  };
  return format(options, zone).format(new Date(at));
}

/** How long ago, or how long until. */
export function relative(at, zone, now = Date.now()) {
  const date = new Date(at);
  const seconds = Math.round((date - now) / 1000);
  const length = Math.abs(seconds);
  if (length < 5) return 'just now';
  if (length < HOUR) return seconds < 0 ? `${span(length)} ago` : `in ${span(length)}`;
  const days = { [day(now - DAY * 1000, zone)]: 'Yesterday', [day(now, zone)]: 'Today', [day(now + DAY * 1000, zone)]: 'Tomorrow' };
  const near = days[day(date, zone)];
  if (near) return `${near} at ${hour(date, zone)}`;
  const year = length > 180 * DAY ? { year: 'numeric' } : {};
  return `${format({ day: 'numeric', month: 'short', ...year }, zone).format(date)} at ${hour(date, zone)}`;
}

function span(seconds) {
  if (seconds < MINUTE) return `${seconds} s`;
  return `${Math.round(seconds / MINUTE)} min`;
}

/** A length of time: `4.2 s`, `3 min 5 s`, `2 h 10 min`. */
export function duration(milliseconds) {
  if (milliseconds === null || Number.isNaN(milliseconds)) return '';
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < MINUTE) return `${Math.floor(seconds)} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ${Math.floor(seconds % MINUTE)} s`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ${Math.floor(seconds % HOUR / MINUTE)} min`;
  return `${Math.floor(seconds / DAY)} d ${Math.floor(seconds % DAY / HOUR)} h`;
}

/** How long a job has been running, or ran. */
export const lengthOf = job =>
  job.StartedAt ? (job.FinishedAt ? new Date(job.FinishedAt) : Date.now()) - new Date(job.StartedAt) : null;

/** The instant in words, exact in its tooltip. */
export function time(at, scheduleZone, { inSentence = false } = {}) {
  if (!at) return html`<span class="absent">–</span>`;
  const zone = clock.nameFor(scheduleZone);
  const words = relative(at, zone);
  return html`<time datetime=${at} title=${exact(at, zone)}>${inSentence ? words[0].toLowerCase() + words.slice(1) : words}</time>`;
}
