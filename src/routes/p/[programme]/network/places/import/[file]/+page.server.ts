import type { Actions, PageServerLoad } from './$types.js';
import { confirming, previewing } from '../../../../../../importing.server.ts';

export const load: PageServerLoad = async (event) => ({ preview: await previewing(event, event.params.programme, event.params.file, 'places') });

export const actions: Actions = { default: (event) => confirming(event, event.params.programme, event.params.file, 'places') };
