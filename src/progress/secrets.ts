/** In characters: what is shorter stands in texts that are no secret. */
const shortest = 6;

const kept = new Set<string>();
/** The same, as it is masked: what is a part of another is masked after it, or the rest of that would be shown. */
let longestFirst: readonly string[] = [];
const listeners = new Set<(secret: string) => void>();

/**
 * From now on nothing that is printed holds this, as it is, in base64 or as a part of a URL: it was shown to somebody who may say
 * it back.
 */
export function keepSecret(secret: string): void {
  if (secret.length < shortest || kept.has(secret)) return;
  for (const form of [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)]) {
    if (kept.has(form)) continue;
    kept.add(form);
    longestFirst = [...kept].sort((one, other) => other.length - one.length);
    for (const tell of listeners) tell(form);
  }
}

/** The same of the value of an `Authorization` header: the token, or name and password (RFC 7617). */
export function keepAuthorization(value: string): void {
  const [scheme = '', token = ''] = value.split(' ', 2);
  keepSecret(token);
  if (scheme.toLowerCase() !== 'basic') return;
  const [, password = ''] = /^[^:]*:(.*)$/s.exec(Buffer.from(token, 'base64').toString()) ?? [];
  keepSecret(password);
}

/** Tells of each secret once, those of before, too. */
export function onSecret(tell: (secret: string) => void): void {
  listeners.add(tell);
  for (const secret of kept) tell(secret);
}

/** A text without all that is to be kept. */
export function masked(text: string): string {
  let rest = text;
  for (const secret of longestFirst) rest = rest.replaceAll(secret, '***');
  return rest;
}
