/** A URL for messages: without its parameters and without a password, whatever signs are in that. */
export function redactUrl(text: string): string {
  return text.replace(/\/\/.*@(?!sha256:)/s, '//***@').replace(/[?#].*$/s, '');
}
