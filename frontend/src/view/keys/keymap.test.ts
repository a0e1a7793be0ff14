// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { command, type Pressed } from './keymap';

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  code: '',
  ctrl: false,
  shift: false,
  alt: false,
  ...more,
});

describe('the keyboard map', () => {
  test('gives the seven kinds to the keys 1 to 7, and none to 0', () => {
    expect(command(press('1'), true)).toEqual({ is: 'kind', kind: 'touchpoint' });
    expect(command(press('7'), true)).toEqual({ is: 'kind', kind: 'action' });
    expect(command(press('0'), true)).toEqual({ is: 'kind', kind: null });
    expect(command(press('8'), true)).toBeNull();
  });

  test('understands the row of digits of a French keyboard', () => {
    expect(command(press('é', { code: 'Digit2' }), true)).toEqual({ is: 'kind', kind: 'irritant' });
    expect(command(press('(', { code: 'Digit5' }), true)).toEqual({ is: 'kind', kind: 'need' });
  });

  test('takes the minus of a French keyboard for an emotion, though it lies on the 6', () => {
    expect(command(press('-', { code: 'Digit6' }), true)).toEqual({ is: 'emotion', step: -1 });
    expect(command(press('+', { code: 'Equal', shift: true }), true)).toEqual({ is: 'emotion', step: 1 });
  });

  test('does not take a shifted sign of another keyboard for a kind', () => {
    expect(command(press('&', { code: 'Digit7', shift: true }), true)).toBeNull();
  });

  test('forgets single letters when they are switched off, and keeps the rest', () => {
    for (const key of ['e', 'n', 'm', 'l', 'x', '1', '?', '/', '+'])
      expect(command(press(key), false)).toBeNull();
    expect(command(press('ArrowDown'), false)).toEqual({ is: 'go', to: 'down' });
    expect(command(press('Enter'), false)).toEqual({ is: 'open' });
    expect(command(press('Delete'), false)).toEqual({ is: 'remove' });
    expect(command(press('z', { ctrl: true }), false)).toEqual({ is: 'undo' });
  });

  test('undoes and redoes by the three usual keys', () => {
    expect(command(press('z', { ctrl: true }), true)).toEqual({ is: 'undo' });
    expect(command(press('Z', { ctrl: true, shift: true }), true)).toEqual({ is: 'redo' });
    expect(command(press('y', { ctrl: true }), true)).toEqual({ is: 'redo' });
  });

  test('opens the board’s own search where a browser opens its own, even without single letters', () => {
    expect(command(press('f', { ctrl: true }), false)).toEqual({ is: 'find' });
  });

  test('leaves to the browser what it does not know', () => {
    expect(command(press('e', { ctrl: true }), true)).toBeNull();
    expect(command(press('ArrowLeft', { alt: true }), true)).toBeNull();
    expect(command(press('Tab'), true)).toBeNull();
  });
});
