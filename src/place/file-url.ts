import { AlbaError } from '../errors.ts';

/**
 * The path in the decoded parts of a `file:` URL (RFC 8089, with Go CDK's `file://./dir` for relative ones). On Windows
 * `file:///C:/dir` is `C:\dir`.
 */
export function parseFilePath(
  authority: string,
  path: string,
  where: string,
  platform: NodeJS.Platform,
): string {
  const isRelative = authority === '.' || authority === '..';
  const isLocal = authority === '' || authority.toLowerCase() === 'localhost';
  if (!isRelative && !isLocal) {
    throw new AlbaError(
      'usage',
      `${where} names another machine: write file://./${authority}${path} for a relative path, file:///… for an absolute one`,
    );
  }
  if (isRelative) return authority + path;
  if (path === '') {
    throw new AlbaError('usage', `${where} names no directory: expected file://./dir or file:///dir`);
  }
  return platform === 'win32' && /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
}
