// The board's page: reads what the server put in it, opens the replica, draws the board.
import { mount } from 'svelte';
import { speak } from '../i18n';
import { openReplica } from '../view/browser';
import '../theme/index.css';
import { drawSprite } from '../theme/sprite';
import Board from '../view/Board.svelte';
import type { Bootstrap } from '../wire/types.gen';

const bootstrap = JSON.parse(document.getElementById('bootstrap')?.textContent ?? '{}') as Bootstrap;
const target = document.getElementById('board') ?? document.body;

await speak(bootstrap.lang, {
  fr: () => import('../../../backend/charniere/locales/fr.json?page=board'),
  en: () => import('../../../backend/charniere/locales/en.json?page=board'),
});
drawSprite();
const replica = openReplica(bootstrap);
target.replaceChildren();
mount(Board, { target, props: { replica, bootstrap, store: kept() } });
replica.start();

addEventListener('online', () => replica.hint('online'));
addEventListener('offline', () => replica.hint('offline'));
addEventListener('pagehide', () => replica.leave());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') replica.hint('visible');
  else replica.leave();
});

/** Reading `localStorage` itself may be refused. */
function kept(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
