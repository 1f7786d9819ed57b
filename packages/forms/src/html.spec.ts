import { attributesHtml, escapeHtml } from './html';

describe('escapeHtml', () => {
  it('leaves nothing that could be markup, in an element or in an attribute', () => {
    expect(escapeHtml(`<b title="x" id='y'>&`)).toBe('&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;');
    expect(escapeHtml('two words')).toBe('two words');
  });
});

describe('attributesHtml', () => {
  it('escapes values', () => {
    expect(attributesHtml({ value: `"><b>'&`, rows: 3 })).toBe(
      ' value="&quot;&gt;&lt;b&gt;&#39;&amp;" rows="3"',
    );
  });

  it('lets them stand alone when true, and leaves them out when false or not there', () => {
    expect(attributesHtml({ required: true, id: 'a', x: false, y: null, z: undefined })).toBe(
      ' required id="a"',
    );
  });

  it('keeps what is empty or nought', () => {
    expect(attributesHtml({ value: '', min: 0 })).toBe(' value="" min="0"');
  });
});
