/** What a 401 asks for (RFC 9110, 11.6.1). */
export interface Challenge {
  /** In lower case: `basic`, `bearer`. */
  readonly scheme: string;
  /** The same as it was written. */
  readonly name: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const token = "[!#$%&'*+.^_`|~\\w-]+";
const parameter = new RegExp(`[\\s,]*(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,"]*))`, 'y');
const scheme = new RegExp(`[\\s,]*(${token})(?=[\\s,]|$)`, 'y');

/** The challenges in a `WWW-Authenticate` header, in order; it ends where it is malformed. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: (Challenge & { readonly parameters: Map<string, string> })[] = [];
  let position = 0;
  const read = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const match = pattern.exec(header);
    if (match) position = pattern.lastIndex;
    return match;
  };
  for (;;) {
    const [, name, quoted, plain] = read(parameter) ?? [];
    if (name) {
      const value = quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '';
      challenges.at(-1)?.parameters.set(name.toLowerCase(), value);
      continue;
    }
    const [, next] = read(scheme) ?? [];
    if (!next) return challenges;
    challenges.push({ scheme: next.toLowerCase(), name: next, parameters: new Map() });
  }
}

/** Whether we know how to answer a challenge. */
export function isAnswerable({ scheme }: Challenge): boolean {
  return scheme === 'bearer' || scheme === 'basic';
}
