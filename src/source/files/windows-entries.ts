import type { NewEntry } from '../../content/tar/write-tar.ts';

/** BUILTIN\Users, S-1-5-32-545 (MS-DTYP 2.4.2.2): revision 1, two parts, authority 5. */
const users = Buffer.from('0102000000000005' + '20000000' + '21020000', 'hex');

/** A security descriptor that says who owns a file and nothing of who may what (MS-DTYP 2.4.6), relative to itself. */
const descriptor = Buffer.concat([
  Buffer.from('01000080' + '14000000' + '24000000' + '0000000000000000', 'hex'),
  users,
  users,
]);

const records = { 'MSWINDOWS.rawsd': descriptor.toString('base64') };
const attributes = { folder: '16', file: '32' } as const;

/**
 * The entries of a layer as Windows wants them (hcsshim, "OCI layers on Windows"): files below `Files`, changes of the
 * registry below `Hives`, of which there are none, and an owner for each.
 */
export function asWindowsEntries(entries: readonly NewEntry[]): NewEntry[] {
  const folder = (name: string): NewEntry => ({ kind: 'folder', name, uid: 0, gid: 0, mode: 0o755 });
  const moved = entries.map((entry): NewEntry => {
    const name = `Files/${entry.name}`;
    return entry.kind === 'hardlink'
      ? { ...entry, name, linkname: `Files/${entry.linkname}` }
      : { ...entry, name };
  });
  return [folder('Files'), ...moved, folder('Hives')].map((entry) => {
    const attribute = entry.kind === 'folder' ? attributes.folder : attributes.file;
    return { ...entry, records: { ...records, 'MSWINDOWS.fileattr': attribute } };
  });
}
