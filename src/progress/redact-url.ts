/** A URL for messages: without its parameters and without a password, whatever signs are in that. */
export function redactUrl(text: string): string {
  return text.replace(/\/\/.*@(?!sha256:)/s, '//***@').replace(/[?#].*$/s, '');
}

/** Words of a call for messages, be they a URL or not: without a scheme, what is before an `@` may be a password, too. */
export function withoutPassword(text: string): string {
  if (text.includes('://')) return redactUrl(text);
  return text.replace(/:.*@(?!sha256:)/s, ':***@');
}
