// The review's page: reads what the server put in it, opens the draft, draws the review.
import { mount } from 'svelte';
import { speak } from '../i18n';
import { openDraft } from '../view/browser';
import '../theme/index.css';
import '../theme/review.css';
import { drawSprite } from '../theme/sprite';
import Review from '../view/review/Review.svelte';
import { inPage, kept, live } from '../view/page';
import type { ReviewBootstrap } from '../wire/types.gen';

const bootstrap = inPage<ReviewBootstrap>();
const target = document.getElementById('review') ?? document.body;

await speak(bootstrap.lang, {
  fr: () => import('../../../backend/charniere/locales/fr.json?page=review'),
  en: () => import('../../../backend/charniere/locales/en.json?page=review'),
});
drawSprite();
const replica = openDraft(bootstrap);
target.replaceChildren();
mount(Review, { target, props: { replica, bootstrap, store: kept() } });
live(replica);
