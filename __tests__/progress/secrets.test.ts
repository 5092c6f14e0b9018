import { expect, it } from 'vitest';
import { keepSecret, masked } from '../../src/progress/secrets.ts';

it('a secret is masked whole where another is the beginning of it, whichever was kept first', () => {
  keepSecret('first-kept');
  keepSecret('first-kept-and-longer');
  keepSecret('kept-later-and-longer');
  keepSecret('kept-later');
  expect(masked('a first-kept-and-longer, b kept-later-and-longer, c first-kept')).toBe(
    'a ***, b ***, c ***',
  );
});

it('what is too short to be told from other words is not masked', () => {
  for (const word of ['a', 'true', '']) keepSecret(word);
  expect(masked('a true text')).toBe('a true text');
});
