/** What moves a terminal's cursor, begins a line, or turns the direction that a line is read in. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** Text from outside as one line of a log; what a reader would not see as it is, is written as in JSON: `\u001b`. */
export function printable(text: string): string {
  return text.replace(unprintable, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
