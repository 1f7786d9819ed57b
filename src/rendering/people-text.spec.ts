import { parse } from 'node-html-parser';
import { peopleText } from './people-text';

const html = (text: string) => String(peopleText(text));
const links = (text: string) => parse(html(text)).querySelectorAll('a');

describe('peopleText', () => {
  it('makes links that search engines do not count, without access to the page', () => {
    const address = 'https://example.com/?a&#x3D;1&amp;b&#x3D;2';
    expect(html('See https://example.com/?a=1&b=2.')).toBe(
      `See <a href="${address}" rel="nofollow ugc noopener" dir="ltr">${address}</a>.`,
    );
  });

  it.each([
    ['(https://example.com/a_(b))', 'https://example.com/a_(b)'],
    ['https://example.com/a, and so on', 'https://example.com/a'],
    ['HTTP://EXAMPLE.COM', 'HTTP://EXAMPLE.COM'],
    ['http://localhost:3000/x#y', 'http://localhost:3000/x#y'],
    ['https://例え.jp/パス', 'https://例え.jp/パス'],
    ['שלום https://example.com/שלום', 'https://example.com/שלום'],
  ])('finds the address in %s', (text, address) => {
    expect(links(text).map((link) => [link.getAttribute('href'), link.text])).toEqual([[address, address]]);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)//https:',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'ftp://example.com',
    'mailto:susan@example.com',
    'susan@example.com',
    '//example.com',
    'example.com and index.js',
    '192.168.0.1',
    'https://',
    'https://bank.example@evil.example/',
    'https://user:pw@evil.example/',
    'https://example.com/\u202egpj.exe',
  ])('makes no link of %s', (text) => {
    expect(links(text)).toEqual([]);
  });

  it.each([
    '<script>alert(1)</script>',
    'https://example.com/"onmouseover="alert(1)',
    "https://example.com/'onmouseover='alert(1)",
    'https://example.com/<img src=x onerror=alert(1)>',
    'https://example.com/`"><svg/onload=alert(1)>',
    'https://a"><b>.example.com',
    '<https://example.com>',
    '"https://example.com" & more',
  ])('lets nothing but its own links be markup: %s', (text) => {
    const root = parse(html(text));
    expect(root.querySelectorAll('*').every(({ tagName }) => tagName === 'A')).toBe(true);
    for (const { attributes } of root.querySelectorAll('a')) {
      expect(Object.keys(attributes)).toEqual(['href', 'rel', 'dir']);
    }
    expect(root.text).toBe(text);
  });

  it.each([
    ['a\n\n\n\n\n\nb', 'a\n\nb'],
    ['a\n \n\t\n  b', 'a\n\n  b'],
    ['a\n\nb\nc', 'a\n\nb\nc'],
    ['one\n    two\n\tthree', 'one\n    two\n\tthree'],
  ])('leaves one blank line of many, and indentation as it is: %j', (text, shown) => {
    expect(html(text)).toBe(shown);
  });
});
