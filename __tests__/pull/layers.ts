import { digestOf } from '../../src/oci/digest.ts';
import { header, tar } from '../fixtures/tar.ts';

/** A layer with an entry of each type, among them a name that is no UTF-8; `text` is in one of its files. */
export function layerOf(text: string) {
  const bytes = tar([
    { name: 'bin/', mode: 0o755 },
    { name: 'bin/tool', content: text, mode: 0o4755, owner: [7, 8] },
    { name: 'share/empty', content: '' },
    { name: 'bin/same', link: 'bin/tool' },
    { name: 'bin/link', symlink: '/größe' },
    { name: 'dev/null', type: '3' },
    { name: 'run/pipe', type: '6' },
    { name: '', blocks: header('', 0, '0', '', 0o644, (block) => block.write('odd\xff', 0, 'latin1')) },
  ]);
  const types = ['directory', 'file', 'file', 'link', 'symlink', 'character-device', 'pipe', 'file'];
  const files = { 'bin/tool': text, 'share/empty': '', 'odd\udcff': '' };
  return { tar: bytes, diffId: digestOf(bytes), types, files };
}

/** A layer of more files than are flushed before they are kept. */
export function largeLayer() {
  const bytes = tar(Array.from({ length: 600 }, (_, number) => ({ name: `${number}` })));
  return { tar: bytes, diffId: digestOf(bytes) };
}
