import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { parseNamedTag } from '../../src/oci/named-tag.ts';
import { assignTags } from '../../src/place/assign-tags.ts';
import { parseLocator } from '../../src/place/locator.ts';
import { parseTargetUrl, type Target } from '../../src/place/target.ts';

const digest = digestOf(Buffer.from('content'));

/** Where another run reads each target, and its tags. */
const read = (found: readonly Target[]) => found.map(({ place, tags }) => [place.urlOf(digest), tags]);

const targets = (url: string, ...tags: string[]) =>
  assignTags([parseTargetUrl(url)], {
    named: tags.map(parseNamedTag),
    byDigest: false,
    usual: () => undefined,
  });

describe('targets', () => {
  it('take the repository of a registry from the URL, the tag from either place', () => {
    const reference = { registry: 'ghcr.io', repository: 'org/app' };
    const place = { reference, loginHost: 'ghcr.io' };
    expect(targets('docker://ghcr.io/org/app:1')).toMatchObject([{ place, tags: ['1'] }]);
    expect(targets('docker://ghcr.io/org/app', 'org/app:1', 'app:latest')).toMatchObject([
      { place, tags: ['1', 'latest'] },
    ]);
    expect(targets('docker://ghcr.io/org/app:1', 'app:1', 'app:2')).toMatchObject([
      { place, tags: ['1', '2'] },
    ]);
  });

  it('publish by digest alone when there is a name and no tag', () => {
    expect(targets('docker://ghcr.io/org/app', 'app')).toMatchObject([{ tags: [] }]);
  });

  it('make one repository of each name in a storage', () => {
    expect(read(targets('file://./out', 'a:1', 'org/b:2', 'a:3'))).toEqual([
      [`file://./out#a@${digest}`, ['1', '3']],
      [`file://./out#org/b@${digest}`, ['2']],
    ]);
  });

  const passwords = ['', '/', '?', '#', '@', ':', '%', '&', '=', '@sha256:'].map((sign) => `hun${sign}ter2`);
  const leaking = passwords.flatMap((password) => [
    `s3://key:${password}@bucket`,
    `s3://key:${password}@bucket#app@sha256:1`,
    `file://key:${password}@host/dir`,
    `docker://key:${password}@host/app@sha256:1`,
    `docker://key:${password}@host/app`,
  ]);

  it.each(leaking)('and sources never show a password: %s', (url) => {
    for (const parse of [parseTargetUrl, parseLocator]) {
      let told = '';
      try {
        parse(url);
      } catch (failure) {
        told = (failure as Error).message;
      }
      expect(told).toMatch(/:\/\/\*\*\*@/);
      expect(told).not.toMatch(/hun|er2/);
    }
  });

  it.each([
    ['oci:./dir:1.0', './dir', ['1.0']],
    ['oci:./dir', './dir', []],
    ['oci:C:\\dir', 'C:\\dir', []],
    ['oci:C:\\dir:1', 'C:\\dir', ['1']],
    ['oci:/a:b/dir', '/a:b/dir', []],
  ])('read %s', (url, path, tags) => {
    expect(targets(url)).toMatchObject([{ place: { directory: path }, tags }]);
  });

  it.each([
    ['docker://ghcr.io/org/app:1', ['app:2'], /says tag 1, "tag" says 2/],
    ['docker://ghcr.io/org/app', [], /has no tag/],
    ['docker://ghcr.io', ['a:1'], /names no repository/],
    ['docker://user:secret@ghcr.io/app:1', [], /must not contain "@"/],
    ['docker://ghcr.io/app:1?insecure=1', [], /unknown parameter "insecure"; known is plain-http/],
    ['docker://ghcr.io/app:1?plain-http=yes', [], /"plain-http" must be true or false/],
    ['docker://ghcr.io/app:1?plain-http=1&plain-http=1', [], /"plain-http" is given twice/],
    ['docker://ghcr.io/app:1#1', [], /has a "#", which means nothing here/],
    ['file://./out', [], /needs "tag"/],
    ['ftp://host/x', ['a:1'], /of no known kind: expected docker:/],
    ['oci:', [], /names no directory/],
    [`oci:./dir@${digest}`, [], /must not end with a digest/],
    ['file://./out#app', ['a:1'], /has a "#", which means nothing here: write it as %23/],
    ['oci://./dir:1', [], /of no known kind: did you mean oci:.\/dir:1\?/],
    ['oci:///dir', ['a:1'], /did you mean oci:\/dir\?/],
    ['oci://ghcr.io/org/app', ['a:1'], /did you mean docker:\/\/ghcr.io\/org\/app\?/],
    ['localhost:5000/app', ['a:1'], /did you mean docker:\/\/localhost:5000\/app\?/],
    ['file:site', ['a:1'], /did you mean file:\/\/.\/site\?/],
    ['file:/srv/site', ['a:1'], /did you mean file:\/\/\/srv\/site\?/],
    ['s3:bucket', ['a:1'], /did you mean s3:\/\/bucket\?/],
    ['s3:key:hunter2@bucket', ['a:1'], /"s3:\*\*\*@bucket" is of no known kind: expected/],
    ['docker:key:hunter2@host/app', ['a:1'], /"docker:\*\*\*@host\/app" is of no known kind: expected/],
    ['/srv/site', ['a:1'], /did you mean file:\/\/\/srv\/site\?/],
    ['site', ['a:1'], /"site" is of no known kind: expected docker:/],
    ['s3://bucket?regoin=x', ['a:1'], /unknown parameter "regoin"/],
  ])('refuse %s with %j', (url, tags, message) => {
    expect(() => targets(url, ...tags)).toThrow(message);
  });

  it('never repeat a password', () => {
    const message = (url: string): string => {
      try {
        targets(url, 'a:1');
        return '';
      } catch (error) {
        return String(error);
      }
    };
    for (const scheme of ['docker', 's3', 'file', 'ftp']) {
      const text = message(`${scheme}://user:hunter2@host/app?token=hunter2`);
      expect(text).not.toBe('');
      expect(text).not.toContain('hunter2');
    }
  });
});
