import * as v from 'valibot';
import { AlbaError } from '../../errors.ts';
import type { GitHubApi } from '../../network/github/github.ts';
import { parseAnswer, refusedRequest } from './refused.ts';

/** Whose packages are asked for; the paths differ for organizations, other users and the token's own. */
export interface PackageOwner {
  /** `/orgs/{owner}` */
  readonly path: '/orgs/{owner}' | '/users/{owner}' | '/user';
  /** As it is written, such as `/orgs/acme`. */
  readonly shown: string;
}

const ownerSchema = v.object({ login: v.string(), type: v.nullish(v.string()) });
const packageSchema = v.object({ owner: v.nullish(v.object({ login: v.nullish(v.string()) })) });

/**
 * The owner of a package, or of all those that are to be listed. `/user` is whoever a token belongs to: it is this owner only if it says
 * so, of itself or of the package.
 */
export async function findOwner(api: GitHubApi, owner: string, name?: string): Promise<PackageOwner> {
  const answer = await api.request('GET /users/{owner}', { owner });
  if (answer.status === 404) {
    throw new AlbaError('target', `${api.home.host} knows neither an organization nor a user ${owner}`);
  }
  if (answer.status >= 400) throw refusedRequest(answer, { method: 'GET', api: api.home, what: owner });
  const { type } = parseAnswer(ownerSchema, answer, `what ${api.home.host} tells of ${owner}`);
  if (type === 'Organization') return { path: '/orgs/{owner}', shown: `/orgs/${owner}` };
  const login = name === undefined ? await ownLogin(api) : await loginBeside(api, name);
  const isOwn = login?.toLowerCase() === owner.toLowerCase();
  return isOwn ? { path: '/user', shown: '/user' } : { path: '/users/{owner}', shown: `/users/${owner}` };
}

/** Who a token belongs to; a workflow's belongs to nobody. */
async function ownLogin(api: GitHubApi): Promise<string | undefined> {
  const { status, data } = await api.request('GET /user');
  const told = v.safeParse(ownerSchema, data);
  return status < 400 && told.success ? told.output.login : undefined;
}

/** The owner of the package of this name that is the token's own, if there is one. */
async function loginBeside(api: GitHubApi, name: string): Promise<string | undefined> {
  const route = 'GET /user/packages/container/{package_name}';
  const { status, data } = await api.request(route, { package_name: name });
  const told = v.safeParse(packageSchema, data);
  return status < 400 && told.success ? (told.output.owner?.login ?? undefined) : undefined;
}
