import { attributes, equal } from './html-helpers';

describe('attributes', () => {
  it('are escaped', () => {
    expect(String(attributes({ value: `"><b>'&`, rows: 3 }))).toBe(
      'value="&quot;&gt;&lt;b&gt;&#x27;&amp;" rows="3"',
    );
  });

  it('stand alone when true, and are left out when false or not there', () => {
    expect(String(attributes({ required: true, id: 'a', x: false, y: null, z: undefined }))).toBe(
      'required id="a"',
    );
  });

  it('keep what is empty or nought', () => {
    expect(String(attributes({ value: '', min: 0 }))).toBe('value="" min="0"');
  });
});

describe('equal', () => {
  it('compares, and takes a thing that is not there for nothing', () => {
    expect(equal('susan', 'susan')).toBe(true);
    expect(equal('susan', 'john')).toBe(false);
    expect(equal(undefined, undefined)).toBe(false);
  });
});
