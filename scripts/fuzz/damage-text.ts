import { damageBytes, damageJson, type Random } from './damage.ts';

const snippets: readonly string[] = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'null', '[]', '{}', '""', '"', '\\', '\0', '\r\n'],
  ...[
    '<script>',
    '</title>',
    '::error::x',
    '##[error]',
    '../',
    '/etc/x',
    '%2e%2e/',
    '%',
    '&#x26;',
    ',',
    ';',
    '=',
  ],
  ...[
    '-1',
    '1e999',
    '9'.repeat(400),
    'é',
    '\ud800',
    '\u202e',
    'http://169.254.169.254/',
    'file:///etc/passwd',
  ],
];

/** Some texts that are long or deep, by what they repeat. */
const repeated: readonly string[] = [
  '[',
  '{"a":',
  '"a",',
  ' ',
  'a',
  ',',
  '<a>',
  '\\"',
  '="',
  'a=',
  '../',
  '%',
  '&a;',
];

/** Damages a text: values of its JSON, signs, pieces that are put in, repeated or left out. */
export function damageText(text: string, random: Random): string {
  const how = random(10);
  if (how < 5 && isJson(text)) return damageJson(text, random);
  if (how === 5) return damageBytes(Buffer.from(text), random).toString('utf8');
  const at = random(text.length + 1);
  const [before, after] = [text.slice(0, at), text.slice(at + random(20))];
  if (how === 6) return before + (repeated[random(repeated.length)] ?? '').repeat(random(50_000)) + after;
  if (how === 7) return random(3) > 0 ? before : '';
  let damaged = before + (snippets[random(snippets.length)] ?? '') + after;
  for (let times = random(4); times > 0; times--) {
    const place = random(damaged.length + 1);
    damaged = damaged.slice(0, place) + (snippets[random(snippets.length)] ?? '') + damaged.slice(place);
  }
  return damaged;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
