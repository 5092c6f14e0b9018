import { AlbaError } from '../errors.ts';

/**
 * A key that is also a prefix of others (`df-dist-v1/albatros` beside `df-dist-v1/albatros/0.9`) is a folder on
 * disk; its object is the file of this name in that folder. No part of a key may have this name.
 */
export const selfName = '_self.json';

/** What is not done yet has a name that begins so; such files are no objects, wherever they lie. */
export const temporaryPrefix = '.alba-';

const windowsDevice = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** Whether a name on disk is ours and stands for no part of a key. */
export function isOwnName(name: string): boolean {
  return name === selfName || name.startsWith(temporaryPrefix);
}

/** Why a directory cannot hold a key without leaving it or without being mistaken; undefined where it can. */
export function pathProblem(key: string): string | undefined {
  const names = key.replace(/\/$/, '').split('/');
  if (names.some((name) => ['', '.', '..'].includes(name)) || key.includes('\0')) {
    return 'expected names between single slashes, none of them empty, "." or ".."';
  }
  const reserved = names.find(isOwnName);
  return reserved === undefined ? undefined : `the name "${reserved}" is alba's own on disk`;
}

/** The relative path of a key; on Windows, what its file systems refuse or rewrite is escaped as %XX. */
export function pathOfKey(key: string, platform: NodeJS.Platform): string {
  const problem = pathProblem(key);
  if (problem) throw new AlbaError('target', `"${key}" cannot be a file: ${problem}`);
  const names = key.replace(/\/$/, '').split('/');
  return platform === 'win32' ? names.map(escapeName).join('\\') : names.join('/');
}

/** The part of a key that a name on disk stands for; the inverse of {@link pathOfKey}. */
export function nameOnDisk(name: string, platform: NodeJS.Platform): string {
  if (platform !== 'win32') return name;
  return name.replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function escapeName(name: string): string {
  return name
    .replace(/[%<>:"|?*\\\p{Cc}]/gu, escapeCharacter)
    .replace(/[. ]$/, escapeCharacter)
    .replace(windowsDevice, (device) => escapeCharacter(device) + device.slice(1));
}

function escapeCharacter(text: string): string {
  return `%${text.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
