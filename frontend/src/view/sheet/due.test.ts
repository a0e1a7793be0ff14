// @vitest-environment node
import { expect, test } from 'vitest';
import { dayIn, dueFrom } from './due';

test('an exact day is found in the words, in the ways people write it', () => {
  expect(dayIn('31/03/2027')).toBe('2027-03-31');
  expect(dayIn('avant le 5.1.27')).toBe('2027-01-05');
  expect(dayIn('2027-03-31')).toBe('2027-03-31');
  expect(dayIn('le 1er février 2027')).toBe('2027-02-01');
  expect(dayIn('15 août 2027')).toBe('2027-08-15');
});

test('vague words and impossible days give no day', () => {
  for (const words of ['T2 2027', 'fin mars', 'dès que possible', '31/02/2027', ''])
    expect(dayIn(words)).toBeNull();
});

test('words are kept as they were said', () => {
  expect(dueFrom(' T2 2027 ', '', null)).toEqual({ text: 'T2 2027' });
  expect(dueFrom('31/03/2027', '', null)).toEqual({ text: '31/03/2027', day: '2027-03-31' });
});

test('a picked day alone gives words, and clearing both clears the date', () => {
  expect(dueFrom('', '2027-03-31', null)).toEqual({ text: '31/03/2027', day: '2027-03-31' });
  expect(dueFrom('', '', { text: 'T2' })).toBeNull();
});

test('a day does not outlive the words it was written in', () => {
  expect(dueFrom('T2 2027', '2027-03-31', { text: '31/03/2027', day: '2027-03-31' })).toEqual({
    text: 'T2 2027',
  });
  expect(dueFrom('fin mars', '2027-03-31', { text: 'fin mars' })).toEqual({
    text: 'fin mars',
    day: '2027-03-31',
  });
});
