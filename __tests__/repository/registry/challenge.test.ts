import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseChallenges } from '../../../src/repository/registry/challenge.ts';
import { mergeScopes } from '../../../src/repository/registry/scope.ts';

const seed = 20_261;

describe('WWW-Authenticate', () => {
  it.each([
    ['Basic realm="x"', [['basic', { realm: 'x' }]]],
    [
      'bearer Realm = "https://a/b?c=d,e" , service=s',
      [['bearer', { realm: 'https://a/b?c=d,e', service: 's' }]],
    ],
    [
      'Negotiate, Basic realm="a, b=\\"c\\""',
      [
        ['negotiate', {}],
        ['basic', { realm: 'a, b="c"' }],
      ],
    ],
    [
      'Bearer realm="r",error="invalid_token", Basic realm="b"',
      [
        ['bearer', { realm: 'r', error: 'invalid_token' }],
        ['basic', { realm: 'b' }],
      ],
    ],
    ['', []],
    ['"', []],
    ['realm="x"', []],
  ])('%s', (header, expected) => {
    const found = parseChallenges(header).map(({ scheme, parameters }) => [
      scheme,
      Object.fromEntries(parameters),
    ]);
    expect(found).toEqual(expected);
  });

  it('gives back every value that was quoted', () => {
    const value = fc.string({ unit: 'binary-ascii' }).filter((text) => !/[\r\n]/.test(text));
    fc.assert(
      fc.property(value, value, (realm, service) => {
        const quote = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
        const [challenge, ...more] = parseChallenges(
          `Bearer realm=${quote(realm)},service=${quote(service)}`,
        );
        expect(more).toEqual([]);
        expect(challenge?.parameters).toEqual(
          new Map([
            ['realm', realm],
            ['service', service],
          ]),
        );
      }),
      { seed },
    );
  });

  it('ends on any input, quickly', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const { scheme } of parseChallenges(text)) expect(scheme).not.toBe('');
      }),
      { seed },
    );
    const start = performance.now();
    parseChallenges(`Bearer ${'a="'.repeat(20_000)}`);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('scopes', () => {
  it('are merged by what they are for', () => {
    expect(mergeScopes([])).toEqual([]);
    expect(
      mergeScopes([
        'repository:a/b:pull,push',
        'repository:c:pull',
        'repository:a/b:pull,delete',
        'registry:catalog:*',
      ]),
    ).toEqual(['repository:a/b:pull,push,delete', 'repository:c:pull', 'registry:catalog:*']);
  });
});
