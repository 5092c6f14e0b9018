import { AlbaError } from '../errors.ts';
import type { Input } from './input.ts';
import { parsed } from './kinds.ts';

/** Where what is published is served, without a slash at its end; undefined where that is not told. */
export function publicUrl(about: string, check: (url: string) => void = () => {}): Input<string | undefined> {
  const parse = (text: string): string => {
    const url = parsePublicUrl(text);
    check(url);
    return url;
  };
  return parsed(about, parse, { placeholder: 'url' });
}

/** Throws where container clients would not find what is served there (distribution-spec, "Endpoints"). */
export function assertHostAlone(url: string): void {
  if (new URL(url).pathname === '/') return;
  throw new AlbaError(
    'usage',
    `public-url ${url}: clients ask for /v2/ at the root of a host; give https://host[:port] alone`,
  );
}

/** Without a slash at its end, so that keys follow after one. */
function parsePublicUrl(text: string): string {
  if (URL.canParse(text)) {
    const { protocol, username, password, search, hash, href } = new URL(text);
    const isPlain = [username, password, search, hash].every((part) => part === '');
    if (/^https?:$/.test(protocol) && isPlain) return href.replace(/\/+$/, '');
  }
  throw new AlbaError(
    'usage',
    'public-url must be the http or https URL where the target is served, such as https://download.example.org, without credentials or query',
  );
}
