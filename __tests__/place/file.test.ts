import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDirectory } from '../../src/place/file.ts';
import { splitStorageUrl } from '../../src/place/storage-url.ts';
import { parseFilesTarget } from '../../src/place/target.ts';

const read = (url: string, platform: NodeJS.Platform) => toDirectory(splitStorageUrl(url), platform);

describe('a directory', () => {
  it.each([
    ['file://./dir', './dir'],
    ['file://./../out', './../out'],
    ['file://../out', '../out'],
    ['file://.', '.'],
    ['file:///srv/out', '/srv/out'],
    ['file://localhost/srv', '/srv'],
    ['file:///a%20b%25', '/a b%'],
  ])('%s is %s', (text, path) => {
    expect(read(text, 'linux')).toBe(path);
  });

  it('may have a drive on Windows', () => {
    expect(read('file:///C:/out', 'win32')).toBe('C:/out');
    expect(read('file:///C:/out', 'linux')).toBe('/C:/out');
  });

  it('on another machine is an error that tells how to write a relative one', () => {
    expect(() => parseFilesTarget('file://dir/out')).toThrow(/file:\/\/\.\/dir\/out/);
    expect(() => parseFilesTarget('file://')).toThrow(/names no directory/);
  });

  it('takes the parameters of Go CDK, which change nothing, and no other', () => {
    expect(parseFilesTarget('file://./d?create_dir=true&no_tmp_dir=1').directory).toBe('./d');
    expect(() => parseFilesTarget('file://./d?colour=red')).toThrow(
      /"colour"; known are create_dir, no_tmp_dir, metadata/,
    );
  });

  it('keeps every path that is escaped', () => {
    const path = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(path, (text) => {
        const escaped = text.split('/').map(encodeURIComponent).join('/');
        expect(read(`file:///${escaped}`, 'linux')).toBe(`/${text}`);
      }),
      { seed: 7 },
    );
  });
});
