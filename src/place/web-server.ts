import { AlbaError } from '../errors.ts';
import type { HttpServer } from '../storage/http-servers.ts';
import { parseParameters } from './url-parameters.ts';

/** What a web address says of the kind of server that is there. */
export interface WebServer {
  readonly server?: HttpServer;
  /** Whether its path alone says it, not its parameter `server`. */
  readonly isGuessed: boolean;
}

const servers: Readonly<Record<string, HttpServer>> = {
  webdav: 'webdav',
  artifactory: 'artifactory',
  nexus: 'nexus',
  gitlab: 'gitlab',
  gitea: 'gitea',
  forgejo: 'gitea',
};

/** Paths that only one kind of server has; the packages of GitLab and Gitea end where names of packages begin. */
const paths: readonly (readonly [HttpServer, RegExp])[] = [
  ['gitlab', /\/api\/v4\/projects\/[^/]+\/packages\/generic(?:\/(.*))?$/],
  ['gitea', /\/api\/packages\/[^/]+\/generic(?:\/(.*))?$/],
  ['artifactory', /^\/artifactory\/[^/]/],
];

/** The kind of server by the parameter `server`, else by the path, which are as they were written; a usage error where they make no sense. */
export function parseWebServer(path: string, query: string, where: string): WebServer {
  const { server: name } = parseParameters(query, { server: 'text' }, where);
  const named = name === undefined ? undefined : servers[name.toLowerCase()];
  if (name !== undefined && named === undefined) {
    throw new AlbaError(
      'usage',
      `${where}: parameter "server" must be one of ${Object.keys(servers).join(', ')}`,
    );
  }
  const [guessed, grammar] = paths.find(([, pattern]) => pattern.test(path)) ?? [];
  const package_ = grammar?.exec(path)?.[1];
  if (guessed && package_ && (named ?? guessed) === guessed) {
    throw new AlbaError(
      'usage',
      `${where} goes on behind "generic": leave "${package_}" out, as the package and its version are those of "tag"; if no ${guessed} is there, say what is, as ?server=webdav`,
    );
  }
  const server = named ?? guessed;
  return { ...(server && { server }), isGuessed: named === undefined && server !== undefined };
}
