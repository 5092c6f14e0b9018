import * as v from 'valibot';
import { parseShallowJson } from '../../oci/shallow-json.ts';

/** What the body of an answer says of an error. */
export interface Said {
  /** The registry's own, in upper case. */
  readonly codes: readonly string[];
  /** All of it in words, empty where it says nothing. */
  readonly text: string;
}

const text = v.optional(v.fallback(v.string(), ''), '');
/** distribution-spec 1.1, "Error Codes". */
const errorSchema = v.object({ code: text, message: text, detail: v.optional(v.unknown()) });
/**
 * The spec's `errors`; `details` is GitHub's and Docker Hub's, `message` Harbor's and many a proxy's; the rest is of
 * OAuth2 (RFC 6749, 5.2), Google's APIs (`error` as an object) and problem details (RFC 9457).
 */
const bodySchema = v.object({
  errors: v.optional(
    v.fallback(v.array(v.fallback(errorSchema, { code: '', message: '', detail: '' })), []),
    [],
  ),
  error: v.optional(
    v.fallback(
      v.union([
        v.pipe(
          v.string(),
          v.transform((error) => ({ message: error })),
        ),
        v.object({ message: text }),
      ]),
      { message: '' },
    ),
  ),
  error_description: text,
  message: text,
  title: text,
  details: v.optional(v.unknown()),
  detail: v.optional(v.unknown()),
});

const mostErrors = 3;
const longestDetail = 120;

/** The codes and words of an error's body: of the JSON that registries and their neighbours write, else its first line. */
export function readSaid(body: string): Said {
  const value = jsonOf(body);
  const isPage = value === undefined && body.trimStart().startsWith('<');
  if (typeof value === 'string' || isPage) return { codes: [], text: isPage ? '' : `${value}` };
  const parsed = v.safeParse(bodySchema, value);
  const { codes, text } = parsed.success ? toldBy(parsed.output) : { codes: [], text: '' };
  const isNothing = value !== undefined && isEmpty(value);
  return { codes, text: text || (isNothing ? '' : (body.trim().split('\n')[0] ?? '')) };
}

function toldBy(body: v.InferOutput<typeof bodySchema>): Said {
  const { errors, error, error_description, message, title, details, detail } = body;
  const listed = errors.slice(0, mostErrors).map((one) => joined([one.code, one.message], one.detail));
  const words = [title, error?.message, message, error_description, wordsOf(details), wordsOf(detail)];
  return {
    codes: errors.flatMap(({ code }) => (code ? [code.toUpperCase()] : [])),
    text: listed.filter(Boolean).join('; ') || [...new Set(words.filter(Boolean))].join(': '),
  };
}

/** `CODE: message (detail)`. */
function joined(parts: readonly string[], detail: unknown): string {
  const head = parts.filter(Boolean).join(': ');
  const words = wordsOf(detail);
  const short = words.length > longestDetail ? `${words.slice(0, longestDetail)}…` : words;
  if (short === '' || parts.includes(words)) return head;
  return head === '' ? short : `${head} (${short})`;
}

/** Any JSON in words: `Name: app, Action: pull`. */
function wordsOf(value: unknown): string {
  if (isEmpty(value)) return '';
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .filter(([, member]) => !isEmpty(member))
    .map(([name, member]) => {
      const isLeaf = typeof member !== 'object' && !Array.isArray(value);
      return isLeaf ? `${name}: ${wordsOf(member)}` : wordsOf(member);
    })
    .join(', ');
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}

function jsonOf(body: string): unknown {
  try {
    return parseShallowJson(body);
  } catch {
    return undefined;
  }
}
