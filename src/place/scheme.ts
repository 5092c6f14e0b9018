import type { RetryContext } from '../concurrency/retry.ts';
import type { Digest } from '../oci/digest.ts';
import type { Reference } from '../oci/reference.ts';
import type { RepositoryDeleter } from '../repository/deleter.ts';
import type { Examination, Finding } from '../repository/finding.ts';
import type { Repository } from '../repository/repository.ts';
import type { StorageOptions } from '../storage/options.ts';
import type { Storage } from '../storage/storage.ts';
import type { Connection } from './connection.ts';

/**
 * What an address is given for: to publish images to, to publish plain files to, to read what is published, to read plain files,
 * or an artifact of files.
 */
export type Role = 'target' | 'files' | 'reference' | 'download';

/** Whether what an address names is read in a role, and not written. */
export function isRead(role: Role): boolean {
  return role === 'reference' || role === 'download';
}

/** One way to write addresses; the table of all is in schemes.ts. */
export interface Scheme {
  /** What comes before the first colon, in lower case; it is read in any case. */
  readonly name: string;
  /** Others that are read alike. */
  readonly otherNames?: readonly string[];
  /** What people and other tools call it: not read, but guessed. */
  readonly calledElsewhere?: readonly string[];
  /** What an address of it is, for --help, in Markdown. */
  readonly about: string;
  /** How an address of it is written in each role, for messages; it cannot have a role that is missing. */
  readonly forms: Readonly<Partial<Record<Role, string>>>;
  /** Of a role that it cannot have: why, and what will do instead where nothing else may be meant. */
  readonly lacks?: Readonly<Partial<Record<Role, { readonly why: string; readonly instead: string }>>>;
  /** Whether a text is an address of this scheme, be it a wrong one. */
  match(text: string): boolean;
  /** Reads a text that matches. A usage error tells what is wrong with it, without its password. */
  parse(text: string, role: Role): Address;
  /** The address that a text may mean whose scheme is missing or mistyped; undefined where it can be none of this. */
  guess(text: string): string | undefined;
}

/** What one address says: a repository, or a storage that holds many, and which release there. */
export type Address = {
  /** For messages: without parameters, never a secret. */
  readonly url: string;
  readonly tag?: string;
  readonly digest?: Digest;
  /** The name of the repository in it, and how that was written, where it had capital letters. */
  readonly lowered?: { readonly name: string; readonly spelled: string };
} & (
  | { readonly place: Place; readonly storage?: StoragePlace; readonly assets?: undefined }
  | { readonly place?: undefined; readonly storage: StoragePlace; readonly assets?: undefined }
  | { readonly place?: undefined; readonly storage?: undefined; readonly assets: ReleaseTarget }
);

/** A repository on GitHub whose releases have assets; undefined in an address that means the one of the workflow. */
export interface ReleaseTarget {
  /** For messages. */
  readonly url: string;
  /** By its owner and name. */
  readonly repository: string | undefined;
}

/** One repository somewhere. Who has one asks it, never of which scheme it is. */
export interface Place {
  /** For messages: without parameters, never a secret. */
  readonly url: string;
  /** The host that takes a username and a password; undefined where none are taken. */
  readonly loginHost?: string;
  /**
   * Who is shown who we are because the address says so: the endpoint of a bucket, a registry over plain http. As an
   * origin; undefined where the address leaves that to the environment, and where nobody signs in.
   */
  readonly origin?: string;
  /** The profile of AWS whose keys the address asks for. */
  readonly profile?: string;
  /** Given on a registry: blobs are mounted from there, and there from its other repositories. */
  readonly reference?: Reference;
  /** The directory that is written to, as it was written; undefined where nothing is written on this machine. */
  readonly directory?: string;
  /** Whether a release without a tag is listed there: an OCI layout's index does (image-spec 1.1, image-layout.md). */
  readonly listsUntagged: boolean;
  /** In a storage the name of the repository, under which a web server has it; undefined elsewhere. */
  readonly storedName?: string;
  /** The address by which another run reads what has this digest there. */
  urlOf(digest: Digest): string;
  /** What a person pulls, which another run reads, too: `ghcr.io/org/app:1.0@sha256:…`; elsewhere an address. */
  referenceOf(tag: string | undefined, digest: Digest): string;
  /** Opens it, loading the client that it needs; nothing is asked or written yet. `pull` asks for no right to write. */
  openRepository(connection: Connection, context: RetryContext, access: 'pull' | 'push'): Promise<Repository>;
  /** Opens it to tell all that it holds, and to delete. `pull` asks for no right to delete. */
  openDeleter(
    connection: Connection,
    context: RetryContext,
    access: 'pull' | 'delete',
  ): Promise<RepositoryDeleter>;
  /** Finds out what it can do, where that is asked by requests of its own; elsewhere a storage or a folder is looked at. */
  examine?(connection: Connection, context: RetryContext, asked: Examination): Promise<readonly Finding[]>;
  /** The references of the repositories of an owner, where it names one instead of a repository; undefined where it does not. */
  listNames?(connection: Connection, context: RetryContext): Promise<readonly string[] | undefined>;
}

/** A storage somewhere: plain files, and repositories by their names. */
export interface StoragePlace extends Pick<Place, 'url' | 'loginHost' | 'directory' | 'origin' | 'profile'> {
  /** The place of the repository of this name; a name by the grammar of the distribution spec. */
  repository(name: string): Place;
  /** Opens it, loading the client that it needs; nothing is asked or written yet. */
  openStorage(
    options: StorageOptions & Partial<Pick<Connection, 'login' | 'stored' | 'trustedOrigins'>>,
    context: RetryContext,
  ): Promise<Storage>;
}
