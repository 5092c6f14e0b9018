import { expect, it } from 'vitest';
import { HttpError } from '../../../src/network/http/error.ts';
import { blobOf, failureOf, openApp, startFake } from './fake.ts';

const { descriptor } = blobOf('blob');

async function refusedWith(status: number, body: string): Promise<HttpError> {
  await using server = await startFake((_, response) => response.writeHead(status).end(body));
  await using app = openApp(server.host, { retries: { count: 0 } });
  const failure = await failureOf(app.fetch(descriptor));
  if (failure instanceof HttpError) return failure;
  throw new Error(`expected an HttpError, but got ${failure}`);
}

it('an answer that refuses has its status and the codes of the registry, in upper case, as data', async () => {
  const errors = [
    { code: 'denied', message: 'not you' },
    { code: 'NAME_INVALID', detail: { name: 'App' } },
  ];
  const failure = await refusedWith(403, JSON.stringify({ errors }));
  expect(failure).toMatchObject({ code: 'auth', status: 403, codes: ['DENIED', 'NAME_INVALID'] });
  expect(failure.message).toContain('answered 403 Forbidden: denied: not you; NAME_INVALID;');
});

it.each([
  ['absent members', '{}', [], 'answered 400 Bad Request'],
  ['null instead of members', '{"errors":null,"details":null}', [], 'answered 400 Bad Request'],
  ['an error without a code', '{"errors":[{"code":null,"message":"hm"}]}', [], 'Bad Request: hm'],
  ['members that are others', '{"errors":"no"}', [], 'Bad Request: {"errors":"no"}'],
  ['plain words', 'not today\nnor tomorrow', [], 'Bad Request: not today'],
  ['a page', '<html>UNAUTHORIZED</html>', [], 'answered 400 Bad Request'],
])('of a refusal with %s, what is there is told', async (_, body, codes, told) => {
  const failure = await refusedWith(400, body);
  expect(failure.codes).toEqual(codes);
  expect(failure.message).toMatch(new RegExp(`${told.replace(/[{}]/g, '\\$&')}$`));
});
