import { isReference, newReference } from './reference';

describe('newReference', () => {
  const references = Array.from({ length: 2_000 }, newReference);

  it('is two groups of four', () => {
    for (const reference of references) expect(reference).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
  });

  it('has no characters that look alike', () => {
    expect(references.join('')).not.toMatch(/[0O1ILUV]/);
  });

  it('uses all the other digits and capitals', () => {
    expect(new Set(references.join(''))).toEqual(new Set('23456789ABCDEFGHJKMNPQRSTWXYZ-'));
  });

  it('is another one each time', () => {
    expect(new Set(references).size).toBe(references.length);
  });
});

describe('isReference', () => {
  it('knows every new reference', () => {
    for (let i = 0; i < 500; i++) expect(isReference(newReference())).toBe(true);
  });

  it.each(['', 'K7Q2', 'K7Q29MXD', 'k7q2-9mxd', 'K7Q2-9MX0', 'K7Q2-9MXDD', ' K7Q2-9MXD', 'K7Q2-9MXD\n'])(
    'refuses %j',
    (text) => {
      expect(isReference(text)).toBe(false);
    },
  );
});
