/**
 * What script adds to pages that work without it: search as one types, live progress, kept forms, copying, shortcuts. One small file for
 * all pages; SvelteKit's own script stays for pages that cannot do without (docs/decisions/0033-small-script-over-plain-pages.md).
 */
import { copyOnRequest } from './copy.ts';
import { coverWhenIdle } from './idle-cover.ts';
import { keepForms } from './keep-forms.ts';
import { searchAsTyped } from './live-search.ts';
import { closeMenus } from './menu.ts';
import { refreshProgress } from './live-progress.ts';
import { listenForShortcuts } from './shortcuts.ts';

// A button of the fill page or the editor says itself what it does; nothing here touches what SvelteKit drives.
searchAsTyped(document);
refreshProgress(document);
keepForms(document);
copyOnRequest(document);
closeMenus(document);
listenForShortcuts(document);
coverWhenIdle(document);
