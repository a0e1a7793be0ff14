// The board's page: reads what the server put in it, opens the replica, draws the board.
import { mount } from 'svelte';
import { speak } from '../i18n';
import { openReplica } from '../view/browser';
import '../theme/index.css';
import { drawSprite } from '../theme/sprite';
import Board from '../view/Board.svelte';
import { inPage, kept, live } from '../view/page';
import type { Bootstrap } from '../wire/types.gen';

const bootstrap = inPage<Bootstrap>();
const target = document.getElementById('board') ?? document.body;

await speak(bootstrap.lang, {
  fr: () => import('../../../backend/charniere/locales/fr.json?page=board'),
  en: () => import('../../../backend/charniere/locales/en.json?page=board'),
});
drawSprite();
const replica = openReplica(bootstrap);
target.replaceChildren();
mount(Board, { target, props: { replica, bootstrap, store: kept() } });
live(replica);
