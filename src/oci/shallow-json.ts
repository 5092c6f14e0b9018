import { messageOf } from '../errors.ts';

/** Nothing that we read nests ten deep; a document that nests thousands fills the stack of whoever walks it. */
const mostNested = 500;

const [quote, backslash] = [0x22, 0x5c];
const opening: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closing: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** What V8 shows of a text behind what is wrong with it. */
const quoted = /, (?:\.{3})?".*"(?:\.{3})? is not valid JSON$/s;

/**
 * JSON from outside; an Error where it is none, or nests more than 500 deep. That quotes no more than one sign of it: a link
 * may have led to a file that holds a secret.
 */
export function parseShallowJson(text: string, reviver?: (key: string, value: unknown) => unknown): unknown {
  if (isDeep(text)) throw new Error(`it nests more than ${mostNested} deep`);
  try {
    return JSON.parse(text, reviver);
  } catch (failure) {
    throw new Error(messageOf(failure).replace(quoted, ''));
  }
}

/** Counts brackets outside of texts. What is no JSON is told by who parses it. */
function isDeep(text: string): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === quote) isText = !isText;
    else if (isText) at += sign === backslash ? 1 : 0;
    else if (opening.has(sign)) {
      depth += 1;
      if (depth > mostNested) return true;
    } else if (closing.has(sign)) depth -= 1;
  }
  return false;
}
