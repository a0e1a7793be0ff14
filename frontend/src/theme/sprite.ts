// Puts the icons in the page once; `Icon.svelte` points at them.
import icons from './icons.svg?raw';

export function drawSprite(): void {
  if (document.getElementById('sprite')) return;
  const holder = document.createElement('div');
  holder.id = 'sprite';
  holder.className = 'sprite';
  holder.setAttribute('aria-hidden', 'true');
  holder.innerHTML = icons.slice(icons.indexOf('<svg'));
  document.body.prepend(holder);
}
