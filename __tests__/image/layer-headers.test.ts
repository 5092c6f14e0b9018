import { brotliCompressSync, constants } from 'node:zlib';
import { expect, it } from 'vitest';
import { packHeaders, unpackHeaders } from '../../src/image/rootfs/layer-headers.ts';

it('headers of a layer come out as they were packed', () => {
  const entries = [
    { name: 'bin', type: 'symlink', linkname: 'usr/bin', mode: 0o777, uid: 0, gid: 0 },
    { name: 'größe/', type: 'directory', mode: 0o1777, uid: 4, gid: 2 ** 31 },
  ] as const;
  expect(unpackHeaders(packHeaders(entries))).toEqual(entries);
});

it('headers of a layer are left where few bytes come to more than any base has', () => {
  const row = '["a","file","",0,0,0]';
  const packed = brotliCompressSync(`[${`${row},`.repeat(400_000)}${row}]`, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 3 },
  }).toString('base64');
  expect(packed.length).toBeLessThan(10_000);
  expect(unpackHeaders(packed)).toBeUndefined();
});
