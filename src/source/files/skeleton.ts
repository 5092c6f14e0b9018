import type { NewEntry } from '../../content/tar/write-tar.ts';

/** What programs expect to find in any system, and `FROM scratch` lacks. */
export interface Skeleton {
  readonly passwd: boolean;
  readonly tmp: boolean;
  readonly nsswitch: boolean;
  /** The file of certificate authorities to trust, in PEM. */
  readonly ca?: Buffer;
}

const users = `root:x:0:0:root:/root:/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
nonroot:x:65532:65532:nonroot:/:/sbin/nologin
`;

const groups = `root:x:0:
nobody:x:65534:
nonroot:x:65532:
`;

/** Where most libraries of TLS look first: Go's, OpenSSL's as Debian and Alpine build it, Rust's. */
export const caPath = 'etc/ssl/certs/ca-certificates.crt';

/** The entries of a skeleton whose paths are not there yet, without the folders that they lie in. */
export function skeletonEntries(skeleton: Skeleton, isThere: (path: string) => boolean): NewEntry[] {
  const owner = { uid: 0, gid: 0 };
  const file = (name: string, content: Buffer | string): NewEntry => {
    return { kind: 'file', name, ...owner, content: Buffer.from(content), modeOf: () => 0o644 };
  };
  const entries: NewEntry[] = [
    ...(skeleton.nsswitch ? [file('etc/nsswitch.conf', 'hosts: files dns\n')] : []),
    ...(skeleton.passwd ? [file('etc/group', groups), file('etc/passwd', users)] : []),
    ...(skeleton.ca ? [file(caPath, skeleton.ca)] : []),
    ...(skeleton.tmp ? [{ kind: 'folder', name: 'tmp', ...owner, mode: 0o1777 } as const] : []),
  ];
  return entries.filter(({ name }) => !isThere(name));
}
