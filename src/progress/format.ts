import { isAbsolute, relative } from 'node:path';
import { masked } from './secrets.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes for people: `532 B`, `12.3 MB`, in powers of 1000, as download pages and browsers show them. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** A difference in bytes for people: `+12.3 MB`, `-532 B`, `+0 B`. */
export function formatDifference(bytes: number): string {
  return `${bytes < 0 ? '-' : '+'}${formatBytes(Math.abs(bytes))}`;
}

/** Milliseconds for people: `12 ms`, `0.4 s`, `12 s`, `3 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (milliseconds < 100) return `${Math.ceil(milliseconds)} ms`;
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `1 layer`, `2 layers`; with verbs for one and for several, `1 layer is`, `2 layers are`. */
export function formatCount(
  count: number,
  noun: string,
  verbs?: readonly [ofOne: string, ofSeveral: string],
): string {
  const isOne = count === 1;
  return `${count} ${noun}${isOne ? '' : 's'}${verbs ? ` ${verbs[isOne ? 0 : 1]}` : ''}`;
}

/** Names in one sentence. */
const mostNamed = 5;

/** `a, b and 3 more`: the first five names. */
export function formatNames(names: readonly string[]): string {
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return `${names.slice(0, mostNamed).join(', ')}${more}`;
}

/** A path as people and later steps are told of it: from the working directory if it is below that, else as it is. */
export function shownPath(path: string, directory: string): string {
  if (!isAbsolute(path)) return path;
  const inside = relative(directory, path);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}

/** What moves a terminal's cursor, begins a line, or turns the direction that a line is read in. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** Text from outside as one line of a log, without what was sent as a secret; what a reader would not see as it is, is written as in JSON: `\u001b`. */
export function printable(text: string): string {
  return masked(text).replace(
    unprintable,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it, in elements and in quoted attributes alike. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/** A URL for messages: without its parameters and without a password, whatever signs are in that. */
export function redactUrl(text: string): string {
  return withoutLogin(text, '//').replace(/[?#].*$/s, '');
}

/** Words of a call for messages, be they a URL or not: without a scheme, what is before an `@` may be a password, too. */
export function withoutPassword(text: string): string {
  if (text.includes('://')) return redactUrl(text);
  return withoutLogin(text, ':');
}

/** From the first of these signs to the last `@` that no digest follows. By hand: an expression takes the square of a long text. */
function withoutLogin(text: string, sign: string): string {
  const from = text.indexOf(sign);
  if (from < 0) return text;
  let at = text.lastIndexOf('@');
  while (at > from && text.startsWith('@sha256:', at)) at = text.lastIndexOf('@', at - 1);
  if (at < from + sign.length) return text;
  return `${text.slice(0, from)}${sign}***${text.slice(at)}`;
}
