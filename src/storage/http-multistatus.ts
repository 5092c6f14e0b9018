import { AlbaError } from '../errors.ts';

/** What a folder of WebDAV has. */
export interface FolderEntry {
  /** As a part of a key. */
  readonly name: string;
  readonly isFolder: boolean;
  /** In bytes; 0 of a folder. */
  readonly size: number;
  readonly modified: Date;
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/**
 * What is in a folder, by an answer to PROPFIND with depth 1 (RFC 4918, 9.1 and 13). Names of elements may have any prefix.
 * What lies elsewhere, has no name or one that leads out is left out, and so is the folder itself. Throws where the answer is not
 * whole: what a shorter list lacks would be taken for missing.
 */
export function readMultistatus(xml: string, folder: URL): FolderEntry[] {
  const isWhole = /<(?:\/(?:[\w.-]+:)?multistatus\s*|(?:[\w.-]+:)?multistatus\b[^<>]*\/)>\s*$/i.test(
    xml.slice(-1_000),
  );
  if (!isWhole) throw brokenOff(folder);
  const entries = new Map<string, FolderEntry>();
  for (const response of elements(xml, 'response', () => brokenOff(folder))) {
    const [href] = elements(response, 'href').map((text) => textOf(text).trim());
    const name = href === undefined ? undefined : nameIn(href, folder);
    if (name === undefined) continue;
    const [told, isHidden] = propertiesIn(response);
    const [type = ''] = elements(told, 'resourcetype');
    const isFolder = /<(?:[\w.-]+:)?collection[\s/>]/.test(type);
    const [length] = elements(told, 'getcontentlength');
    if (!isFolder && length === undefined && isHidden) throw hidden(folder, name);
    const size = Number(textOf(length ?? '0'));
    const modified = new Date(textOf(elements(told, 'getlastmodified')[0] ?? ''));
    entries.set(name, {
      name,
      isFolder,
      size: isFolder || !Number.isSafeInteger(size) || size < 0 ? 0 : size,
      modified: Number.isNaN(modified.getTime()) ? new Date(0) : modified,
    });
  }
  return [...entries.values()];
}

function brokenOff({ host, pathname }: URL): AlbaError {
  return new AlbaError('target', `the list of ${pathname} that ${host} gives breaks off: run it again`);
}

/** The properties that a server tells, and whether it hides others, which it tells by a status other than 404 (RFC 4918, 14.22). */
function propertiesIn(response: string): readonly [told: string, isHidden: boolean] {
  const all = elements(response, 'propstat').map((one) => {
    const [status = ''] = elements(one, 'status').map(textOf);
    return { one, code: Number(/^\s*HTTP\/\S+\s+(\d{3})/i.exec(status)?.[1] ?? 200) };
  });
  if (all.length === 0) return [response, false];
  const isTold = ({ code }: { readonly code: number }): boolean => code >= 200 && code < 300;
  return [
    all.flatMap((stat) => (isTold(stat) ? stat.one : [])).join(''),
    all.some((stat) => !isTold(stat) && stat.code !== 404),
  ];
}

/** A file whose size would be taken for 0 bytes. */
function hidden({ host, pathname }: URL, name: string): AlbaError {
  return new AlbaError(
    'target',
    `${host} does not tell how large ${pathname}${name} is: may it be read by who lists the folder?`,
  );
}

function nameIn(href: string, folder: URL): string | undefined {
  if (!URL.canParse(href, folder.href)) return undefined;
  try {
    const path = decodeURIComponent(new URL(href, folder).pathname);
    const home = decodeURIComponent(folder.pathname);
    const name = path.startsWith(home) ? path.slice(home.length).replace(/\/$/, '') : '';
    return ['', '.', '..'].includes(name) || /[/\0]/.test(name) ? undefined : name;
  } catch {
    return undefined;
  }
}

/**
 * The content of each element of a name that has some. None of them has attributes that matter, or lies in one of its name. One
 * that does not end is left out, or the error that `unended` gives.
 */
function elements(xml: string, name: string, unended?: () => Error): string[] {
  const begin = new RegExp(`<((?:[\\w.-]+:)?${name})(?:\\s[^<>]*)?>`, 'gi');
  const found: string[] = [];
  for (let match = begin.exec(xml); match; match = begin.exec(xml)) {
    if (match[0].endsWith('/>')) continue;
    const end = xml.indexOf(`</${match[1]}`, begin.lastIndex);
    if (end < 0 && unended) throw unended();
    if (end < 0) break;
    found.push(xml.slice(begin.lastIndex, end));
    begin.lastIndex = end;
  }
  return found;
}

function textOf(xml: string): string {
  return xml
    .replace(/<!\[CDATA\[((?:(?!<!\[CDATA\[).)*?)\]\]>/gs, (_, text: string) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    )
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? all;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    });
}
