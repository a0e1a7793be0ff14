// The board without a server, to look at it while drawing: `npx vite`, then /static/app/dev/board.html?records=full.
// Not shipped. `records` names a JSON file beside this one (a list of records); `role`, `state`, `lang` change the scene.
import { mount } from 'svelte';
import { speak } from '../src/i18n';
import { memoryOutbox } from '../src/model/outbox';
import { Replica } from '../src/model/replica.svelte';
import '../src/theme/index.css';
import { drawSprite } from '../src/theme/sprite';
import Board from '../src/view/Board.svelte';
import { Room } from './room';

const wanted = new URLSearchParams(location.search);
const records = await (await fetch(`./${wanted.get('records') ?? 'small'}.json`)).json();
const room = new Room(records, wanted.get('role') ?? 'facilitator', wanted.has('crowd'));

await speak(wanted.get('lang') ?? 'fr', {
  fr: () => import('../../backend/charniere/locales/fr.json'),
  en: () => import('../../backend/charniere/locales/en.json'),
});
drawSprite();
const bootstrap = {
  version: 1,
  board: 'dev',
  project: { id: 'p', client: 'Logivia' },
  persona: { id: 'c', name: 'Claire', role: 'directrice des opérations' },
  role: room.me.role,
  lang: 'fr',
  welcome: room.welcome(true),
};
const replica = new Replica(bootstrap, {
  open: () => room.open(),
  outbox: memoryOutbox(),
  clock: {
    now: () => Date.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  },
  random: Math.random,
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  schedule: (run) => void requestAnimationFrame(run),
});
mount(Board, { target: document.getElementById('board')!, props: { replica, bootstrap, store: null } });
replica.start();
if (wanted.has('state')) setTimeout(() => (replica.state = wanted.get('state') as 'offline'), 300);
Object.assign(window, { replica, room });
