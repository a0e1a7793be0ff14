// A finger over the notes: when it changes the stage, and when it only scrolls or touches.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { landing, swipe } from './swipe';

describe('where the finger leaves things', () => {
  test('far to the left brings the next stage, far to the right the one before', () => {
    expect(landing(-80, 400)).toBe(1);
    expect(landing(80, 400)).toBe(-1);
  });
  test('a short hesitation changes nothing', () => {
    expect(landing(-40, 400)).toBe(0);
  });
  test('a short flick is enough when it is fast', () => {
    expect(landing(-40, 60)).toBe(1);
  });
});

describe('the list under the finger', () => {
  let list: HTMLElement;
  let gone: number[];
  let stop: () => void;

  beforeEach(() => {
    vi.stubGlobal('innerWidth', 390);
    list = document.createElement('div');
    gone = [];
    stop = swipe(list, { can: (by) => by === 1, go: (by) => gone.push(by) });
  });
  afterEach(() => {
    stop();
    vi.unstubAllGlobals();
  });

  function finger(type: string, clientX: number, clientY: number, pointerType = 'touch'): void {
    const event = new MouseEvent(type, { clientX, clientY, bubbles: true });
    Object.assign(event, { pointerId: 1, isPrimary: true });
    Object.defineProperty(event, 'pointerType', { value: pointerType });
    list.dispatchEvent(event);
  }
  function draw(from: [number, number], to: [number, number], pointerType?: string): void {
    finger('pointerdown', ...from, pointerType);
    finger('pointermove', ...to, pointerType);
    finger('pointerup', ...to, pointerType);
  }

  test('drawn sideways, the next stage comes', () => {
    draw([300, 400], [120, 410]);
    expect(gone).toEqual([1]);
  });
  test('drawn up and down, the list scrolls and nothing else', () => {
    draw([300, 400], [260, 200]);
    expect(gone).toEqual([]);
  });
  test('at the last stage it comes back', () => {
    draw([100, 400], [300, 400]);
    expect(gone).toEqual([]);
    expect(list.style.getPropertyValue('--dx')).toBe('0px');
  });
  test('from the edge of the screen it belongs to the phone', () => {
    draw([385, 400], [120, 400]);
    expect(gone).toEqual([]);
  });
  test('a mouse selects and clicks as ever', () => {
    draw([300, 400], [120, 400], 'mouse');
    expect(gone).toEqual([]);
  });
  test('the click that ends a swipe opens no note, the next one does', () => {
    const opened = vi.fn();
    list.addEventListener('click', opened);
    draw([300, 400], [120, 410]);
    list.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(opened).not.toHaveBeenCalled();
    finger('pointerdown', 200, 300);
    list.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(opened).toHaveBeenCalledOnce();
  });
});
